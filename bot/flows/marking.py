"""The two have a day of their own: a day and a month that both see, and that either may change."""

from __future__ import annotations

from datetime import date

from bot import outbox
from bot.errors import Refusal
from bot.events import Pressed, Said, Submitted
from bot.heard import parts_of, words_of
from bot.posts import Answer, Ask, InPrivate, Show, Token
from bot.stepping import await_words
from bot.store import Who
from bot.turn import Turn
from bot.views import owndays

LONG_AGO = date(1904, 1, 1)
"""Any year that somebody types along is later; it is a leap year, so that every day of a year can be typed."""


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """It was looked at, or is to be another one, or none."""
    match pressed.token.value:
        case "":
            return Show(owndays.shown(turn, who.couple), in_place=True)
        case "ask":
            form = owndays.form(turn, who.partner)
            if isinstance(pressed.place, InPrivate):
                await_words(turn, who, str(form.token))
            return Ask(form)
        case "none":
            return _mark(turn, who, pressed, None)
    raise Refusal("old-choice")


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """A day and a month were typed; the year, if there is one, says nothing."""
    del token
    words, _ = words_of(parts_of(written))
    try:
        first, last = turn.known.typed.dates(words, LONG_AGO)
    except ValueError as problem:
        raise Refusal("own-day-unknown") from problem
    if first != last:
        raise Refusal("own-day-unknown")
    await_words(turn, who, "")
    return _mark(turn, who, written, first)


def _mark(turn: Turn, who: Who, event: Pressed | Said | Submitted, day: date | None) -> Answer:
    written = f"{day:%m-%d}" if day else ""
    if written != who.couple.own_day:
        turn.store.people.change_couple(who.couple.id, own_day=written)
        key = f"own-day/{who.couple.id}/{event.id}"
        outbox.to_rooms(turn, who.couple.id, "own-day", who.couple.id, key, but=event.place)
    couple = turn.store.people.couple(who.couple.id)
    return Show(owndays.shown(turn, couple), in_place=not isinstance(event, Said))
