"""When a couple's rituals, and what comes to one of the two alone, are next due, written into their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import loads
from bot.cadence import Cadence, Due, first_moment, moment_of, next_due
from bot.decks import Deck
from bot.model import Couple, Partner, Ritual
from bot.turn import Turn
from bot.wishes import Visit

LEAP_DAY = "02-29"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A ritual with its deck and the two who have it, or the one of them to whom it comes alone."""

    ritual: Ritual
    deck: Deck
    couple: Couple
    partners: tuple[Partner, ...]
    visit: Visit | None = None

    @property
    def cadence(self) -> Cadence:
        """When it comes round."""
        return Cadence.parse(self.ritual.cadence)

    @property
    def zones(self) -> list[ZoneInfo]:
        """The zones whose clocks it goes by: the couple's, or each partner's."""
        if self.cadence.together or not self.partners:
            return [ZoneInfo(self.couple.timezone)]
        return [ZoneInfo(partner.timezone) for partner in self.partners]

    def is_visit(self, day: date) -> bool:
        """Whether the two are in one place on a date, and so have one clock."""
        return self.visit is not None and self.visit.first <= day.isoformat() <= self.visit.last

    def is_own_day(self, day: date) -> bool:
        """Whether a date is the two's own day; a 29 February is the month's last day in other years."""
        tomorrow = day + timedelta(days=1)
        is_leap_day = self.couple.own_day == LEAP_DAY and (day.month, tomorrow.day) == (2, 1)
        return is_leap_day or self.couple.own_day == f"{day:%m-%d}"

    def opens_for(self, day: date, partner: Partner) -> int:
        """The moment at which a chosen date's occurrence opens for one partner."""
        return moment_of(self.cadence, day, ZoneInfo(self.clock_of(day, partner)), str(self.ritual.id))

    def following(self, after: str, not_before: int) -> Due | None:
        """The next chosen date after a slot (none: whichever comes), at or after a moment; None while it sleeps."""
        if not self.ritual.active or not self.couple.began_at:
            return None
        last = date.fromisoformat(after) if after else None
        return next_due(self.cadence, self._zones_on, str(self.ritual.id), after=last, not_before=not_before)

    def clock_of(self, day: date, partner: Partner) -> str:
        """The zone by whose clock a date is lived through."""
        if self.visit is not None and self.is_visit(day):
            return self.visit.timezone
        return self.couple.timezone if self.cadence.together else partner.timezone

    def _zones_on(self, day: date) -> list[ZoneInfo]:
        if self.visit is not None and self.is_visit(day):
            return [ZoneInfo(self.visit.timezone)]
        return self.zones


def agreed(turn: Turn, ritual: Ritual) -> Agreed:
    """A ritual with all that belongs to it; declines where its deck is gone."""
    couple = turn.store.people.couple(ritual.couple)
    partners = tuple(one for one in turn.store.people.partners(couple.id) if ritual.partner in (0, one.id))
    return Agreed(ritual, turn.deck_of(ritual), couple, partners, visit_of(turn, couple))


def gives_way(turn: Turn, planned: Agreed, day: date, rituals: Sequence[Ritual]) -> bool:
    """Whether others of a couple's rituals ask enough on a date, or in its week."""
    if loads.coming(planned.ritual.id, planned.deck, planned.cadence) is None:
        return False
    return day.weekday() not in days_of(turn, planned.couple, rituals).get(planned.ritual.id, frozenset())


def days_of(turn: Turn, couple: Couple, rituals: Sequence[Ritual]) -> dict[int, frozenset[int]]:
    """The days of the week on which each of a couple's rituals comes, beside all the others."""
    found = []
    for one in rituals:
        deck = turn.deck_behind(one)
        if one.active and deck is not None:
            found.append(loads.coming(one.id, deck, Cadence.parse(one.cadence)))
    return loads.days_that_come(filter(None, found), couple.most_a_week)


