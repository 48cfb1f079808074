"""Queries about occurrences and each partner's part in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Dialect, and_, bindparam, func, or_, select
from sqlmodel import col

from bot.model import NOT_THIS_WEEK, Occurrence, Part, Reply, Ritual, State
from bot.store.rows import Prepared, Rows, fresh, prepared


@dataclass(frozen=True, slots=True)
class Came:
    """What came, on which day, what stood in its place before, and, where heeded, if anybody answered or picked it."""

    prompt: str
    day: str
    slot: str
    put_away: tuple[str, ...] = ()
    answered: bool = True


@cache
def _came_statement(most: int, dialect: Dialect) -> Prepared:
    """What it asks for stands in the index (ix_occurrence_came): rows of long ago lie far apart."""
    row = (Occurrence.prompt, Occurrence.day, Occurrence.slot, Occurrence.put_away, Occurrence.id)
    found = select(*map(col, row))
    newest_first = (col(Occurrence.due_at).desc(), col(Occurrence.id).desc())
    came = found.where(col(Occurrence.ritual) == bindparam("of_ritual")).order_by(*newest_first)
    return prepared(came.limit(most), dialect)


@cache
def _answered_statement(dialect: Dialect) -> Prepared:
    replied = select(col(Reply.id)).where(col(Reply.occurrence) == col(Occurrence.id)).exists()
    picked = and_(col(Occurrence.picked) != "", col(Occurrence.picked) != NOT_THIS_WEEK)
    return prepared(select(or_(replied, picked)).where(col(Occurrence.id) == bindparam("of_occurrence")), dialect)


@cache
def _first_statement(most: int, dialect: Dialect) -> Prepared:
    """It looks no further than it has to, however much has come round since."""
    theirs = select(col(Ritual.id)).where(col(Ritual.couple) == bindparam("of_couple"), col(Ritual.partner) == 0)
    came = select(col(Occurrence.id)).where(
        col(Occurrence.ritual).in_(theirs), col(Occurrence.id) <= bindparam("until")
    )
    return prepared(came.limit(most + 1), dialect)


class Occurrences(Rows):
    """Each time that a ritual came round."""

    def open(self, **values: Any) -> Occurrence | None:
        """Open an occurrence, or nothing where this ritual already came round in this slot."""
        row = fresh(Occurrence, id=self._new_id(), **values)
        return row if self._add_new(row) else None

    def occurrence(self, occurrence: int) -> Occurrence | None:
        return self._that(Occurrence, id=occurrence)

    def in_slot(self, ritual: int, slot: str) -> Occurrence | None:
        return self._that(Occurrence, ritual=ritual, slot=slot)

    def with_prompt(self, couple: int, prompt: str) -> list[Occurrence]:
        """Each time that a prompt came to a couple."""
        return self._those(Occurrence, couple=couple, prompt=prompt)

    def has_come(self, couple: int, deck: str) -> bool:
        """Whether anything of a deck ever came to a couple."""
        return self._that(Occurrence, couple=couple, deck=deck) is not None

    def open_of(self, ritual: int) -> Occurrence | None:
        """The latest occurrence of a ritual that is still open."""
        found = self._those(Occurrence, "-due_at", most=1, ritual=ritual, state=State.OPEN)
        return found[0] if found else None

    def open_in(self, couple: int) -> list[Occurrence]:
        """Everything that is open for a couple, newest first."""
        return self._those(Occurrence, "-due_at", couple=couple, state=State.OPEN)

    def past(self, ritual: int, most: int) -> list[Occurrence]:
        """The latest occurrences of a ritual, newest first."""
        return self._those(Occurrence, "-due_at", most=most, ritual=ritual)

    def came(self, ritual: int, most: int, heeded: frozenset[str] = frozenset()) -> list[Came]:
        """The latest prompts of a ritual, newest first; whether anybody answered is looked up for those *heeded*."""
        statement = _came_statement(most, self._connection.dialect)
        found = statement.run(self._cursor, {"of_ritual": ritual}).fetchall()
        return [
            Came(prompt, day, slot, tuple(away.split()), heeded.isdisjoint(prompt.split()) or self._is_answered(row))
            for prompt, day, slot, away, row in found
        ]

    def _is_answered(self, occurrence: int) -> bool:
        statement = _answered_statement(self._connection.dialect)
        return bool(statement.run(self._cursor, {"of_occurrence": occurrence}).fetchone()[0])

    def of_couple(self, couple: int, before: int, most: int, reader: int = 0) -> list[Occurrence]:
        """What came round for a couple, and for a reader of the two alone, before a moment, newest first."""
        theirs = select(col(Ritual.id)).where(col(Ritual.couple) == couple, col(Ritual.partner).in_((0, reader)))
        return self._all(
            Occurrence,
            col(Occurrence.couple) == couple,
            col(Occurrence.due_at) < before,
            col(Occurrence.ritual).in_(theirs),
            order=(col(Occurrence.due_at).desc(), col(Occurrence.id).desc()),
            most=most,
        )

    def is_among_the_first(self, couple: int, occurrence: int, most: int) -> bool:
        """Whether so many things at most had come round for the two with this one; not what one does alone."""
        statement = _first_statement(most, self._connection.dialect)
        found = statement.run(self._cursor, {"of_couple": couple, "until": occurrence}).fetchall()
        return len(found) <= most

    def sharing_due(self, now: int, most: int) -> list[Occurrence]:
        return self._all(
            Occurrence,
            col(Occurrence.state) == State.OPEN,
            col(Occurrence.shares_at) > 0,
            col(Occurrence.shares_at) <= now,
            order=col(Occurrence.shares_at),
            most=most,
        )

    def promised(self) -> list[Occurrence]:
        """What is open and whose share moment was promised by some clocks."""
        waits = (col(Occurrence.state) == State.OPEN, col(Occurrence.shares_at) > 0)
        return self._all(Occurrence, *waits, col(Occurrence.clocks) != "", order=col(Occurrence.shares_at))

    def closing_due(self, now: int, most: int) -> list[Occurrence]:
        return self._all(
            Occurrence,
            col(Occurrence.state) == State.OPEN,
            col(Occurrence.closes_at) > 0,
            col(Occurrence.closes_at) <= now,
            order=col(Occurrence.closes_at),
            most=most,
        )

    def earliest(self) -> int | None:
        """When the next open occurrence is to be shared or closed."""
        moments = []
        for column in (Occurrence.shares_at, Occurrence.closes_at):
            soonest = select(func.min(col(column))).where(col(Occurrence.state) == State.OPEN, col(column) > 0)
            moments.append(self._number(soonest))
        return min((moment for moment in moments if moment), default=None)

    def over_since(self, decks: Sequence[str], before: int, most: int) -> list[int]:
        """What came of some decks and closed before a moment, save what holds an answer."""
        over = (col(Occurrence.state) != State.OPEN, col(Occurrence.closes_at) < before)
        answered = select(col(Reply.id)).where(col(Reply.occurrence) == col(Occurrence.id)).exists()
        found = self._all(Occurrence, col(Occurrence.deck).in_(decks), *over, ~answered, most=most)
        return [one.id for one in found]

    def forget(self, occurrences: Sequence[int]) -> None:
        """Forget that something came, and how each took part in it."""
        self._remove(Part, col(Part.occurrence).in_(occurrences))
        self._remove(Occurrence, col(Occurrence.id).in_(occurrences))

    def change(self, occurrence: int, **values: Any) -> None:
        self._set(Occurrence, occurrence, **values)

    def part(self, occurrence: int, partner: int) -> Part:
        """A partner's part in an occurrence, begun if need be."""
        found = self._that(Part, occurrence=occurrence, partner=partner)
        return found or self._add(fresh(Part, id=self._new_id(), occurrence=occurrence, partner=partner))

    def parts(self, occurrence: int) -> list[Part]:
        return self._all(Part, col(Part.occurrence) == occurrence)

    def change_part(self, part: int, **values: Any) -> None:
        self._set(Part, part, **values)
