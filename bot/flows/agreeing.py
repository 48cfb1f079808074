"""Two agree on something in a walk: beginnings, a yes each, the day to look again, and what becomes of it then."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot import agreements, outbox, walking
from bot.errors import Refusal
from bot.events import Pressed, Said, Submitted
from bot.heard import parts_of, words_of
from bot.model import Occurrence, State
from bot.posts import Answer, Ask, Done, InPrivate, Mark, Show, Token
from bot.stepping import await_words, part_of, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import agreements as looks
from bot.views import prompts
from bot.views.agreements import AGREED, LET_GO, LOOKS
from bot.views.walks import WAITS
from bot.walks import Step, Walk


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Something was pressed where the two agree on something."""
    occurrence = theirs(turn, who, pressed.token.subject)
    walk = agreements.walk_of(turn, occurrence)
    if walk is None:
        raise Refusal("old-choice")
    what, _, value = pressed.token.value.partition("_")
    match what:
        case "starters":
            return _starters(turn, who, occurrence, value)
        case "suits" | "yes" | "notyet":
            return _settle(turn, who, occurrence, walk, what, value)
        case "on" if value.isdecimal() and int(value[:4]) in looks.DAYS_OFFERED:
            _look_on(turn, who, occurrence, walk, _today(turn, who) + timedelta(days=int(value)))
        case "day":
            return _ask_day(turn, who, pressed, occurrence, walk)
        case "look" | "keep" | "change" | "letgo":
            _decide(turn, occurrence, walk, what, brings=_is_alone(turn, pressed))
        case _:
            raise Refusal("old-choice")
    return Show(prompts.occurrence_post(turn, theirs(turn, who, occurrence.id)), in_place=True)


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Another day was typed."""
    occurrence = theirs(turn, who, token.subject)
    walk = agreements.walk_of(turn, occurrence)
    if walk is None:
        raise Refusal("old-choice")
    words, _ = words_of(parts_of(written))
    today = _today(turn, who)
    try:
        day, _ = turn.known.typed.dates(words, today)
    except ValueError as problem:
        raise Refusal("dates-unknown") from problem
    if not today < day <= today + timedelta(days=agreements.LONGEST_DAYS):
        raise Refusal("agree-day-ahead")
    if who.partner.awaiting == str(token):
        await_words(turn, who, "")
    if not _look_on(turn, who, occurrence, walk, day):
        raise Refusal("agree-passed")
    return Done(Mark.RECORDED)


def _starters(turn: Turn, who: Who, occurrence: Occurrence, at: str) -> Answer:
    if not agreements.takes_lines(turn, occurrence) or not at.isdecimal() or not turn.deck_of(occurrence).prompts:
        raise Refusal("old-choice")
    # The first ones are asked for in the chat; further ones take their place.
    post = looks.starters(turn, who.partner, occurrence, int(at[:4]))
    return Show(post, privately=True, in_place=int(at) > 0)


def _settle(turn: Turn, who: Who, occurrence: Occurrence, walk: Walk, what: str, wording: str) -> Answer:
    """Each says in private whether it suits; only two yeses to the same wording are seen."""
    step = _step_there(occurrence, walk)
    if step is None or not step.asks_each or not looks.lines(turn, occurrence):
        raise Refusal("agree-passed")
    part = part_of(turn, who, occurrence)
    if what == "notyet":
        turn.store.occurrences.change_part(part.id, step=WAITS)
        return Show(turn.line("agree-not-yet", who.partner), privately=True, in_place=True)
    if what == "suits" or wording != looks.wording(turn, occurrence):
        return Show(looks.suits_screen(turn, occurrence, step), privately=True, in_place=what == "yes")
    turn.store.occurrences.change_part(part.id, step=wording)
    if looks.suits_both(turn, occurrence):
        walking.move(turn, occurrence, occurrence.prompt)
    return Show(turn.line("agree-noted", who.partner), privately=True, in_place=True)


def _look_on(turn: Turn, who: Who, occurrence: Occurrence, walk: Walk, day: date) -> bool:
    """Choose the day, where it is to be chosen now; who presses what has passed changes nothing."""
    step = _step_there(occurrence, walk)
    if step is None or not step.asks_date or not looks.lines(turn, occurrence):
        return False
    walking.move(turn, agreements.look_on(turn, who.couple, occurrence, day), occurrence.prompt)
    return True


def _ask_day(turn: Turn, who: Who, pressed: Pressed, occurrence: Occurrence, walk: Walk) -> Answer:
    step = _step_there(occurrence, walk)
    if step is None or not step.asks_date:
        raise Refusal("agree-passed")
    form = looks.date_form(turn, who.partner, occurrence)
    if isinstance(pressed.place, InPrivate):
        await_words(turn, who, str(form.token))
    return Ask(form)


def _is_alone(turn: Turn, pressed: Pressed) -> bool:
    """Whether it was pressed where only one of the two reads."""
    return isinstance(pressed.place, InPrivate) and turn.store.people.room_at(pressed.place) is None


def _decide(turn: Turn, occurrence: Occurrence, walk: Walk, what: str, *, brings: bool) -> None:
    """Look at what stands, keep it, change it, or let it go; a press on what has passed changes nothing."""
    writing, dating = walk.writing, walk.dating
    step = _step_there(occurrence, walk)
    may_change = occurrence.prompt == LOOKS or (step is not None and step.asks_each)
    if what == "look" and occurrence.prompt == AGREED:
        agreements.ask_about(turn, occurrence)
        if brings:
            # Its post may stand weeks above.
            agreements.bring(turn, occurrence)
    elif what == "keep" and occurrence.prompt == LOOKS and dating is not None:
        _go_to(turn, occurrence, dating)
    elif what == "change" and may_change and writing is not None:
        _go_to(turn, occurrence, writing)
    elif what == "letgo" and occurrence.prompt == LOOKS:
        turn.store.occurrences.change(occurrence.id, prompt=LET_GO, state=State.CLOSED, shares_at=0)
    else:
        return
    outbox.change_posts(turn, "occurrence", occurrence.id)


def _go_to(turn: Turn, occurrence: Occurrence, step: Step) -> None:
    closes = turn.now + turn.deck_of(occurrence).closes_after
    turn.store.occurrences.change(occurrence.id, prompt=step.id, state=State.OPEN, shares_at=0, closes_at=closes)


def _step_there(occurrence: Occurrence, walk: Walk) -> Step | None:
    """The step in the chat where the two are."""
    is_there = occurrence.state == State.OPEN and occurrence.prompt in walk.places
    return walk.at(occurrence.prompt)[0] if is_there else None


def _today(turn: Turn, who: Who) -> date:
    return datetime.fromtimestamp(turn.now, turn.zone(who.couple.timezone)).date()
