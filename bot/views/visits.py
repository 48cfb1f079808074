"""What the two see of a visit: that it is planned, and how many days are left if both like to know."""

from __future__ import annotations

from datetime import date, datetime

from bot.model import Couple, Delivery, Partner
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.turn import Turn
from bot.views.wishes import span_of_dates
from bot.wishes import Visit
from bot.zones import place_of

COUNTED_FROM = 14
"""How many days before a visit the countdown begins."""


def planned(turn: Turn, couple: Couple, visit: Visit) -> Post:
    """The visit as the room reads it; either may count the days, or call it off."""
    line = span_of_dates(turn, couple, date.fromisoformat(visit.first), date.fromisoformat(visit.last))
    place = place_of(visit.timezone)
    text = turn.say("visit-planned", couple, dates=line, place=place)
    choices = [
        *(
            Choice(
                turn.say("choice-visit-place", couple, place=place_of(zone)),
                Token("visit", visit.id, "in-" + zone.replace("/", "--").replace("+", "_plus_")),
            )
            for zone in _other_zones(turn, couple, visit)
        ),
        Choice(turn.say("choice-visit-count", couple), Token("visit", visit.id, "count"), privately=True),
        Choice(turn.say("choice-visit-off", couple), Token("visit", visit.id, "off")),
    ]
    return Post((Span(text),), tuple(choices), quiet=True)


def delivered_visit(turn: Turn, delivery: Delivery) -> Post | None:
    """The visit in the rooms that did not see it being planned."""
    visit = turn.store.wishes.visit_row(delivery.subject)
    couple = turn.store.people.couple(delivery.couple)
    return planned(turn, couple, visit) if visit else turn.line("visit-off", couple)


def asked(turn: Turn, partner: Partner) -> Post:
    """How to plan one."""
    return turn.line("visit-how", partner)


def countdown(turn: Turn, couple: Couple) -> Text:
    """A line under a morning's prompt, where both like to know."""
    today = datetime.fromtimestamp(turn.now, turn.zone(couple.timezone)).date()
    visit = turn.store.wishes.visit(couple.id, today.isoformat())
    if visit is None or not (visit.counted_by_1 and visit.counted_by_2):
        return ()
    days = (date.fromisoformat(visit.first) - today).days
    if not 0 < days <= COUNTED_FROM:
        return ()
    return (Span("\n\n" + turn.say("visit-countdown", couple, days=str(days)), Style.SOFT),)


def _other_zones(turn: Turn, couple: Couple, visit: Visit) -> list[str]:
    zones = dict.fromkeys(partner.timezone for partner in turn.store.people.partners(couple.id))
    return [zone for zone in zones if zone != visit.timezone]
