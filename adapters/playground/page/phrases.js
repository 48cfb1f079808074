// The page's own phrases and pieces, which stand in index.html.

const template = (id) => document.getElementById(id).content;
const phrases = new Map(
  [...template("phrases").querySelectorAll("[data-say]")].map((one) => [one.dataset.say, one.textContent]),
);

export function say(phrase, values = {}) {
  const words = phrases.get(phrase) ?? phrase;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function piece(id) {
  return template(id).firstElementChild.cloneNode(true);
}

export function icon(name, label = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  if (!label) {
    svg.setAttribute("aria-hidden", "true");
    return svg;
  }
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = label;
  svg.prepend(title);
  svg.setAttribute("role", "img");
  return svg;
}

export function button(className, label, picture) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  if (picture) {
    made.append(icon(picture));
    made.setAttribute("aria-label", label);
    made.title = label;
  } else {
    made.textContent = label;
  }
  return made;
}

export function fillFace(face, people, sender) {
  face.dataset.who = sender;
  face.replaceChildren();
  if (sender === "bot") face.append(icon("rings"));
  else face.textContent = [...(people.find((one) => one.user === sender)?.name ?? "?")][0];
}
