"""A reply to an open post, from the event to the commit, against the driver alone writing the same rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure, at_least, median
from benchmarks.stage import (
    NOW,
    PLATFORM,
    SLOT,
    STEP,
    committed,
    insertion,
    playing,
    prepared,
    raw,
    room_of,
    row,
    temporary,
)
from bot.clock import SettableClock
from bot.engine import Engine
from bot.events import Person, Said, Words
from bot.model import Delivery, Handled, Occurrence, Reply
from bot.posts import Done, MessageRef

WAITING = 200
TIMES = 5
ALONE = 50
"""How many replies come one after the other in one repetition."""

DECK = "morning_appreciation"
WORDS = "The tea you made before I was up."


def measure(_: bool) -> Iterator[Figure]:
    """One waiting, and many waiting at once."""
    with temporary() as folder:
        rates = asyncio.run(_rates(_opened(folder / "ours.db"), _opened(folder / "bare.db")))
    bare, alone, together = zip(*rates, strict=True)
    yield _figure("reply, one waiting", alone, bare, 0.2)
    yield _figure(f"reply, {WAITING} waiting", together, bare, 0.5)


def _figure(name: str, ours: Sequence[float], bare: Sequence[float], wanted: float) -> Figure:
    against = f"raw sqlite3, the same rows, one commit each ({median(ours):,.0f}/s against {median(bare):,.0f}/s)"
    return at_least(name, median([mine / its for mine, its in zip(ours, bare, strict=True)]), wanted, against)


def _opened(file: Path) -> Path:
    """Couples with one open post each."""
    prepared(file, WAITING, [DECK], NOW + 86400)
    with raw(file) as connection, committed(connection):
        for number in range(1, WAITING + 1):
            connection.execute(insertion(Occurrence), _occurrence(number))
            connection.execute(insertion(Delivery), _post(number))
    return file


def _occurrence(number: int) -> dict[str, object]:
    at = number * STEP
    return row(
        Occurrence, id=at + 40, ritual=at + 31, couple=at, deck=DECK, slot=SLOT, day=SLOT, prompt="ma-001", due_at=NOW
    ) | {"closes_at": NOW + 72000}


def _post(number: int) -> dict[str, object]:
    at = number * STEP
    post = row(Delivery, id=at + 50, key=f"occurrence/{at + 40}/{at + 1}", couple=at, room=at + 1, view="occurrence")
    return post | {"subject": at + 40, "message": f"m{number}", "sends_after": NOW, "sent_at": NOW}


async def _rates(ours: Path, bare: Path) -> list[tuple[float, float, float]]:
    """Replies a second: the driver alone, one by one, at once; in turn, because a disk has its moods."""
    async with playing(ours, SettableClock(NOW + 60)) as pieces:
        rates = []
        for turn in range(TIMES + 1):
            alone = ALONE / await _one_by_one(pieces.engine, f"a{turn}")
            raw_alone = WAITING / _bare(bare, turn)
            together = WAITING / await _at_once(pieces.engine, f"t{turn}")
            rates.append((raw_alone, alone, together))
    return rates[1:]


async def _one_by_one(engine: Engine, name: str) -> float:
    events = [_said(number, name) for number in range(1, ALONE + 1)]
    began = time.perf_counter()
    for event in events:
        assert isinstance(await engine.handle(event), Done)
    return time.perf_counter() - began


async def _at_once(engine: Engine, name: str) -> float:
    events = [_said(number, name) for number in range(1, WAITING + 1)]
    began = time.perf_counter()
    answers = await asyncio.gather(*(engine.handle(event) for event in events))
    took = time.perf_counter() - began
    assert all(isinstance(answer, Done) for answer in answers)
    return took


def _said(number: int, name: str) -> Said:
    room = room_of(number)
    return Said(
        id=f"{name}/{number}",
        moment=NOW + 60,
        place=room,
        person=Person(PLATFORM, f"{number}/1", "Ann"),
        message=MessageRef(room, f"{name}/{number}"),
        parts=(Words(WORDS),),
        reply_to=MessageRef(room, f"m{number}"),
    )


def _bare(file: Path, turn: int) -> float:
    handled, reply = insertion(Handled), insertion(Reply)
    with raw(file) as connection:
        began = time.perf_counter()
        for number in range(1, WAITING + 1):
            with committed(connection):
                connection.execute(handled, _event(turn, number))
                connection.execute(reply, _reply(turn, number))
        return time.perf_counter() - began


def _event(turn: int, number: int) -> dict[str, object]:
    return {"platform": PLATFORM, "event": f"{turn}/{number}", "at": NOW + 60}


def _reply(turn: int, number: int) -> dict[str, object]:
    at = number * STEP
    return {
        "id": at + 60 + turn,
        "occurrence": at + 40,
        "partner": at + 11,
        "item": "",
        "number": turn,
        "kept": "words",
        "body": WORDS.encode(),
        "shared": False,
        "hidden": False,
        "source": f"{PLATFORM}/{number}//{turn}/{number}",
        "written_at": NOW + 60,
        "edited_at": 0,
    }