def next_to_come(turn: Turn, planned: Agreed, rituals: Sequence[Ritual]) -> int | None:
    """The moment of the next date on which a ritual does not give way; None while it sleeps, or gives way on all."""
    days = days_of(turn, planned.couple, rituals).get(planned.ritual.id)
    due = planned.following(planned.ritual.last_slot, turn.now)
    if days is None or due is None:
        return planned.ritual.next_due_at
    for _ in range(7):
        if due is not None and due.slot.weekday() not in days:
            due = planned.following(due.slot.isoformat(), turn.now)
    return due.moment if due is not None and due.slot.weekday() in days else None


def visit_of(turn: Turn, couple: Couple) -> Visit | None:
    """The visit that is on or comes next; none for two who live in one place."""
    if not couple.apart:
        return None
    # Somewhere it may still be yesterday.
    yesterday = datetime.fromtimestamp(turn.now, UTC).date() - timedelta(days=1)
    return turn.store.wishes.visit(couple.id, yesterday.isoformat())


def visited_at(turn: Turn, couple: int, moment: int) -> Visit | None:
    """The visit during which a moment falls, by the clock that holds there."""
    # Somewhere it may still be yesterday.
    yesterday = datetime.fromtimestamp(moment, UTC).date() - timedelta(days=1)
    visit = turn.store.wishes.visit(couple, yesterday.isoformat())
    if visit is None:
        return None
    there = datetime.fromtimestamp(moment, ZoneInfo(visit.timezone)).date().isoformat()
    return visit if visit.first <= there <= visit.last else None


def zones_at(turn: Turn, partners: list[Partner], moment: int) -> list[ZoneInfo]:
    """The clocks by which partners live at a moment: one during a visit, else each their own."""
    visit = visited_at(turn, partners[0].couple, moment) if partners else None
    return [ZoneInfo(visit.timezone)] if visit else [ZoneInfo(one.timezone) for one in partners]


def move_on(turn: Turn, planned: Agreed, after: str, not_before: int) -> None:
    """Write which slot came last, and when the ritual is next due."""
    due = planned.following(after, not_before)
    turn.store.rituals.change(
        planned.ritual.id,
        last_slot=after,
        next_due_at=due.moment if due else None,
        next_slot=due.slot.isoformat() if due else "",
    )


def plan_by_new_rules(turn: Turn) -> int:
    """Write anew when rituals are due whose moment the clocks' rules have moved since; returns how many moved.

    A program knows the rules of its start; they change some times a year, and what was written went by the old ones.
    """
    moved = 0
    for ritual, home, theirs in turn.store.rituals.aimed():
        cadence = Cadence.parse(ritual.cadence)
        zones = [home] if cadence.together or not theirs else theirs
        moment = first_moment(cadence, date.fromisoformat(ritual.next_slot), [*map(ZoneInfo, zones)], str(ritual.id))
        if moment != ritual.next_due_at and turn.deck_behind(ritual) is not None:
            # It may also be another one because of a visit; then it is what it was.
            planned = agreed(turn, ritual)
            move_on(turn, planned, ritual.last_slot, turn.now - planned.deck.patience)
            moved += turn.store.rituals.ritual(ritual.id) != ritual
    return moved


def wake_up(turn: Turn) -> None:
    """Let come again what is switched on and slept because its deck was gone for a while."""
    for ritual in turn.store.rituals.asleep():
        if turn.deck_behind(ritual) is not None and Cadence.parse(ritual.cadence).days:
            move_on(turn, agreed(turn, ritual), ritual.last_slot, turn.now)


def plan_again(turn: Turn, couple: Couple, *, catch_up: bool = False) -> None:
    """Write anew when each ritual of a couple is due; *catch_up* keeps a date whose moment has just passed."""
    for ritual in turn.store.rituals.every_of(couple.id):
        if turn.deck_behind(ritual) is not None:
            planned = agreed(turn, ritual)
            move_on(turn, planned, ritual.last_slot, turn.now - (planned.deck.patience if catch_up else 0))
