"""When a couple's rituals are next due, written into their rows."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.cadence import Cadence, Due, moment_of, next_due
from bot.model import Couple, Partner, Ritual
from bot.turn import Turn


def zones_of(cadence: Cadence, couple: Couple, partners: list[Partner]) -> list[ZoneInfo]:
    """The zones whose clocks a ritual goes by: the couple's, or each partner's."""
    if cadence.together or not partners:
        return [ZoneInfo(couple.timezone)]
    return [ZoneInfo(partner.timezone) for partner in partners]


def opens_for(ritual: Ritual, day: date, couple: Couple, partner: Partner) -> int:
    """The moment at which a chosen date's occurrence opens for one partner."""
    cadence = Cadence.parse(ritual.cadence)
    zone = zones_of(cadence, couple, [partner])[0]
    return moment_of(cadence, day, zone, str(ritual.id))


def following(turn: Turn, ritual: Ritual, couple: Couple, not_before: int) -> Due | None:
    """The next chosen date after the last one that came round, at or after a moment."""
    cadence = Cadence.parse(ritual.cadence)
    after = date.fromisoformat(ritual.last_slot) if ritual.last_slot else None
    zones = zones_of(cadence, couple, turn.store.people.partners(couple.id))
    return next_due(cadence, zones, str(ritual.id), after=after, not_before=not_before)


def write_next(turn: Turn, ritual: Ritual, couple: Couple, not_before: int) -> None:
    """Write when a ritual is next due; nothing where it is off or the couple has not begun."""
    due = following(turn, ritual, couple, not_before) if ritual.active and couple.began_at else None
    turn.store.rituals.change(
        ritual.id, next_due_at=due.moment if due else None, next_slot=due.slot.isoformat() if due else ""
    )


def plan_again(turn: Turn, couple: Couple, *, catch_up: bool = False) -> None:
    """Write anew when each ritual of a couple is due; *catch_up* keeps a date whose moment has just passed."""
    for ritual in turn.store.rituals.of(couple.id):
        deck = turn.known.decks.get(ritual.deck)
        if deck is not None:
            write_next(turn, ritual, couple, turn.now - (deck.patience if catch_up else 0))
