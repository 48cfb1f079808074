"""A time side by side: begun by either for so many minutes, over when it is over or when either ends it."""

from __future__ import annotations

from datetime import datetime

from bot import outbox, walking
from bot.errors import Refusal
from bot.events import Pressed
from bot.model import ASKED, Occurrence, Ritual, State
from bot.posts import Answer, Show
from bot.stepping import theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import timers


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Something was pressed about a timer: how long, or that it ends."""
    what, _, minutes = pressed.token.value.partition("_")
    match what:
        case "ask":
            return _ask(turn, who, _ritual(turn, who, pressed.token.subject))
        case "for":
            return _begin(turn, who, _ritual(turn, who, pressed.token.subject), minutes, pressed)
        case "end":
            return _end(turn, who, theirs(turn, who, pressed.token.subject))
        case _:
            raise Refusal("old-choice")


def _ask(turn: Turn, who: Who, ritual: Ritual) -> Answer:
    on = turn.store.occurrences.open_of(ritual.id)
    return _runs(turn, who, on) if on else Show(timers.how_long(turn, who.couple, ritual), in_place=True)


def _begin(turn: Turn, who: Who, ritual: Ritual, minutes: str, pressed: Pressed) -> Answer:
    """Begin, unless one runs already: both may press at once, or one twice."""
    timer = turn.deck_of(ritual).timer
    if timer is None or minutes not in map(str, timer.minutes):
        raise Refusal("old-choice")
    occurrence = turn.store.occurrences.open_of(ritual.id)
    if occurrence is None:
        occurrence = _open(turn, ritual, int(minutes) * 60, pressed.id)
        _announce(turn, occurrence)
    return _runs(turn, who, occurrence)


def _open(turn: Turn, ritual: Ritual, seconds: int, event: str) -> Occurrence:
    couple, slot = turn.store.people.couple(ritual.couple), ASKED + event
    found = turn.store.occurrences.open(
        ritual=ritual.id,
        couple=couple.id,
        deck=ritual.deck,
        slot=slot,
        day=datetime.fromtimestamp(turn.now, turn.zone(couple.timezone)).date().isoformat(),
        prompt="",
        due_at=turn.now,
        closes_at=turn.now + seconds,
    )
    occurrence = found or turn.store.occurrences.in_slot(ritual.id, slot)
    assert occurrence is not None, "a slot that is taken has an occurrence"
    return occurrence


def _announce(turn: Turn, occurrence: Occurrence) -> None:
    half = (occurrence.due_at + occurrence.closes_at) // 2
    outbox.to_rooms(turn, occurrence.couple, "occurrence", occurrence.id, f"occurrence/{occurrence.id}")
    outbox.to_rooms_at(turn, occurrence.couple, "timer-half", occurrence.id, half, occurrence.closes_at)


def _end(turn: Turn, who: Who, occurrence: Occurrence) -> Answer:
    """Either ends it, and nobody reads who; one that is over stays so."""
    if turn.deck_of(occurrence).timer is None:
        raise Refusal("old-choice")
    if occurrence.state == State.OPEN:
        turn.store.occurrences.change(occurrence.id, state=State.CLOSED, closes_at=turn.now)
        walking.came_to_rest(turn, theirs(turn, who, occurrence.id))
    return Show(timers.chat_post(turn, theirs(turn, who, occurrence.id)), in_place=True)


def _runs(turn: Turn, who: Who, occurrence: Occurrence) -> Answer:
    until = timers.ends_at(turn, who.couple, occurrence)
    return Show(turn.line("timer-runs", who.couple, until=until), in_place=True)


def _ritual(turn: Turn, who: Who, ritual: int) -> Ritual:
    found = turn.store.rituals.ritual(ritual)
    if found is None or found.couple != who.couple.id or turn.deck_of(found).timer is None:
        raise Refusal("old-choice")
    return found
