"""The two pick one of two ideas, or let it be; either may, and either may change it until it closes."""

from __future__ import annotations

from bot import outbox
from bot.errors import Refusal
from bot.events import Pressed
from bot.model import NOT_THIS_WEEK, Occurrence, State
from bot.posts import Answer, Show
from bot.stepping import theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import prompts
from bot.views.ideas import AGAIN, RATHER, both_again


def pick(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """One of two ideas was picked, or neither for now; the first pick holds until somebody changes it on purpose."""
    occurrence = theirs(turn, who, pressed.token.subject)
    wanted = pressed.token.value.removeprefix(RATHER)
    ideas = turn.deck_of(occurrence).ideas
    if ideas is None or wanted not in (*occurrence.prompt.split(), NOT_THIS_WEEK, AGAIN):
        raise Refusal("old-choice")
    if occurrence.state != State.OPEN:
        raise Refusal("ideas-closed")
    if wanted == AGAIN:
        return Show(both_again(turn, who.partner, occurrence, ideas), privately=True)
    # Of two who press at the same instant the later one would change what the earlier one has just seen picked.
    if not occurrence.picked or wanted != pressed.token.value or wanted == NOT_THIS_WEEK:
        _becomes(turn, occurrence, wanted)
    return Show(prompts.occurrence_post(turn, theirs(turn, who, occurrence.id)), in_place=True)


def _becomes(turn: Turn, occurrence: Occurrence, wanted: str) -> None:
    if occurrence.picked != wanted:
        turn.store.occurrences.change(occurrence.id, picked=wanted)
        outbox.change_posts(turn, "occurrence", occurrence.id)
