"""One tick with a hundred due rituals, with few and with many stored ones beside them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, median
from benchmarks.stage import NOW, STEP, committed, playing, prepared, raw, temporary
from bot.clock import SettableClock
from bot.wiring import Pieces

DUE = 100
DECK = "digital_sunset"
SMALL, MIDDLE, LARGE = 1_000, 100_000, 1_000_000
TIMES = 7


def measure(large: bool) -> Iterator[Figure]:
    """The same tick over ever larger files."""
    few = _tick(SMALL)
    for stored in (MIDDLE, LARGE) if large else (MIDDLE,):
        took = _tick(stored)
        against = f"itself with {SMALL:,} ({took * 1000:.0f} ms against {few * 1000:.0f} ms)"
        name = f"tick, {DUE} due, {stored:,} stored"
        yield Figure(name, f"{took / few:.2f}x", against, "at most 1.5x", took <= 1.5 * few)


def _tick(stored: int) -> float:
    with temporary() as folder:
        return median(asyncio.run(_ticks(prepared(folder / "ours.db", stored, [DECK], NOW + 86400), stored)))


async def _ticks(file: Path, stored: int) -> list[float]:
    async with playing(file, SettableClock(NOW)) as pieces:
        took = []
        for turn in range(TIMES + 1):
            _fall_due(file, range(1 + turn * DUE, 1 + (turn + 1) * DUE), stored)
            took.append(await _one(pieces))
        return took[1:]


async def _one(pieces: Pieces) -> float:
    began = time.perf_counter()
    await pieces.engine.share_due()
    await pieces.engine.close_stale()
    await pieces.engine.open_due()
    await pieces.engine.next_moment()
    return time.perf_counter() - began


def _fall_due(file: Path, order: range, stored: int) -> None:
    """Let rituals from all over the file be due now."""
    numbers = [1 + (place * 7919) % stored for place in order]
    with raw(file) as connection, committed(connection):
        connection.executemany(
            "UPDATE ritual SET next_due_at = ? WHERE couple = ?", [(NOW, number * STEP) for number in numbers]
        )
