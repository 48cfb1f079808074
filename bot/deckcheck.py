"""Says of each deck in a folder whether it is right."""

from __future__ import annotations

from pathlib import Path

from bot.deckfile import files_in, opened_by, read_deck, read_decks
from bot.decks import Deck
from bot.errors import BrokenDeck
from bot.findings import Finding, fine, wrong


def check_decks(where: Path, shipped: Path) -> list[Finding]:
    """A finding for each TOML file of a folder, or for one file; the ids of *shipped* decks are taken."""
    if not where.exists():
        return [wrong(f"{where}: is not there", "Name a folder of decks, or the file of one.")]
    files = files_in(where)
    if not files:
        return [wrong(f"{where}: there is no .toml file", "docs/decks.md shows how a deck is written.")]
    others = {deck.id: ("the program's own", deck) for deck in read_decks(shipped).values()}
    return [_checked(file, others) for file in files]


def _checked(file: Path, others: dict[str, tuple[str, Deck]]) -> Finding:
    try:
        deck = read_deck(file)
    except BrokenDeck as problem:
        return wrong(f"{file.name}: {problem.key}: {problem.reason}", "docs/decks.md says what may stand there.")
    if deck.id in others:
        return wrong(
            f"{file.name}: deck.id: {deck.id!r} is already an id ({others[deck.id][0]})", "Choose another one."
        )
    if opens := opened_by(deck, [other for _, other in others.values()]):
        return wrong(f"{file.name}: deck.command: {opens}", "The ritual is found in /rituals without it.")
    others[deck.id] = (file.name, deck)
    return fine(", ".join(filter(None, (f"{file.name}: {deck.title}", _size(deck)))))


def _size(deck: Deck) -> str:
    counted = {"prompt": len(deck.prompts), "sheet": len(deck.sheets), "step": len(deck.walk.steps) if deck.walk else 0}
    return ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for what, count in counted.items() if count)
