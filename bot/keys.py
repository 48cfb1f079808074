"""The host's key: where it is found, made once, and exchanged without a moment in which no key fits."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import KEY_VARIABLE
from bot.errors import Misconfigured, WrongKey
from bot.sealing import KEY_BYTES, Sealed

NEXT = ".next"
"""Behind the name of a key file that is about to take the place of the one before."""


MISSING = (
    "{file} is not there, and COUPLE_RITUALS_KEY is not set: what is stored was sealed with that key, and nobody can "
    "read it without. Put it back from where you keep a copy, and start again; nothing was changed."
)
WRONG = (
    "The key in {file} or COUPLE_RITUALS_KEY is not the one that what is stored was sealed with. "
    "Put the right one back, and start again; nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the host's key is: in the environment, which wins, or in a file."""

    file: Path
    from_environment: str = field(default="", repr=False)


def parsed(text: str, where: str) -> bytes:
    """A key as it is written; raises Misconfigured, and never repeats it."""
    try:
        key = base64.urlsafe_b64decode(text.strip().encode("ascii", "replace"))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Misconfigured(
            f"{where} holds no key: that is 44 letters and digits on one line. Put back the one that was there; "
            "without it nobody can read what is stored."
        )
    return key


def new_key() -> bytes:
    """A key that nobody has had before."""
    return os.urandom(KEY_BYTES)


def written(key: bytes) -> str:
    """A key as it stands in a file or in the environment."""
    return base64.urlsafe_b64encode(key).decode()


def read_key(found: Found) -> bytes | None:
    """The host's key; None where there is none. Raises Misconfigured."""
    file = found.file
    if found.from_environment:
        return parsed(found.from_environment, KEY_VARIABLE)
    try:
        return parsed(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as problem:
        raise Misconfigured(f"{file} cannot be read. Check who owns it; only you should be able to.") from problem


def make_key(file: Path, key: bytes = b"") -> bytes:
    """Write a key down, a new one if none is given, readable by its owner alone. Raises Misconfigured.

    What is there already stays, and that is refused.
    """
    key = key or new_key()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, key)
    except OSError as problem:
        raise Misconfigured(
            f"{file} cannot be written ({problem.strerror}), so there is no key to seal words with. "
            f"Check who owns the folder, or set {KEY_VARIABLE}."
        ) from problem
    return key


def put_next(file: Path, key: bytes) -> None:
    """Write down the key that shall follow, beside the one that holds."""
    _next_of(file).unlink(missing_ok=True)
    _write(_next_of(file), key)


def exchange(file: Path) -> None:
    """The key that follows is the one that holds."""
    _next_of(file).replace(file)


def that_fits(found: Found, wrapped: tuple[int, bytes] | None) -> bytes:
    """The key that opens a couple's key as it is stored; made now where there is none and nobody's words need one.

    Where an exchange of keys was cut short, it is the one that was to follow. Raises Misconfigured where none fits.
    """
    if wrapped is None:
        return read_key(found) or make_key(found.file)
    key = check(found, wrapped)
    if key != read_key(found):
        exchange(found.file)
    return key


def check(found: Found, wrapped: tuple[int, bytes]) -> bytes:
    """The key that opens a couple's key as it is stored, changing nothing; raises Misconfigured where none does."""
    held = read_key(found)
    following = None if found.from_environment else read_key(Found(_next_of(found.file)))
    for key in (held, following):
        if key is not None and _opens(key, wrapped):
            return key
    raise Misconfigured((MISSING if held is None else WRONG).format(file=found.file))


def _opens(key: bytes, wrapped: tuple[int, bytes]) -> bool:
    couple, stored = wrapped
    try:
        Sealed(key).unwrap(stored, couple)
    except WrongKey:
        return False
    return True


def _next_of(file: Path) -> Path:
    return file.with_name(file.name + NEXT)


def _write(file: Path, key: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(written(key) + "\n")
        handle.flush()
        os.fsync(handle.fileno())
