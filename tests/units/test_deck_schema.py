"""The JSON Schema of decks says what the program says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bot.deckschema import schema, written
from bot.wiring import CONTENT

PUBLISHED = Path(__file__).parents[2] / "docs" / "deck.schema.json"
DECKS = [file for file in sorted((CONTENT / "en").glob("*.toml")) if "deck" in tomllib.loads(file.read_text())]


@pytest.fixture(scope="module")
def checks() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(schema())


def test_what_is_published_is_what_holds() -> None:
    """`couple-rituals deck-schema > docs/deck.schema.json` writes it anew."""
    assert PUBLISHED.read_text() == written()


@pytest.mark.parametrize("file", DECKS, ids=lambda file: file.stem)
def test_every_deck_that_ships_fits(file: Path, checks: jsonschema_rs.Validator) -> None:
    """No editor marks anything in them."""
    found = [f"{one.instance_path}: {one.message}" for one in checks.iter_errors(tomllib.loads(file.read_text()))]

    assert found == []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("deck", "kind"), "opne"),
        (("deck", "days"), "monday"),
        (("deck", "at"), "8:00"),
        (("deck", "patience_minutes"), 0),
        (("deck", "titel"), "Wins"),
        (("prompt", 0, "mood"), "glad"),
        (("prompt", 0, "text"), "so " * 100),
        (("prompt", 0, "needs"), ["rain"]),
    ],
    ids=lambda one: ".".join(map(str, one)) if isinstance(one, tuple) else "",
)
def test_a_mistake_is_marked(where: tuple[str | int, ...], value: object, checks: jsonschema_rs.Validator) -> None:
    """Words that are not known, numbers that are too small, keys that are none."""
    deck = tomllib.loads((CONTENT / "en" / "wins.toml").read_text())
    part: Any = deck
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value

    assert not checks.is_valid(json.loads(json.dumps(deck)))


def test_every_key_has_its_line_in_the_documentation() -> None:
    """What an editor would propose stands in docs/decks.md, by its name in a table, in prose or in an example."""
    page = (PUBLISHED.parent / "decks.md").read_text()
    parts = [schema(), *schema()["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}

    assert len(keys) > 80
    assert sorted(key for key in keys if not re.search(rf"`{key}`|[\[.]{key}\]|\b{key} = ", page)) == []


def test_who_closes_by_itself_need_not_say_when(checks: jsonschema_rs.Validator) -> None:
    """A sealed deck without the key is marked nowhere; an open one is."""
    sealed = tomllib.loads((PUBLISHED.parents[1] / "tests" / "decks" / "lamplight.toml").read_text())
    wins = tomllib.loads((CONTENT / "en" / "wins.toml").read_text())
    del wins["deck"]["closes_after_hours"]

    assert "closes_after_hours" not in sealed["deck"]
    assert checks.is_valid(sealed)
    assert not checks.is_valid(wins)


def test_only_what_comes_by_itself_says_when(checks: jsonschema_rs.Validator) -> None:
    """A walk needs no days; an open ritual does."""
    walk = tomllib.loads((CONTENT / "en" / "practice_listening.toml").read_text())
    wins = tomllib.loads((CONTENT / "en" / "wins.toml").read_text())
    del wins["deck"]["days"]

    assert "days" not in walk["deck"]
    assert checks.is_valid(walk)
    assert not checks.is_valid(wins)
