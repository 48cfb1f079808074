// One phone: its two chats, what is unread, its sheets and its composers.

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { fillFace, icon, piece, say } from "./phrases.js";
import { openSheet } from "./sheet.js";
import { hour } from "./times.js";

const TOAST = 4500;

export class Phone {
  constructor({ owner, people, commands, send, changed }) {
    Object.assign(this, { owner, people, send, changed });
    this.other = people.find((one) => one.user !== owner.user);
    this.element = piece("phone");
    this.element.dataset.user = owner.user;
    this.element.id = `phone-${owner.user}`;
    this.element.setAttribute("aria-label", say("phone", { name: owner.name }));
    this.screen = this.element.querySelector(".screen");
    this.element.querySelector(".status-name").textContent = say("phone", { name: owner.name });
    this.element.querySelector(".tabs").setAttribute("aria-label", say("chats", { name: owner.name }));
    this.parts = new Map(["us", owner.user].map((chat) => [chat, this.build(chat, commands)]));
    const stored = this.stored();
    this.seen = stored.seen ?? null;
    this.open(stored.open ?? "us");
  }

  build(chat, commands) {
    const [tab, panel] = [piece("tab"), piece("panel")];
    const title = say(chat === "us" ? "room" : "bot");
    tab.id = `tab-${this.owner.user}-${chat}`;
    panel.id = `panel-${this.owner.user}-${chat}`;
    panel.dataset.chat = chat;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", tab.id);
    this.dressTab(tab, chat, title);
    this.dressPanel(panel, chat, title);
    tab.addEventListener("click", () => this.open(chat));
    tab.addEventListener("keydown", (event) => this.walkTabs(event));
    this.element.querySelector(".tabs").append(tab);
    this.element.querySelector(".panels").append(panel);
    const part = { tab, panel };
    const act = (deed, more) => this.send({ phone: this.owner.user, ...deed }, more);
    part.chat = new Chat({ panel, chat, owner: this.owner.user, acts: this.acts(part, act) });
    part.composer = new Composer({
      panel, commands, owner: this.owner.user, people: this.people,
      ask: (name, typed, then) => act({ do: "complete", chat, name, typed }, { kept: false, then: (told) => then(told.outcome?.suggestions ?? []) }),
      send: (text, target) => this.write(act, chat, text, target),
      latestOwn: () => (part.messages ?? []).findLast((one) => one.sender === this.owner.user && !one.holds),
    });
    panel.querySelector(".begin").addEventListener("click", () => act({ do: "say", chat, text: "/start" }));
    return part;
  }

  dressTab(tab, chat, title) {
    const faces = tab.querySelector(".faces");
    for (const sender of chat === "us" ? this.people.map((one) => one.user) : ["bot"]) {
      const face = document.createElement("span");
      face.className = "face";
      fillFace(face, this.people, sender);
      faces.append(face);
    }
    tab.querySelector("b").textContent = title;
    const about = tab.querySelector("small");
    if (chat === "us") about.textContent = say("room-about", { name: this.other.name });
    else about.append(icon("lock"), say("private-about"));
  }

  dressPanel(panel, chat, title) {
    const kind = chat === "us" ? "room" : "private";
    panel.querySelector("ol").setAttribute("aria-label", say("messages", { chat: title, name: this.owner.name }));
    panel.querySelector("textarea").setAttribute("aria-label", say("write", { chat: title, name: this.owner.name }));
    panel.querySelector(".empty h3").textContent = say(`${kind}-empty`);
    panel.querySelector(".empty p").textContent = say(`${kind}-empty-about`, { name: this.owner.name });
    panel.querySelector(".begin").hidden = kind === "private";
    const note = panel.querySelector(".private-note");
    note.hidden = kind === "room";
    note.querySelector("span").textContent = say("private-note", { name: this.other.name });
  }

