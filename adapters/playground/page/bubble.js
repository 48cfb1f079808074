// One message as a phone shows it. Words are set as text, never as HTML.

import { button, fillFace, icon, piece, say } from "./phrases.js";
import { hour, iso } from "./times.js";

// The bot's own overviews are long on purpose; they fold much later than what people write.
const LONGEST = { person: { letters: 900, lines: 16 }, bot: { letters: 3000, lines: 48 } };

export const plain = (message) => message.text.map((span) => span.words).join("");

export function nameOf(sender, people, owner) {
  if (sender === "bot") return say("bot");
  return sender === owner ? say("you") : (people.find((one) => one.user === sender)?.name ?? "");
}

// `seen` is what a message depends on besides itself: its owner's phone, its neighbours, what it answers.
export function bubble(message, seen, acts) {
  const li = piece("message");
  const isOwn = message.sender === seen.owner;
  li.dataset.number = message.number;
  li.dataset.who = message.sender;
  li.classList.toggle("own", isOwn);
  li.classList.toggle("first", seen.isFirst);
  li.classList.toggle("last", seen.isLast);
  fillFace(li.querySelector(".face"), seen.people, message.sender);
  li.querySelector(".from").textContent = nameOf(message.sender, seen.people);
  li.querySelector(".from").classList.toggle("unseen", isOwn || !seen.isFirst || seen.isPrivate);
  answered(li.querySelector(".answered"), message, seen, acts);
  words(li, message, acts);
  picture(li.querySelector(".picture"), message);
  held(li.querySelector(".held"), message);
  file(li.querySelector(".file"), message);
  meta(li.querySelector(".meta"), message, seen);
  choices(li.querySelector(".choices"), message, acts);
  tools(li.querySelector(".tools"), message, isOwn, acts);
  return li;
}

function answered(quote, message, seen, acts) {
  if (!message.reply_to) return;
  quote.hidden = false;
  const to = seen.answered;
  quote.dataset.who = to?.sender ?? "";
  quote.children[0].textContent = to ? nameOf(to.sender, seen.people, seen.owner) : "";
  quote.children[1].textContent = to ? firstWords(to) : say("gone");
  quote.addEventListener("click", () => acts.find(message.reply_to));
}

export function firstWords(message) {
  return plain(message).replace(/\s+/g, " ").trim().slice(0, 140) || say(message.file ? "file" : message.holds ?? "picture");
}

function words(li, message, acts) {
  const place = li.querySelector(".words");
  message.text.forEach((span, at) => place.append(styled(span, message.text[at - 1], message.text[at + 1])));
  place.hidden = !plain(message);
  place.classList.toggle("beside-meta", isBesideMeta(message));
  const text = plain(message);
  const longest = LONGEST[message.sender === "bot" ? "bot" : "person"];
  if (text.length < longest.letters && text.split("\n").length < longest.lines) return;
  const body = li.querySelector(".body");
  const fold = li.querySelector(".unfold");
  fold.hidden = false;
  const set = (folded) => {
    body.classList.toggle("folded", folded);
    fold.textContent = say(folded ? "unfold" : "fold");
    fold.setAttribute("aria-expanded", String(!folded));
  };
  fold.addEventListener("click", () => acts.unfold() || set(!body.classList.contains("folded")));
  set(true);
}

// The time stands at the end of the last line, unless that line begins where the time would be.
function isBesideMeta(message) {
  return !message.file && plain(message).length > 0 && !/[\u0590-\u08ff\ufb1d-\ufefc]/.test(plain(message));
}

const ELEMENTS = { strong: "strong", soft: "span", quote: "span", plain: "span" };

function styled(span, before, after) {
  const element = document.createElement(ELEMENTS[span.style] ?? "span");
  element.className = `span-${span.style}`;
  let text = span.words;
  // A quote is a block of its own, so the line breaks beside it would show twice.
  if (before?.style === "quote") text = text.replace(/^\n/, "");
  if (after?.style === "quote") text = text.replace(/\n$/, "");
  element.textContent = text;
  if (span.style === "quote") element.dir = "auto";
  return element;
}

