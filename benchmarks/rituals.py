"""Due rituals through the whole path (choose, open, outbox), against the driver alone writing the same rows."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import bindparam, update

from benchmarks.figures import REPETITIONS, Figure, at_least, median, seconds
from benchmarks.stage import NOW, Row, committed, insertion, playing, prepared, raw, temporary, written
from bot.clock import SettableClock
from bot.flows.asking import MOST
from bot.model import Delivery, Occurrence, Ritual
from bot.store.rows import table

DUE = 1000
DECK = "morning_appreciation"


def measure(_: bool) -> Iterator[Figure]:
    """All due at one moment, as on a Monday at eight."""
    ours, bare = [], []
    for _turn in range(REPETITIONS):
        with temporary() as folder:
            opened = prepared(folder / "ours.db", DUE, [DECK])
            ours.append(DUE / asyncio.run(_ours(opened)))
            bare.append(DUE / _bare(opened, prepared(folder / "bare.db", DUE, [DECK])))
    against = f"raw sqlite3, the same rows, {MOST} a commit ({median(ours):,.0f}/s against {median(bare):,.0f}/s)"
    ratio = median([mine / its for mine, its in zip(ours, bare, strict=True)])
    yield at_least(f"due rituals, {DUE:,} at once", ratio, 0.25, against)


async def _ours(file: Path) -> float:
    async with playing(file, SettableClock(NOW)) as pieces:
        began = time.perf_counter()
        for _ in range(-(-DUE // MOST)):
            await pieces.engine.open_due()
        return time.perf_counter() - began


def _bare(opened: Path, file: Path) -> float:
    """How long it takes to write what is new in one file into another."""
    with raw(opened) as connection:
        connection.row_factory = lambda cursor, row: dict(zip([one[0] for one in cursor.description], row, strict=True))
        occurrences = connection.execute("SELECT * FROM occurrence ORDER BY id").fetchall()
        deliveries = connection.execute("SELECT * FROM delivery ORDER BY id").fetchall()
        rituals = connection.execute("SELECT * FROM ritual ORDER BY id").fetchall()
    assert len(occurrences) == len(deliveries) == len(rituals) == DUE
    batches = list(zip(_batches(occurrences), _batches(deliveries), _batches(rituals), strict=True))
    return seconds(lambda: _write(file, batches))


def _write(file: Path, batches: list[tuple[list[Row], list[Row], list[Row]]]) -> None:
    moved_on = update(table(Ritual)).where(table(Ritual).c.id == bindparam("row"))
    change = written(moved_on.values({name: bindparam(name) for name in ("next_due_at", "next_slot", "last_slot")}))
    with raw(file) as connection:
        for occurrences, deliveries, rituals in batches:
            with committed(connection):
                connection.executemany(insertion(Occurrence), occurrences)
                connection.executemany(insertion(Delivery), deliveries)
                connection.executemany(change, [{**one, "row": one["id"]} for one in rituals])


def _batches(rows: list[Row]) -> list[list[Row]]:
    waiting = iter(rows)
    return list(iter(lambda: list(itertools.islice(waiting, MOST)), []))
