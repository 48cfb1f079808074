"""Queries about rituals and when they come round."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from bot.model import NO_DECKS, Couple, Partner, Ritual
from bot.store.rows import Rows


class Rituals(Rows):
    """What a couple has switched on."""

    def add(self, **values: Any) -> Ritual:
        return self._add(Ritual(id=self._new_id(), **values))

    def ritual(self, ritual: int) -> Ritual | None:
        return self._that(Ritual, id=ritual)

    def of(self, couple: int) -> list[Ritual]:
        """The rituals of a couple, oldest first."""
        return self._those(Ritual, "id", couple=couple, partner=0)

    def of_partner(self, partner: int) -> list[Ritual]:
        """What comes to one partner alone."""
        return self._those(Ritual, "id", partner=partner)

    def every_of(self, couple: int) -> list[Ritual]:
        """The rituals of a couple, and what comes to each of the two alone."""
        return self._those(Ritual, "id", couple=couple)

    def alone(self, partner: Partner, deck: str) -> Ritual | None:
        """What a partner has of a deck alone."""
        return self._that(Ritual, couple=partner.couple, partner=partner.id, deck=deck)

    def named(self, couple: int, deck: str) -> Ritual | None:
        return self._that(Ritual, couple=couple, deck=deck, partner=0)

    def due(self, now: int, most: int, *, only: str = "") -> list[Ritual]:
        """What has come round for couples, the longest waiting first; or *only* the rows of another kind."""
        return self._due(now, most, col(Ritual.deck) == only if only else col(Ritual.partner) == 0)

    def due_alone(self, now: int, most: int) -> list[Ritual]:
        """What has come round for one partner alone, the longest waiting first."""
        return self._due(now, most, col(Ritual.partner) != 0, col(Ritual.deck).not_in(NO_DECKS))

    def _due(self, now: int, most: int, *which: ColumnElement[bool]) -> list[Ritual]:
        return self._all(Ritual, col(Ritual.next_due_at) <= now, *which, order=col(Ritual.next_due_at), most=most)

    def aimed(self) -> list[tuple[Ritual, str, list[str]]]:
        """Every ritual that is to come round, with its couple's zone and the zones of those to whom it comes."""
        homes = {one.id: one.timezone for one in self._all(Couple)}
        theirs: dict[tuple[int, int], list[str]] = {}
        for partner in self._all(Partner, order=col(Partner.seat)):
            theirs.setdefault((partner.couple, 0), []).append(partner.timezone)
            theirs[partner.couple, partner.id] = [partner.timezone]
        found = self._all(Ritual, col(Ritual.next_due_at).is_not(None), col(Ritual.deck).not_in(NO_DECKS))
        return [(one, homes[one.couple], theirs.get((one.couple, one.partner), [])) for one in found]

    def asleep(self) -> list[Ritual]:
        """What the two, or one of them alone, have switched on and nothing is due of."""
        is_on, nothing_due = col(Ritual.active).is_(True), col(Ritual.next_due_at).is_(None)
        return self._all(Ritual, is_on, nothing_due, col(Ritual.deck).not_in(NO_DECKS))

    def earliest(self) -> int | None:
        """When the next ritual is due."""
        found = self._connection.execute(
            select(func.min(col(Ritual.next_due_at))).where(col(Ritual.next_due_at).is_not(None))
        ).scalar()
        return None if found is None else int(found)

    def put_to_sleep(self, couple: int) -> None:
        """Nothing of a couple comes round any more, nor what came to one of them alone."""
        self._change(Ritual, col(Ritual.couple) == couple, next_due_at=None, next_slot="", active=False)

    def change(self, ritual: int, **values: Any) -> None:
        self._set(Ritual, ritual, **values)

    def reshape(self, ritual: Ritual, **values: Any) -> Ritual:
        """Change what the two have agreed, and count that it changed; returns it as it is now."""
        self.change(ritual.id, revision=ritual.revision + 1, **values)
        found = self.ritual(ritual.id)
        if found is None:
            raise LookupError(f"no ritual {ritual.id}")
        return found
