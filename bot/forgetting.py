"""A list of what was deleted, beside the database and not in it: an older copy of the database that is put back loses
the same words again at the next start.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from bot.store import Store

SUFFIX = ".deleted"


class DeletionList:
    """Ids of what was written, one a line, in a file that only grows; it holds no words."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(database.name + SUFFIX)

    @property
    def name(self) -> str:
        """What the file is called."""
        return self._file.name

    def add(self, rows: Iterable[int]) -> None:
        """Write them down for good; raises OSError."""
        lines = "".join(f"{row}\n" for row in rows)
        with os.fdopen(os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as written:
            written.write(lines)
            written.flush()
            os.fsync(written.fileno())

    def read(self) -> set[int]:
        """Everything on the list; a line that was cut short by a crash is passed over."""
        try:
            lines = self._file.read_text().splitlines()
        except FileNotFoundError:
            return set()
        return {int(line) for line in lines if line.isdecimal()}


def forget_again(store: Store, listed: set[int], now: int) -> tuple[int, set[int]]:
    """Delete what the list names and this database still has; returns how many, and what the list lacks."""
    known = store.deletions.all()
    gone = store.deletions.delete_again(sorted(listed - known), now)
    return gone, known - listed
