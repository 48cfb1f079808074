"""Everything that is kept, asked for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, delete, or_, select
from sqlmodel import SQLModel

from bot.model import Room
from bot.ports import Sealer
from bot.posts import InRoom
from bot.store.deletions import Deletions
from bot.store.deliveries import Deliveries
from bot.store.occurrences import Came, Occurrences
from bot.store.people import People, Who
from bot.store.replies import Line, Replies
from bot.store.rituals import Rituals
from bot.store.sayings import Sayings, Worded
from bot.store.seals import Seals
from bot.store.wishes import Wishes

__all__ = ["Came", "Line", "Store", "Who", "Worded"]


class Store:
    """The families of queries, over the one transaction of a unit of work."""

    def __init__(self, connection: Connection, new_id: Callable[[], int], sealer: Sealer) -> None:
        self._connection = connection
        self._new_id = new_id
        self.people = People(connection, new_id, sealer)
        self.rituals = Rituals(connection, new_id)
        self.occurrences = Occurrences(connection, new_id)
        self.deletions = Deletions(connection, new_id)
        self._seals = Seals(connection, sealer)
        self.replies = Replies(connection, new_id, self._seals, self.deletions)
        self.sayings = Sayings(connection, new_id, self._seals, self.deletions)
        self.deliveries = Deliveries(connection, new_id)
        self.wishes = Wishes(connection, new_id)

    def room_moves(self, room: Room, to: InRoom) -> None:
        """Follow a room to its new address; the ids of the messages that stood in the old one mean nothing there.

        A room that was opened at the new address before anybody came in gives way to it.
        """
        if (room.chat, room.thread) == (to.chat, to.thread):
            return
        there = self.people.room_at(to)
        if there is not None and self.people.partners(there.couple):
            self.people.change_room(room.id, reachable=False, rested_at=0)
            return
        if there is not None:
            self.people.change_room(there.id, chat=f"left/{there.id}", reachable=False, rested_at=0)
        self.people.change_room(room.id, chat=to.chat, thread=to.thread, reachable=True, rested_at=0)
        self.deliveries.forget_messages(room.id)

    @contextmanager
    def read_ahead(self, couples: Iterable[int]) -> Iterator[None]:
        """Read couples with their partners, rooms and wishes at once instead of one by one, until this ends."""
        try:
            these = [*dict.fromkeys(couples)]
            self.sayings.read_ahead(these)
            self.wishes.read_ahead(self.people.read_ahead(these))
            yield
        finally:
            self.people.forget_what_was_read_ahead()
            self.wishes.forget_what_was_read_ahead()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Let something happen and take it back."""
        trial = self._connection.begin_nested()
        try:
            yield
        finally:
            trial.rollback()
            self.sayings.read_anew()

    def forget_couple(self, couple: int) -> list[int]:
        """Delete a couple from every table; returns which words of theirs went."""
        gone: dict[str, list[int]] = {"couple": [couple]}
        # From the couple down: whatever names a row that goes goes with it.
        for table in SQLModel.metadata.sorted_tables:
            owners = [column for column in table.columns if column.name in gone and column.foreign_keys]
            if owners:
                rows = select(table.c.id).where(or_(*(column.in_(gone[column.name]) for column in owners)))
                gone[table.name] = list(self._connection.execute(rows).scalars())
        for table in reversed(SQLModel.metadata.sorted_tables):
            if table.name in gone:
                self._connection.execute(delete(table).where(table.c.id.in_(gone[table.name])))
        self.wishes.forget_recovery_codes(gone.get("partner", []))
        return [*gone.get("reply", []), *gone.get("saying", [])]

    def seal_what_is_plain(self) -> int:
        """Give a key to each couple that has none, and seal what they wrote before; returns how much it was."""
        keyless = self._seals.give_keys()
        return sum(self.replies.seal_again(couple) + self.sayings.seal_again(couple) for couple in keyless)

    def sealed_by(self, sealer: Sealer) -> Store:
        """The same unit of work, with another sealer for its words."""
        return Store(self._connection, self._new_id, sealer)

    def seal_anew(self) -> int:
        """Give each couple another key and seal all that they wrote with it; returns how much it was."""
        return sum(self._seal_anew(couple) for couple, _ in self.people.wrapped_keys())

    def _seal_anew(self, couple: int) -> int:
        with self._seals.renewed(couple):
            return self.replies.seal_again(couple) + self.sayings.seal_again(couple)

    def unreadable(self) -> int:
        """How much of what was written was damaged and cannot be read."""
        return self.replies.unreadable() + self.sayings.unreadable()

    def forget_everything(self) -> None:
        """Empty every table."""
        for table in reversed(SQLModel.metadata.sorted_tables):
            self._connection.execute(delete(table))
