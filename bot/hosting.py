"""What a host can do with the database by hand: see which couples there are, and delete one wholly; prints no words."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.database import open_engine
from bot.errors import Misconfigured
from bot.forgetting import DeletionList
from bot.lock import only_one
from bot.sealing import PlainSealer
from bot.store import Store


def couples_in(file: Path) -> list[str]:
    """A line for each couple: its number, the platforms, since when, and whether it has ended."""
    with _store(file) as store:
        return [_line(store, number) for number in store.people.couples()]


def delete_couple(file: Path, number: int) -> int:
    """Delete everything of a couple from every table; returns how many answers went. Raises Misconfigured."""
    with _store(file) as store:
        if store.people.find_couple(number) is None:
            raise Misconfigured(f"There is no couple {number} here. Without a number the couples are listed.")
        gone = store.forget_couple(number)
    # What is deleted once stays deleted, also where an older copy of the file is put back.
    DeletionList(file).add(gone)
    return len(gone)


@contextmanager
def _store(file: Path) -> Iterator[Store]:
    """One transaction over a database that nobody else has open; raises StoreUnusable or Misconfigured."""
    if not file.exists():
        raise Misconfigured(f"There is no database at {file} yet, so there is nobody in it.")
    with contextlib.closing(only_one(file)):
        engine = open_engine(file)
        try:
            with engine.begin() as connection:
                yield Store(connection, itertools.count(1).__next__, PlainSealer())
            with engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            engine.dispose()


def _line(store: Store, number: int) -> str:
    couple = store.people.couple(number)
    since = datetime.fromtimestamp(couple.created_at, UTC).date()
    platforms = ", ".join(sorted({room.platform for room in store.people.rooms(number)})) or "no chat any more"
    state = "ended" if couple.ended_at else "started" if couple.began_at else "not started"
    return f"{number}  {platforms}, since {since}, {state}"
