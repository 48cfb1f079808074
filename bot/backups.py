"""A copy of the database that is whole, sealed and read back; and the way from such a copy to a database.

A copy is a ZIP of the database and of what it must hash to. For the host's key it is sealed with AES-256-GCM; for a
passphrase by age, whose scrypt makes guessing dear, and then the host's key is in it. Nothing of it stands unsealed on
a disk on the way.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import Misconfigured
from bot.keys import written
from bot.sealing import NONCE_BYTES

DATABASE, ABOUT, KEY = "couple-rituals.db", "about.json", "couple-rituals.key"
ROLLBACK_JOURNAL = b"\x01\x01"
"""A copy in memory has no write-ahead log, and its header may not ask for one (sqlite.org/fileformat.html)."""

DAMAGED = "{file} is damaged or is no copy of Couple Rituals; nothing was changed. Use an older one."
NOT_OPENED = "{file} does not open with this {what}, or it is damaged; nothing was changed."
FOR_A_PASSPHRASE = "{file} was made for a passphrase; nothing was changed. Run this with --passphrase."  # noqa: S105 - a sentence
FOR_A_KEY = 32
NIGHTLY, ENDING = "couple-rituals-", ".copy"
HEAD = b"couple-rituals copy 1\n"
AGE = b"age-encryption.org/"


@dataclass(frozen=True, slots=True)
class Lock:
    """What a copy is sealed for: the host's key, or a passphrase, which then brings the key along."""

    key: bytes = field(repr=False)
    passphrase: str = field(default="", repr=False)

    def close(self, packed: bytes) -> bytes:
        """Seal it."""
        if self.passphrase:
            closed: bytes = pyrage.passphrase.encrypt(packed, self.passphrase)
            return closed
        nonce = os.urandom(NONCE_BYTES)
        return HEAD + nonce + self._cipher().encrypt(nonce, packed, HEAD)

    def open(self, held: bytes, file: Path) -> bytes:
        """Open it again; raises Misconfigured, which names the file."""
        if held.startswith(AGE) and not self.passphrase:
            raise Misconfigured(FOR_A_PASSPHRASE.format(file=file))
        if not held.startswith((AGE, HEAD)):
            raise Misconfigured(DAMAGED.format(file=file))
        try:
            if held.startswith(AGE):
                packed: bytes = pyrage.passphrase.decrypt(held, self.passphrase)
                return packed
            nonce = held[len(HEAD) : len(HEAD) + NONCE_BYTES]
            return self._cipher().decrypt(nonce, held[len(HEAD) + NONCE_BYTES :], HEAD)
        except (pyrage.DecryptError, InvalidTag, ValueError):
            what = "passphrase" if held.startswith(AGE) else "key"
            raise Misconfigured(NOT_OPENED.format(file=file, what=what)) from None

    def _cipher(self) -> AESGCM:
        # Not the key itself: what is sealed for one purpose opens for no other.
        return AESGCM(HKDF(SHA256(), FOR_A_KEY, None, b"couple-rituals copy").derive(self.key))


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds."""

    database: bytes = field(repr=False)
    key: str = field(default="", repr=False)


def back_up(database: Path, file: Path, lock: Lock) -> int:
    """Write a copy of a database that may be in use, and read it back; returns its size. Raises Misconfigured."""
    if not database.exists():
        raise Misconfigured(f"There is no database at {database} yet, so there is nothing to copy.")
    held = _sealed(_snapshot(database), lock)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write_and_read_back(file, held, lock)
    except OSError as problem:
        raise Misconfigured(f"{file} cannot be written ({problem.strerror}). Choose another place.") from problem
    return len(held)


def keep_copies(database: Path, folder: Path, keep: int, lock: Lock, today: date) -> Path | None:
    """Write today's copy if there is none yet, and let go of all but the newest; returns what was written.

    Raises Misconfigured, and then the older ones stay.
    """
    file = folder / f"{NIGHTLY}{today.isoformat()}{ENDING}"
    if file.exists():
        return None
    back_up(database, file, lock)
    for older, _ in nightly_copies(folder)[:-keep]:
        older.unlink(missing_ok=True)
    return file


def nightly_copies(folder: Path) -> list[tuple[Path, date]]:
    """The copies of the nights that are there, each with its day, the oldest first."""
    found = sorted(folder.glob(f"{NIGHTLY}????-??-??{ENDING}"))
    return [(file, date.fromisoformat(file.name[len(NIGHTLY) : -len(ENDING)])) for file in found if _is_dated(file)]


def _is_dated(file: Path) -> bool:
    try:
        date.fromisoformat(file.name[len(NIGHTLY) : -len(ENDING)])
    except ValueError:
        return False
    return True


def opened(file: Path, lock: Lock) -> Copy:
    """What a copy holds; raises Misconfigured where it does not open, or is not whole."""
    try:
        return _unsealed(file.read_bytes(), lock, file)
    except OSError as problem:
        raise Misconfigured(f"{file} cannot be read ({problem.strerror}). Check its name.") from problem


def _snapshot(database: Path) -> bytes:
    """The database as it is at one moment, whoever writes meanwhile."""
    address = f"{database.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)
            held = bytearray(copy.serialize())
    except sqlite3.DatabaseError as problem:
        raise Misconfigured(f"{database} cannot be copied ({problem}). `couple-rituals doctor` says more.") from problem
    held[18:20] = ROLLBACK_JOURNAL
    return bytes(held)


def _sealed(database: bytes, lock: Lock) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(DATABASE, database)
        files.writestr(ABOUT, json.dumps({"sha256": hashlib.sha256(database).hexdigest()}))
        if lock.passphrase:
            files.writestr(KEY, written(lock.key))
    return lock.close(packed.getvalue())


def _unsealed(held: bytes, lock: Lock, file: Path) -> Copy:
    packed = lock.open(held, file)
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as files:
            database, about = files.read(DATABASE), json.loads(files.read(ABOUT))
            key = files.read(KEY).decode() if KEY in files.namelist() else ""
    except (zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise Misconfigured(DAMAGED.format(file=file)) from problem
    if hashlib.sha256(database).hexdigest() != about.get("sha256") or not _is_whole(database):
        raise Misconfigured(DAMAGED.format(file=file))
    return Copy(database, key)


def _is_whole(database: bytes) -> bool:
    with closing(sqlite3.connect(":memory:")) as copy:
        try:
            copy.deserialize(database)
            return copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError:
            return False


def _write_and_read_back(file: Path, held: bytes, lock: Lock) -> None:
    fresh = file.with_name(file.name + ".part")
    # An attempt that was cut short may lie there, or a link that somebody else laid.
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(held)
            handle.flush()
            os.fsync(handle.fileno())
        _unsealed(fresh.read_bytes(), lock, file)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
