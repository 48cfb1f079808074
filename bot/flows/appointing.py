"""The two set a time for a picked idea; either may, and either may move it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import outbox
from bot.errors import Refusal
from bot.events import Happening, Pressed, Said, Submitted
from bot.heard import parts_of, words_of
from bot.model import Occurrence, State
from bot.posts import Answer, Ask, InPrivate, Post, Show, Token
from bot.stepping import await_words, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import appointments
from bot.views.appointments import SAID_WITHIN, clock_of, is_picked, length_of, moment_on, usual_minute

FURTHEST = 92 * 86400
"""Seconds ahead for which a time can be set."""


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Something was pressed about the time: the question, a moment, another one, or the file for a calendar."""
    what, _, moment = pressed.token.value.partition("_")
    occurrence = theirs(turn, who, pressed.token.subject)
    ideas = turn.deck_of(occurrence).ideas
    appointment = appointments.appointment_of(turn, occurrence)
    if what == "file" and appointment is not None and not appointment.is_off:
        return Show(appointments.handed_over(turn, who.partner, occurrence, appointment), privately=True)
    _may_be_set(occurrence)
    if what == "at" and moment.isdecimal():
        return _set(turn, who, pressed, occurrence, int(moment[:12]))
    if what == "ask" and ideas is not None:
        await_words(turn, who, str(Token("date", occurrence.id, "typed")))
        return Ask(appointments.form(turn, who.partner, occurrence), privately=True)
    if what == "when" and ideas is not None:
        # Of two who share no chat the post itself stands in private, and stays.
        return Show(appointments.question(turn, who.partner, occurrence, ideas), privately=True)
    raise Refusal("old-choice")


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Another moment was typed, on its writer's own clock."""
    occurrence = theirs(turn, who, token.subject)
    _may_be_set(occurrence)
    words, _ = words_of(parts_of(written))
    answer = _set(turn, who, written, occurrence, _moment_in(turn, who, occurrence, words))
    await_words(turn, who, "")
    return answer


def _moment_in(turn: Turn, who: Who, occurrence: Occurrence, words: str) -> int:
    """The moment that words name: a day without a time is at the usual one, a time without a day is the next one."""
    zone = clock_of(turn, who.partner, who.couple.id)
    today = datetime.fromtimestamp(turn.now, zone).date()
    ideas = turn.deck_of(occurrence).ideas
    try:
        day, minute = turn.known.typed.day_and_time(words, today)
    except ValueError as problem:
        raise Refusal("date-unknown") from problem
    if minute is None:
        zone = clock_of(turn, who.couple, who.couple.id)
        minute = usual_minute(turn, occurrence, ideas, zone) if ideas else 0
    moment = moment_on(day or today, minute, zone)
    has_passed_today = day is None and moment <= turn.now
    return moment_on(today + timedelta(days=1), minute, zone) if has_passed_today else moment


def _set(turn: Turn, who: Who, event: Happening, occurrence: Occurrence, moment: int) -> Answer:
    if moment <= turn.now:
        raise Refusal("date-past")
    if moment > turn.now + FURTHEST:
        raise Refusal("date-far")
    if moment != occurrence.begins_at:
        _move(turn, occurrence, moment)
    return _shown(event, appointments.confirmed(turn, who.partner, theirs(turn, who, occurrence.id)))


def _move(turn: Turn, occurrence: Occurrence, moment: int) -> None:
    """It stays open until it is over, and the time is said once."""
    deck = turn.deck_of(occurrence)
    closes_at = max(moment + length_of(turn, occurrence), occurrence.due_at + deck.closes_after)
    turn.store.occurrences.change(occurrence.id, begins_at=moment, closes_at=closes_at)
    outbox.change_posts(turn, "occurrence", occurrence.id)
    outbox.take_back(turn, "date-time", occurrence.id)
    if deck.ideas is not None and deck.ideas.time:
        after = {room.id: moment for room in turn.store.people.rooms(occurrence.couple)}
        key, expires = f"date-time/{occurrence.id}/{moment}", turn.now + SAID_WITHIN
        outbox.to_rooms(turn, occurrence.couple, "date-time", occurrence.id, key, after=after, expires_at=expires)


def _may_be_set(occurrence: Occurrence) -> None:
    if occurrence.state != State.OPEN:
        raise Refusal("ideas-closed")
    if not is_picked(occurrence):
        raise Refusal("old-choice")


def _shown(event: Happening, post: Post) -> Show:
    """For the person alone, in the place of what was pressed there."""
    in_place = isinstance(event, Pressed) and isinstance(event.place, InPrivate)
    return Show(post, privately=True, in_place=in_place)
