"""A reply to an open post, from the event to the commit, against the driver alone writing the same rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import REPETITIONS, Figure, at_least, median, seconds
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
ALONE = 50
"""How many replies come one after the other in one repetition."""

DECK = "morning_appreciation"
WORDS = "The tea you made before I was up."


def measure(_: bool) -> Iterator[Figure]:
    """One waiting, and many waiting at once."""
    with temporary() as folder:
        bare = _bare(_opened(folder / "bare.db"))
        alone, together = asyncio.run(_ours(_opened(folder / "ours.db")))
    yield _figure("reply, one waiting", alone, bare, 0.2)
    yield _figure(f"reply, {WAITING} waiting", together, bare, 0.5)


def _figure(name: str, ours: float, bare: float, wanted: float) -> Figure:
    against = f"raw sqlite3, the same rows, one commit each ({ours:,.0f}/s against {bare:,.0f}/s)"
    return at_least(name, ours / bare, wanted, against)


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


async def _ours(file: Path) -> tuple[float, float]:
    async with playing(file, SettableClock(NOW + 60)) as pieces:
        await _one_by_one(pieces.engine, "warm")
        alone = [ALONE / await _one_by_one(pieces.engine, f"a{turn}") for turn in range(REPETITIONS)]
        together = [WAITING / await _at_once(pieces.engine, f"t{turn}") for turn in range(REPETITIONS)]
    return median(alone), median(together)


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


def _bare(file: Path) -> float:
    handled, reply = insertion(Handled), insertion(Reply)
    with raw(file) as connection:

        def write(turn: int) -> None:
            for number in range(1, WAITING + 1):
                with committed(connection):
                    connection.execute(handled, _event(turn, number))
                    connection.execute(reply, _reply(turn, number))

        write(0)
        return median([WAITING / seconds(lambda turn=turn: write(turn)) for turn in range(1, REPETITIONS + 1)])  # type: ignore[misc]


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
