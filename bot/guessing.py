"""Codes that nobody guesses: who tries several that are none has to wait."""

from __future__ import annotations

from bot.errors import Refusal
from bot.events import Person
from bot.turn import Turn

MOST, WITHIN = 5, 3600
"""So many wrong codes of one account within so many seconds."""


def may_try(turn: Turn, person: Person) -> None:
    """Decline whoever has tried too many codes of late, also the right one."""
    if turn.store.wishes.guesses(person.platform, person.user, turn.now - WITHIN) >= MOST:
        raise Refusal("too-many-tries")


def was_wrong(turn: Turn, person: Person, phrase: str) -> Refusal:
    """Note a code that is none, and how to say so."""
    turn.store.wishes.note_guess(person.platform, person.user, turn.now)
    return Refusal(phrase)
