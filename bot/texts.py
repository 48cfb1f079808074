"""Every text that a person can see, in one list, each with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, SelectExpression, Term, TextElement

EXEMPT = ("leave_out", "forbidden", "banned", "never_answer_a_low_with", "seed")
"""The keys that may quote what is left out, as voice.toml names them."""

NOT_SHOWN = {"id", "kind", "mood", "share", "season", "days", "at", "distance", "tags", "needs"} | {
    "who", "where", "roles", "goes", "command", "when", "best", "rests_with", "sets", "rests_after", "suits",
}  # fmt: skip
UNSEEN = {"script", "style", "svg", "title"}

Shown = tuple[str, str]
"""A place and what is shown there."""


def texts_in(folder: Path) -> list[Shown]:
    """Every text of a language: its decks', and the system's own words."""
    found: list[Shown] = []
    for file in sorted(folder.glob("*.toml")):
        deck = tomllib.loads(file.read_text(encoding="utf-8"))
        if "deck" in deck:
            found += [(f"{file.name}{key}", text) for key, text in _texts_of(deck)]
    tree = FluentParser().parse((folder / "words.ftl").read_text(encoding="utf-8"))
    for entry in tree.body:
        if isinstance(entry, Message | Term):
            patterns = [one.value for one in (entry, *entry.attributes) if one.value is not None]
            found.append((f"words.ftl {entry.id.name}", " ".join(word for one in patterns for word in _words(one))))
    return found


def directories_in(file: Path) -> list[Shown]:
    """What is said about where a person can turn to."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return [(f"{file.name} {one['name']}", f"{one['name']}: {one['covers']}") for one in table["directory"]]


def texts_of_the_page() -> list[Shown]:
    """What stands on the playground's page."""
    reader = _Page()
    reader.feed(files("adapters.playground").joinpath("page/index.html").read_text(encoding="utf-8"))
    return [("playground", text) for text in reader.texts]


class _Page(HTMLParser):
    """Collects the words between tags, and the labels for who cannot see them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self.texts += [value for name, value in attrs if name in ("aria-label", "placeholder", "alt") and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._unseen:
            self.texts.append(" ".join(data.split()))


def _texts_of(value: Any, key: str = "") -> Iterator[Shown]:
    """Every string of a deck that is shown, with the key it stands at."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _texts_of(one, f"{key}[{at}]")
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in NOT_SHOWN and not name.startswith(EXEMPT):
                yield from _texts_of(one, f"{key}.{name}")


def _words(pattern: Pattern) -> Iterator[str]:
    for element in pattern.elements:
        if isinstance(element, TextElement):
            yield element.value
        elif isinstance(element.expression, SelectExpression):
            for variant in element.expression.variants:
                yield from _words(variant.value)
