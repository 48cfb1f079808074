"""From a copy to a database, in an empty place only."""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from pathlib import Path

from bot import backups
from bot.database import empty_log, open_engine, stored_key
from bot.errors import Misconfigured
from bot.forgetting import DeletionList, forget_again
from bot.keys import Found, check, make_key, read_key
from bot.lock import only_one
from bot.sealing import Plain
from bot.store import Store

NOT_EMPTY = (
    "There is a database at {database} already, and a copy never takes the place of one. "
    "Move it away first, with the files beside it that begin like it, but for {listed}: that stays."
)
NO_KEY = (
    "There is no key in {file} and COUPLE_RITUALS_KEY is not set. Put the key back that the copy was made with; "
    "or, if the copy was made for a passphrase, run this with --passphrase."
)


def restore(copy: Path, database: Path, found: Found, passphrase: str = "") -> int:
    """Put a copy in an empty place; returns how many answers on the list of deletions went from it.

    An older one is brought up to date first. Raises Misconfigured or StoreUnusable, and then nothing was changed.
    """
    listed = DeletionList(database)
    beside = [database, *(database.with_name(database.name + end) for end in ("-wal", "-journal"))]
    if any(file.exists() for file in beside):
        raise Misconfigured(NOT_EMPTY.format(database=database, listed=listed.name))
    key = read_key(found)
    if key is None and not passphrase:
        raise Misconfigured(NO_KEY.format(file=found.file))
    held = backups.opened(copy, backups.Lock(key or b"", passphrase))
    with contextlib.closing(only_one(database)):
        return _put(held, database, found, listed)


def _put(held: backups.Copy, database: Path, found: Found, listed: DeletionList) -> int:
    fresh = database.with_name(database.name + ".part")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(held.database)
        key = _key_for(held, fresh, found)
        gone = _bring_up_to_date(fresh, listed)
        if key and read_key(found) is None:
            make_key(found.file, key)
        fresh.replace(database)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    return gone


def _key_for(held: backups.Copy, fresh: Path, found: Found) -> bytes | None:
    """The key that opens what the copy holds: the one that is here, or the one it brings. Raises Misconfigured."""
    if read_key(found) is None and held.key:
        found = Found(found.file, held.key)
    wrapped = stored_key(fresh)
    return check(found, wrapped) if wrapped is not None else read_key(found)


def _bring_up_to_date(fresh: Path, listed: DeletionList) -> int:
    engine = open_engine(fresh)
    try:
        with engine.begin() as connection:
            store = Store(connection, itertools.count(1).__next__, Plain())
            gone, unlisted = forget_again(store, listed.read(), int(time.time()))
        empty_log(engine)
    finally:
        engine.dispose()
    listed.add(unlisted)
    return gone
