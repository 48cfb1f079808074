"""What is on record, read from the file with the host's key and without the program."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from bot.keys import Found, read_key
from bot.sealing import Sealed

ASKED = """
    SELECT reply.body, couple.id, couple.key, occurrence.id, reply.partner, reply.item
    FROM reply JOIN occurrence ON occurrence.id = reply.occurrence JOIN couple ON couple.id = occurrence.couple
    WHERE reply.kept = 'words' ORDER BY reply.id
"""


GIVEN = """
    SELECT saying.body, couple.id, couple.key, saying.id, saying.partner, saying.deck, saying.says
    FROM saying JOIN couple ON couple.id = saying.couple ORDER BY saying.id
"""


def given_on_record(database: Path, key: Path) -> list[str]:
    """Every line and name that somebody gave a ritual, oldest first."""
    host_key = read_key(Found(key))
    assert host_key is not None, "a bot that runs has a key"
    with contextlib.closing(sqlite3.connect(database)) as opened:
        found = opened.execute(GIVEN).fetchall()
    return [
        Sealed(host_key).open(body, couple, wrapped, ":".join(map(str, (couple, *tied))).encode())
        for body, couple, wrapped, *tied in found
    ]


def words_on_record(database: Path, key: Path) -> list[str]:
    """The words of every reply, oldest first; none where nobody has a key yet."""
    host_key = read_key(Found(key))
    with contextlib.closing(sqlite3.connect(database)) as opened:
        found = opened.execute(ASKED).fetchall()
    if host_key is None:
        assert found == [], "something is on record, and there is no key"
        return []
    sealer = Sealed(host_key)
    return [
        sealer.open(body, couple, wrapped, f"{couple}:{occurrence}:{partner}:{item}".encode())
        for body, couple, wrapped, occurrence, partner, item in found
    ]
