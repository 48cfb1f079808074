"""One of the two makes a ritual by choices, sees how it looks, starts it for both, and may delete it."""

from __future__ import annotations

from dataclasses import replace

from bot import ending, outbox, owndecks
from bot.cadence import Cadence
from bot.errors import Refusal
from bot.events import Commanded, Happening, Pressed, Said, Submitted
from bot.heard import line_of, parts_of, words_of
from bot.model import Ritual, State
from bot.planning import agreed, move_on
from bot.posts import Answer, Ask, Form, InPrivate, Post, Show, Token
from bot.sayings import OwnDeck, Says
from bot.stepping import await_words
from bot.store import Who
from bot.turn import Turn
from bot.views import building

USUALLY = Cadence(frozenset(range(7)), 19 * 60)


def begin(turn: Turn, who: Who, event: Commanded | Pressed) -> Answer:
    """/rituals new: what its author began before, or the question for a name."""
    del event
    own = _draft(turn, who)
    if own is not None:
        return Show(building.draft(turn, who.partner, own), privately=True)
    _check_room_for_more(turn, who)
    return _ask(turn, who, building.name_form(turn, who.partner, None))


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """One more thing about it was chosen."""
    if pressed.token.value == "new":
        return begin(turn, who, pressed)
    if pressed.token.value == "file":
        return _hand_over(turn, who, pressed.token.subject)
    own = _authored(turn, who, pressed.token.subject)
    match pressed.token.value:
        case "away":
            return _shown(pressed, building.sure(turn, who.partner, own))
        case "gone":
            return _delete(turn, who, own, pressed)
        case "start" if own.started_at:
            return _shown(pressed, turn.line("own-started", who.partner))
    if own.started_at:
        raise Refusal("old-choice")
    return _change(turn, who, own, pressed)


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """A name, a text that it asks, or a time was written."""
    own = _authored(turn, who, token.subject) if token.subject else _draft(turn, who)
    if own is not None and own.started_at:
        raise Refusal("old-choice")
    match token.value:
        case "name":
            own = _name(turn, who, own, line_of(written, owndecks.LONGEST_NAME))
        case "ask" if own is not None:
            _add(turn, who, own, line_of(written, owndecks.LONGEST_LINE))
        case "time" if own is not None:
            _come(turn, own, replace(Cadence.parse(own.cadence), at=_time_in(turn, written)))
        case _:
            raise Refusal("old-choice")
    await_words(turn, who, "")
    return _draft_shown(turn, who, own, written)


def _change(turn: Turn, who: Who, own: OwnDeck, pressed: Pressed) -> Answer:
    forms = {"name": building.name_form, "ask": building.ask_form, "time": building.time_form}
    match pressed.token.value.partition("_"):
        case (("name" | "ask" | "time") as wanted, _, _):
            return _ask(turn, who, forms[wanted](turn, who.partner, own))
        case ("days", _, ""):
            return _shown(pressed, building.days(turn, who.partner, own))
        case ("days", _, chosen) if set(chosen) <= set("0123456"):
            _come(turn, own, replace(Cadence.parse(own.cadence), days=frozenset(map(int, chosen))))
        case (("open" | "sealed") as wanted, _, _):
            _seal(turn, own, sealed=wanted == "sealed")
        case ("less", _, _):
            for line in building.lines_of(turn, own)[-1:]:
                ending.delete_given(turn, line.saying)
        case ("look", _, _):
            _check_it_is_whole(turn, own)
            return _shown(pressed, building.looks(turn, who.partner, own))
        case ("start", _, _):
            return _start(turn, who, own, pressed)
        case ("see", _, _):
            pass
        case _:
            raise Refusal("old-choice")
    return _draft_shown(turn, who, own, pressed)


def _start(turn: Turn, who: Who, own: OwnDeck, pressed: Pressed) -> Answer:
    _check_it_is_whole(turn, own)
    _check_room_for_more(turn, who)
    turn.store.sayings.change_deck(own.id, started_at=turn.now)
    ritual = turn.store.rituals.add(couple=who.couple.id, deck=owndecks.name_of(own), cadence=own.cadence)
    move_on(turn, agreed(turn, ritual), "", turn.now)
    outbox.to_rooms(turn, who.couple.id, "own-begun", ritual.id, f"own-begun/{ritual.id}")
    return _shown(pressed, turn.line("own-started", who.partner))


def _delete(turn: Turn, who: Who, own: OwnDeck, pressed: Pressed) -> Answer:
    """Its author's words go for good; what was answered, and what the other wrote for it, stays theirs."""
    name = owndecks.name_of(own)
    ritual = turn.store.rituals.named(who.couple.id, name)
    if ritual is None:
        turn.store.sayings.forget_deck(own.id)
    else:
        turn.store.sayings.change_deck(own.id, ended_at=turn.now)
    for saying in turn.store.sayings.of_partner(who.partner.id):
        if saying.deck == name:
            ending.delete_given(turn, saying)
    if ritual is not None:
        _put_to_rest(turn, ritual)
        outbox.to_rooms(turn, who.couple.id, "own-ended", ritual.id, f"own-ended/{ritual.id}")
    return _shown(pressed, turn.line("own-gone", who.partner))


