"""The support card comes to each partner once a quarter, on its first Sunday, whatever anybody wrote or did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.cadence import Cadence, instant
from bot.model import CARD, Partner, Ritual
from bot.turn import Turn

AT = 11 * 60
"""Local minutes."""

NEVER = str(Cadence(frozenset(), AT))
SUNDAY = 6


def begin_cards(turn: Turn, partner: Partner) -> None:
    """From the next quarter on the card comes."""
    row = turn.store.rituals.add(couple=partner.couple, partner=partner.id, deck=CARD, cadence=NEVER)
    await_next_card(turn, row, partner)


def await_next_card(turn: Turn, row: Ritual, partner: Partner) -> None:
    """The next quarter's card, by the partner's own clock."""
    zone = turn.zone(partner.timezone)
    day = first_sunday_after(datetime.fromtimestamp(turn.now, zone).date())
    turn.store.rituals.change(row.id, next_due_at=instant(day, AT, zone), next_slot=day.isoformat())


def first_sunday_after(day: date) -> date:
    """The first Sunday of the quarter after a day's own."""
    month = day.month - (day.month - 1) % 3 + 3
    begins = date(day.year + (month > 12), (month - 1) % 12 + 1, 1)
    return begins + timedelta(days=(SUNDAY - begins.weekday()) % 7)
