"""Reads decks from TOML files and refuses a broken one with its file, key and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from bot import walkfile
from bot.cadence import Cadence
from bot.deckparts import STRICT, Line, Name, Title, near, one_of, wrong
from bot.decks import (
    COMMANDS_OF_DECKS,
    DAYS,
    DISTANCES,
    MOODS,
    NEEDS,
    SEASONS,
    Deck,
    Item,
    Kind,
    Prompt,
    Rhythm,
    Sealed,
    Sheet,
)
from bot.errors import BrokenDeck
from bot.walkfile import CardPart, PausePart, StepPart, WalkPart, WhenPart

DAYS_WRITTEN = f"^(daily|(({'|'.join(DAYS)})( |$))*)$"
TIME_WRITTEN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"

ON_REQUEST = {"days": "", "at": "12:00", "patience_minutes": 60, "closes_after_hours": 168, "no_repeat_days": 0}
"""A walk or a pause comes on request only, so its file need not say when."""


def _days(written: object) -> frozenset[int]:
    if not isinstance(written, str):
        wrong('names days in one text, such as "mon wed fri" or "daily"')
    words = DAYS if written == "daily" else written.split()
    for word in words:
        one_of((*DAYS, "daily"))(word)
        if word == "daily":
            wrong('"daily" stands alone')
    return frozenset(DAYS.index(word) for word in words)


def _minutes(written: object) -> int:
    hours, colon, minutes = written.partition(":") if isinstance(written, str) else ("", "", "")
    exact = len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal() and (hours + minutes).isascii()
    if not (colon and exact and int(hours) < 24 and int(minutes) < 60):
        wrong(f'{written!r} is not a time such as "08:00" or "22:30"')
    return int(hours) * 60 + int(minutes)


DayList = Annotated[frozenset[int], BeforeValidator(_days), WithJsonSchema({"type": "string", "pattern": DAYS_WRITTEN})]
TimeOfDay = Annotated[int, BeforeValidator(_minutes), WithJsonSchema({"type": "string", "pattern": TIME_WRITTEN})]


class _Part(BaseModel):
    model_config = STRICT


class _Head(_Part):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    title: Title
    kind: Annotated[str, AfterValidator(one_of([kind.value for kind in Kind]))]
    days: DayList
    at: TimeOfDay
    together: bool = False
    patience_minutes: Annotated[int, Field(ge=1, le=1440)]
    closes_after_hours: Annotated[int, Field(ge=0, le=168)]
    no_repeat_days: Annotated[int, Field(ge=0, le=400)]
    quiet: bool = False
    enabled: bool = True
    about: Annotated[str, Field(max_length=220)] = ""
    tap_label: Annotated[str, Field(max_length=30)] = ""
    command: Annotated[str, AfterValidator(one_of(("", *COMMANDS_OF_DECKS)))] = ""


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
    minutes: Annotated[int, Field(ge=1, le=60)] = 2


class _Item(_Part):
    id: Name
    kind: Annotated[str, AfterValidator(one_of(("scale", "open")))]
    text: Line
    short: Title
    share: Annotated[str, AfterValidator(one_of(("warm", "keep", "never")))]
    labels: list[Title] = []
    longest: Annotated[int, Field(ge=1, le=4000)] = 500
    enabled: bool = True


class _Sheet(_Part):
    id: Name
    every: Annotated[int, Field(ge=1)]
    intro: Line
    item: Annotated[list[_Item], Field(min_length=1)]


class _Sealed(_Part):
    room_text: Line
    closing: Line
    author_line: Line
    after: Line
    empty: Line
    differ: Annotated[list[Line], Field(min_length=1)]


class _File(_Part):
    deck: _Head
    rhythm: list[_Rhythm] = []
    prompt: list[_Prompt] = []
    sheet: list[_Sheet] = []
    sealed: _Sealed | None = None
    walk: WalkPart | None = None
    step: list[StepPart] = []
    pause: PausePart | None = None


WHOLE: type[BaseModel] = _File
"""What a deck's file holds."""


def read_decks(folder: Path, *own: Path) -> dict[str, Deck]:
    """Every deck by its id; of *folder*, files without a [deck] table are left alone, in *own* ones each is a deck."""
    decks: dict[str, Deck] = {}
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
            decks[deck.id] = deck
    return {name: deck for name, deck in decks.items() if deck.enabled}


