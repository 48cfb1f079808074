// The page: what the server tells, drawn on two phones and a clock.

import { ClockBar } from "./clock.js";
import { Phone } from "./phone.js";
import { say } from "./phrases.js";
import { Wire } from "./wire.js";

const world = { now: 0, heardAt: 0, zones: {}, next: null, turning: false, messages: [], waiting: [], people: [] };
const phones = new Map();
const main = document.querySelector(".phones");
const offline = document.querySelector(".offline");
const wire = new Wire({ heard, opened, closed });
const clock = new ClockBar({ send, jump });

function send(deed, more) {
  wire.send(deed, more);
  if (!wire.isOpen || deed.do === "turn") paint();
}

function heard(told) {
  hearers[told.kind]?.(told);
}

const hearers = {
  snapshot({ people, commands, messages, now }) {
    world.messages = messages;
    setNow(now);
    if (!phones.size) build(people, commands);
    paint();
  },
  message({ message, now }) {
    const at = world.messages.findIndex((one) => one.number === message.number);
    if (at < 0) world.messages.push(message);
    else world.messages[at] = message;
    setNow(now);
    paint();
  },
  gone({ number }) {
    world.messages = world.messages.filter((one) => one.number !== number);
    for (const phone of phones.values()) phone.forget(number);
    paint();
  },
  clock({ now, zones, next, turning }) {
    Object.assign(world, { zones, next, turning });
    setNow(now);
    paint();
  },
  done({ deed, outcome }) {
    if (deed?.phone) phones.get(deed.phone)?.heard(outcome);
    else paint();
  },
  trouble({ deed, why }) {
    const concerned = deed?.phone ? [phones.get(deed.phone)] : [...phones.values()];
    for (const phone of concerned) phone.toast(say(`trouble-${why}`));
    if (!deed?.phone) paint();
  },
};

function build(people, commands) {
  world.people = people;
  clock.build(people);
  for (const owner of people) {
    const phone = new Phone({ owner, people, commands, send, changed: mark });
    phones.set(owner.user, phone);
    main.append(phone.element);
  }
  show(sessionStorage.getItem("playground.phone") ?? people[0].user);
}

function setNow(now) {
  world.now = now;
  world.heardAt = Date.now();
}

function presently() {
  return world.now + Math.floor((Date.now() - world.heardAt) / 1000);
}

function paint() {
  // A message may come before the first word about the clock; it waits for the zones.
  if (!Object.keys(world.zones).length) return;
  const now = presently();
  world.waiting = wire.unsent().filter((deed) => deed.do === "say").map((deed) => ({
    number: deed.id, chat: deed.chat, sender: deed.phone, moment: now, reply_to: deed.reply_to ?? 0,
    text: [{ words: deed.text, style: "plain" }], holds: deed.holds, isWaiting: true,
  }));
  // From the press on, so that an impatient second press does not leap over what the first one brings.
  const shown = { ...world, now, turning: world.turning || wire.awaits("turn") };
  for (const phone of phones.values()) phone.paint(shown);
  clock.paint(shown, wire.isOpen);
  mark();
}

function opened() {
  offline.textContent = "";
  document.body.classList.remove("is-offline");
}

function closed() {
  if (!phones.size) return;
  offline.textContent = say("reconnecting");
  document.body.classList.add("is-offline");
  paint();
}

// On a narrow screen one phone is shown at a time; elsewhere its clock leads to it.
function show(user) {
  main.dataset.shown = user;
  sessionStorage.setItem("playground.phone", user);
  mark();
}

function jump(user) {
  show(user);
  // There the keyboard would cover what one came to see.
  if (!narrow.matches) phones.get(user).focus();
}

const narrow = matchMedia("(max-width: 699px)");
narrow.addEventListener("change", mark);

function mark() {
  for (const [user, phone] of phones) {
    const wasAway = phone.isAway;
    phone.isAway = narrow.matches && user !== main.dataset.shown;
    if (wasAway && !phone.isAway && phone.world) phone.count();
  }
  clock.mark(main.dataset.shown, Object.fromEntries([...phones].map(([user, phone]) => [user, phone.unread])));
}

function tick() {
  if (!world.heardAt || !Object.keys(world.zones).length) return;
  const now = presently();
  clock.tick(now);
  for (const phone of phones.values()) if (phone.world) phone.tick(now);
}

setInterval(tick, 1000);
wire.open();
