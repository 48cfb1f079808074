// The line to the server: every deed has an id, is kept until it is acknowledged, and is sent again after a break.

const KEPT = "playground.unacknowledged";
const SOONEST = 250;
const LATEST = 3000;

export class Wire {
  constructor({ heard, opened, closed }) {
    this.heard = heard;
    this.opened = opened;
    this.closed = closed;
    this.isOpen = false;
    this.wait = SOONEST;
    this.waiting = new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]").map((deed) => [deed.id, deed]));
    this.then = new Map();
  }

  open() {
    const socket = new WebSocket(`ws://${location.host}/live`);
    this.socket = socket;
    socket.onmessage = (event) => this.receive(JSON.parse(event.data));
    socket.onclose = () => this.lost();
  }

  // A question (such as a completion) is not kept: nobody waits for it after a break.
  send(deed, { then, kept = true } = {}) {
    const whole = { id: crypto.randomUUID(), ...deed };
    if (then) this.then.set(whole.id, then);
    if (kept) this.keep(whole);
    if (this.isOpen) this.socket.send(JSON.stringify(whole));
    return whole.id;
  }

  unsent() {
    return this.isOpen ? [] : [...this.waiting.values()];
  }

  // Whether a deed of this kind was sent and is not acknowledged yet.
  awaits(kind) {
    return [...this.waiting.values()].some((deed) => deed.do === kind);
  }

  keep(deed) {
    this.waiting.set(deed.id, deed);
    this.store();
  }

  store() {
    sessionStorage.setItem(KEPT, JSON.stringify([...this.waiting.values()]));
  }

  receive(told) {
    if (told.kind === "snapshot" && !this.isOpen) this.begin();
    if (told.kind !== "done" && told.kind !== "trouble") return this.heard(told);
    const deed = this.waiting.get(told.id);
    const then = this.then.get(told.id);
    this.waiting.delete(told.id);
    this.then.delete(told.id);
    this.store();
    if (then) then(told);
    this.heard({ ...told, deed });
  }

  begin() {
    this.isOpen = true;
    this.wait = SOONEST;
    for (const deed of this.waiting.values()) this.socket.send(JSON.stringify(deed));
    this.opened();
  }

  lost() {
    this.isOpen = false;
    this.closed();
    setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 1.6, LATEST);
  }
}
