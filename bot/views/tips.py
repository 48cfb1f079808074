"""A line for whoever listens, shown to nobody else and kept nowhere."""

from __future__ import annotations

import hashlib

from bot.decks import Deck
from bot.model import Occurrence, Partner
from bot.posts import Post, Span
from bot.turn import Turn

FOR_TAGS = {"good_news": "high", "hard_feelings": "low"}
"""For what a line is where a prompt has this tag."""

LOOKED_THROUGH = 10
"""So many times of a ritual, the newest, hold all of an evening's."""


def tip(turn: Turn, partner: Partner, occurrence: Occurrence) -> Post:
    """The evening's one line for a partner, the same again however often they ask."""
    deck = turn.deck_of(occurrence)
    lines = _fitting(deck, _first_of_the_day(turn, occurrence))
    throw = hashlib.sha256(f"{occurrence.ritual}/{occurrence.day}/{partner.seat}".encode()).digest()
    return Post((Span(lines[int.from_bytes(throw[:8]) % len(lines)]),))


def _first_of_the_day(turn: Turn, occurrence: Occurrence) -> Occurrence:
    """What came first on that day: a second prompt brings no second line."""
    came = turn.store.occurrences.past(occurrence.ritual, LOOKED_THROUGH)
    return min(
        (one for one in came if one.day == occurrence.day), key=lambda one: (one.due_at, one.id), default=occurrence
    )


def _fitting(deck: Deck, occurrence: Occurrence) -> list[str]:
    """The lines that fit a prompt; all of them where it is about neither highs nor lows."""
    wanted = {FOR_TAGS[tag] for tag in deck.prompt(occurrence.prompt).tags if tag in FOR_TAGS}
    fitting = [one.text for one in deck.tips if one.to in wanted or not one.to]
    return fitting if wanted and fitting else [one.text for one in deck.tips]
