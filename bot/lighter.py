"""Lighter days: after a pause, a repair or a day that was not the day for it only light or steady prompts come."""

from __future__ import annotations

from bot.turn import Turn

LIGHTER_FOR = 2 * 86400
"""How many seconds they last after a hard day, or from when a pause or a repair is over."""


def lighten(turn: Turn, couple: int, since: int = 0) -> None:
    """Let the days be lighter, from a moment on (usually now); what was to last longer does."""
    until = (since or turn.now) + LIGHTER_FOR
    if turn.store.people.couple(couple).gentle_until < until:
        turn.store.people.change_couple(couple, gentle_until=until)