function picture(img, message) {
  if (message.picture === undefined) return;
  img.hidden = false;
  img.alt = message.picture;
  img.src = `/attachments/${message.number}/picture`;
}

// A voice note or a picture that is made up: there is nothing to hear or to see.
function held(line, message) {
  if (!message.holds) return;
  line.hidden = false;
  line.append(icon(message.holds), say(message.holds));
}

function file(link, message) {
  if (!message.file) return;
  link.hidden = false;
  link.href = `/attachments/${message.number}/file`;
  link.download = message.file.name;
  link.querySelector("b").textContent = message.file.name;
  link.querySelector("small").textContent = say("bytes", { size: String(Math.max(1, Math.round(message.file.size / 1024))) });
}

function meta(line, message, seen) {
  if (message.quiet) line.append(icon("bell-off", say("quiet")));
  // The bot's own posts change as they are pressed; that is no news.
  const isEdited = message.edited && message.sender !== "bot";
  if (isEdited) line.append(say("edited"), " ");
  if (message.isWaiting) return line.append(icon("wait", say("waiting")));
  const time = document.createElement("time");
  time.dateTime = iso(message.moment);
  time.textContent = hour(message.moment, seen.zone);
  line.append(time);
  if (message.mark) line.append(icon("check", say(`mark-${message.mark}`)));
  const icons = line.querySelectorAll("svg").length;
  line.closest(".bubble").style.setProperty("--meta", `${42 + 17 * icons + (isEdited ? 40 : 0)}px`);
}

function choices(group, message, acts) {
  if (!message.choices?.length) return;
  group.hidden = false;
  group.setAttribute("aria-label", say("choices"));
  for (const choice of message.choices) {
    const made = button("choice", "");
    const label = document.createElement("span");
    label.dir = "auto";
    label.textContent = choice.label;
    made.append(label);
    if (choice.privately) {
      made.append(icon("lock"));
      made.setAttribute("aria-label", say("privately", { label: choice.label }));
    }
    made.addEventListener("click", () => acts.press(message, choice, made));
    group.append(made);
  }
}

function tools(place, message, isOwn, acts) {
  if (message.isWaiting) return;
  const reply = button("tool", say("reply"), "reply");
  reply.addEventListener("click", () => acts.reply(message));
  place.append(reply);
  if (!isOwn) return;
  const more = button("tool", say("more"), "more");
  more.setAttribute("aria-haspopup", "menu");
  more.setAttribute("aria-expanded", "false");
  more.addEventListener("click", () => openMenu(more, [
    ["reply", () => acts.reply(message)],
    ...(message.holds ? [] : [["edit", () => acts.edit(message)]]),
    ["delete", () => acts.erase(message)],
  ]));
  place.replaceChildren(more);
}

function openMenu(opener, entries) {
  const menu = piece("menu");
  const close = (back) => {
    menu.remove();
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (back) opener.focus();
  };
  const outside = (event) => menu.contains(event.target) || close(false);
  for (const [name, act] of entries) {
    const entry = button("entry", "");
    entry.append(icon(name), say(name));
    entry.setAttribute("role", "menuitem");
    entry.addEventListener("click", () => { close(name === "delete"); act(); });
    menu.append(entry);
  }
  menu.addEventListener("keydown", (event) => walk(event, [...menu.children], close));
  menu.addEventListener("focusout", (event) => menu.contains(event.relatedTarget) || !event.relatedTarget || close(false));
  document.addEventListener("pointerdown", outside, true);
  opener.setAttribute("aria-expanded", "true");
  opener.after(menu);
  const room = opener.closest(".messages").getBoundingClientRect().bottom - opener.getBoundingClientRect().bottom;
  menu.classList.toggle("upward", room < menu.offsetHeight + 12);
  menu.firstElementChild.focus();
}

function walk(event, entries, close) {
  const at = entries.indexOf(document.activeElement);
  if (event.key === "Escape") close(true);
  else if (event.key === "ArrowDown") entries[(at + 1) % entries.length].focus();
  else if (event.key === "ArrowUp") entries.at(at - 1).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
