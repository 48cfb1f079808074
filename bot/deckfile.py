"""Reads decks from TOML files and refuses a broken one with its file, key and reason."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.cadence import Cadence
from bot.decks import Deck, Item, Kind, Prompt, Rhythm, Sealed, Sheet
from bot.errors import BrokenDeck

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = ("month_start", "year_end", "monday", "sunday", "own_anniversary", "summer", "winter")
Mood = Literal["any", "light", "playful", "warm", "tender", "steady", "heavy"]
Need = Literal["last_message_of_day"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,23}$")]
Line = Annotated[str, Field(min_length=1, max_length=220)]
Title = Annotated[str, Field(min_length=1, max_length=40)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Head(_Part):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    title: Title
    kind: Literal["open", "tap", "sealed"]
    days: str
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    together: bool = False
    patience_minutes: Annotated[int, Field(ge=1, le=1440)]
    closes_after_hours: Annotated[int, Field(ge=0, le=168)]
    no_repeat_days: Annotated[int, Field(ge=0, le=400)]
    quiet: bool = False
    tap_label: Annotated[str, Field(max_length=30)] = ""


class _Rhythm(_Part):
    label: Title
    days: str


class _Prompt(_Part):
    id: Name
    text: Line
    depth: Annotated[int, Field(ge=1, le=3)]
    mood: Mood
    distance: Literal["ok", "only", "no"] = "ok"
    tags: Annotated[list[str], Field(min_length=1)]
    season: str = ""
    private: bool = False
    needs: list[Need] = []
    every_days: Annotated[int, Field(ge=0)] = 0


class _Item(_Part):
    id: Name
    kind: Literal["scale", "open"]
    text: Line
    short: Title
    share: Literal["warm", "keep", "never"]
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


def read_decks(folder: Path) -> dict[str, Deck]:
    """Every deck of a folder by its id; files without a [deck] table are left alone."""
    decks: dict[str, Deck] = {}
    for file in sorted(folder.glob("*.toml")):
        found = _parsed(file)
        if "deck" in found:
            deck = _deck(file, found)
            if deck.id in decks:
                raise BrokenDeck(file, "deck.id", f"{deck.id!r} is already the id of another deck")
            decks[deck.id] = deck
    return decks


def read_deck(file: Path) -> Deck:
    """One deck; raises BrokenDeck."""
    return _deck(file, _parsed(file))


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BrokenDeck(file, "(the file)", f"is not TOML: {problem}") from problem


def _deck(file: Path, found: dict[str, Any]) -> Deck:
    try:
        read = _File.model_validate(found)
    except ValidationError as problem:
        raise _broken(file, problem) from problem
    _check(file, read)
    head = read.deck
    hours, minutes = head.at.split(":")
    at = int(hours) * 60 + int(minutes)
    return Deck(
        id=head.id,
        title=head.title,
        kind=Kind(head.kind),
        usual=Cadence(_days(file, "deck.days", head.days), at, together=head.together),
        rhythms=tuple(
            Rhythm(one.label, _days(file, f"rhythm[{at}].days", one.days)) for at, one in enumerate(read.rhythm)
        ),
        patience=head.patience_minutes * 60,
        closes_after=head.closes_after_hours * 3600,
        no_repeat_days=head.no_repeat_days,
        quiet=head.quiet,
        tap_label=head.tap_label,
        prompts=tuple(_prompt(one) for one in read.prompt),
        sheets=tuple(_sheet(one) for one in read.sheet),
        sealed=_sealed(read.sealed),
    )


def _prompt(read: _Prompt) -> Prompt:
    known = read.model_dump()
    return Prompt(**{**known, "tags": tuple(read.tags), "needs": tuple(read.needs)})


def _sheet(read: _Sheet) -> Sheet:
    items = tuple(
        Item(one.id, one.kind, one.text, one.short, one.share, tuple(one.labels), one.longest)
        for one in read.item
        if one.enabled
    )
    return Sheet(read.id, read.every, read.intro, items)


def _sealed(read: _Sealed | None) -> Sealed | None:
    return None if read is None else Sealed(**{**read.model_dump(), "differ": tuple(read.differ)})


def _days(file: Path, key: str, written: str) -> frozenset[int]:
    if written in ("daily", ""):
        return frozenset(range(7)) if written else frozenset()
    days = []
    for word in written.split():
        if word not in DAYS:
            raise BrokenDeck(file, key, f"{word!r} is not a day.{_near(word, (*DAYS, 'daily'))}")
        days.append(DAYS.index(word))
    return frozenset(days)


def _check(file: Path, read: _File) -> None:
    """What one value alone cannot tell."""
    kind = read.deck.kind
    if kind == "sealed" and (read.sealed is None or not read.sheet):
        raise BrokenDeck(file, "sealed", "a sealed deck has a [sealed] table and at least one [[sheet]]")
    if kind != "sealed" and not read.prompt:
        raise BrokenDeck(file, "prompt", f"a deck of the kind {kind!r} has at least one [[prompt]]")
    if kind == "tap" and not read.deck.tap_label:
        raise BrokenDeck(file, "deck.tap_label", "a deck that is answered by a tap names what the tap says")
    _check_ids(file, "prompt", [one.id for one in read.prompt])
    for at, prompt in enumerate(read.prompt):
        if prompt.season and prompt.season not in SEASONS:
            reason = f"{prompt.season!r} is not a season.{_near(prompt.season, SEASONS)}"
            raise BrokenDeck(file, f"prompt[{at}].season", reason)
    for at, sheet in enumerate(read.sheet):
        _check_ids(file, f"sheet[{at}].item", [one.id for one in sheet.item])
        for number, item in enumerate(sheet.item):
            if item.kind == "scale" and not 2 <= len(item.labels) <= 7:
                raise BrokenDeck(file, f"sheet[{at}].item[{number}].labels", "a scale has two to seven labels")
    if read.sealed is not None:
        _check_places(file, "sealed.room_text", read.sealed.room_text, "share_times")
        _check_places(file, "sealed.author_line", read.sealed.author_line, "name")


def _check_ids(file: Path, key: str, ids: list[str]) -> None:
    for at, one in enumerate(ids):
        if one in ids[:at]:
            raise BrokenDeck(file, f"{key}[{at}].id", f"{one!r} is there twice")


def _check_places(file: Path, key: str, text: str, name: str) -> None:
    try:
        text.format(**{name: ""})
    except (KeyError, IndexError, ValueError) as problem:
        raise BrokenDeck(file, key, f"only {{{name}}} may stand in braces") from problem
    if f"{{{name}}}" not in text:
        raise BrokenDeck(file, key, f"{{{name}}} is missing")


def _broken(file: Path, problem: ValidationError) -> BrokenDeck:
    first = problem.errors()[0]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    reason = str(first["msg"])
    if first["type"] == "extra_forbidden":
        reason = f"is not a key here.{_near(str(first['loc'][-1]), _keys(first['loc'][:-1]))}"
    elif first["type"] == "literal_error":
        allowed = [word.strip(" '") for word in str(first["ctx"]["expected"]).replace(" or ", ",").split(",")]
        reason = f"{first['input']!r} is not one of {', '.join(allowed)}.{_near(str(first['input']), allowed)}"
    return BrokenDeck(file, key, reason)


def _keys(path: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place."""
    parts: dict[str, type[_Part]] = {
        "deck": _Head, "rhythm": _Rhythm, "prompt": _Prompt, "item": _Item, "sheet": _Sheet, "sealed": _Sealed,
    }  # fmt: skip
    names = [part for part in path if isinstance(part, str)]
    return list((parts[names[-1]] if names else _File).model_fields)


def _near(word: str, known: tuple[str, ...] | list[str]) -> str:
    found = difflib.get_close_matches(word, known, 1)
    return f" Did you mean {found[0]!r}?" if found else ""
