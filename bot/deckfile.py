"""Reads decks from TOML files and refuses a broken one with its file, key and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, assert_never

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from bot import ideafile, nudgefile, openerfile, refusing, sheetfile, walkfile
from bot.cadence import LONGEST_WINDOW, Cadence
from bot.deckparts import STRICT, DeckId, Line, Name, TimeOfDay, Title, near, one_of, twice, wrong
from bot.decks import (
    COMMANDS_OF_DECKS,
    COMMANDS_OF_WALKS,
    DAYS,
    DISTANCES,
    FORMS,
    MOODS,
    NEEDS,
    OWN_CUE,
    SEASONS,
    Deck,
    Kind,
    Prompt,
    Rhythm,
)
from bot.errors import BrokenDeck
from bot.ideafile import IdeasPart
from bot.nudgefile import RestsPart
from bot.openerfile import OpenerPart, TipPart
from bot.sheetfile import ItemPart, SealedPart, SheetPart
from bot.walkfile import CardPart, PausePart, StepPart, TimerPart, WalkPart, WhenPart

CLOSES_ITSELF: Mapping[object, int] = {Kind.SEALED.value: 0, Kind.NUDGE.value: 1}
"""A sealed deck closes at its share moment and a nudge asks nothing, so their files need not say when they close."""

DAYS_WRITTEN = f"^(daily|(({'|'.join(DAYS)})( |$))*)$"

ON_REQUEST = {"days": "", "at": "12:00", "patience_minutes": 60, "closes_after_hours": 168, "no_repeat_days": 0}
"""A walk, a pause or a timer comes on request only, so its file need not say when."""


def _days(written: object) -> frozenset[int]:
    if not isinstance(written, str):
        wrong('names days in one text, such as "mon wed fri" or "daily"')
    words = DAYS if written == "daily" else written.split()
    for word in words:
        one_of((*DAYS, "daily"))(word)
        if word == "daily":
            wrong('"daily" stands alone')
    return frozenset(DAYS.index(word) for word in words)


DayList = Annotated[frozenset[int], BeforeValidator(_days), WithJsonSchema({"type": "string", "pattern": DAYS_WRITTEN})]


class _Part(BaseModel):
    model_config = STRICT


class _Head(_Part):
    id: DeckId
    title: Title
    kind: Annotated[str, AfterValidator(one_of([kind.value for kind in Kind]))]
    days: DayList
    at: TimeOfDay
    window_minutes: Annotated[int, Field(ge=0, le=LONGEST_WINDOW)] = 0
    most_days: Annotated[int, Field(ge=1, le=7)] = 7
    rests_after: list[RestsPart] = []
    suits: list[Name] = []
    together: bool = False
    patience_minutes: Annotated[int, Field(ge=1, le=1440)]
    closes_after_hours: Annotated[int, Field(ge=0, le=168)]
    no_repeat_days: Annotated[int, Field(ge=0, le=400)]
    quiet: bool = False
    enabled: bool = True
    lows: bool = False
    about: Annotated[str, Field(max_length=220)] = ""
    tap_label: Annotated[str, Field(max_length=30)] = ""
    command: Annotated[str, AfterValidator(one_of(("", *COMMANDS_OF_DECKS)))] = ""
    names: Annotated[list[Title], Field(max_length=12)] = []
    rests_with: list[DeckId] = []


class _Rhythm(_Part):
    label: Title
    days: DayList


class _Prompt(_Part):
    id: Name
    text: Line
    depth: Annotated[int, Field(ge=1, le=3)]
    mood: Annotated[str, AfterValidator(one_of(MOODS))]
    distance: Annotated[str, AfterValidator(one_of(DISTANCES))] = "ok"
    tags: Annotated[list[Title], Field(min_length=1)]
    season: Annotated[str, AfterValidator(one_of(SEASONS))] = ""
    private: bool = False
    needs: list[Annotated[str, AfterValidator(one_of(NEEDS))]] = []
    every_days: Annotated[int, Field(ge=0)] = 0
    minutes: Annotated[int, Field(ge=1, le=240)] = 2
    novelty: Annotated[int, Field(ge=1, le=3)] = 1
    cost: Annotated[int, Field(ge=0, le=2)] = 0
    sets: Annotated[str, AfterValidator(one_of(("", OWN_CUE)))] = ""
    form: Annotated[str, AfterValidator(one_of(("", *FORMS)))] = ""


class _File(_Part):
    deck: _Head
    rhythm: list[_Rhythm] = []
    opener: list[OpenerPart] = []
    tip: list[TipPart] = []
    prompt: list[_Prompt] = []
    sheet: list[SheetPart] = []
    sealed: SealedPart | None = None
    walk: WalkPart | None = None
    step: list[StepPart] = []
    pause: PausePart | None = None
    timer: TimerPart | None = None
    ideas: IdeasPart | None = None


WHOLE: type[BaseModel] = _File
"""What a deck's file holds."""


