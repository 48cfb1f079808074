"""How late posts leave, with the engine, the courier and the scheduler on the machine's own clock."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import REPETITIONS, Figure, at_most, median, percentile
from benchmarks.stage import PLATFORM, STEP, committed, playing, prepared, raw, temporary
from bot.cadence import Cadence
from bot.clock import SystemClock
from bot.posts import MessageRef, Place, Post
from bot.wiring import running

COUPLES = 100
SPREAD = 6
"""Over how many seconds the rituals fall due."""

AHEAD = 2
MOST = 1


def measure(_: bool) -> Iterator[Figure]:
    """Rituals that fall due one second after the other."""
    late = []
    for _turn in range(REPETITIONS):
        with temporary() as folder:
            late.append(asyncio.run(_one(folder / "ours.db")))
    slow, usual = median([percentile(one, 99) for one in late]), median([median(one) for one in late])
    against = f"{REPETITIONS} times {COUPLES} posts over {SPREAD} s, on the machine's clock; {usual:.2f} s is usual"
    yield at_most("a post leaves late, p99", slow, MOST, " s", against)


class Watch:
    """A platform that only notes when each post arrives."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.arrived: dict[int, float] = {}
        self.all_there = asyncio.Event()

    async def deliver(self, _post: Post, to: Place, _key: str) -> MessageRef:
        couple = to.chat if hasattr(to, "chat") else to.user
        self.arrived[int(couple)] = time.time()
        if len(self.arrived) == COUPLES:
            self.all_there.set()
        return MessageRef(to, str(next(self._numbers)))

    async def change(self, _ref: MessageRef, _post: Post) -> None:
        """Nobody looks at a change."""

    async def remove(self, _ref: MessageRef) -> None:
        """Nobody misses it."""


async def _one(file: Path) -> list[float]:
    prepared(file, COUPLES, ["morning_appreciation"], 0)
    due = _plan(file)
    watch = Watch()
    async with playing(file, SystemClock()) as pieces:
        pieces.messengers[PLATFORM] = watch
        async with running(pieces):
            await asyncio.wait_for(watch.all_there.wait(), 60)
    return [watch.arrived[number] - moment for number, moment in due.items()]


def _plan(file: Path) -> dict[int, int]:
    """Let each couple's ritual be due at a second of its own choice, and tell which."""
    soon = int(time.time()) + AHEAD
    due = {number: soon + number * SPREAD // COUPLES for number in range(1, COUPLES + 1)}
    with raw(file) as connection, committed(connection):
        connection.executemany(
            "UPDATE ritual SET next_due_at = ?, next_slot = ?, cadence = ? WHERE couple = ?",
            [(moment, *_written(moment), number * STEP) for number, moment in due.items()],
        )
    return due


def _written(moment: int) -> tuple[str, str]:
    """The slot and the cadence that lead to a moment."""
    wall = datetime.fromtimestamp(moment, UTC)
    return wall.date().isoformat(), str(Cadence(frozenset(range(7)), wall.hour * 60 + wall.minute, together=True))