def _put_to_rest(turn: Turn, ritual: Ritual) -> None:
    turn.store.rituals.change(ritual.id, active=False, next_due_at=None, next_slot="")
    for occurrence in turn.store.occurrences.open_in(ritual.couple):
        if occurrence.ritual == ritual.id:
            turn.store.occurrences.change(occurrence.id, state=State.CLOSED)
            outbox.change_posts(turn, "occurrence", occurrence.id)


def _name(turn: Turn, who: Who, own: OwnDeck | None, words: str) -> OwnDeck:
    if own is None:
        _check_room_for_more(turn, who)
        own = turn.store.sayings.begin_deck(who.couple.id, who.partner.id, str(USUALLY))
    there = building.name_of(turn, own)
    if there is None:
        turn.store.sayings.add(who.couple.id, who.partner.id, owndecks.name_of(own), Says.NAME, words, turn.now)
    elif there.words != words:
        turn.store.sayings.rewrite(there.saying, words, turn.now)
    return own


def _add(turn: Turn, who: Who, own: OwnDeck, words: str) -> None:
    lines = building.lines_of(turn, own)
    most = owndecks.MOST_ITEMS if own.sealed else owndecks.MOST_LINES
    if any(line.words == words for line in lines):
        return
    if len(lines) >= most:
        raise Refusal("lines-enough", most=str(most))
    turn.store.sayings.add(who.couple.id, who.partner.id, owndecks.name_of(own), Says.LINE, words, turn.now)


def _seal(turn: Turn, own: OwnDeck, *, sealed: bool) -> None:
    if sealed and len(building.lines_of(turn, own)) > owndecks.MOST_ITEMS:
        raise Refusal("lines-enough", most=str(owndecks.MOST_ITEMS))
    turn.store.sayings.change_deck(own.id, sealed=sealed)


def _come(turn: Turn, own: OwnDeck, cadence: Cadence) -> None:
    turn.store.sayings.change_deck(own.id, cadence=str(cadence))


def _time_in(turn: Turn, written: Submitted | Said) -> int:
    words, _ = words_of(parts_of(written))
    try:
        return turn.known.typed.time_of_day(words)
    except ValueError as problem:
        raise Refusal("time-unknown") from problem


def _check_it_is_whole(turn: Turn, own: OwnDeck) -> None:
    if building.name_of(turn, own) is None or not building.lines_of(turn, own):
        raise Refusal("own-not-whole")


def _check_room_for_more(turn: Turn, who: Who) -> None:
    turn.store.people.hold(who.couple.id)
    there = turn.store.sayings.own_decks(who.couple.id)
    if sum(bool(one.started_at) and not one.ended_at for one in there) >= owndecks.MOST_DECKS:
        raise Refusal("own-enough", most=str(owndecks.MOST_DECKS))


def _draft(turn: Turn, who: Who) -> OwnDeck | None:
    """What the partner began and has not started."""
    theirs = (one for one in turn.store.sayings.own_decks(who.couple.id) if one.partner == who.partner.id)
    return next((one for one in theirs if not one.started_at), None)


def _hand_over(turn: Turn, who: Who, number: int) -> Answer:
    """The ritual as a file that any host can take; it holds whoever's words asked for it, and no other's."""
    own = turn.store.sayings.own_deck(number)
    ritual = turn.store.rituals.named(who.couple.id, owndecks.name_of(own)) if own is not None else None
    if own is None or ritual is None or own.couple != who.couple.id or own.ended_at:
        raise Refusal("old-choice")
    deck = turn.own_deck(own, who.partner.id)
    if not deck.asks_anything:
        raise Refusal("own-file-none")
    return Show(building.as_file(turn, who.partner, replace(deck, usual=Cadence.parse(ritual.cadence))), privately=True)


def _authored(turn: Turn, who: Who, number: int) -> OwnDeck:
    """A ritual that the partner made; of the other's only that it is theirs is said, and only once it has started."""
    own = turn.store.sayings.own_deck(number)
    if own is None or own.couple != who.couple.id or own.ended_at:
        raise Refusal("old-choice")
    if own.partner != who.partner.id:
        raise Refusal("own-not-yours" if own.started_at else "old-choice")
    return own


def _ask(turn: Turn, who: Who, form: Form) -> Answer:
    await_words(turn, who, str(form.token))
    return Ask(form, privately=True)


def _draft_shown(turn: Turn, who: Who, own: OwnDeck, event: Happening) -> Answer:
    now = turn.store.sayings.own_deck(own.id) or own
    return _shown(event, building.draft(turn, who.partner, now))


def _shown(event: Happening, post: Post) -> Show:
    """For its author alone, in the place of what was pressed."""
    return Show(post, privately=True, in_place=isinstance(event, Pressed) and isinstance(event.place, InPrivate))