def read_decks(folder: Path, *own: Path) -> dict[str, Deck]:
    """Every deck by its id; of *folder*, files without a [deck] table are left alone, in *own* ones each is a deck."""
    decks: dict[str, Deck] = {}
    files: dict[str, Path] = {}
    shipped = files_in(folder)
    others = [
        file for where in own for file in files_in(where) if file.resolve() not in {one.resolve() for one in shipped}
    ]
    for file in (*shipped, *others):
        found = _parsed(file)
        if "deck" in found or file in others:
            deck = _deck(file, found)
            if deck.id in decks:
                raise BrokenDeck(file, "deck.id", f"{deck.id!r} is already the id of another deck")
            if other := opened_by(deck, decks.values()):
                raise BrokenDeck(file, "deck.command", other)
            decks[deck.id] = deck
            files[deck.id] = file
    for name, other in ((one.id, other) for one in decks.values() for other in one.rests_with):
        if other not in decks:
            raise BrokenDeck(files[name], "deck.rests_with", f"{other!r} is no deck's id.{near(other, decks)}")
    return {name: deck for name, deck in decks.items() if deck.enabled}


def opened_by(deck: Deck, others: Iterable[Deck]) -> str:
    """Why a deck's command would never open it, because it opens another one; of several walks one chooses."""
    if not deck.enabled or deck.command in ("", *COMMANDS_OF_WALKS):
        return ""
    found = (one.title for one in others if one.enabled and one.command == deck.command)
    return next((f"/{deck.command} opens {title!r} already, so leave it out" for title in found), "")


def files_in(where: Path) -> list[Path]:
    """The files of a folder that hold decks, by their names; of a file, that one alone."""
    return [where] if where.is_file() else sorted(where.glob("*.toml"))


def read_deck(file: Path) -> Deck:
    """One deck; raises BrokenDeck."""
    return _deck(file, _parsed(file))


def _parsed(file: Path) -> dict[str, Any]:
    text = ""
    try:
        # Some editors put a byte order mark in front, which TOML does not know.
        text = file.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BrokenDeck(file, "(the file)", refusing.not_toml(problem, text)) from problem
    except OSError as problem:
        raise BrokenDeck(file, "(the file)", f"cannot be read: {problem.strerror}") from problem


def _deck(file: Path, found: dict[str, Any]) -> Deck:
    head = found.get("deck")
    if isinstance(head, dict):
        found = {**found, "deck": {**_unsaid(head.get("kind")), **head}}
    try:
        read = _File.model_validate(found)
    except ValidationError as problem:
        raise _broken(file, found, *_first(problem.errors())) from problem
    deck = _shaped(read)
    for key, reason in _mistakes(read, deck):
        raise _broken(file, found, key, reason)
    return deck


def _unsaid(kind: object) -> Mapping[str, object]:
    """What a deck of a kind need not say."""
    if kind in [one for one in Kind if one.is_begun]:
        return ON_REQUEST
    return {"closes_after_hours": CLOSES_ITSELF[kind]} if kind in CLOSES_ITSELF else {}


