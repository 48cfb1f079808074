"""What a partner sees of what comes to them alone: what there is, on which days, between which hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.cadence import Cadence, instant
from bot.decks import Deck, Kind
from bot.model import Couple, Partner, Ritual
from bot.planning import Agreed, visit_of
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.turn import Turn
from bot.views import suggestions
from bot.views.nudges import own_cue
from bot.waking import is_quiet
from bot.wording import hours_line, rhythm_line, time_line

HOURS = ((8 * 60, 4 * 60), (10 * 60, 6 * 60 + 30), (13 * 60, 5 * 60), (17 * 60, 3 * 60 + 30))
"""Windows to choose from: minutes after midnight, and how long."""


def decks_alone(turn: Turn, reader: Partner) -> list[Deck]:
    """What could come to one partner alone."""
    return [deck for deck in turn.decks_of(reader.couple).values() if deck.kind is Kind.NUDGE]


def everything(turn: Turn, reader: Partner) -> Post:
    """All that comes to a partner alone, or could."""
    text: Text = (Span(turn.say("alone-title", reader), Style.STRONG),)
    choices = []
    for deck in decks_alone(turn, reader):
        text += (Span("\n" + _state_line(turn, reader, deck, turn.store.rituals.alone(reader, deck.id))),)
        choices.append(Choice(deck.title, Token("alone", 0, deck.id), privately=True))
    text += (Span("\n" + suggestions.state_line(turn, reader)),)
    choices.append(Choice(turn.say("suggestion-title", reader), Token("suggestion"), privately=True))
    text += (Span("\n\n" + turn.say("alone-note", reader), Style.SOFT),)
    back = Choice(turn.say("choice-back", reader), Token("wish", 0, "all"), privately=True)
    return Post(text, (*choices, back))


def detail(turn: Turn, reader: Partner, ritual: Ritual) -> Post:
    """One of them, and everything about it that its reader may change."""
    deck = turn.deck_of(ritual)
    text: Text = (Span(_state_line(turn, reader, deck, ritual), Style.STRONG), Span(f"\n\n{deck.about}"))
    for note in _notes(turn, reader, ritual):
        text += (Span("\n\n" + note, Style.SOFT),)
    wanted = [("choice-switch-on", "on")]
    if ritual.active:
        wanted = [("choice-alone-days", "days"), ("choice-alone-hours", "hours"), ("choice-switch-off", "off")]
    choices = [_choice(ritual, turn.say(phrase, reader), value) for phrase, value in wanted]
    latest = turn.store.occurrences.past(ritual.id, 1)
    if ritual.active and latest and any(one.sets for one in deck.prompts):
        label = turn.say("choice-cue-other" if own_cue(turn, reader) else "choice-cue", reader)
        choices.append(Choice(label, Token("cue", latest[0].id), privately=True))
    back = Choice(turn.say("choice-back", reader), Token("alone"), privately=True)
    return Post(text, (*choices, back))


def days_question(turn: Turn, reader: Partner, ritual: Ritual) -> Post:
    """Which days: each can be added or left out, with one at least and no more than the deck allows."""
    days, most = Cadence.parse(ritual.cadence).days, turn.deck_of(ritual).most_days
    choices = []
    for day in range(7):
        wanted = days ^ {day}
        if 1 <= len(wanted) <= most:
            name = turn.known.words.day_name(day, reader.locale)
            phrase = "choice-day-out" if day in days else "choice-day-add"
            value = "days_" + "".join(str(one) for one in sorted(wanted))
            choices.append(_choice(ritual, turn.say(phrase, reader, day=name), value))
    line = rhythm_line(turn, reader, turn.deck_of(ritual), Cadence.parse(ritual.cadence))
    text = (Span(line, Style.STRONG), Span("\n\n" + turn.say("alone-days", reader, most=str(most))))
    return Post(text, (*choices, _back_to(turn, reader, ritual)))


def hours_question(turn: Turn, reader: Partner, ritual: Ritual) -> Post:
    """Between which hours."""
    cadence = Cadence.parse(ritual.cadence)
    choices = [
        _choice(ritual, hours_line(turn, reader, at, at + window), f"hours_{at}_{window}")
        for at, window in HOURS
        if (at, window) != (cadence.at, cadence.window)
    ]
    other = _choice(ritual, turn.say("choice-quiet-other", reader), "other")
    text = (Span(turn.say("alone-hours", reader)),)
    return Post(text, (*choices, other, _back_to(turn, reader, ritual)))


def hours_form(turn: Turn, reader: Partner, ritual: Ritual) -> Form:
    """The question for other hours."""
    cadence = Cadence.parse(ritual.cadence)
    field = Field(
        "words",
        turn.say("hours-form-label", reader),
        hint=turn.say("alone-hours-hint", reader),
        filled=hours_line(turn, reader, cadence.at, cadence.at + cadence.window),
        longest=60,
    )
    return Form(Token("alone", ritual.id, "typed"), turn.deck_of(ritual).title, (field,))


def coming(turn: Turn, couple: Couple, reader: Partner, days: int) -> list[tuple[int, str, str]]:
    """What may come to a reader alone in the next days, by the hours and never by the minute; in private only."""
    found: list[tuple[int, str, str]] = []
    if turn.in_room or not couple.began_at:
        return found
    for ritual in turn.store.rituals.of_partner(reader.id):
        deck = turn.deck_behind(ritual)
        if deck is not None and deck.kind is Kind.NUDGE and ritual.active:
            planned = Agreed(ritual, deck, couple, (reader,), visit_of(turn, couple))
            found += [_line_of(turn, planned, day) for day in _days_ahead(turn, planned, days)]
    return found


def _days_ahead(turn: Turn, planned: Agreed, days: int) -> list[date]:
    today = datetime.fromtimestamp(turn.now, turn.zone(planned.partners[0].timezone)).date()
    ahead = [today + timedelta(days=step) for step in range(days + 1)]
    chosen = [day for day in ahead if day.weekday() in planned.cadence.days]
    return [day for day in chosen if day.isoformat() > planned.ritual.last_slot and _ends(turn, planned, day)]


def _ends(turn: Turn, planned: Agreed, day: date) -> bool:
    """Whether a date's window has yet to end, and no rest covers it."""
    cadence, zone = planned.cadence, turn.zone(planned.clock_of(day, planned.partners[0]))
    ends = instant(day, cadence.at + cadence.window, zone)
    return ends > max(turn.now, planned.couple.rest_until, planned.partners[0].rest_until)


