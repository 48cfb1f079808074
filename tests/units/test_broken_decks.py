"""Two hundred mistakes in the decks that ship: each is refused with its file, its key and a reason that helps."""

from __future__ import annotations

import itertools
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.deckfile import read_deck
from bot.errors import BrokenDeck
from bot.shelf import Shelf
from bot.wiring import CONTENT

SEED = 20260302
KEY = re.compile(r"^([a-z_]+) = (.+)$")
DECKS = [file for file in sorted((CONTENT / "en").glob("*.toml")) if "deck" in tomllib.loads(file.read_text())]
WORDS = {"kind", "mood", "distance", "share", "season", "where", "goes", "command"}
"""Keys that take one of a few words."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A deck with something wrong in one line: the key there, and what the reason has to name."""

    name: str
    file: str
    text: str
    key: str
    hint: str = ""


def _mistyped(line: re.Match[str], chance: random.Random) -> tuple[str, str]:
    key = line[1]
    at = chance.randrange(1, len(key))
    wrong = key[:at] + key[at - 1] + key[at:]
    return f"{wrong} = {line[2]}", f"Did you mean {key!r}?"


def _wrong_kind(line: re.Match[str], chance: random.Random) -> tuple[str, str]:
    return f"{line[1]} = {'{}' if chance.random() < 0.5 else '1.5'}", ""


def _too_long(line: re.Match[str], _: random.Random) -> tuple[str, str]:
    return f'{line[1]} = "{"so " * 100}"', ""


def _empty(line: re.Match[str], _: random.Random) -> tuple[str, str]:
    return f'{line[1]} = "  "', ""


def _wrong_word(line: re.Match[str], chance: random.Random) -> tuple[str, str]:
    word = line[2].strip('"')
    at = chance.randrange(1, len(word))
    return f'{line[1]} = "{word[:at]}{word[at - 1]}{word[at:]}"', f"Did you mean {word!r}?"


def _unclosed(line: re.Match[str], _: random.Random) -> tuple[str, str]:
    return f'{line[1]} = "', ""


def _twice(line: re.Match[str], _: random.Random) -> tuple[str, str]:
    return f"{line[0]}\n{line[0]}", ""


Change = Callable[[re.Match[str], random.Random], tuple[str, str]]
CHANGES: dict[str, tuple[Change, Callable[[str, str], bool]]] = {
    "mistyped": (_mistyped, lambda key, value: len(key) > 3),
    "of another kind": (_wrong_kind, lambda key, value: True),
    "too long": (_too_long, lambda key, value: key in ("text", "title", "short", "about", "id")),
    "empty": (_empty, lambda key, value: key in ("text", "title", "id", "mood")),
    "no such word": (_wrong_word, lambda key, value: key in WORDS and len(value) > 5),
    "unclosed": (_unclosed, lambda key, value: value.startswith('"')),
    "twice": (_twice, lambda key, value: True),
}


def _mistakes() -> Iterator[Mistake]:
    """Of every deck and of every way in turn; where a deck has no line for a way, a key is mistyped there."""
    chance = random.Random(SEED)
    made: set[str] = set()
    for number in itertools.count():
        file, name = DECKS[number % len(DECKS)], list(CHANGES)[number % len(CHANGES)]
        lines = file.read_text(encoding="utf-8").split("\n")
        places = _places(lines, name) or _places(lines, name := "mistyped")
        at, line = chance.choice(places)
        lines[at], hint = CHANGES[name][0](line, chance)
        text = "\n".join(lines)
        if text not in made:
            made.add(text)
            yield Mistake(f"{number}: {line[1]} {name}", file.name, text, line[1], hint)


def _places(lines: list[str], name: str) -> list[tuple[int, re.Match[str]]]:
    """The lines that can be changed in a way."""
    suits = CHANGES[name][1]
    return [(at, one) for at, line in enumerate(lines) if (one := KEY.match(line)) and suits(one[1], one[2])]


MISTAKES = list(itertools.islice(_mistakes(), 200))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_it_is_refused_with_its_place_and_a_hint(mistake: Mistake, tmp_path: Path) -> None:
    """The line names the file, the key, the reason, and what was meant where that can be guessed."""
    file = tmp_path / mistake.file
    file.write_text(mistake.text, encoding="utf-8")

    with pytest.raises(BrokenDeck) as refused:
        read_deck(file)
    told = refused.value
    assert told.file == file
    assert mistake.key in told.key or told.key == "(the file)" or mistake.hint
    assert len(told.reason) > 5
    assert mistake.hint in str(told)
    assert "Traceback" not in str(told)


def test_there_are_two_hundred_and_all_differ() -> None:
    """Each way of being wrong is among them."""
    assert len(MISTAKES) == len({one.text for one in MISTAKES}) == 200
    assert {one.name.split(" ", 2)[2] for one in MISTAKES} == set(CHANGES)


def test_none_of_them_moves_what_holds(tmp_path: Path) -> None:
    """Beside good decks each one, put there while the bot runs, leaves all as they were."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    own = tmp_path / "own"
    own.mkdir()
    shelf = Shelf(shipped, own)
    good = DECKS[0].read_text(encoding="utf-8")
    (own / DECKS[0].name).write_text(good, encoding="utf-8")
    decks = shelf.changed()
    assert decks is not None
    shelf.put(decks)
    before = dict(shelf)
    for number, mistake in enumerate(MISTAKES):
        broken = own / f"{number}-{mistake.file}"
        broken.write_text(mistake.text, encoding="utf-8")
        with pytest.raises(BrokenDeck):
            shelf.changed()
        assert shelf.changed() is None
        broken.unlink()

    assert dict(shelf) == before
