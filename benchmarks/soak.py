"""One process, many couples, weeks of their lives compressed by a clock that is handed in: what grows, and what not."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, at_most, median
from benchmarks.stage import NOW, PLATFORM, playing, prepared, private_of, raw, room_of, temporary
from benchmarks.stored import resident
from bot.clock import SettableClock
from bot.events import Person, Said, Words
from bot.posts import InRoom, MessageRef, Place, Post
from bot.wiring import Pieces

DECKS = ("morning_appreciation", "digital_sunset", "trust_checkin")
DAY = 86400
COUPLES, DAYS = 300, 60
MANY_COUPLES, FEWER_DAYS = 10_000, 30
ANSWERING = 3
"""Of so many couples one answers a day, each of the two once."""

KEPT = 41
"""Days after which event ids and changes of posts are gone."""

MOST_MEMORY, MOST_TICK = 1.1, 1.25


@dataclass(slots=True)
class Ear:
    """Takes every post, and remembers the newest of each shared chat."""

    newest: dict[str, MessageRef] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    heard: int = 0

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef:
        del post, key
        self.heard += 1
        ref = MessageRef(to, str(next(self.numbers)))
        if isinstance(to, InRoom):
            self.newest[to.chat] = ref
        return ref

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef:
        del post, key
        return ref

    async def remove(self, ref: MessageRef) -> None:
        del ref


@dataclass(frozen=True, slots=True)
class Evening:
    """How it stands at the end of a day."""

    kibibytes: int
    per_post: float
    handled: int
    changes: int


def measure(large: bool) -> Iterator[Figure]:
    """The last days against the first ones."""
    couples, days = (MANY_COUPLES, FEWER_DAYS) if large else (COUPLES, DAYS)
    with temporary() as folder:
        file = prepared(folder / "soak.db", couples, DECKS)
        evenings = asyncio.run(_live(file, couples, days))
    early, late = evenings[2 : 2 + days // 4], evenings[-(days // 4) :]
    name = f"{couples:,} couples, {days} days"
    memory = [median([one.kibibytes / 1024 for one in these]) for these in (early, late)]
    against = f"the last days' {memory[1]:.0f} MB against the first ones' {memory[0]:.0f} MB"
    yield at_most(f"memory, {name}", memory[1] / memory[0], MOST_MEMORY, "x", against)
    tick = [median([one.per_post for one in these]) for these in (early, late)]
    against = f"a post takes {tick[1] * 1000:.2f} ms in the last days, {tick[0] * 1000:.2f} ms in the first"
    yield at_most(f"ticks, {name}", tick[1] / tick[0], MOST_TICK, "x", against)
    if days > KEPT:
        yield from _pruned(evenings, name)


def _pruned(evenings: list[Evening], name: str) -> Iterator[Figure]:
    """What is let go of after a while: its rows at the end against those when the first went."""
    for what in ("handled", "changes"):
        most = max(getattr(one, what) for one in evenings[: KEPT + 1])
        last = getattr(evenings[-1], what)
        yield at_most(f"rows of {what}, {name}", last / max(1, most), 1.1, "x", f"{last:,} rows, {most:,} when full")


async def _live(file: Path, couples: int, days: int) -> list[Evening]:
    clock, ear = SettableClock(NOW), Ear()
    async with playing(file, clock) as pieces:
        pieces.messengers[PLATFORM] = ear
        return [await _told(pieces, clock, ear, file, couples, day) for day in range(days)]


async def _told(pieces: Pieces, clock: SettableClock, ear: Ear, file: Path, couples: int, day: int) -> Evening:
    began, heard = time.perf_counter(), ear.heard
    evening = await _day(pieces, clock, ear, file, couples, day)
    _tell(evening, day, time.perf_counter() - began, ear.heard - heard, file)
    return evening


def _tell(evening: Evening, day: int, took: float, posts: int, file: Path) -> None:
    """A line about a day, as a month of many couples takes long."""
    memory, stored = evening.kibibytes / 1024, file.stat().st_size / 1e6
    line = f"day {day + 1}: {took:.0f} s, {posts:,} posts, {evening.per_post * 1000:.2f} ms each, {memory:.0f} MB"
    print(f"{line}, {stored:,.0f} MB stored", file=sys.stderr, flush=True)


async def _day(pieces: Pieces, clock: SettableClock, ear: Ear, file: Path, couples: int, day: int) -> Evening:
    """The morning's posts, some answers, and whatever else the day brings."""
    heard, took = ear.heard, 0.0
    noon = NOW + day * DAY + DAY // 4
    took += await _live_until(pieces, clock, noon)
    await asyncio.gather(*(_answer(pieces, ear, number, day, clock.now()) for number in _answering(couples, day)))
    took += await _live_until(pieces, clock, noon + DAY * 3 // 4 - 1)
    with raw(file) as connection:
        handled, changes = (
            connection.execute(f"SELECT count(*) FROM {which}").fetchone()[0]  # noqa: S608 - two names of our own
            for which in ("handled", "delivery WHERE act != 'post'")
        )
    return Evening(resident(), took / max(1, ear.heard - heard), handled, changes)


async def _live_until(pieces: Pieces, clock: SettableClock, until: int) -> float:
    """Turn the schedule and bring the posts at every due moment; returns the processor's seconds that it took.

    Not the wall's: over the hours of a long soak what else the machine does would look like growth, or hide it.
    """
    began = time.process_time()
    while (coming := await pieces.engine.next_moment()) is not None and coming <= until:
        clock.move_to(coming)
        await pieces.engine.share_due()
        await pieces.engine.close_stale()
        await pieces.engine.open_due()
        await pieces.courier.deliver_due()
    clock.move_to(until)
    return time.process_time() - began


def _answering(couples: int, day: int) -> range:
    return range(1 + day % ANSWERING, couples + 1, ANSWERING)


async def _answer(pieces: Pieces, ear: Ear, number: int, day: int, now: int) -> None:
    to = ear.newest.get(str(number))
    if to is None:
        return
    for seat in (1, 2):
        person = Person(PLATFORM, private_of(number, seat).user, "Ann")
        said = MessageRef(room_of(number), f"{day}/{seat}")
        event = Said(
            id=f"{number}/{seat}/{day}", moment=now, place=room_of(number), person=person, message=said,
            parts=(Words("The tea you made before I was up."),), reply_to=to,
        )  # fmt: skip
        await pieces.engine.handle(event)
