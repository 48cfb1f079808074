"""What is wrong in a deck that no value alone can tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from bot import ideafile, nudgefile, openerfile, sheetfile, walkfile
from bot.deckparts import twice
from bot.decks import COMMANDS_OF_WALKS, Deck, Kind
from bot.deckshape import DeckFile


def mistakes(read: DeckFile, deck: Deck) -> Iterable[tuple[str, str]]:
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


def _mistakes_on_request(read: DeckFile) -> Iterable[tuple[str, str]]:
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


def _mistakes_open(read: DeckFile, deck: Deck) -> Iterable[tuple[str, str]]:
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


def _mistakes_sealed(read: DeckFile, deck: Deck) -> Iterable[tuple[str, str]]:
    if read.opener:
        yield "opener", "stands before a prompt in the chat; a sealed deck asks by [[sheet]]"
    yield from sheetfile.mistakes(read.sealed, read.sheet)
    if deck.closes_after:
        yield "deck.closes_after_hours", "a sealed deck closes at its share moment, so it is left out here, or 0"
    if read.prompt and not any(sheet.asks_a_prompt for sheet in deck.sheets):
        yield "prompt", "a sealed deck asks by [[sheet]]; an item that asks a prompt has {prompt} in its text"
    for_all = [one for one in deck.prompts if one.for_every_day("no") and one.for_every_day("only")]
    yield from sheetfile.mistakes_of_prompts(deck.sheets, [one.tags for one in for_all])
