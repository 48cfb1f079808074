"""A pause: called by either, alone, without a reason, and always with a time to come back."""

from __future__ import annotations

from datetime import datetime

from bot import outbox
from bot.decks import Deck
from bot.errors import Refusal
from bot.events import Commanded, Happening, Pressed
from bot.lighter import lighten
from bot.model import ASKED, Occurrence, Partner, Ritual, State
from bot.posts import Answer, InPrivate, Post, Show, Span
from bot.stepping import part_of, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import pauses
from bot.views.pauses import A_DAY, BEFORE, CALM, NOT_TODAY

CALLED = "called"
"""The role of whoever called it, who may end it early; it is never shown."""

LEAST = 20
LINE_AFTER = 180
"""Seconds into a pause at which a line comes to whoever welcomes it."""


def ask(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/pause: asks for how long, in private; "/pause 30" calls it at once; one that is on is shown."""
    deck = _deck(turn, who)
    on = _on(turn, who, deck)
    if on is not None:
        return Show(pauses.called(turn, who.partner, on), privately=True)
    words = commanded.words.split()
    if not words:
        return Show(pauses.how_long(turn, who.partner, deck), privately=True)
    if not words[0].isdecimal() or not LEAST <= int(words[0][:5]) <= A_DAY:
        raise Refusal("pause-unknown")
    return _call(turn, who, deck, int(words[0]), commanded)


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Something was pressed about a pause."""
    what, _, minutes = pressed.token.value.partition("_")
    if what == "for":
        return _for_so_long(turn, who, pressed, minutes)
    occurrence = theirs(turn, who, pressed.token.subject)
    deck = turn.deck_of(occurrence)
    if deck.pause is None or occurrence.state != State.OPEN:
        raise Refusal("pause-none")
    in_place = isinstance(pressed.place, InPrivate)
    match what:
        case "meanwhile":
            return Show(Post((Span(pauses.line_meanwhile(turn, who.partner, deck.pause)),)), privately=True)
        case "later" | "more":
            return Show(pauses.how_long(turn, who.partner, deck, occurrence.id), privately=True, in_place=in_place)
        case "calm" | "not-today":
            part = part_of(turn, who, occurrence)
            turn.store.occurrences.change_part(part.id, step=CALM if what == CALM else NOT_TODAY)
            return Show(turn.line("pause-noted", who.partner), privately=True, in_place=True)
        case "end":
            return _end(turn, who, occurrence)
        case _:
            raise Refusal("old-choice")


def _for_so_long(turn: Turn, who: Who, pressed: Pressed, minutes: str) -> Answer:
    deck = _deck(turn, who)
    if not minutes.isdecimal() or not LEAST <= int(minutes) <= A_DAY:
        raise Refusal("old-choice")
    on = _on(turn, who, deck)
    if not pressed.token.subject and on is None:
        return _call(turn, who, deck, int(minutes), pressed)
    if on is None:
        raise Refusal("pause-none")
    if not pressed.token.subject:
        return Show(pauses.called(turn, who.partner, on), privately=True, in_place=True)
    return _move(turn, who, on, int(minutes))


def _call(turn: Turn, who: Who, deck: Deck, minutes: int, event: Happening) -> Answer:
    ritual = turn.store.rituals.named(who.couple.id, deck.id) or turn.store.rituals.add(
        couple=who.couple.id, deck=deck.id, cadence=str(deck.usual), active=False
    )
    earlier = turn.store.occurrences.past(ritual.id, 1)
    occurrence = _open(turn, who, ritual, minutes, event)
    part = part_of(turn, who, occurrence)
    turn.store.occurrences.change_part(part.id, role=CALLED)
    outbox.to_rooms(turn, who.couple.id, "occurrence", occurrence.id, f"occurrence/{occurrence.id}")
    _be_silent(turn, who, occurrence)
    _send_lines(turn, who, deck, occurrence)
    if earlier and turn.now - earlier[0].due_at < A_DAY * 60:
        for partner in turn.store.people.partners(who.couple.id):
            outbox.to_partner(turn, partner, "pause-again", occurrence.id, f"pause-again/{occurrence.id}")
    return Show(pauses.called(turn, who.partner, occurrence), privately=True, in_place=isinstance(event, Pressed))


def _open(turn: Turn, who: Who, ritual: Ritual, minutes: int, event: Happening) -> Occurrence:
    slot = ASKED + event.id
    day = datetime.fromtimestamp(turn.now, turn.zone(who.couple.timezone)).date()
    found = turn.store.occurrences.open(
        ritual=ritual.id,
        couple=who.couple.id,
        deck=ritual.deck,
        slot=slot,
        day=day.isoformat(),
        prompt="",
        due_at=turn.now,
        closes_at=turn.now + minutes * 60,
    )
    occurrence = found or turn.store.occurrences.in_slot(ritual.id, slot)
    assert occurrence is not None, "a slot that is taken has an occurrence"
    return occurrence


def _move(turn: Turn, who: Who, occurrence: Occurrence, minutes: int) -> Answer:
    """Later, never earlier than was promised; the chat reads until when, and not who asked."""
    until = min(max(turn.now, occurrence.closes_at) + minutes * 60, occurrence.due_at + 2 * A_DAY * 60)
    turn.store.occurrences.change(occurrence.id, closes_at=until)
    for part in turn.store.occurrences.parts(occurrence.id):
        turn.store.occurrences.change_part(part.id, step="")
    moved = theirs(turn, who, occurrence.id)
    outbox.change_posts(turn, "occurrence", moved.id)
    outbox.to_rooms(turn, who.couple.id, "pause-moved", moved.id, f"pause-moved/{moved.id}/{until}")
    _be_silent(turn, who, moved)
    back = pauses.back_at(turn, who.partner, moved)
    return Show(turn.line("pause-moved", who.partner, back=back), privately=True, in_place=True)


def _end(turn: Turn, who: Who, occurrence: Occurrence) -> Answer:
    """Whoever called it may end it before its time, alone."""
    if part_of(turn, who, occurrence).role != CALLED:
        raise Refusal("old-choice")
    turn.store.occurrences.change(occurrence.id, closes_at=turn.now)
    if who.couple.rest_until == occurrence.closes_at:
        turn.store.people.change_couple(who.couple.id, rest_until=turn.now)
    return Show(turn.line("pause-ended", who.partner), privately=True, in_place=True)


def _be_silent(turn: Turn, who: Who, occurrence: Occurrence) -> None:
    """No ritual comes until the return, and only light ones for two days after; both are asked shortly before it."""
    back = occurrence.closes_at
    turn.store.people.change_couple(who.couple.id, rest_until=max(who.couple.rest_until, back))
    lighten(turn, who.couple.id, back)
    for partner in turn.store.people.partners(who.couple.id):
        _ask_before(turn, partner, occurrence)


def _send_lines(turn: Turn, who: Who, deck: Deck, occurrence: Occurrence) -> None:
    """One line a pause, in private, to whoever of the two said on a calm day that it is welcome."""
    assert deck.pause is not None, "a deck of another kind"
    key, after = f"pause-line/{occurrence.id}", turn.now + LINE_AFTER
    for partner in turn.store.people.partners(who.couple.id):
        if pauses.welcomes_a_line(turn, partner, deck.pause):
            until = occurrence.closes_at
            outbox.to_partner(turn, partner, "pause-line", occurrence.id, key, after=after, expires_at=until)


def _ask_before(turn: Turn, partner: Partner, occurrence: Occurrence) -> None:
    key, after = f"pause-before/{occurrence.id}/{occurrence.closes_at}", occurrence.closes_at - BEFORE
    outbox.to_partner(turn, partner, "pause-before", occurrence.id, key, after=after, expires_at=occurrence.closes_at)


def _on(turn: Turn, who: Who, deck: Deck) -> Occurrence | None:
    ritual = turn.store.rituals.named(who.couple.id, deck.id)
    return turn.store.occurrences.open_of(ritual.id) if ritual else None


def _deck(turn: Turn, who: Who) -> Deck:
    found = next((deck for deck in turn.decks_of(who.couple.id).values() if deck.pause is not None), None)
    if found is None:
        raise Refusal("deck-gone")
    return found
