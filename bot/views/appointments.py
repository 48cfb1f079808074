"""How the time for a picked idea looks: the question, what is offered, and how it stands in a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendars import calendar_file
from bot.decks import Ideas
from bot.model import NOT_THIS_WEEK, Couple, Delivery, Occurrence, Partner
from bot.planning import visited_at
from bot.posts import Appointment, Choice, Field, File, Form, Post, Span, Token
from bot.turn import Turn
from bot.wording import both_times

FILE_NAME = "date.ics"
EVENING, SATURDAY = 17 * 60, 5
FEWEST_DAYS_TO_SATURDAY = 2
"""A Saturday that is nearer is called today or tomorrow."""

LOOKS_BACK = 20
"""At how many earlier times of a ritual one looks for the usual time of the two."""

AN_HOUR = 3600
SAID_WITHIN = 15 * 60
"""Seconds after the time within which it is still said."""


def is_picked(occurrence: Occurrence) -> bool:
    """Whether one of the two ideas stands."""
    return occurrence.picked not in ("", NOT_THIS_WEEK)


def appointment_of(turn: Turn, occurrence: Occurrence) -> Appointment | None:
    """The time that was set, for calendars; off while no idea stands."""
    deck = turn.deck_of(occurrence)
    if deck.ideas is None or not occurrence.begins_at:
        return None
    ends = occurrence.begins_at + length_of(turn, occurrence)
    key, off = str(occurrence.id), not is_picked(occurrence)
    return Appointment(deck.ideas.calendar, occurrence.begins_at, ends, key, is_off=off)


def length_of(turn: Turn, occurrence: Occurrence) -> int:
    """How many seconds a picked idea takes; of one that the two wrote themselves nobody knows."""
    idea = turn.deck_of(occurrence).prompt(occurrence.picked)
    return AN_HOUR if idea.is_own else idea.minutes * 60


def when(turn: Turn, reader: Partner | Couple, occurrence: Occurrence, moment: int) -> str:
    """A moment on both clocks."""
    return both_times(turn, reader, turn.store.people.partners(occurrence.couple), moment, date=True)


def question(turn: Turn, partner: Partner, occurrence: Occurrence, ideas: Ideas) -> Post:
    """What is offered to set, and another moment."""
    text = [Span(turn.say("date-question", partner) + "\n")]
    choices = []
    for phrase, moment in _offered(turn, occurrence, ideas):
        label = turn.say(phrase, partner)
        line = turn.say("date-line", partner, label=label, when=when(turn, partner, occurrence, moment))
        text.append(Span(f"\n{line}"))
        choices.append(Choice(label, Token("date", occurrence.id, f"at_{moment}"), privately=True))
    ask = Choice(turn.say("choice-date-ask", partner), Token("date", occurrence.id, "ask"), privately=True)
    return Post(tuple(text), (*choices, ask))


def form(turn: Turn, partner: Partner, occurrence: Occurrence) -> Form:
    """The question for another moment."""
    title, label, hint = (turn.say(f"date-form-{part}", partner) for part in ("title", "label", "hint"))
    return Form(Token("date", occurrence.id, "typed"), title, (Field("words", label, hint, longest=60),))


def confirmed(turn: Turn, partner: Partner, occurrence: Occurrence) -> Post:
    """To whoever set it: when it is, and a file for their own calendar."""
    line = turn.say("date-set", partner, when=when(turn, partner, occurrence, occurrence.begins_at))
    return Post((Span(line),), (file_choice(turn, partner, occurrence),))


def file_choice(turn: Turn, reader: Partner | Couple, occurrence: Occurrence) -> Choice:
    """A way to have the file, alone."""
    return Choice(turn.say("choice-date-file", reader), Token("date", occurrence.id, "file"), privately=True)


def handed_over(turn: Turn, partner: Partner, occurrence: Occurrence, appointment: Appointment) -> Post:
    """The file for a calendar."""
    # The later it is made, the newer it is.
    content = calendar_file(appointment, turn.now, max(0, turn.now - occurrence.due_at))
    return Post((Span(turn.say("date-file", partner)),), file=File(FILE_NAME, content))


def delivered_time(turn: Turn, delivery: Delivery) -> Post | None:
    """It is the time that they set; nothing if it holds no more, or they rest."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    if occurrence is None or not is_picked(occurrence):
        return None
    ideas, couple = turn.deck_of(occurrence).ideas, turn.store.people.couple(occurrence.couple)
    is_time = occurrence.begins_at <= turn.now <= occurrence.begins_at + SAID_WITHIN
    if ideas is None or not ideas.time or not is_time or couple.rest_until > turn.now:
        return None
    return Post((Span(ideas.time),), quiet=True)


def coming(turn: Turn, couple: Couple, occurrence: Occurrence, days: int) -> list[tuple[int, str, str]]:
    """The time that the two set, as a line of the days ahead; nothing where no idea stands any more."""
    begins = occurrence.begins_at
    if not is_picked(occurrence) or not turn.now < begins <= turn.now + days * 86400:
        return []
    day = datetime.fromtimestamp(begins, turn.zone(couple.timezone)).date()
    at = both_times(turn, couple, turn.store.people.partners(couple.id), begins, day=False)
    return [(begins, turn.known.words.day_label(day, couple.locale), f"{at} · {turn.deck_of(occurrence).title}")]


def clock_of(turn: Turn, who: Partner | Couple, couple: int) -> ZoneInfo:
    """The clock by which one goes now: where the two are together, the one there."""
    visit = visited_at(turn, couple, turn.now)
    return ZoneInfo(visit.timezone if visit else who.timezone)


def usual_minute(turn: Turn, occurrence: Occurrence, ideas: Ideas, zone: ZoneInfo) -> int:
    """The minute of the day for which the two last set a time, or the deck's."""
    for earlier in turn.store.occurrences.past(occurrence.ritual, LOOKS_BACK):
        if earlier.begins_at:
            wall = datetime.fromtimestamp(earlier.begins_at, zone)
            return wall.hour * 60 + wall.minute
    return ideas.usual_at


def moment_on(day: date, minute: int, zone: ZoneInfo) -> int:
    """A day and a minute of it, as a moment; one that the clocks skip comes as soon as they have."""
    return int(datetime.combine(day, time(minute // 60, minute % 60), zone).timestamp())


def _offered(turn: Turn, occurrence: Occurrence, ideas: Ideas) -> Iterator[tuple[str, int]]:
    """Tonight, tomorrow and Saturday at the usual time of the two, on the couple's clock."""
    couple = turn.store.people.couple(occurrence.couple)
    zone = clock_of(turn, couple, couple.id)
    minute = usual_minute(turn, occurrence, ideas, zone)
    today = datetime.fromtimestamp(turn.now, zone).date()
    to_saturday = (SATURDAY - today.weekday()) % 7
    ahead = {"choice-date-tonight" if minute >= EVENING else "choice-date-today": 0, "choice-date-tomorrow": 1}
    if to_saturday >= FEWEST_DAYS_TO_SATURDAY:
        ahead["choice-date-saturday"] = to_saturday
    for phrase, days in ahead.items():
        moment = moment_on(today + timedelta(days=days), minute, zone)
        if moment > turn.now:
            yield phrase, moment