def files_in(where: Path) -> list[Path]:
    """The files of a folder that hold decks, by their names; of a file, that one alone."""
    return [where] if where.is_file() else sorted(where.glob("*.toml"))


def read_deck(file: Path) -> Deck:
    """One deck; raises BrokenDeck."""
    return _deck(file, _parsed(file))


def _parsed(file: Path) -> dict[str, Any]:
    try:
        # Some editors put a byte order mark in front, which TOML does not know.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BrokenDeck(file, "(the file)", f"is not TOML: {problem}") from problem
    except OSError as problem:
        raise BrokenDeck(file, "(the file)", f"cannot be read: {problem.strerror}") from problem


def _deck(file: Path, found: dict[str, Any]) -> Deck:
    head = found.get("deck")
    if isinstance(head, dict) and head.get("kind") in (Kind.WALK, Kind.PAUSE):
        found = {**found, "deck": {**ON_REQUEST, **head}}
    try:
        read = _File.model_validate(found)
    except ValidationError as problem:
        raise _broken(file, problem.errors()) from problem
    deck = _shaped(read)
    for key, reason in _mistakes(read, deck):
        raise BrokenDeck(file, key, reason)
    return deck


def _shaped(read: _File) -> Deck:
    head = read.deck
    return Deck(
        id=head.id,
        title=head.title,
        kind=Kind(head.kind),
        usual=Cadence(head.days, head.at, together=head.together),
        rhythms=tuple(Rhythm(one.label, one.days) for one in read.rhythm),
        patience=head.patience_minutes * 60,
        closes_after=head.closes_after_hours * 3600,
        no_repeat_days=head.no_repeat_days,
        quiet=head.quiet,
        tap_label=head.tap_label,
        prompts=tuple(_prompt(one) for one in read.prompt),
        sheets=tuple(_sheet(one) for one in read.sheet),
        sealed=_sealed(read.sealed),
        about=head.about,
        enabled=head.enabled,
        command=head.command,
        walk=walkfile.walk_of(read.walk, read.step) if read.walk else None,
        pause=walkfile.pause_of(read.pause) if read.pause else None,
    )


def _prompt(read: _Prompt) -> Prompt:
    return Prompt(**{**read.model_dump(), "tags": tuple(read.tags), "needs": tuple(read.needs)})


def _sheet(read: _Sheet) -> Sheet:
    items = tuple(
        Item(one.id, one.kind, one.text, one.short, one.share, tuple(one.labels), one.longest)
        for one in read.item
        if one.enabled
    )
    return Sheet(read.id, read.every, read.intro, items)


def _sealed(read: _Sealed | None) -> Sealed | None:
    return None if read is None else Sealed(**{**read.model_dump(), "differ": tuple(read.differ)})


def _mistakes(read: _File, deck: Deck) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    yield from _twice("rhythm[{}].label", [one.label for one in read.rhythm])
    yield from _twice("prompt[{}].id", [one.id for one in read.prompt])
    yield from _twice("sheet[{}].id", [one.id for one in read.sheet])
    if deck.kind is not Kind.WALK and (read.walk or read.step):
        yield "walk" if read.walk else "step", f"belongs to a walk; this one is {read.deck.kind!r}"
    if deck.kind is not Kind.PAUSE and read.pause:
        yield "pause", f"belongs to a pause; this one is {read.deck.kind!r}"
    match deck.kind:
        case Kind.SEALED:
            yield from _mistakes_sealed(read)
        case Kind.WALK | Kind.PAUSE:
            yield from _mistakes_on_request(read)
        case _:
            yield from _mistakes_open(read, deck)


def _mistakes_on_request(read: _File) -> Iterable[tuple[str, str]]:
    for key in ("prompt", "sheet", "sealed", "rhythm"):
        if getattr(read, key):
            yield key, f"is no part of a {read.deck.kind}"
    if read.deck.days:
        yield "deck.days", f"a {read.deck.kind} comes on request only"
    if read.walk is not None:
        yield from walkfile.mistakes(read.walk, read.step)
    elif read.pause is not None:
        yield from walkfile.mistakes_of_pause(read.pause)
    else:
        yield read.deck.kind, f"a {read.deck.kind} has a [{read.deck.kind}] table"


