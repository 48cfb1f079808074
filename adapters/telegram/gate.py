"""Paces what the bot sends: the one place where Telegram's limits are kept.

Telegram asks for at most one message a second in a chat, twenty a minute in a group and thirty a second in all
(core.telegram.org/bots/faq). Edits, reactions and answers to presses are not counted there; for them, and where our
numbers are wrong, the server's own "retry after" is heeded by whoever sent.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.errors import RetryLater

LONGEST_WAIT = 5.0
"""How many seconds a post waits for its chat before the courier is told to come again."""

MOST_IDLE_CHATS = 1000
ANSWER, POST = 0, 1
EVENLY = 0.9
"""Posts leave this share of their even distance apart, so that a place is free soon whenever an answer comes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages go out in how many seconds."""

    a_second: int = 30
    a_second_in_a_chat: int = 1
    a_minute_in_a_group: int = 20


@dataclass(slots=True)
class Window:
    """At most *most* messages in any span of *seconds*, wherever in the span the server begins to count.

    A message's time is counted from when its answer came, which is never before the server took it.
    """

    most: int
    seconds: float
    under_way: int = 0
    free_at: list[float] = field(default_factory=list)

    def opens_at(self, now: float) -> float | None:
        """When the next message may go; None where that depends on one that is still under way."""
        while self.free_at and self.free_at[0] <= now:
            heapq.heappop(self.free_at)
        if self.under_way + len(self.free_at) < self.most:
            return now
        return self.free_at[0] if self.free_at else None

    def leave(self) -> None:
        """A message goes out."""
        self.under_way += 1

    def arrived(self, now: float) -> None:
        """A message was answered, so its place is free again after the span."""
        self.under_way -= 1
        heapq.heappush(self.free_at, now + self.seconds)


@dataclass(slots=True)
class Chat:
    """One chat's turn: one message at a time, in the order they came."""

    windows: tuple[Window, ...]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    held_until: float = 0.0

    def opens_at(self, now: float) -> float:
        return max(self.held_until, *(window.opens_at(now) or now for window in self.windows))


class Gate:
    """Lets messages out, answers to people before posts."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = Window(limits.a_second, 1.0)
        self._chats: dict[str, Chat] = {}
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._next_post = 0.0
        self._forgets_at = MOST_IDLE_CHATS

    @asynccontextmanager
    async def turn(self, chat: str, *, answer: bool) -> AsyncIterator[None]:
        """Wait until a message may go to *chat*; raises RetryLater where a post would have to wait long."""
        lane = self._lane(chat)
        if not answer and (lane.turn.locked() or lane.opens_at(_now()) - _now() > LONGEST_WAIT):
            raise RetryLater(timedelta(seconds=max(1.0, lane.opens_at(_now()) - _now())))
        async with lane.turn:
            await asyncio.sleep(lane.opens_at(_now()) - _now())
            await self._leave(answer=answer)
            for window in lane.windows:
                window.leave()
            try:
                yield
            finally:
                for window in (*lane.windows, self._all):
                    window.arrived(_now())
                self._let_out()

    def hold(self, chat: str, seconds: float) -> None:
        """The server asked to wait before the next message to this chat."""
        self._lane(chat).held_until = _now() + seconds

    def _lane(self, chat: str) -> Chat:
        if chat not in self._chats:
            self._forget_idle()
            windows = [Window(self._limits.a_second_in_a_chat, 1.0)]
            if chat.startswith("-"):  # Groups have negative ids.
                windows.append(Window(self._limits.a_minute_in_a_group, 60.0))
            self._chats[chat] = Chat(tuple(windows))
        return self._chats[chat]

    def _forget_idle(self) -> None:
        if len(self._chats) < self._forgets_at:
            return
        now = _now()
        busy = {
            name: chat
            for name, chat in self._chats.items()
            if chat.turn.locked()
            or chat.held_until > now
            or any(w.opens_at(now) != now or w.free_at for w in chat.windows)
        }
        self._chats = busy
        # Looked through again only once it has doubled, so that many busy chats cost nothing.
        self._forgets_at = max(MOST_IDLE_CHATS, 2 * len(busy))

    async def _leave(self, *, answer: bool) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (ANSWER if answer else POST, next(self._numbers), mine))
        self._let_out()
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._all.arrived(_now())
                self._let_out()
            raise

    def _let_out(self) -> None:
        """Whoever is first in line goes, as long as somebody may go now."""
        while self._waiting:
            urgency, _, first = self._waiting[0]
            if not first.cancelled():
                opens = self._opens_at(urgency)
                if opens is None:
                    return  # Whoever is under way lets the next one out.
                if opens > _now():
                    self._wake_at(opens)
                    return
                self._all.leave()
                self._next_post = _now() + EVENLY / self._limits.a_second
                first.set_result(None)
            heapq.heappop(self._waiting)

    def _opens_at(self, urgency: int) -> float | None:
        opens = self._all.opens_at(_now())
        return opens if opens is None or urgency == ANSWER else max(opens, self._next_post)

    def _wake_at(self, moment: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(moment, self._let_out)


def _now() -> float:
    return asyncio.get_running_loop().time()