def _shaped(read: _File) -> Deck:
    head = read.deck
    return Deck(
        id=head.id,
        title=head.title,
        kind=Kind(head.kind),
        # Two ideas are for both at one moment.
        usual=Cadence(head.days, head.at, head.window_minutes, head.together or head.kind == Kind.IDEAS),
        rhythms=tuple(Rhythm(one.label, one.days) for one in read.rhythm),
        patience=head.patience_minutes * 60,
        closes_after=head.closes_after_hours * 3600,
        no_repeat_days=head.no_repeat_days,
        quiet=head.quiet,
        tap_label=head.tap_label,
        prompts=tuple(_prompt(one) for one in read.prompt),
        sheets=tuple(sheetfile.sheet_of(one) for one in read.sheet),
        sealed=sheetfile.sealed_of(read.sealed) if read.sealed else None,
        about=head.about,
        enabled=head.enabled,
        lows=head.lows,
        command=head.command,
        **_besides(read),
    )


def _besides(read: _File) -> dict[str, Any]:
    """What only some decks have."""
    return {
        "walk": walkfile.walk_of(read.walk, read.step) if read.walk else None,
        "pause": walkfile.pause_of(read.pause) if read.pause else None,
        "timer": walkfile.timer_of(read.timer) if read.timer else None,
        "openers": tuple(one.text for one in read.opener),
        "tips": openerfile.tips_of(read.tip),
        "names": tuple(read.deck.names),
        "rests_with": tuple(read.deck.rests_with),
        "most_days": read.deck.most_days,
        "rests_after": nudgefile.rests_of(read.deck.rests_after),
        "ideas": ideafile.ideas_of(read.ideas) if read.ideas else None,
        "suits": tuple(read.deck.suits),
    }


def _prompt(read: _Prompt) -> Prompt:
    return Prompt(**{**read.model_dump(), "tags": tuple(read.tags), "needs": tuple(read.needs)})


def _mistakes(read: _File, deck: Deck) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    yield from twice("rhythm[{}].label", [one.label for one in read.rhythm])
    yield from openerfile.mistakes(read.opener, read.tip)
    yield from twice("deck.names", [read.deck.title, *read.deck.names])
    yield from twice("prompt[{}].id", [one.id for one in read.prompt])
    yield from twice("sheet[{}].id", [one.id for one in read.sheet])
    if deck.kind is not Kind.WALK and (read.walk or read.step):
        yield "walk" if read.walk else "step", f"belongs to a walk; this one is {read.deck.kind!r}"
    if deck.kind is not Kind.WALK and deck.suits:
        yield "deck.suits", f"belongs to a walk; this one is {read.deck.kind!r}"
    if deck.kind is not Kind.PAUSE and read.pause:
        yield "pause", f"belongs to a pause; this one is {read.deck.kind!r}"
    if deck.kind is not Kind.TIMER and read.timer:
        yield "timer", f"belongs to a timer; this one is {read.deck.kind!r}"
    if deck.kind is not Kind.OPEN and read.tip:
        yield "tip", f"is for whoever listens to an answer; this one is {read.deck.kind!r}"
    yield from nudgefile.mistakes(deck)
    if deck.kind is not Kind.IDEAS and read.ideas:
        yield "ideas", f"belongs to a deck of two ideas; this one is {read.deck.kind!r}"
    match deck.kind:
        case Kind.SEALED:
            yield from _mistakes_sealed(read, deck)
        case Kind.WALK | Kind.PAUSE | Kind.TIMER:
            yield from _mistakes_on_request(read)
        case Kind.IDEAS:
            yield from _mistakes_open(read, deck)
            yield from ideafile.mistakes(deck)
        case Kind.OPEN | Kind.TAP | Kind.OFFER | Kind.NUDGE:
            yield from _mistakes_open(read, deck)
        case _:
            assert_never(deck.kind)


