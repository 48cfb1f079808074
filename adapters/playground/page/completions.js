// What a command that is being typed could become.

import { say } from "./phrases.js";

const SOON = 120;
let lists = 0;

export class Completions {
  constructor({ form, commands, ask, take }) {
    this.list = form.querySelector(".completions");
    this.words = form.querySelector("textarea");
    this.commands = commands;
    this.ask = ask;
    this.take = take;
    this.list.id = `completions-${(lists += 1)}`;
    this.list.setAttribute("aria-label", say("commands"));
    this.words.setAttribute("aria-controls", this.list.id);
  }

  suggest(text) {
    clearTimeout(this.soon);
    const typed = /^\/(\w*)(?:( +)([^\n]*))?$/.exec(text);
    if (!typed) return this.close();
    const [, name, space, words] = typed;
    if (!space) return this.offer(this.named(name), name ? 0 : -1);
    const command = this.commands.find((one) => one.name === name.toLowerCase() && one.words);
    if (!command) return this.close();
    this.soon = setTimeout(() => this.ask(command.name, words, (found) => this.answer(text, command, found)), SOON);
  }

  named(typed) {
    return this.commands
      .filter((one) => one.name.startsWith(typed.toLowerCase()))
      .map((one) => ({ label: `/${one.name}`, about: one.about, text: one.words ? `/${one.name} ` : `/${one.name}`, isWhole: !one.words }));
  }

  answer(text, command, found) {
    if (this.words.value !== text) return;
    this.offer(found.map((word) => ({ label: word, about: "", text: `/${command.name} ${word}`, isWhole: true })), -1);
  }

  offer(entries, chosen) {
    this.entries = entries;
    this.list.hidden = !entries.length;
    this.list.replaceChildren(...entries.map((entry, at) => this.row(entry, at)));
    this.choose(entries.length ? chosen : -1);
  }

  row(entry, at) {
    const li = document.createElement("li");
    li.id = `${this.list.id}-${at}`;
    li.role = "option";
    const [label, about] = [document.createElement("b"), document.createElement("span")];
    label.textContent = entry.label;
    about.textContent = entry.about;
    li.append(label, about);
    li.addEventListener("pointerdown", (event) => event.preventDefault());
    li.addEventListener("click", () => this.pick(at));
    return li;
  }

  choose(at) {
    this.chosen = at;
    [...this.list.children].forEach((li, each) => li.setAttribute("aria-selected", String(each === at)));
    const row = this.list.children[at];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.words.setAttribute("aria-activedescendant", row.id);
    else this.words.removeAttribute("aria-activedescendant");
  }

  pick(at) {
    const entry = this.entries[at];
    this.close();
    this.take(entry.text, entry.isWhole);
  }

  close() {
    clearTimeout(this.soon);
    if (!this.list.hidden) this.offer([], -1);
  }

  // Whether a key was meant for the list.
  pressed(event) {
    if (this.list.hidden) return false;
    const size = this.entries.length;
    if (event.key === "ArrowDown") this.choose((this.chosen + 1) % size);
    else if (event.key === "ArrowUp") this.choose((this.chosen + size - (this.chosen < 0 ? 0 : 1)) % size);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.fill(Math.max(this.chosen, 0));
    else if (event.key === "Enter" && !event.shiftKey && this.mayPick()) this.pick(this.chosen);
    else return false;
    event.preventDefault();
    return true;
  }

  fill(at) {
    const { text } = this.entries[at];
    this.close();
    this.take(text.endsWith(" ") ? text : `${text} `, false);
  }

  // A command typed whole is sent as it stands, even where words could follow.
  mayPick() {
    return this.chosen >= 0 && this.entries[this.chosen].label !== this.words.value.trim();
  }
}
