"""Phrases that several views share: times for both, days, names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.cadence import Cadence
from bot.decks import Deck
from bot.model import Couple, Kept, Partner
from bot.planning import visited_at
from bot.turn import Turn

A_NAMED_DAY = 6 * 86400
"""So many seconds ahead the name of a day is enough."""

EVERY_DAY = frozenset(range(7))


def name_in_line(name: str) -> str:
    """A name that may stand in a sentence, whichever way its letters run (Unicode isolates)."""
    return f"\u2068{name}\u2069"


def as_said(turn: Turn, reader: Partner | Couple, kept: str, words: str) -> str:
    """The words of an answer, or what stands for a voice note or a picture, with what was written below it."""
    if kept not in (Kept.VOICE, Kept.PICTURE):
        return words
    return "\n".join(filter(None, (turn.say(f"history-{kept}", reader), words.partition("\n")[2])))


def both_times(
    turn: Turn, reader: Partner | Couple, partners: list[Partner], moment: int, *, day: bool = True, date: bool = False
) -> str:
    """A moment as each of the two reads it on their own clock; once where both clocks agree, or one holds for both.

    With *date* what lies further ahead than the name of a day can tell has its date.
    """
    words = turn.known.words
    named = words.date_line if date and moment - turn.now > A_NAMED_DAY else words.day_and_time
    tell = named if day else words.clock_time
    shown = [(partner, tell(moment, ZoneInfo(partner.timezone), reader.locale)) for partner in partners]
    if len({text for _, text in shown}) <= 1:
        return shown[0][1] if shown else tell(moment, ZoneInfo("UTC"), reader.locale)
    visit = visited_at(turn, partners[0].couple, moment)
    if visit is not None:
        return tell(moment, ZoneInfo(visit.timezone), reader.locale)
    return ", ".join(f"{text} ({name_in_line(partner.name)})" for partner, text in shown)


def days_line(turn: Turn, reader: Partner | Couple, days: frozenset[int]) -> str:
    """Days of the week in words."""
    if days == EVERY_DAY:
        return turn.say("days-every", reader)
    if not days:
        return turn.say("days-on-request", reader)
    names = [turn.known.words.day_name(day, reader.locale, short=len(days) > 1) for day in sorted(days)]
    return ", ".join(names)


def rhythm_line(turn: Turn, reader: Partner | Couple, deck: Deck, cadence: Cadence) -> str:
    """A ritual's name, days and time in one line."""
    if not cadence.days:
        return turn.say("rhythm-on-request", reader, title=deck.title)
    at = time_line(turn, reader, cadence)
    return turn.say("rhythm-line", reader, title=deck.title, days=days_line(turn, reader, cadence.days), at=at)


def time_line(turn: Turn, reader: Partner | Couple, cadence: Cadence) -> str:
    """The time of a cadence; of a window from when to when, and never the minute that chance has drawn."""
    if not cadence.window:
        return clock(cadence.at)
    return hours_line(turn, reader, cadence.at, cadence.at + cadence.window)


def hours_line(turn: Turn, reader: Partner | Couple, start: int, end: int) -> str:
    """From when to when."""
    return turn.say("hours-between", reader, **{"from": clock(start), "to": clock(end)})


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock shows them; the day's end is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