def _mistakes_on_request(read: _File) -> Iterable[tuple[str, str]]:
    for key in ("opener", "sheet", "sealed", "rhythm"):
        if getattr(read, key):
            yield key, f"is no part of a {read.deck.kind}"
    starts = any(step.starters for step in read.step)
    if read.prompt and not starts:
        yield "prompt", f"is no part of a {read.deck.kind}, but for a step of a walk with starters = true"
    if starts and not read.prompt:
        yield "prompt", "has the beginnings that a step with starters = true offers"
    if read.deck.days:
        yield "deck.days", f"a {read.deck.kind} comes on request only"
    if read.walk is not None:
        if read.deck.command not in COMMANDS_OF_WALKS:
            yield "deck.command", f"a walk is opened by one of {', '.join(COMMANDS_OF_WALKS)}"
        yield from walkfile.mistakes(read.walk, read.step)
    elif read.pause is not None:
        yield from walkfile.mistakes_of_pause(read.pause)
    elif read.timer is not None:
        yield from walkfile.mistakes_of_timer(read.timer)
    else:
        yield read.deck.kind, f"a {read.deck.kind} has a [{read.deck.kind}] table"


def _mistakes_open(read: _File, deck: Deck) -> Iterable[tuple[str, str]]:
    if read.sheet or read.sealed:
        yield "sheet" if read.sheet else "sealed", f"belongs to a sealed deck; this one is {read.deck.kind!r}"
    if deck.kind is Kind.TAP and not deck.tap_label.strip():
        yield "deck.tap_label", "a deck that is answered by a tap names what the tap says"
    if not deck.closes_after:
        yield "deck.closes_after_hours", "0 stands for the share moment, which only a sealed deck has"
    for distance, whom in (("no", "in one place"), ("only", "apart")):
        if not any(prompt.for_every_day(distance) for prompt in deck.prompts):
            rule = "depth 1, mood light or steady, no memory, and no season, needs, private or every_days"
            yield "prompt", f"at least one [[prompt]] fits every day of two who live {whom}: {rule}"


def _mistakes_sealed(read: _File, deck: Deck) -> Iterable[tuple[str, str]]:
    if read.opener:
        yield "opener", "stands before a prompt in the chat; a sealed deck asks by [[sheet]]"
    yield from sheetfile.mistakes(read.sealed, read.sheet)
    if deck.closes_after:
        yield "deck.closes_after_hours", "a sealed deck closes at its share moment, so it is left out here, or 0"
    if read.prompt and not any(sheet.asks_a_prompt for sheet in deck.sheets):
        yield "prompt", "a sealed deck asks by [[sheet]]; an item that asks a prompt has {prompt} in its text"
    for_all = [one for one in deck.prompts if one.for_every_day("no") and one.for_every_day("only")]
    yield from sheetfile.mistakes_of_prompts(deck.sheets, [one.tags for one in for_all])


def _first(problems: Sequence[ErrorDetails]) -> tuple[str, str]:
    """The key of what is to be mended first, and why."""
    # A mistyped key is also a missing one, and what is there tells more.
    first = next((one for one in problems if one["type"] == "extra_forbidden"), problems[0])
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    known = _keys(first["loc"][:-1]) if first["type"] == "extra_forbidden" else []
    return key, refusing.reason(first, known, list(_Head.model_fields))


def _broken(file: Path, found: dict[str, Any], key: str, reason: str) -> BrokenDeck:
    """With the id of the part that it is in, because nobody counts prompts from 0."""
    name = refusing.part_of(found, key)
    return BrokenDeck(file, key, f"{reason} (in {name!r})" if name else reason)


def _keys(path: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place."""
    parts: dict[str, type[BaseModel]] = {
        "deck": _Head, "rhythm": _Rhythm, "opener": OpenerPart, "tip": TipPart, "prompt": _Prompt, "item": ItemPart,
        "sheet": SheetPart, "sealed": SealedPart, "walk": WalkPart, "pause": PausePart, "timer": TimerPart,
        "step": StepPart, "card": CardPart, "when": WhenPart,
        "rests_after": RestsPart,
        "ideas": IdeasPart,
    }  # fmt: skip
    names = [part for part in path if isinstance(part, str)]
    fields = (parts[names[-1]] if names else _File).model_fields
    return [field.alias or name for name, field in fields.items()]
