"""Partners say where their clock stands, by a city's name or by the time on the wall."""

from __future__ import annotations

from datetime import date

from bot import outbox
from bot.errors import Refusal
from bot.events import Commanded, Pressed, Said, Submitted
from bot.heard import parts_of, words_of
from bot.model import Couple, Partner
from bot.planning import agreed, plan_again
from bot.posts import Answer, Ask, InPrivate, Post, Show, Span
from bot.stepping import await_words
from bot.store import Who
from bot.turn import Turn
from bot.views import doors
from bot.zones import known, place_of, zones_showing

MOST_CANDIDATES = 5


def ask(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/timezone, with a city or without."""
    if commanded.words.strip():
        return _find(turn, who, commanded.words, in_place=False)
    await_words(turn, who, "zone-0-typed")
    return Show(doors.zone_question(turn, who.partner), privately=True)


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A place was chosen, or another one is to be typed."""
    if pressed.token.value == "ask":
        await_words(turn, who, "zone-0-typed")
        return Ask(doors.zone_form(turn, who.partner), privately=True)
    zone = doors.zone_of(pressed.token.value)
    if not known(zone):
        raise Refusal("old-choice")
    return _settle(turn, who, zone, in_place=isinstance(pressed.place, InPrivate))


def typed(turn: Turn, who: Who, written: Submitted | Said) -> Answer:
    """A city or a time was typed."""
    words, _ = words_of(parts_of(written))
    return _find(turn, who, words, in_place=isinstance(written, Submitted))


def _find(turn: Turn, who: Who, words: str, *, in_place: bool) -> Answer:
    cities = turn.known.cities.find(words, MOST_CANDIDATES)
    found = [(f"{city.name}, {city.country}" if city.country else city.name, city.zone) for city in cities]
    if not found:
        found = [(place_of(name), name) for name in _by_clock(turn, words)]
    if not found:
        await_words(turn, who, "zone-0-typed")
        raise Refusal("zone-unknown")
    if len({zone for _, zone in found}) == 1:
        return _settle(turn, who, found[0][1], in_place=in_place)
    return Show(doors.zone_candidates(turn, who.partner, found), privately=True, in_place=in_place)


def _by_clock(turn: Turn, words: str) -> tuple[str, ...]:
    try:
        minutes = turn.known.typed.time_of_day(words)
    except ValueError:
        return ()
    return zones_showing(minutes, turn.now)


def _settle(turn: Turn, who: Who, zone: str, *, in_place: bool) -> Answer:
    turn.store.people.hold(who.couple.id)
    turn.store.people.change_partner(who.partner.id, timezone=zone, awaiting="")
    partners = turn.store.people.partners(who.couple.id)
    if who.couple.timezone not in {partner.timezone for partner in partners}:
        turn.store.people.change_couple(who.couple.id, timezone=zone)
    couple = turn.store.people.couple(who.couple.id)
    plan_again(turn, couple, catch_up=True)
    _time_notes_again(turn, couple, turn.store.people.partner(who.partner.id))
    place = place_of(zone)
    now = turn.known.words.clock_time(turn.now, turn.zone(zone), who.partner.locale)
    text = turn.say("zone-set", who.partner, place=place, now=now) + _recovery(turn, who)
    # What was handed to who is still alone stands above, and is needed.
    return Show(Post((Span(text),)), privately=True, in_place=in_place and len(partners) == 2)


def _recovery(turn: Turn, who: Who) -> str:
    """The first time, the code by which a partner comes back from another account; it is kept nowhere but there."""
    if turn.store.wishes.has_recovery_code(who.partner.id):
        return ""
    code = turn.known.new_code()
    turn.store.wishes.give_recovery_code(who.partner.id, code, turn.now)
    return "\n\n" + turn.say("recovery-code", who.partner, code=code)


def _time_notes_again(turn: Turn, couple: Couple, partner: Partner) -> None:
    """Move the partner's private notes that still wait to their present clock."""
    for occurrence in turn.store.occurrences.open_in(couple.id):
        ritual = turn.store.rituals.ritual(occurrence.ritual)
        key = f"note/{occurrence.id}"
        waiting = turn.store.deliveries.keyed(f"{key}/{partner.id}")
        if ritual is None or waiting is None or waiting.sent_at:
            continue
        opens = agreed(turn, ritual).opens_for(date.fromisoformat(occurrence.day), partner)
        patience = turn.deck_of(occurrence).patience
        turn.store.deliveries.drop_waiting(waiting.key)
        outbox.to_partner(
            turn, partner, "note", occurrence.id, key, after=max(opens, turn.now), expires_at=opens + patience
        )
