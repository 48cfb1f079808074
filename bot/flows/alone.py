"""A partner switches on what comes to them alone, and says on which days and between which hours."""

from __future__ import annotations

from dataclasses import replace

from bot.cadence import Cadence
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Happening, Pressed, Said, Submitted
from bot.heard import parts_of, words_of
from bot.model import Ritual
from bot.planning import agreed, move_on
from bot.posts import Answer, Ask, InPrivate, Post, Show, Token
from bot.stepping import await_words
from bot.store import Who
from bot.turn import Turn
from bot.views import alone

SHORTEST = 30
"""Minutes; within fewer it would be no surprise."""


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """What comes to one alone was looked at, or changed."""
    subject, value = pressed.token.subject, pressed.token.value
    if not subject:
        post = alone.detail(turn, who.partner, _of_deck(turn, who, value)) if value else None
        return _shown(pressed, post or alone.everything(turn, who.partner))
    ritual = _theirs(turn, who, subject)
    match value:
        case "days":
            return _shown(pressed, alone.days_question(turn, who.partner, ritual))
        case "hours":
            return _shown(pressed, alone.hours_question(turn, who.partner, ritual))
        case "other":
            form = alone.hours_form(turn, who.partner, ritual)
            await_words(turn, who, str(form.token))
            return Ask(form, privately=True)
        case "see":
            return _shown(pressed, alone.detail(turn, who.partner, ritual))
    return _changed(turn, who, pressed, ritual)


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Other hours were typed."""
    ritual = _theirs(turn, who, token.subject)
    words, _ = words_of(parts_of(written))
    try:
        start, end = turn.known.typed.hours(words)
    except ValueError as problem:
        raise Refusal("alone-hours-unknown") from problem
    if end - start < SHORTEST:
        raise Refusal("alone-hours-unknown")
    await_words(turn, who, "")
    cadence = replace(Cadence.parse(ritual.cadence), at=start, window=end - start)
    found = _write(turn, who, ritual, cadence=str(cadence))
    return _shown(written, alone.detail(turn, who.partner, found))


def _changed(turn: Turn, who: Who, pressed: Pressed, ritual: Ritual) -> Answer:
    cadence = Cadence.parse(ritual.cadence)
    match pressed.token.value.split("_"):
        case ["on" | "off" as wanted]:
            found = _write(turn, who, ritual, active=wanted == "on")
        case ["days", days] if days and set(days) <= set("0123456"):
            chosen = frozenset(map(int, days))
            if len(chosen) > turn.deck_of(ritual).most_days:
                raise Refusal("old-choice")
            found = _write(turn, who, ritual, cadence=str(replace(cadence, days=chosen)))
            return _shown(pressed, alone.days_question(turn, who.partner, found))
        case ["hours", at, window] if (at, window) in {(str(one), str(long)) for one, long in alone.HOURS}:
            found = _write(turn, who, ritual, cadence=str(replace(cadence, at=int(at), window=int(window))))
        case ["most", most] if most.isdecimal() and int(most):
            # Fewer than there are by now; a second press leaves them as they are.
            fewer = frozenset(sorted(cadence.days)[: int(most)])
            found = _write(turn, who, ritual, cadence=str(replace(cadence, days=fewer)))
        case _:
            raise Refusal("old-choice")
    return _shown(pressed, alone.detail(turn, who.partner, found))


def _write(turn: Turn, who: Who, ritual: Ritual, **values: object) -> Ritual:
    turn.store.people.hold(who.couple.id)
    changed = turn.store.rituals.reshape(ritual, **values)
    move_on(turn, agreed(turn, changed), changed.last_slot, turn.now)
    return changed


def _of_deck(turn: Turn, who: Who, deck: str) -> Ritual:
    """What a partner has of a deck, laid out switched off if need be."""
    known = turn.decks_of(who.couple.id).get(deck)
    if known is None or known.kind is not Kind.NUDGE:
        raise Refusal("old-choice")
    found = turn.store.rituals.alone(who.partner, deck)
    return found or turn.store.rituals.add(
        couple=who.couple.id, partner=who.partner.id, deck=deck, cadence=str(known.usual), active=False
    )


def _theirs(turn: Turn, who: Who, ritual: int) -> Ritual:
    """What comes to this partner alone; anybody else's is declined as if it were not there."""
    found = turn.store.rituals.ritual(ritual)
    if found is None or found.partner != who.partner.id or turn.deck_of(found).kind is not Kind.NUDGE:
        raise Refusal("old-choice")
    return found


def _shown(event: Happening, post: Post) -> Show:
    """For the person alone, in the place of what was pressed or sent."""
    here = isinstance(event, Submitted) or (isinstance(event, Pressed) and isinstance(event.place, InPrivate))
    return Show(post, privately=True, in_place=here)