  acts(part, act) {
    return {
      press: (message, choice, pressed) => {
        pressed.setAttribute("aria-busy", "true");
        act({ do: "press", message: message.number, token: choice.token }, { then: () => pressed.removeAttribute("aria-busy") });
      },
      reply: (message) => part.composer.reply(message),
      edit: (message) => part.composer.edit(message),
      erase: (message) => act({ do: "erase", message: message.number }),
      focus: () => part.composer.focus(),
    };
  }

  write(act, chat, text, target) {
    if (target.edits) act({ do: "rewrite", message: target.edits, text });
    else act({ do: "say", chat, text, reply_to: target.reply_to ?? 0, ...(target.holds && { holds: target.holds }) });
  }

  walkTabs(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    this.open(this.openChat === "us" ? this.owner.user : "us");
    this.parts.get(this.openChat).tab.focus();
  }

  open(chat) {
    this.openChat = chat;
    for (const [each, part] of this.parts) {
      const isOpen = each === chat;
      part.tab.setAttribute("aria-selected", String(isOpen));
      part.tab.tabIndex = isOpen ? 0 : -1;
      part.panel.hidden = !isOpen;
      if (isOpen) part.composer.grow();
    }
    if (this.world) this.paint(this.world);
    this.store();
    this.changed();
  }

  focus() {
    this.parts.get(this.openChat).composer.focus();
  }

  paint(world) {
    const isFirstTime = !this.world;
    this.world = world;
    this.tick(world.now);
    for (const [chat, part] of this.parts) {
      part.messages = world.messages.filter((one) => one.chat === chat);
      const waiting = world.waiting.filter((one) => one.chat === chat && one.sender === this.owner.user);
      if (part.panel.hidden) continue;
      const looks = { people: this.people, zone: this.zone(), now: world.now, isFirstTime: isFirstTime || part.isNew !== false };
      part.isNew = false;
      part.chat.paint([...part.messages, ...waiting], looks);
      // What was there before is not read aloud; what comes from now on is.
      requestAnimationFrame(() => part.chat.list.setAttribute("aria-live", "polite"));
    }
    this.count();
  }

  zone() {
    return this.world.zones[this.owner.user] ?? "UTC";
  }

  tick(now) {
    this.element.querySelector(".status-time").textContent = hour(now, this.zone());
  }

  count() {
    this.seen ??= Object.fromEntries([...this.parts].map(([chat, part]) => [chat, part.messages.at(-1)?.number ?? 0]));
    this.unread = 0;
    for (const [chat, part] of this.parts) {
      if (chat === this.openChat && !this.isAway) this.seen[chat] = part.messages.at(-1)?.number ?? 0;
      const unread = part.messages.filter((one) => one.number > this.seen[chat] && one.sender !== this.owner.user).length;
      const badge = part.tab.querySelector(".count");
      badge.hidden = !unread;
      badge.textContent = unread > 99 ? "99" : String(unread);
      if (unread) badge.title = say("unread", { count: String(unread) });
      this.unread += unread;
    }
    this.store();
  }

  forget(number) {
    for (const part of this.parts.values()) part.composer.forget(number);
  }

  heard(outcome) {
    if (outcome.open) {
      const hadFocus = this.screen.contains(document.activeElement) || document.activeElement === document.body;
      this.open(outcome.open);
      if (hadFocus) this.focus();
    }
    if (outcome.mark) this.toast(say(`mark-${outcome.mark}`), "check");
    if (outcome.form) {
      const { form, chat, message } = outcome;
      openSheet(this.screen, form, {
        submit: (answers) => this.send({ do: "submit", phone: this.owner.user, chat, message, token: form.token, answers }),
      });
    }
  }

  toast(words, picture) {
    const toast = this.element.querySelector(".toast");
    clearTimeout(this.fading);
    toast.replaceChildren(...(picture ? [icon(picture)] : []), words);
    this.fading = setTimeout(() => toast.replaceChildren(), TOAST);
  }

  stored() {
    return JSON.parse(sessionStorage.getItem(`playground.${this.owner.user}`) ?? "{}");
  }

  store() {
    sessionStorage.setItem(`playground.${this.owner.user}`, JSON.stringify({ open: this.openChat, seen: this.seen }));
  }
}
