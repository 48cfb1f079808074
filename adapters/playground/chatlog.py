"""The chats as the phones show them, in an SQLite file of their own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import StoreUnusable

VERSION = 1
MOST_SHOWN = 2000
"""How many messages a page gets when it opens; older ones stay in the file."""

OUTCOMES_KEPT = 1000
"""A page sends again only what it has not seen acknowledged, so older outcomes are never asked for."""

_SCHEMA = """
CREATE TABLE message (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    chat TEXT NOT NULL,
    sender TEXT NOT NULL,
    moment INTEGER NOT NULL,
    body TEXT NOT NULL,
    reply_to INTEGER NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0,
    edited INTEGER NOT NULL DEFAULT 0,
    mark TEXT NOT NULL DEFAULT '',
    gone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE attachment (
    message INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (message, kind)
);
CREATE TABLE outcome (number INTEGER PRIMARY KEY AUTOINCREMENT, deed TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
"""

_COLUMNS = "number, chat, sender, moment, body, reply_to, told, edited, mark, gone"


@dataclass(frozen=True, slots=True)
class Shown:
    """One message; *told* says whether the engine was given it."""

    number: int
    chat: str
    sender: str
    moment: int
    body: dict[str, Any] = field(repr=False)
    reply_to: int = 0
    told: bool = False
    edited: bool = False
    mark: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or a file that belongs to a message."""

    kind: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message that is about to be shown; *key* is the same each time it is tried."""

    key: str
    chat: str
    sender: str
    moment: int
    body: dict[str, Any] = field(repr=False)
    reply_to: int = 0
    told: bool = False
    attachments: tuple[Attached, ...] = ()


class ChatLog:
    """Keeps the messages and what came of each deed; everything is on the disk when a method returns."""

    def __init__(self, file: Path) -> None:
        try:
            self._db = _opened(file)
        except sqlite3.Error as broken:
            raise StoreUnusable(
                f"The playground's chats in {file} cannot be used ({broken}). Is the folder writable, and is no other "
                "playground using it? Another folder (--data) starts anew."
            ) from broken

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def post(self, draft: Draft) -> tuple[Shown, bool]:
        """Keep a message and tell whether it is new; a key that was seen before gives the message it stands for."""
        with self._db:
            row = (
                draft.key,
                draft.chat,
                draft.sender,
                draft.moment,
                json.dumps(draft.body),
                draft.reply_to,
                draft.told,
            )
            wanted = (
                "INSERT INTO message (key, chat, sender, moment, body, reply_to, told) VALUES (?, ?, ?, ?, ?, ?, ?)"
            )
            added = self._db.execute(wanted + " ON CONFLICT (key) DO NOTHING", row)
            if added.rowcount:
                self._attach(added.lastrowid or 0, draft.attachments)
        return self._shown("key = ?", draft.key)[0], bool(added.rowcount)

    def change(self, number: int, body: dict[str, Any], attachments: Sequence[Attached] = ()) -> Shown | None:
        """Give a message other words; one that has gone stays gone."""
        with self._db:
            wanted = "UPDATE message SET body = ?, edited = 1 WHERE number = ? AND NOT gone"
            if self._db.execute(wanted, (json.dumps(body), number)).rowcount:
                self._attach(number, attachments)
        return self.find(number)

    def mark(self, number: int, mark: str) -> Shown | None:
        """Set the receipt of a person's message."""
        with self._db:
            self._db.execute("UPDATE message SET mark = ? WHERE number = ?", (mark, number))
        return self.find(number)

    def remove(self, number: int) -> None:
        """Take a message away; its key stays known, its words do not."""
        with self._db:
            self._db.execute("UPDATE message SET body = '{}', gone = 1 WHERE number = ?", (number,))
            self._db.execute("DELETE FROM attachment WHERE message = ?", (number,))

    def find(self, number: int) -> Shown | None:
        """The message with a number, if it is still there."""
        return next(iter(self._shown("number = ? AND NOT gone", number)), None)

    def latest(self) -> list[Shown]:
        """The messages that a page gets when it opens, oldest first."""
        newest = "number IN (SELECT number FROM message WHERE NOT gone ORDER BY number DESC LIMIT ?)"
        return self._shown(newest, MOST_SHOWN)

    def attachment(self, number: int, kind: str) -> Attached | None:
        """A message's picture or file."""
        wanted = "SELECT kind, name, content FROM attachment WHERE message = ? AND kind = ?"
        row = self._db.execute(wanted, (number, kind)).fetchone()
        return Attached(*row) if row else None

    def outcome(self, deed: str) -> dict[str, Any] | None:
        """What came of a deed, if it was done before."""
        row = self._db.execute("SELECT body FROM outcome WHERE deed = ?", (deed,)).fetchone()
        return dict(json.loads(row[0])) if row else None

    def settle(self, deed: str, outcome: dict[str, Any]) -> None:
        """A deed is done: keep what came of it, for a page that missed the answer."""
        with self._db:
            kept = "INSERT INTO outcome (deed, body) VALUES (?, ?) ON CONFLICT (deed) DO NOTHING"
            added = self._db.execute(kept, (deed, json.dumps(outcome))).lastrowid or 0
            self._db.execute("DELETE FROM outcome WHERE number <= ?", (added - OUTCOMES_KEPT,))

    def clear(self) -> None:
        """Forget every message; numbers are never used again."""
        with self._db:
            self._db.execute("DELETE FROM message")
            self._db.execute("DELETE FROM attachment")
            self._db.execute("DELETE FROM outcome")

    def _shown(self, where: str, value: str | int) -> list[Shown]:
        wanted = f"SELECT {_COLUMNS} FROM message WHERE {where} ORDER BY number"  # noqa: S608 (fixed words of this file)
        rows = self._db.execute(wanted, (value,))
        return [_from_row(row) for row in rows]

    def _attach(self, number: int, attachments: Iterable[Attached]) -> None:
        self._db.execute("DELETE FROM attachment WHERE message = ?", (number,))
        rows = [(number, one.kind, one.name, one.content) for one in attachments]
        self._db.executemany("INSERT INTO attachment (message, kind, name, content) VALUES (?, ?, ?, ?)", rows)


def _opened(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=5)
    try:
        _prepare(db)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    # What a person took back must not linger in freed pages.
    db.execute("PRAGMA secure_delete = ON")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise sqlite3.DatabaseError(f"it was written by a newer version, {version} where {VERSION} is the newest known")
    if version == 0:
        db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")


def _from_row(row: tuple[Any, ...]) -> Shown:
    number, chat, sender, moment, body, reply_to, told, edited, mark, gone = row
    return Shown(number, chat, sender, moment, json.loads(body), reply_to, bool(told), bool(edited), mark, bool(gone))
