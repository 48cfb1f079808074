"""Phrases that several views share: times for both, days, names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.cadence import Cadence
from bot.decks import Deck
from bot.model import Couple, Kept, Partner
from bot.planning import visited_at
from bot.turn import Turn

EVERY_DAY = frozenset(range(7))


def name_in_line(name: str) -> str:
    """A name that may stand in a sentence, whichever way its letters run (Unicode isolates)."""
    return f"\u2068{name}\u2069"


def as_said(turn: Turn, reader: Partner | Couple, kept: str, words: str) -> str:
    """The words of an answer, or what stands for a voice note or a picture, with what was written below it."""
    if kept not in (Kept.VOICE, Kept.PICTURE):
        return words
    return "\n".join(filter(None, (turn.say(f"history-{kept}", reader), words.partition("\n")[2])))


def both_times(turn: Turn, reader: Partner | Couple, partners: list[Partner], moment: int, *, day: bool = True) -> str:
    """A moment as each of the two reads it on their own clock; once where both clocks agree, or one holds for both."""
    words = turn.known.words
    tell = words.day_and_time if day else words.clock_time
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
    at = f"{cadence.at // 60:02}:{cadence.at % 60:02}"
    return turn.say("rhythm-line", reader, title=deck.title, days=days_line(turn, reader, cadence.days), at=at)
