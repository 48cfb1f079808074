"""Once a month, who asked for it is told of one thing to practise, alone and from nothing but their own check-ins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot import alone, outbox
from bot.cadence import Cadence, instant
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Pressed
from bot.leanings import leaning
from bot.model import SUGGESTION, Couple, Partner, Ritual
from bot.planning import zones_at
from bot.posts import Answer, InPrivate, Post, Show
from bot.store import Who
from bot.turn import Turn
from bot.views import suggestions

MOST = 100
AT = 17 * 60
"""Local minutes."""

THURSDAY = 3
NEVER = str(Cadence(frozenset(), AT))
BROUGHT_WITHIN = 3600


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """The wish for suggestions was looked at or changed, or one of them was."""
    what, _, deck = pressed.token.value.partition("-")
    match what:
        case "":
            return _shown(pressed, suggestions.detail(turn, who.partner))
        case "on" | "off":
            _wish(turn, who.partner, wanted=what == "on")
            return _shown(pressed, suggestions.detail(turn, who.partner))
    walk = turn.decks_of(who.couple.id).get(deck)
    if walk is None or walk.kind is not Kind.WALK:
        raise Refusal("old-choice")
    match what:
        case "look":
            return _shown(pressed, suggestions.about(turn, who.partner, walk))
        case "not":
            turn.store.wishes.hide(who.partner.id, walk.id)
            return _shown(pressed, turn.line("suggestion-put-away", who.partner))
    raise Refusal("old-choice")


def suggest_due(turn: Turn) -> None:
    """Tell each who asked for it and whose month has come; a moment that does not suit waits for the next day."""
    for row in turn.store.rituals.due(turn.now, MOST, only=SUGGESTION):
        reader, couple = turn.store.people.partner(row.partner), turn.store.people.couple(row.couple)
        day = _today(turn, reader)
        if not couple.began_at or not _may_come(turn, couple, reader, day):
            _await(turn, row, reader, day + timedelta(days=1))
            continue
        if leaning(turn, reader) is not None:
            until = turn.now + BROUGHT_WITHIN
            outbox.to_partner(turn, reader, "suggestion", reader.id, f"suggestion/{day}", expires_at=until)
        _await(turn, row, reader, first_thursday_after(day))


def first_thursday_after(day: date) -> date:
    """The first Thursday of the month after a day's own."""
    begins = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return begins + timedelta(days=(THURSDAY - begins.weekday()) % 7)


def _may_come(turn: Turn, couple: Couple, reader: Partner, day: date) -> bool:
    (zone,) = zones_at(turn, [reader], turn.now)
    in_time = instant(day, AT, zone) <= turn.now < instant(day, AT, zone) + BROUGHT_WITHIN
    silent = alone.is_silent(turn, couple, reader, str(zone), day)
    return in_time and not silent and alone.is_far_enough(turn, reader, str(zone), day)


def _wish(turn: Turn, partner: Partner, *, wanted: bool) -> None:
    row = turn.store.rituals.alone(partner, SUGGESTION) or turn.store.rituals.add(
        couple=partner.couple, partner=partner.id, deck=SUGGESTION, cadence=NEVER, active=False
    )
    if wanted and not row.active:
        _await(turn, row, partner, first_thursday_after(_today(turn, partner)))
    elif not wanted:
        turn.store.rituals.change(row.id, next_due_at=None, next_slot="")
    turn.store.rituals.change(row.id, active=wanted)


def _await(turn: Turn, row: Ritual, reader: Partner, day: date) -> None:
    due = instant(day, AT, turn.zone(reader.timezone))
    turn.store.rituals.change(row.id, next_due_at=due, next_slot=day.isoformat())


def _today(turn: Turn, reader: Partner) -> date:
    (zone,) = zones_at(turn, [reader], turn.now)
    return datetime.fromtimestamp(turn.now, zone).date()


def _shown(pressed: Pressed, post: Post) -> Show:
    return Show(post, privately=True, in_place=isinstance(pressed.place, InPrivate))
