"""What was deleted for good: noted, so that an older copy of the file that is put back loses it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection
from sqlmodel import col

from bot.model import Reply
from bot.sayings import Saying
from bot.store.rows import Rows, fresh
from bot.wishes import Deletion


class Deletions(Rows):
    """The ids of deleted words; *noted* are those of this unit of work."""

    def __init__(self, connection: Connection, new_id: Callable[[], int]) -> None:
        super().__init__(connection, new_id)
        self.noted: list[int] = []

    def note(self, row: int, now: int) -> None:
        """Somebody's words were deleted."""
        self._add_new(fresh(Deletion, reply=row, at=now))
        self.noted.append(row)

    def all(self) -> set[int]:
        """Everything that was deleted."""
        return {one.reply for one in self._all(Deletion)}

    def delete_again(self, rows: Sequence[int], now: int) -> int:
        """Delete what was deleted before and came back with an older copy of the file; returns how much there was."""
        for row in rows:
            self._add_new(fresh(Deletion, reply=row, at=now))
        return sum(self._remove(kind, col(kind.id).in_(rows)) for kind in (Reply, Saying))
