"""How long something may be, and what Discord says when it is not so."""

from __future__ import annotations

from collections.abc import Iterator, Sized

from discord_server.errors import Wrong

Path = tuple[str, ...]


def at_most(path: Path, thing: Sized | None, most: int) -> Iterator[Wrong]:
    """A text or a list that may be missing, but not longer than this."""
    if thing is not None and len(thing) > most:
        yield Wrong(path, f"Must be {most} or fewer in length.", "BASE_TYPE_MAX_LENGTH")


def between(path: Path, thing: Sized | None, least: int, most: int) -> Iterator[Wrong]:
    """A text or a list that has to be there and has to have a length between these."""
    if not least <= len(thing or ()) <= most:
        yield Wrong(path, f"Must be between {least} and {most} in length.", "BASE_TYPE_BAD_LENGTH")
