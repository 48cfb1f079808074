"""Whoever is about to listen asks for a line that helps with it."""

from __future__ import annotations

from bot.errors import Refusal
from bot.events import Pressed
from bot.posts import Answer, Show
from bot.stepping import theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import tips


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """The evening's line, to whoever asked and to nobody else; nothing is kept of it."""
    occurrence = theirs(turn, who, pressed.token.subject)
    if not turn.deck_of(occurrence).tips:
        raise Refusal("old-choice")
    return Show(tips.tip(turn, who.partner, occurrence), privately=True)
