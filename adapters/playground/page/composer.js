// Where a person writes: plain words, replies, edits and commands.

import { firstWords, nameOf, plain } from "./bubble.js";
import { Completions } from "./completions.js";
import { icon, say } from "./phrases.js";

export class Composer {
  constructor({ panel, owner, people, commands, ask, send, latestOwn }) {
    this.owner = owner;
    this.people = people;
    this.sendIt = send;
    this.latestOwn = latestOwn;
    this.form = panel.querySelector(".composer");
    this.words = this.form.querySelector("textarea");
    this.about = this.form.querySelector(".about");
    this.completions = new Completions({ form: this.form, commands, ask, take: (text, isWhole) => this.take(text, isWhole) });
    this.words.addEventListener("input", () => this.changed());
    this.words.addEventListener("keydown", (event) => this.pressed(event));
    this.words.addEventListener("blur", () => setTimeout(() => this.completions.close(), 150));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.about.querySelector("button").addEventListener("click", () => this.leave());
    this.form.querySelector(".slash").addEventListener("click", () => this.slash());
    for (const record of this.form.querySelectorAll(".record")) {
      record.addEventListener("click", () => this.record(record.dataset.holds));
    }
    this.changed();
  }

  focus() {
    this.words.focus({ preventScroll: true });
  }

  reply(message) {
    this.leave();
    this.target = { reply_to: message.number };
    this.tell("reply", say("replying", { name: nameOf(message.sender, this.people, this.owner) }), firstWords(message));
  }

  edit(message) {
    this.draft = this.words.value;
    this.target = { edits: message.number };
    this.tell("edit", say("editing"), firstWords(message));
    this.write(plain(message));
  }

  // The message that is replied to or edited may go away meanwhile.
  forget(number) {
    if (this.target && Object.values(this.target).includes(number)) this.leave();
  }

  tell(picture, title, words) {
    this.about.hidden = false;
    this.about.querySelector("svg").replaceWith(icon(picture));
    this.about.querySelector("b").textContent = title;
    this.about.querySelector("span").textContent = words;
    this.focus();
  }

  leave() {
    if (this.target?.edits) this.write(this.draft ?? "");
    this.target = null;
    this.about.hidden = true;
    this.focus();
  }

  write(text) {
    this.words.value = text;
    this.changed();
    this.completions.close();
    this.focus();
  }

  take(text, isWhole) {
    this.words.value = text;
    if (isWhole) return this.send();
    this.focus();
    this.changed();
  }

  slash() {
    this.words.value = this.words.value.startsWith("/") ? "" : "/";
    this.focus();
    this.changed();
  }

  changed() {
    this.grow();
    this.form.classList.toggle("has-words", Boolean(this.words.value.trim()));
    this.completions.suggest(this.target?.edits ? "" : this.words.value);
  }

  // A hidden field has no height to go by.
  grow() {
    this.words.style.height = "auto";
    if (this.words.scrollHeight) this.words.style.height = `${Math.min(this.words.scrollHeight, 160)}px`;
  }

  pressed(event) {
    if (event.isComposing || this.completions.pressed(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.target) {
      this.leave();
    } else if (event.key === "ArrowUp" && !this.words.value && this.latestOwn()) {
      event.preventDefault();
      this.edit(this.latestOwn());
    }
  }

  record(holds) {
    const target = this.target?.edits ? {} : (this.target ?? {});
    if (this.target) this.leave();
    this.sendIt("", { ...target, holds });
  }

  send() {
    const text = this.words.value.trim();
    if (!text) return;
    const target = this.target;
    this.target = null;
    this.about.hidden = true;
    this.write(target?.edits ? (this.draft ?? "") : "");
    this.sendIt(text, target ?? {});
  }
}
