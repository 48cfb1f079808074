"""Reads the steps of a guided walk, or the words of a pause or a timer, from a deck's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from bot.deckparts import STRICT, Line, Name, Title, one_of
from bot.walks import PLACES_FOR_CARDS, Card, Pause, Step, Timer, Walk, When

Days = Annotated[list[Annotated[int, Field(ge=1, le=365)]], Field(max_length=3)]


class _Part(BaseModel):
    model_config = STRICT


class WalkPart(_Part):
    """[walk]: for whom it is, and what the chat reads around it."""

    goes: Annotated[str, AfterValidator(one_of(("alone", "together")))]
    waits_minutes: Annotated[int, Field(ge=5, le=1440)] = 30
    declined: Annotated[str, Field(max_length=220)] = ""
    stopped: Line
    over: Line


class CardPart(_Part):
    """[[step.card]]: what one of the two reads there."""

    who: Name
    text: Line


class WhenPart(_Part):
    """[[step.when]]: only who picked one of these goes this step."""

    step: Name
    picked: Annotated[list[Annotated[int, Field(ge=0, le=9)]], Field(min_length=1)]


class StepPart(_Part):
    """[[step]]: one step."""

    id: Name
    text: Line
    text_apart: Annotated[str, Field(max_length=220)] = ""
    note: Annotated[str, Field(max_length=220)] = ""
    where: Annotated[str, AfterValidator(one_of(("private", "chat")))] = "private"
    options: Annotated[list[Title], Field(max_length=9)] = []
    yes: list[int] = []
    roles: list[Name] = []
    short: Annotated[str, Field(max_length=40)] = ""
    writes: bool = False
    may_show: bool = False
    turns: bool = False
    card: list[CardPart] = []
    when: list[WhenPart] = []
    best: list[Name] = []
    review: Annotated[str, Field(max_length=220)] = ""
    review_days: Days = []
    starters: bool = False
    asks_date: bool = False


class PausePart(_Part):
    """[pause]: the words around a pause."""

    minutes: Annotated[list[Annotated[int, Field(ge=20, le=1440)]], Field(min_length=1, max_length=6)]
    ask: Line
    called: Line
    moved: Line
    before: Line
    back: Line
    not_today: Line
    over: Line
    repair: Line
    again: Line
    meanwhile: Annotated[list[Line], Field(min_length=1)]
    set_up: str = ""
    word: str = ""
    lines: str = ""


Lines = Annotated[list[Line], Field(min_length=1)]


class TimerPart(_Part):
    """[timer]: how long it may run, and the words at its start, halfway and at its end."""

    minutes: Annotated[list[Annotated[int, Field(ge=5, le=240)]], Field(min_length=1, max_length=6)]
    ask: Line
    runs: Line
    start: Lines
    halfway: Lines
    over: Lines


def timer_of(part: TimerPart) -> Timer:
    """The timer that a file describes."""
    return Timer(tuple(part.minutes), part.ask, part.runs, tuple(part.start), tuple(part.halfway), tuple(part.over))


def mistakes_of_timer(part: TimerPart) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    if part.runs.count("{until}") != 1:
        yield "timer.runs", "{until} stands in it once, for the moment of its end"


def pause_of(part: PausePart) -> Pause:
    """The pause that a file describes."""
    return Pause(**{**part.model_dump(), "minutes": tuple(part.minutes), "meanwhile": tuple(part.meanwhile)})


def mistakes_of_pause(part: PausePart) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    for key in ("called", "moved"):
        if getattr(part, key).count("{back}") != 1:
            yield f"pause.{key}", "{back} stands in it once, for the moment of the return"


def walk_of(part: WalkPart, steps: Sequence[StepPart]) -> Walk:
    """The walk that a file describes."""
    return Walk(
        for_two=part.goes == "together",
        waits=part.waits_minutes * 60,
        declined=part.declined,
        stopped=part.stopped,
        over=part.over,
        steps=tuple(_step(one) for one in steps),
    )


def _step(read: StepPart) -> Step:
    return Step(
        id=read.id,
        text=read.text,
        text_apart=read.text_apart,
        note=read.note,
        in_chat=read.where == "chat",
        options=tuple(read.options),
        yes=frozenset(read.yes),
        roles=tuple(read.roles),
        short=read.short,
        writes=read.writes,
        may_show=read.may_show,
        turns=read.turns,
        cards=tuple(Card(one.who, one.text) for one in read.card),
        when=tuple(When(one.step, frozenset(one.picked)) for one in read.when),
        best=tuple(read.best),
        review=read.review,
        review_days=tuple(read.review_days),
        starters=read.starters,
        asks_date=read.asks_date,
    )


def mistakes(part: WalkPart, steps: Sequence[StepPart]) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    walk = walk_of(part, steps)
    if not steps:
        yield "step", "a walk has at least one [[step]]"
    yield from _mistakes_of_two(walk) if walk.for_two else _mistakes_of_one(walk)
    roles = {role for step in steps for role in step.roles}
    for at, step in enumerate(steps):
        yield from _mistakes_of_step(f"step[{at}]", step, steps[:at], roles)


def _mistakes_of_one(walk: Walk) -> Iterable[tuple[str, str]]:
    for at, step in enumerate(walk.steps):
        if step.in_chat:
            yield f"step[{at}].where", "a walk that one goes alone has no step in the chat"


def _mistakes_of_two(walk: Walk) -> Iterable[tuple[str, str]]:
    if not walk.places:
        yield "step", 'a walk that the two go together has a step with where = "chat"'
    if not any(step.yes for step in walk.entry):
        yield "step", "before the first step in the chat each is asked whether now suits: options, and yes"
    if not walk.declined.strip():
        yield "walk.declined", "what the chat reads if they do not start"
    inside = walk.steps[len(walk.entry) : len(walk.steps) - len(walk.after)]
    for step in inside:
        if not step.in_chat:
            yield f"step[{walk.steps.index(step)}].where", "the steps in the chat follow each other"
    yield from _mistakes_of_writing(walk)


def _mistakes_of_writing(walk: Walk) -> Iterable[tuple[str, str]]:
    """What the two write together, whether it suits both, and when they look at it again."""
    written = False
    for at, step in enumerate(walk.steps):
        if not step.in_chat:
            continue
        if step.writes and written:
            yield f"step[{at}].writes", "the two write at one step in the chat, and come back to it"
        written = written or step.writes
        if step.options and not step.yes:
            yield f"step[{at}].options", "in the chat nothing is picked, but each can be asked for a yes in private"
        if step.asks_each and (not written or step.writes or step.turns or walk.after):
            yield (
                f"step[{at}].yes",
                "asks each about what the two wrote before; nothing private follows the chat",
            )
        if step.asks_date and (not written or not step.review.strip() or step.turns):
            yield f"step[{at}].asks_date", "asks again by `review` about what the two wrote in the chat"


def _mistakes_of_step(
    key: str, step: StepPart, earlier: Sequence[StepPart], roles: set[str]
) -> Iterable[tuple[str, str]]:
    before = {one.id: one for one in earlier}
    if step.id in before:
        yield f"{key}.id", f"{step.id!r} is there twice"
    if step.options and step.writes:
        yield f"{key}.writes", "one either picks or writes"
    if step.roles and len(step.roles) != len(step.options):
        yield f"{key}.roles", "there is one for each option"
    if any(not 0 <= one < len(step.options) for one in step.yes):
        yield f"{key}.yes", "numbers options, the first is 0"
    for name in ("turns", "card", "asks_date", "starters"):
        if getattr(step, name) and step.where != "chat":
            yield f"{key}.{name}", 'is for a step with where = "chat"'
    if step.starters and not step.writes:
        yield f"{key}.starters", "helps where the two write (writes = true)"
    if step.review_days and not (step.writes and step.review.strip()):
        yield f"{key}.review_days", "asks again by `review` about what was written here (writes = true)"
    if (step.best or "{best}" in step.text) and not (step.best and "{best}" in step.text):
        yield f"{key}.best", "names the steps whose highest picks stand in the text as {best}"
    yield from _mistakes_of_links(key, step, before, roles)


def _mistakes_of_links(
    key: str, step: StepPart, before: dict[str, StepPart], roles: set[str]
) -> Iterable[tuple[str, str]]:
    for at, when in enumerate(step.when):
        if not (when.step in before and before[when.step].options):
            yield f"{key}.when[{at}].step", f"{when.step!r} is no earlier step with options"
    for name in step.best:
        if name not in before or not before[name].short:
            yield f"{key}.best", f"{name!r} is no earlier step with a `short`"
    for at, card in enumerate(step.card):
        if card.who not in {*PLACES_FOR_CARDS, *roles}:
            known = ", ".join((*PLACES_FOR_CARDS, *sorted(roles)))
            yield f"{key}.card[{at}].who", f"{card.who!r} is none of {known}"