def _mistakes_open(read: _File, deck: Deck) -> Iterable[tuple[str, str]]:
    if read.sheet or read.sealed:
        yield "sheet" if read.sheet else "sealed", f"belongs to a sealed deck; this one is {read.deck.kind!r}"
    if deck.kind is Kind.TAP and not deck.tap_label.strip():
        yield "deck.tap_label", "a deck that is answered by a tap names what the tap says"
    if not deck.closes_after:
        yield "deck.closes_after_hours", "0 stands for the share moment, which only a sealed deck has"
    if not any(prompt.for_every_day for prompt in deck.prompts):
        rule = "depth 1, mood light or steady, no memory, and no season, distance, needs, private or every_days"
        yield "prompt", f"at least one [[prompt]] fits every day: {rule}"


def _mistakes_sealed(read: _File) -> Iterable[tuple[str, str]]:
    if read.prompt:
        yield "prompt", "a sealed deck asks by [[sheet]]"
    if read.sealed is None:
        yield "sealed", "a sealed deck has a [sealed] table"
    else:
        yield from _placeholder("sealed.room_text", read.sealed.room_text, "share_times")
        yield from _placeholder("sealed.author_line", read.sealed.author_line, "name")
    if not any(sheet.every == 1 for sheet in read.sheet):
        yield "sheet", "a sealed deck has a [[sheet]] with every = 1"
    yield from _mistakes_items(read.sheet)


def _mistakes_items(sheets: Sequence[_Sheet]) -> Iterable[tuple[str, str]]:
    items = {f"sheet[{at}].item[{nth}]": one for at, sheet in enumerate(sheets) for nth, one in enumerate(sheet.item)}
    yield from _twice("{}.id", [item.id for item in items.values()], list(items))
    for key, item in items.items():
        if item.kind == "scale" and not 2 <= len(item.labels) <= 7:
            yield f"{key}.labels", "a scale has two to seven labels"
        if item.kind == "scale" and item.share == "warm":
            yield f"{key}.share", "a scale's word goes with a sentence of its author's, so it is 'keep' or 'never'"
    for at, sheet in enumerate(sheets):
        if not any(item.enabled for item in sheet.item):
            yield f"sheet[{at}].item", "at least one is enabled"


def _twice(key: str, names: Sequence[str], places: Sequence[object] = ()) -> Iterable[tuple[str, str]]:
    for at, name in enumerate(names):
        if name in names[:at]:
            yield key.format(places[at] if places else at), f"{name!r} is there twice"


def _placeholder(key: str, text: str, name: str) -> Iterable[tuple[str, str]]:
    try:
        found = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        found = ["{"]
    if found != [name]:
        yield key, f"{{{name}}} stands in it once, and nothing else in braces"


def _broken(file: Path, problems: Sequence[ErrorDetails]) -> BrokenDeck:
    # A mistyped key is also a missing one, and what is there tells more.
    first = next((one for one in problems if one["type"] == "extra_forbidden"), problems[0])
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    match first["type"]:
        case "extra_forbidden":
            known = _keys(first["loc"][:-1])
            reason = "is not a key here." + (near(str(first["loc"][-1]), known) or f" Known are {', '.join(known)}.")
        case "missing":
            reason = "is missing"
        case "string_too_long":
            reason = f"has {len(first['input'])} characters; {first['ctx']['max_length']} is the limit"
        case "string_pattern_mismatch":
            reason = f"{first['input']!r} is not an id: small letters, then also digits, and - (in a deck's id _)"
        case _:
            reason = first["msg"]
    return BrokenDeck(file, key, reason)


def _keys(path: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place."""
    parts: dict[str, type[BaseModel]] = {
        "deck": _Head, "rhythm": _Rhythm, "prompt": _Prompt, "item": _Item, "sheet": _Sheet, "sealed": _Sealed,
        "walk": WalkPart, "pause": PausePart, "step": StepPart, "card": CardPart, "when": WhenPart,
    }  # fmt: skip
    names = [part for part in path if isinstance(part, str)]
    return list((parts[names[-1]] if names else _File).model_fields)
