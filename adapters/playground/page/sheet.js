// A form that the bot asks for, as a sheet inside the phone.

import { piece, say } from "./phrases.js";

let sheets = 0;

export function openSheet(screen, form, { submit }) {
  screen.querySelector(".sheet-ground")?.remove();
  const opener = document.activeElement;
  const ground = piece("sheet");
  const sheet = ground.querySelector(".sheet");
  const title = sheet.querySelector("h3");
  title.id = `sheet-${(sheets += 1)}`;
  title.textContent = form.title;
  sheet.setAttribute("aria-labelledby", title.id);
  const fields = form.fields.map((field, at) => drawn(field, `${title.id}-${at}`));
  sheet.querySelector(".fields").append(...fields.map((one) => one.element));
  const close = () => {
    ground.remove();
    setInert(screen, ground, false);
    (opener?.isConnected && screen.contains(opener) ? opener : screen.querySelector(".panel:not([hidden]) textarea"))?.focus();
  };
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    submit(Object.fromEntries(fields.map((one) => [one.name, one.value()]).filter(([, value]) => value !== null)));
  });
  for (const cancel of sheet.querySelectorAll(".cancel")) cancel.addEventListener("click", close);
  ground.addEventListener("pointerdown", (event) => event.target === ground && event.preventDefault());
  ground.addEventListener("click", (event) => event.target === ground && close());
  sheet.addEventListener("keydown", (event) => keys(event, sheet, close));
  screen.append(ground);
  setInert(screen, ground, true);
  sheet.querySelector("textarea, input")?.focus();
}

// Only this phone waits for its sheet; the other one can be used meanwhile.
function setInert(screen, ground, inert) {
  for (const part of screen.children) if (part !== ground) part.inert = inert;
}

function keys(event, sheet, close) {
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    sheet.requestSubmit();
  } else if (event.key === "Tab") {
    stayInside(event, sheet);
  }
}

function stayInside(event, sheet) {
  const stops = [...sheet.querySelectorAll("button, textarea, input:checked, input:first-child")].filter((one) => one.offsetParent);
  const [first, last] = [stops[0], stops.at(-1)];
  if (event.shiftKey && document.activeElement === first) last.focus();
  else if (!event.shiftKey && document.activeElement === last) first.focus();
  else return;
  event.preventDefault();
}

function drawn(field, id) {
  return field.options.length ? options(field, id) : writing(field, id);
}

const labelOf = (field) => (field.needed ? field.label : say("optional", { label: field.label }));

function writing(field, id) {
  const element = document.createElement("div");
  element.className = "question-field";
  const label = document.createElement("label");
  label.htmlFor = id;
  label.textContent = labelOf(field);
  const area = document.createElement("textarea");
  Object.assign(area, { id, rows: 2, dir: "auto", placeholder: field.hint, value: field.filled, maxLength: field.longest, required: field.needed });
  const left = document.createElement("small");
  left.className = "left";
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
    const count = field.longest - area.value.length;
    left.textContent = count < Math.min(200, field.longest / 4) ? say("left", { count: String(count) }) : "";
  };
  area.addEventListener("input", grow);
  requestAnimationFrame(grow);
  element.append(label, area, left);
  return { name: field.name, element, value: () => area.value };
}

function options(field, id) {
  const element = document.createElement("fieldset");
  element.className = "question-field";
  const legend = document.createElement("legend");
  legend.textContent = labelOf(field);
  const rows = document.createElement("div");
  rows.className = "options";
  rows.append(...field.options.map((option, at) => optionRow(field, option, at, id)));
  element.append(legend, rows);
  const value = () => {
    const chosen = element.querySelector("input:checked");
    return chosen ? Number(chosen.value) : null;
  };
  return { name: field.name, element, value };
}

function optionRow(field, option, at, id) {
  const row = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: id, value: String(at), required: field.needed, checked: field.filled === option });
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = option;
  row.append(input, words);
  return row;
}
