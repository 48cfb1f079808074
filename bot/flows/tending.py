"""The two look after their rituals: what comes when, on and off, days and times, rest."""

from __future__ import annotations

from dataclasses import replace

from bot import outbox, owndecks
from bot.cadence import Cadence
from bot.decks import Deck
from bot.errors import Refusal
from bot.events import Commanded, Pressed, Submitted
from bot.heard import line_of, words_of
from bot.loads import A_WEEK
from bot.model import Couple, Ritual
from bot.planning import agreed, move_on, plan_again
from bot.posts import Answer, Ask, InPrivate, Show
from bot.sayings import Says
from bot.store import Who
from bot.turn import Turn
from bot.views import load, naming, plans


def show_rituals(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/rituals, alone or with a change such as "morning 7:30"."""
    if commanded.words.strip():
        return _change_by_words(turn, who, commanded)
    return Show(plans.rituals_list(turn, who.couple))


def list_again(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """The list, perhaps with what holds for all of it changed: living apart or not, and the start."""
    if pressed.token.value == "more":
        offer(turn, who.couple)
        return Show(plans.offers_list(turn, who.couple), in_place=True)
    if pressed.token.value == "load":
        return Show(load.load_question(turn, who.couple), in_place=True)
    if pressed.token.value:
        _change_all(turn, who, pressed)
    return Show(plans.rituals_list(turn, turn.store.people.couple(who.couple.id)), in_place=True)


def offer(turn: Turn, couple: Couple) -> None:
    """Lay out, switched off, every ritual that the two do not have."""
    for deck in turn.decks_of(couple.id).values():
        if deck.kind.is_for_both and turn.store.rituals.named(couple.id, deck.id) is None:
            turn.store.rituals.add(couple=couple.id, deck=deck.id, cadence=str(deck.usual), active=False)


def _change_all(turn: Turn, who: Who, pressed: Pressed) -> None:
    couple = who.couple
    if pressed.token.subject != couple.id or len(turn.store.people.partners(couple.id)) < 2:
        raise Refusal("old-choice")
    view = "living"
    match pressed.token.value:
        case "apart" | "near" as wanted:
            turn.store.people.change_couple(couple.id, apart=wanted == "apart")
        case "start":
            turn.store.people.change_couple(couple.id, began_at=couple.began_at or turn.now)
        case wanted if wanted in {f"load_{most}" for most in A_WEEK}:
            turn.store.people.change_couple(couple.id, most_a_week=int(wanted.removeprefix("load_")))
            view = "load"
        case _:
            raise Refusal("old-choice")
    plan_again(turn, turn.store.people.couple(couple.id))
    outbox.change_posts(turn, "plan", couple.id)
    if couple.began_at and isinstance(pressed.place, InPrivate):
        outbox.to_rooms(turn, couple.id, view, couple.id, f"{view}/{pressed.id}")


def press_ritual(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Look at one ritual, or change one thing about it."""
    ritual = _theirs(turn, who, pressed.token.subject)
    deck = turn.deck_of(ritual)
    wanted = pressed.token.value
    if wanted == "time":
        return Ask(plans.time_form(turn, ritual, deck, who.partner))
    if wanted == "names" and deck.names:
        return Show(naming.names(turn, who.couple, ritual), in_place=True)
    if wanted == "named" and deck.names:
        return Ask(naming.form(turn, ritual, who.partner))
    if wanted == "keep":
        turn.store.rituals.change(ritual.id, untouched=0)
        return Show(turn.line("kept-as-it-is", who.couple), in_place=True)
    changed = wanted != "see" and _change(turn, who, ritual, wanted)
    if changed and isinstance(pressed.place, InPrivate):
        _tell_room(turn, who, ritual)
    return _detail(turn, who, ritual.id, in_place=True)


def typed(turn: Turn, who: Who, submitted: Submitted) -> Answer:
    """Another time, or a name of their own, was typed in the form."""
    ritual = _theirs(turn, who, submitted.token.subject)
    if submitted.token.value == "named":
        _name(turn, who, ritual, line_of(submitted, owndecks.LONGEST_NAME))
    else:
        words, _ = words_of(tuple(part for _, part in submitted.answers))
        _set_time(turn, who, ritual, words)
    if isinstance(submitted.place, InPrivate):
        _tell_room(turn, who, ritual)
    return _detail(turn, who, ritual.id, in_place=True)


def show_week(turn: Turn, who: Who) -> Answer:
    """/week: what comes when."""
    return Show(plans.week(turn, who.partner))


def rest(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/rest, alone or with a length such as "3 days"."""
    words = commanded.words.strip()
    if not words:
        return Show(plans.rest_screen(turn, who.partner), privately=True)
    try:
        length = turn.known.typed.span(words)
    except ValueError as problem:
        raise Refusal("span-unknown") from problem
    return _rest_alone(turn, who, turn.now + length)


def press_rest(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A length was chosen, for oneself or for the room."""
    whose, _, length = pressed.token.value.partition("_")
    until = _until(turn, length)
    if whose == "me":
        answer = _rest_alone(turn, who, until)
        return replace(answer, in_place=True)
    turn.store.people.change_couple(who.couple.id, rest_until=until)
    outbox.to_rooms(turn, who.couple.id, "room-rest", who.couple.id, f"room-rest/{who.couple.id}/{turn.now}")
    phrase = turn.say("awake-again", who.partner) if until <= turn.now else plans.rest_line(turn, who.partner, until)
    return Show(turn.line("said-as-is", who.partner, text=phrase), privately=True, in_place=True)


def _rest_alone(turn: Turn, who: Who, until: int) -> Show:
    turn.store.people.change_partner(who.partner.id, rest_until=until)
    if until <= turn.now:
        return Show(turn.line("awake-again", who.partner), privately=True)
    line = plans.rest_line(turn, who.partner, until)
    return Show(turn.line("resting-alone", who.partner, until=line), privately=True)


def _until(turn: Turn, length: str) -> int:
    if length == "end":
        return turn.now
    if length == "open":
        return plans.OPEN_END
    if length not in plans.REST_CHOICES:
        raise Refusal("old-choice")
    return turn.now + int(length) * 86400


def _change_by_words(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """For example "morning 7:30", "sunset off", "morning mon wed fri"."""
    ritual, rest_of_words = _named(turn, who, commanded.words)
    wanted = rest_of_words.strip().lower()
    if wanted in ("on", "off", ""):
        if wanted:
            _change(turn, who, ritual, wanted)
    elif not _set_days(turn, who, ritual, wanted):
        _set_time(turn, who, ritual, wanted)
    if wanted and isinstance(commanded.place, InPrivate):
        _tell_room(turn, who, ritual)
    return _detail(turn, who, ritual.id, in_place=False)


def _named(turn: Turn, who: Who, words: str) -> tuple[Ritual, str]:
    offer(turn, who.couple)
    typed = words.split()
    # Two titles may begin alike: the one that more of the words belong to is meant.
    named = [(_words_of_title(deck, typed), ritual) for ritual, deck in turn.rituals_of(who.couple.id)]
    most, ritual = max(named, key=lambda one: one[0], default=(0, None))
    if ritual is None or not most:
        raise Refusal("ritual-unknown")
    return ritual, " ".join(typed[most:])


def _words_of_title(deck: Deck, typed: list[str]) -> int:
    """How many of the first words name the deck."""
    title = deck.title.lower().split()
    if not typed or typed[0].lower() not in (deck.id, *title):
        return 0
    return next((at for at, word in enumerate(typed) if at and word.lower() not in title), len(typed))


def _change(turn: Turn, who: Who, ritual: Ritual, wanted: str) -> bool:
    cadence = Cadence.parse(ritual.cadence)
    match wanted.partition("_"):
        case ("on" | "off", _, _):
            return _write(turn, who, ritual, active=wanted == "on", untouched=0)
        case ("days", _, days) if days and set(days) <= set("0123456"):
            return _write(turn, who, ritual, cadence=str(replace(cadence, days=frozenset(map(int, days)))), untouched=0)
        case ("every" | "thin", _, _):
            every = wanted == "every"
            return _write(turn, who, ritual, every_time=every, **({"thin_until": 0, "silent": 0} if every else {}))
        case ("three" | "mixed", _, _):
            return _write(turn, who, ritual, style=wanted)
        case ("sheet", _, sheet) if any(one.label and one.id == sheet for one in turn.deck_of(ritual).sheets):
            return _write(turn, who, ritual, style=sheet)
        case ("name", _, at) if at.isdecimal() and int(at) < len(naming.names_of(turn, ritual)):
            return _write(turn, who, ritual, name=naming.names_of(turn, ritual)[int(at)])
        case ("each" | "together", _, _):
            return _write(turn, who, ritual, cadence=str(replace(cadence, together=wanted == "together")))
    raise Refusal("old-choice")


def _name(turn: Turn, who: Who, ritual: Ritual, words: str) -> None:
    """The newest wish of either holds; the words stay their author's."""
    if not turn.deck_of(ritual).names:
        raise Refusal("old-choice")
    mine = (one for one in turn.store.sayings.of_partner(who.partner.id) if one.deck == ritual.deck)
    there = next((one for one in mine if one.says == Says.NAME), None)
    if there is None:
        turn.store.sayings.add(who.couple.id, who.partner.id, ritual.deck, Says.NAME, words, turn.now)
    else:
        turn.store.sayings.rewrite(there, words, turn.now)
    _write(turn, who, ritual, name=owndecks.OWN_NAME)


def _set_time(turn: Turn, who: Who, ritual: Ritual, words: str) -> None:
    try:
        at = turn.known.typed.time_of_day(words)
    except ValueError as problem:
        raise Refusal("time-unknown") from problem
    _write(turn, who, ritual, cadence=str(replace(Cadence.parse(ritual.cadence), at=at)))


def _set_days(turn: Turn, who: Who, ritual: Ritual, words: str) -> bool:
    try:
        days = turn.known.typed.days(words)
    except ValueError:
        return False
    return _write(turn, who, ritual, cadence=str(replace(Cadence.parse(ritual.cadence), days=days)))


def _write(turn: Turn, who: Who, ritual: Ritual, **values: object) -> bool:
    if "cadence" in values and turn.deck_of(ritual).timer is not None:
        raise Refusal("only-on-request")
    turn.store.people.hold(who.couple.id)
    changed = turn.store.rituals.reshape(ritual, **values)
    move_on(turn, agreed(turn, changed), changed.last_slot, turn.now)
    return True


def _tell_room(turn: Turn, who: Who, ritual: Ritual) -> None:
    key = f"changed/{ritual.id}/{ritual.revision + 1}"
    outbox.to_rooms(turn, who.couple.id, "ritual-changed", ritual.id, key)


def _detail(turn: Turn, who: Who, ritual: int, *, in_place: bool) -> Show:
    found = _theirs(turn, who, ritual)
    couple: Couple = turn.store.people.couple(who.couple.id)
    return Show(plans.ritual_detail(turn, couple, found, turn.deck_of(found)), in_place=in_place)


def _theirs(turn: Turn, who: Who, ritual: int) -> Ritual:
    """A ritual of the two; what comes to one of them alone is none."""
    found = turn.store.rituals.ritual(ritual)
    if found is None or found.couple != who.couple.id or found.partner:
        raise Refusal("old-choice")
    if found.deck not in turn.decks_of(who.couple.id):
        raise Refusal("deck-gone")
    return found
