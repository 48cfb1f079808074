"""Where benchmarks play: a real database file in a temporary folder, full of made-up couples."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Update, insert
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.sql import Insert
from sqlmodel import SQLModel

from bot import keys, wiring
from bot.clock import Clock
from bot.database import open_engine
from bot.model import Account, Couple, Partner, Ritual, Room
from bot.posts import InPrivate, InRoom
from bot.store.rows import table
from bot.turn import Repertoire
from bot.wiring import Pieces

PLATFORM = "measured"
NOW = 1_767_600_000
"""Monday 5 January 2026, 08:00 UTC."""

SLOT = "2026-01-05"
STEP = 1000
"""The ids of one couple's rows lie between two multiples of this."""

Row = dict[str, Any]


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="couple-rituals-bench-") as folder:
        yield Path(folder)


@contextmanager
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    """The driver alone, with the bot's own settings: every commit is on the disk."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection


@contextmanager
def committed(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


def written(statement: Insert | Update) -> str:
    """A statement as the driver takes it, with named values."""
    return str(statement.compile(dialect=dialect(paramstyle="named")))


def insertion(kind: type[SQLModel]) -> str:
    """The statement that inserts one row."""
    return written(insert(table(kind)))


def prepared(file: Path, couples: int, decks: Iterable[str] = (), due_at: int = NOW) -> Path:
    """A database file with so many couples; all of their rituals are due at one moment."""
    open_engine(file).dispose()
    known = knowledge()
    with raw(file) as connection, committed(connection):
        numbers = range(1, couples + 1)
        connection.executemany(insertion(Couple), _couples(numbers))
        connection.executemany(insertion(Room), _rooms(numbers))
        connection.executemany(insertion(Partner), _partners(numbers))
        connection.executemany(insertion(Account), _accounts(numbers))
        connection.executemany(insertion(Ritual), _rituals(numbers, known, tuple(decks), due_at))
    return file


def knowledge() -> Repertoire:
    """What the bot knows by heart."""
    return wiring.repertoire("UTC")


@asynccontextmanager
async def playing(file: Path, clock: Clock) -> AsyncIterator[Pieces]:
    """The core over a file."""
    async with wiring.core(file, clock, knowledge(), keys.Found(file.with_suffix(".key"))) as pieces:
        yield pieces


def room_of(number: int) -> InRoom:
    """The room of a couple."""
    return InRoom(PLATFORM, str(number))


def private_of(number: int, seat: int) -> InPrivate:
    """The private chat of a partner."""
    return InPrivate(PLATFORM, f"{number}/{seat}")


def row(kind: type[SQLModel], **values: Any) -> Row:
    """A row with its usual values."""
    return kind(**values).model_dump()


def _couples(numbers: range) -> Iterator[Row]:
    usual = row(Couple, id=0, began_at=NOW - 40 * 86400, created_at=NOW - 40 * 86400)
    return ({**usual, "id": number * STEP} for number in numbers)


def _rooms(numbers: range) -> Iterator[Row]:
    usual = row(Room, id=0, couple=0, platform=PLATFORM, chat="")
    return ({**usual, "id": n * STEP + 1, "couple": n * STEP, "chat": str(n)} for n in numbers)


def _partners(numbers: range) -> Iterator[Row]:
    usual = row(Partner, id=0, couple=0, seat=0, name="Ann", joined_at=NOW)
    return ({**usual, "id": n * STEP + 10 + seat, "couple": n * STEP, "seat": seat} for n in numbers for seat in (1, 2))


def _accounts(numbers: range) -> Iterator[Row]:
    usual = row(Account, id=0, partner=0, platform=PLATFORM, user="", last_used_at=NOW)
    return (
        {**usual, "id": n * STEP + 20 + seat, "partner": n * STEP + 10 + seat, "user": f"{n}/{seat}"}
        for n in numbers
        for seat in (1, 2)
    )


def _rituals(numbers: range, known: Repertoire, decks: tuple[str, ...], due_at: int) -> Iterator[Row]:
    usual = [
        row(Ritual, id=0, couple=0, deck=deck, cadence=str(known.decks[deck].usual), next_due_at=due_at, next_slot=SLOT)
        for deck in decks
    ]
    return ({**one, "id": n * STEP + 30 + at, "couple": n * STEP} for n in numbers for at, one in enumerate(usual, 1))
