"""Reads decks from TOML files and refuses a broken one with its file, key and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot import ideafile, nudgefile, openerfile, refusing, sheetfile, walkfile
from bot.cadence import Cadence
from bot.deckmistakes import mistakes
from bot.deckparts import near
from bot.decks import COMMANDS_OF_WALKS, Deck, Kind, Prompt, Rhythm
from bot.deckshape import DeckFile, HeadPart, PromptPart, keys_at
from bot.errors import BrokenDeck

CLOSES_ITSELF: Mapping[object, int] = {Kind.SEALED.value: 0, Kind.NUDGE.value: 1}
"""A sealed deck closes at its share moment and a nudge asks nothing, so their files need not say when they close."""

ON_REQUEST = {"days": "", "at": "12:00", "patience_minutes": 60, "closes_after_hours": 168, "no_repeat_days": 0}
"""A walk, a pause or a timer comes on request only, so its file need not say when."""


def read_decks(folder: Path, *own: Path) -> dict[str, Deck]:
    """Every deck by its id; of *folder*, files without a [deck] table are left alone, in *own* ones each is a deck."""
    decks: dict[str, Deck] = {}
    files: dict[str, Path] = {}
    shipped = files_in(folder)
    known = {file.resolve() for file in shipped}
    others = [file for where in own for file in files_in(where) if file.resolve() not in known]
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
        read = DeckFile.model_validate(found)
    except ValidationError as problem:
        raise _broken(file, found, *_first(problem.errors())) from problem
    deck = _shaped(read)
    for key, reason in mistakes(read, deck):
        raise _broken(file, found, key, reason)
    return deck


def _unsaid(kind: object) -> Mapping[str, object]:
    """What a deck of a kind need not say."""
    if kind in [one for one in Kind if one.is_begun]:
        return ON_REQUEST
    return {"closes_after_hours": CLOSES_ITSELF[kind]} if kind in CLOSES_ITSELF else {}


def _shaped(read: DeckFile) -> Deck:
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


def _besides(read: DeckFile) -> dict[str, Any]:
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


def _prompt(read: PromptPart) -> Prompt:
    return Prompt(**{**read.model_dump(), "tags": tuple(read.tags), "needs": tuple(read.needs)})


def _first(problems: Sequence[ErrorDetails]) -> tuple[str, str]:
    """The key of what is to be mended first, and why."""
    # A mistyped key is also a missing one, and what is there tells more.
    first = next((one for one in problems if one["type"] == "extra_forbidden"), problems[0])
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    known = keys_at(first["loc"][:-1]) if first["type"] == "extra_forbidden" else []
    return key, refusing.reason(first, known, list(HeadPart.model_fields))


def _broken(file: Path, found: dict[str, Any], key: str, reason: str) -> BrokenDeck:
    """With the id of the part that it is in, because nobody counts prompts from 0."""
    name = refusing.part_of(found, key)
    return BrokenDeck(file, key, f"{reason} (in {name!r})" if name else reason)