def _line_of(turn: Turn, planned: Agreed, day: date) -> tuple[int, str, str]:
    (reader,) = planned.partners
    begins = instant(day, planned.cadence.at, turn.zone(planned.clock_of(day, reader)))
    line = turn.say("week-alone", reader, when=time_line(turn, reader, planned.cadence), title=planned.deck.title)
    return begins, turn.known.words.day_label(day, planned.couple.locale), line


def _state_line(turn: Turn, reader: Partner, deck: Deck, ritual: Ritual | None) -> str:
    if ritual is None or not ritual.active:
        return turn.say("ritual-off", reader, title=deck.title)
    return rhythm_line(turn, reader, deck, Cadence.parse(ritual.cadence))


def _notes(turn: Turn, reader: Partner, ritual: Ritual) -> list[str]:
    """Why nothing would come of it as things are; and the moment that its reader has named."""
    cadence, found = Cadence.parse(ritual.cadence), []
    cue = own_cue(turn, reader)
    if cue:
        found.append(turn.say("alone-cue", reader, cue=cue))
    if not reader.nudges:
        found.append(turn.say("alone-muted", reader))
    if all(_is_quiet(turn, reader, minute) for minute in range(cadence.at, cadence.at + cadence.window, 15)):
        found.append(turn.say("alone-in-quiet-hours", reader))
    return found


def _is_quiet(turn: Turn, reader: Partner, minutes: int) -> bool:
    midnight = datetime.fromtimestamp(turn.now, turn.zone("UTC")).replace(hour=0, minute=0, second=0)
    moment = int(midnight.timestamp()) + minutes * 60
    return is_quiet(moment, turn.zone("UTC"), reader.quiet_from, reader.quiet_to)


def _choice(ritual: Ritual, label: str, value: str) -> Choice:
    return Choice(label, Token("alone", ritual.id, value), privately=True)


def _back_to(turn: Turn, reader: Partner, ritual: Ritual) -> Choice:
    return _choice(ritual, turn.say("choice-back", reader), "see")
