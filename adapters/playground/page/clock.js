// The bar above the phones: what time it is for each, and turning it forward.

import { fillFace, piece, say } from "./phrases.js";
import { city, day, hour, weekday } from "./times.js";

export class ClockBar {
  constructor({ send, jump }) {
    this.send = send;
    this.jump = jump;
    this.bar = document.querySelector(".bar");
    this.clocks = new Map();
    for (const button of this.bar.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => button.ariaDisabled === "true" || this.pressed(button.dataset.turn));
    }
    this.question = document.getElementById("start-over");
    this.question.addEventListener("close", () => {
      if (this.question.returnValue === "yes") this.send({ do: "start-over" });
      this.question.returnValue = "";
    });
  }

  build(people) {
    const place = this.bar.querySelector(".clocks");
    place.replaceChildren();
    for (const owner of people) {
      const clock = piece("clock");
      clock.dataset.user = owner.user;
      fillFace(clock.querySelector(".face"), people, owner.user);
      clock.querySelector("b").textContent = owner.name;
      clock.addEventListener("click", () => this.jump(owner.user));
      this.clocks.set(owner.user, { owner, clock });
      place.append(clock);
    }
  }

  pressed(turn) {
    if (turn === "over") this.question.showModal();
    else if (turn === "next") this.send({ do: "turn", to: this.world.next });
    else this.send({ do: "turn", to: this.now + Number(turn) });
  }

  paint(world, isOpen) {
    this.world = world;
    this.tick(world.now);
    const busy = world.turning || !isOpen;
    for (const button of this.bar.querySelectorAll("[data-turn]")) setDisabled(button, busy);
    setDisabled(this.bar.querySelector(".next"), busy || !world.next);
    this.bar.querySelector(".next small").textContent = this.coming(world);
    this.bar.querySelector(".passing").hidden = !world.turning;
    this.bar.setAttribute("aria-busy", String(world.turning));
  }

  coming({ next, zones, turning }) {
    if (turning) return say("turning");
    if (!next) return say("next-none");
    const [first, second] = [...this.clocks.keys()];
    if (zones[first] === zones[second]) return `${day(next, zones[first])}, ${hour(next, zones[first])}`;
    return [first, second].map((user) => `${weekday(next, zones[user])} ${hour(next, zones[user])}`).join(" / ");
  }

  tick(now) {
    this.now = now;
    for (const [user, { owner, clock }] of this.clocks) {
      const zone = this.world?.zones[user];
      if (!zone) continue;
      const shown = { name: owner.name, day: day(now, zone), hour: hour(now, zone), zone: city(zone) };
      clock.querySelector(".day").textContent = `${shown.day} · ${shown.zone}`;
      clock.querySelector(".hour").textContent = shown.hour;
      clock.setAttribute("aria-label", say("clock", shown));
    }
  }

  mark(user, unread) {
    for (const [each, { clock }] of this.clocks) {
      clock.setAttribute("aria-current", String(each === user));
      clock.querySelector(".dot").hidden = !unread[each];
    }
  }
}

// A disabled button loses the focus, so one that only waits says so and keeps it.
function setDisabled(button, disabled) {
  button.setAttribute("aria-disabled", String(disabled));
  button.disabled = disabled && document.activeElement !== button;
}
