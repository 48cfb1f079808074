"""The fields of what the page sends, each refusing what it should not be."""

from __future__ import annotations

import re
from typing import Any

from adapters.playground.places import OWNERS, is_shown_to
from bot.events import Part, Picked, Words
from bot.posts import MOST_FIELDS, Token

LONGEST_TEXT = 20_000
LONGEST_NAME = 64

RECORDINGS = ("voice", "picture")
LARGEST_NUMBER = 2**53
"""The largest whole number that a page can hold exactly."""

_SURROGATE = re.compile("[\ud800-\udfff\x00]")


class Unreadable(Exception):
    """What the page sent makes no sense; *why* names the page's phrase for it."""

    def __init__(self, why: str, id: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.id = id


class Fields:
    """A message's fields."""

    def __init__(self, sent: dict[str, Any]) -> None:
        self._sent = sent
        self.id = ""
        self.id = self.text("id", LONGEST_NAME)
        if not self.id:
            raise Unreadable("malformed")

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        return self.clean(self._sent.get(name), longest)

    def written(self, name: str) -> str:
        text = self.text(name)
        if not text.strip():
            raise Unreadable("empty", self.id)
        return text

    def number(self, name: str) -> int:
        value = self._sent.get(name, 0)
        if type(value) is not int or not 0 <= value < LARGEST_NUMBER:
            raise Unreadable("malformed", self.id)
        return value

    def phone(self) -> str:
        return self._one_of(self.text("phone", LONGEST_NAME), [owner.user for owner in OWNERS])

    def chat(self) -> str:
        chat = self.text("chat", LONGEST_NAME)
        return self._one_of(chat, [chat] if is_shown_to(chat, self.phone()) else [])

    def holds(self) -> str:
        return self._one_of(self.text("holds", LONGEST_NAME) if "holds" in self._sent else "", ["", *RECORDINGS])

    def token(self) -> Token:
        return Token.parse(self.text("token"))

    def answers(self) -> tuple[tuple[str, Part], ...]:
        given = self._sent.get("answers")
        if not isinstance(given, dict) or len(given) > MOST_FIELDS:
            raise Unreadable("malformed", self.id)
        return tuple((self.clean(name, LONGEST_NAME), self._part(value)) for name, value in given.items())

    def clean(self, value: Any, longest: int) -> str:
        if not isinstance(value, str):
            raise Unreadable("malformed", self.id)
        if len(value) > longest:
            raise Unreadable("too-long", self.id)
        # Half a character cannot be written as UTF-8, and a NUL not into every database.
        return _SURROGATE.sub("\ufffd", value)

    def _part(self, value: Any) -> Part:
        if type(value) is int and 0 <= value < LONGEST_TEXT:
            return Picked(value)
        return Words(self.clean(value, LONGEST_TEXT))

    def _one_of(self, value: str, allowed: list[str]) -> str:
        if value not in allowed:
            raise Unreadable("malformed", self.id)
        return value
