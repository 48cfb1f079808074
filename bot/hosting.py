"""What a host can do with the database by hand: see which couples there are, and delete one wholly; prints no words."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.database import empty_log, open_engine
from bot.errors import Misconfigured
from bot.forgetting import DeletionList
from bot.keys import Found, exchange, new_key, put_next, that_fits
from bot.lock import only_one
from bot.sealing import Plain, Sealed
from bot.store import Store

KEY_ELSEWHERE = (
    "The key comes from COUPLE_RITUALS_KEY, so this program cannot exchange it. Write it into a file, name that as "
    "key_file in config.toml, take the variable away, and run this again."
)


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


def change_key(file: Path, found: Found) -> int:
    """Seal all words anew, with another key of each couple's under a new one of the host's; returns how many couples.

    Killed at any moment, the next start finds a key that fits: the new one is written beside the old one before the
    database changes, all of it at once, and takes its place after. Raises Misconfigured.
    """
    if found.from_environment:
        raise Misconfigured(KEY_ELSEWHERE)
    with _store(file) as store:
        wrapped = store.people.wrapped_keys()
        before = Sealed(that_fits(found, wrapped[0] if wrapped else None))
        fresh = new_key()
        put_next(found.file, fresh)
        _seal_anew(store.sealed_by(before), before, Sealed(fresh))
    exchange(found.file)
    return len(wrapped)


def _seal_anew(store: Store, before: Sealed, after: Sealed) -> None:
    store.seal_anew()
    for couple, stored in store.people.wrapped_keys():
        store.people.change_couple(couple, key=after.wrap(before.unwrap(stored, couple), couple))


@contextmanager
def _store(file: Path) -> Iterator[Store]:
    """One transaction over a database that nobody else has open; raises StoreUnusable or Misconfigured."""
    if not file.exists():
        raise Misconfigured(f"There is no database at {file} yet, so there is nobody in it.")
    with contextlib.closing(only_one(file)):
        engine = open_engine(file)
        try:
            with engine.begin() as connection:
                yield Store(connection, itertools.count(1).__next__, Plain())
            empty_log(engine)
        finally:
            engine.dispose()


def _line(store: Store, number: int) -> str:
    couple = store.people.couple(number)
    since = datetime.fromtimestamp(couple.created_at, UTC).date()
    platforms = ", ".join(sorted({room.platform for room in store.people.rooms(number)})) or "no chat any more"
    state = "ended" if couple.ended_at else "started" if couple.began_at else "not started"
    return f"{number}  {platforms}, since {since}, {state}"
