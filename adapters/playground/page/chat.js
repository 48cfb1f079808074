// One chat on one phone: its messages, kept in step with what the server tells.

import { bubble } from "./bubble.js";
import { piece, say } from "./phrases.js";
import { date, fullDay } from "./times.js";

const TOGETHER = 300;
const NEAR = 80;

export class Chat {
  constructor({ panel, chat, owner, acts }) {
    this.panel = panel;
    this.chat = chat;
    this.owner = owner;
    // Whoever unfolds a long text wants to read on where it was cut.
    this.acts = { ...acts, find: (number) => this.find(number), unfold: () => { this.wasAtEnd = false; } };
    this.scroller = panel.querySelector(".messages");
    this.list = panel.querySelector("ol");
    this.empty = panel.querySelector(".empty");
    this.latest = panel.querySelector(".latest");
    this.nodes = new Map();
    this.latest.addEventListener("click", () => this.toEnd(true));
    this.scroller.addEventListener("scroll", () => { this.latest.hidden = this.isAtEnd(); }, { passive: true });
    const follow = new ResizeObserver(() => this.wasAtEnd && this.toEnd());
    follow.observe(this.scroller);
    follow.observe(this.list);
    this.wasAtEnd = true;
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.wasAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    return this.wasAtEnd;
  }

  toEnd(smoothly = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  }

  find(number) {
    const node = this.nodes.get(`message-${number}`)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("found");
    requestAnimationFrame(() => node.classList.add("found"));
  }

  // Only what has changed is drawn anew, so focus and folded texts stay as they are.
  paint(messages, { people, zone, now, isFirstTime }) {
    const newest = messages.at(-1);
    const hasJustWritten = newest?.sender === this.owner && newest.number !== this.newest;
    const stay = isFirstTime || hasJustWritten || this.isAtEnd();
    this.newest = newest?.number;
    this.empty.hidden = messages.length > 0;
    this.scroller.classList.toggle("is-empty", !messages.length);
    const wanted = [];
    messages.forEach((message, at) => {
      const [earlier, later] = [messages[at - 1], messages[at + 1]];
      const day = date(message.moment, zone);
      const isNewDay = !earlier || date(earlier.moment, zone) !== day;
      if (isNewDay) wanted.push(this.day(day, message.moment, zone, now));
      const isFirst = isNewDay || !belongs(earlier, message);
      const isLast = !later || date(later.moment, zone) !== day || !belongs(message, later);
      const answered = messages.find((one) => one.number === message.reply_to);
      const seen = { owner: this.owner, people, zone, isFirst, isLast, answered, isPrivate: this.chat !== "us" };
      wanted.push(this.node(message, seen));
    });
    this.settle(wanted);
    this.wasAtEnd = stay;
    if (stay) this.toEnd();
    this.latest.hidden = stay || this.isAtEnd();
  }

  day(day, moment, zone, now) {
    const words = dayWords(moment, zone, now);
    return this.kept(`day-${day}`, words, () => {
      const li = piece("date-line");
      li.firstElementChild.textContent = words;
      return li;
    });
  }

  node(message, seen) {
    const look = JSON.stringify([message, seen.zone, seen.isFirst, seen.isLast, seen.answered?.text]);
    return this.kept(`message-${message.number}`, look, () => bubble(message, seen, this.acts));
  }

  kept(key, look, draw) {
    const known = this.nodes.get(key);
    if (known?.look === look) return known;
    const made = { key, look, node: draw(), replaces: known?.node };
    if (!known) made.node.classList.add("new");
    this.nodes.set(key, made);
    return made;
  }

  settle(wanted) {
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    const from = focused?.closest("li");
    const keys = new Set(wanted.map((one) => one.key));
    for (const [key, one] of this.nodes) {
      if (!keys.has(key)) { one.node.remove(); this.nodes.delete(key); }
    }
    wanted.forEach((one, at) => {
      if (one.replaces) { refocus(one, from, focused); one.replaces = null; }
      if (this.list.children[at] !== one.node) this.list.insertBefore(one.node, this.list.children[at] ?? null);
    });
    if (focused && !focused.isConnected && document.activeElement === document.body) this.acts.focus();
  }
}

// Whoever pressed a choice by keyboard stays at the same place when the message changes.
function refocus(one, from, focused) {
  one.replaces.replaceWith(one.node);
  if (from !== one.replaces) return;
  const at = [...from.querySelectorAll("button")].indexOf(focused);
  const buttons = [...one.node.querySelectorAll("button:not([hidden])")];
  const choices = [...one.node.querySelectorAll(".choice")];
  const twin = choices.find((choice) => choice.textContent === focused.textContent);
  (twin ?? (focused.matches(".choice") ? choices[0] : buttons[at]) ?? buttons.at(-1))?.focus({ preventScroll: true });
}

function belongs(earlier, later) {
  return earlier.sender === later.sender && later.moment - earlier.moment < TOGETHER && !earlier.choices?.length;
}

function dayWords(moment, zone, now) {
  const day = date(moment, zone);
  if (day === date(now, zone)) return say("today");
  return day === date(now - 86400, zone) ? say("yesterday") : fullDay(moment, zone);
}
