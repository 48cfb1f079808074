"""Why a prompt was chosen, and another one in its place."""

from __future__ import annotations

from bot import outbox
from bot.choosing import choose_instead
from bot.errors import Refusal
from bot.events import Pressed
from bot.model import Occurrence
from bot.planning import agreed
from bot.posts import Answer, InPrivate, Show
from bot.stepping import theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import reasons

LOOKS_BACK = 30


def why(turn: Turn, who: Who) -> Answer:
    """/why: the rule that chose the newest prompt in the chat, in one sentence."""
    for occurrence in turn.store.occurrences.of_couple(who.couple.id, turn.now + 1, LOOKS_BACK):
        if reasons.was_chosen(turn, occurrence):
            return Show(reasons.reason(turn, who.partner, occurrence), privately=True)
    raise Refusal("why-nothing")


def press_instead(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Another prompt stands in the place of the one that was pressed about, once, whoever pressed."""
    turn.store.people.hold(who.couple.id)
    occurrence = theirs(turn, who, pressed.token.subject)
    if not reasons.was_chosen(turn, occurrence):
        raise Refusal("old-choice")
    if pressed.token.value == occurrence.prompt:
        _exchange(turn, occurrence)
    elif pressed.token.value not in occurrence.put_away.split():
        raise Refusal("old-choice")
    in_place = isinstance(pressed.place, InPrivate)
    return Show(turn.line("instead-set", who.partner), privately=True, in_place=in_place)


def _exchange(turn: Turn, occurrence: Occurrence) -> None:
    ritual = turn.store.rituals.ritual(occurrence.ritual)
    if ritual is None or not reasons.may_be_exchanged(turn, occurrence):
        raise Refusal("instead-late")
    if not reasons.exchanges_left(turn, occurrence):
        raise Refusal("instead-enough")
    try:
        choice = choose_instead(turn, agreed(turn, ritual), occurrence)
    except LookupError as nothing:
        raise Refusal("instead-none") from nothing
    put_away = f"{occurrence.put_away} {occurrence.prompt}".strip()
    turn.store.occurrences.change(occurrence.id, prompt=choice.prompt.id, rule=choice.rule, put_away=put_away)
    for view in ("occurrence", "note"):
        outbox.change_posts(turn, view, occurrence.id)
