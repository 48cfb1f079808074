"""How much comes: at most two posts a day, and so many a week that ask for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.cadence import Cadence
from bot.decks import Deck, Kind
from bot.model import USUAL_A_WEEK

MOST_A_DAY = 2
"""How many posts come to the shared chat on one date; a quiet line that asks for nothing is none of them."""

A_WEEK = (USUAL_A_WEEK, 12, 7 * MOST_A_DAY)
"""How many posts a week may ask for an answer, of which the two choose one; the last is all that two a day allow."""

REMEMBERED = 256
"""For so many plans it is remembered what comes, as many couples have the same one."""

SPREAD = (0, 3, 5, 1, 4, 6, 2)
"""The days of the week in an order of which every beginning lies well apart."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A ritual as far as the load goes: its days, and whether its posts count among those of a week."""

    ritual: int
    days: frozenset[int]
    weighs: bool = True


def coming(ritual: int, deck: Deck, cadence: Cadence) -> Coming | None:
    """What a ritual brings to the shared chat; nothing where it is a quiet line, comes on request, or to one alone."""
    if deck.kind in (Kind.TAP, Kind.NUDGE) or not cadence.days:
        return None
    return Coming(ritual, cadence.days, deck.kind.weighs)


def days_that_come(rituals: Iterable[Coming], most_a_week: int) -> dict[int, frozenset[int]]:
    """The days of the week on which each ritual comes: what comes on the fewest days goes first.

    It depends on what is agreed and on nothing else, so it is the same every week, and for both of the two.
    """
    ordered = sorted(rituals, key=lambda one: (len(one.days), one.ritual))
    taken = _taken(tuple((one.days, one.weighs) for one in ordered), most_a_week)
    return {one.ritual: days for one, days in zip(ordered, taken, strict=True)}


@lru_cache(maxsize=REMEMBERED)
def _taken(wanted: tuple[tuple[frozenset[int], bool], ...], most_a_week: int) -> tuple[frozenset[int], ...]:
    """The days that each takes, one after the other, until a day or the week is full."""
    posts, left = [0] * 7, most_a_week
    found = []
    for days, weighs in wanted:
        free = sorted((day for day in days if posts[day] < MOST_A_DAY), key=lambda day: (posts[day], SPREAD.index(day)))
        taken = free[:left] if weighs else free
        left -= len(taken) if weighs else 0
        for day in taken:
            posts[day] += 1
        found.append(frozenset(taken))
    return tuple(found)
