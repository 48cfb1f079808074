"""What a pause or a repair that is under way, or went well, means for the other rituals."""

from __future__ import annotations

from bot.decks import Deck
from bot.model import Couple, Occurrence
from bot.planning import Agreed
from bot.turn import Turn
from bot.views.walks import ended_well

JUST_NOW = 86400
"""For so many seconds after a repair something may come because of it."""


def rests(turn: Turn, planned: Agreed) -> bool:
    """Whether something is under way, for the two or for one of them, with which a ritual does not go."""
    others = planned.deck.rests_with
    under_way = (one for one in turn.store.occurrences.open_in(planned.couple.id) if not one.held_at)
    return bool(others) and any(one.deck in others for one in under_way)


def is_after_repair(turn: Turn, couple: Couple) -> bool:
    """Whether the last repair of the two was gone to its end a short while ago, with no pause since."""
    repair = _last(turn, couple, [deck for deck in turn.decks_of(couple.id).values() if deck.command == "repair"])
    ended_at = 0 if repair is None or not ended_well(repair) else repair.held_at or repair.closes_at
    if ended_at <= turn.now - JUST_NOW:
        return False
    pause = _last(turn, couple, [deck for deck in turn.decks_of(couple.id).values() if deck.pause is not None])
    return pause is None or pause.due_at < ended_at


def _last(turn: Turn, couple: Couple, decks: list[Deck]) -> Occurrence | None:
    """The latest time that one of some decks was under way for the two."""
    rituals = [turn.store.rituals.named(couple.id, deck.id) for deck in decks]
    came = [one for ritual in rituals if ritual for one in turn.store.occurrences.past(ritual.id, 1)]
    return max(came, key=lambda one: one.due_at, default=None)
