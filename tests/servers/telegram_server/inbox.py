"""The updates that wait for one bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram_server.clock import MovableClock
from telegram_server.transcript import Confirmed, HandedOut, Transcript

PRESS_LIVES = 150
UPDATE_LIVES = 24 * 3600
KEPT_BACK = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""What a bot gets only when it names it."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update, as it was when it happened."""

    id: int
    kind: str
    payload: dict[str, Any]
    made_at: float
    queue: tuple[str, int]

    def shape(self) -> dict[str, Any]:
        """The update as the bot receives it."""
        return {"update_id": self.id, **self.payload}

    def expired(self, now: float) -> bool:
        """A press is forgotten after 150 seconds, anything else after a day."""
        return now - self.made_at > (PRESS_LIVES if self.kind == "callback_query" else UPDATE_LIVES)


@dataclass(slots=True, eq=False, repr=False)
class Inbox:
    """A bot's updates, oldest first; their ids only grow."""

    bot: str
    clock: MovableClock
    transcript: Transcript
    last_id: int
    pending: list[Update] = field(default_factory=list)
    allowed: tuple[str, ...] = ()
    judge: Callable[[dict[str, Any]], None] = lambda update: None
    filled: asyncio.Event = field(default_factory=asyncio.Event)

    def takes(self, kind: str) -> bool:
        """Whether the bot asked for this kind; applied when something happens, not when it is fetched."""
        return kind in self.allowed if self.allowed else kind not in KEPT_BACK

    def put(self, kind: str, value: dict[str, Any], queue: tuple[str, int]) -> Update | None:
        """Something happened that the bot may hear of."""
        if not self.takes(kind):
            return None
        update = self.inject(kind, {kind: value}, queue)
        self.judge(update.shape())
        return update

    def inject(self, kind: str, payload: dict[str, Any], queue: tuple[str, int]) -> Update:
        """Put any payload in, whatever it holds."""
        self.last_id += 1
        update = Update(self.last_id, kind, payload, self.clock.now(), queue)
        self.pending.append(update)
        self.filled.set()
        return update

    def confirm(self, before: int) -> None:
        """Forget what the bot says it has."""
        for update in self.pending:
            if update.id < before:
                self.transcript.add(Confirmed(self.clock.date(), self.bot, update.id, update.kind))
        self.pending = [update for update in self.pending if update.id >= before]

    def keep_last(self, count: int) -> None:
        """Forget all but the newest."""
        self.pending = self.pending[-count:]

    def waiting(self) -> list[Update]:
        """What the bot has not confirmed and what has not expired."""
        now = self.clock.now()
        self.pending = [update for update in self.pending if not update.expired(now)]
        self.filled.clear()
        return self.pending

    def hand_out(self, updates: Iterable[Update]) -> None:
        """Write down that the bot is given these."""
        for update in updates:
            self.transcript.add(HandedOut(self.clock.date(), self.bot, update.id, update.kind))

    def drop(self, update: Update) -> None:
        """This one is done with (a webhook took it, or it was given up)."""
        self.pending = [one for one in self.pending if one is not update]
