"""What the parts of a deck's file have in common."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, NoReturn

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


def wrong(reason: str) -> NoReturn:
    """Refuse a value for a reason that a reader of the file understands."""
    raise PydanticCustomError("wrong", "{reason}", {"reason": reason})


def near(word: str, known: Iterable[str]) -> str:
    """What was probably meant, as a question; nothing where it cannot be guessed."""
    found = difflib.get_close_matches(word.lower(), list(known), 1)
    return f" Did you mean {found[0]!r}?" if found else ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A check that a word is one of a few."""

    known: tuple[str, ...]

    def __call__(self, word: str) -> str:
        if word not in self.known:
            wrong(f"{word!r} is not one of {', '.join(self.known)}.{near(word, self.known)}")
        return word


def one_of(known: Sequence[str]) -> OneOf:
    """A check that a word is one of a few."""
    return OneOf(tuple(known))


def not_empty(text: str) -> str:
    """Refuse a text that says nothing."""
    if not text.strip():
        wrong("is empty")
    return text


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,23}$")]
Line = Annotated[str, Field(max_length=220), AfterValidator(not_empty)]
Title = Annotated[str, Field(max_length=40), AfterValidator(not_empty)]

STRICT = ConfigDict(extra="forbid", strict=True)
"""What a table does not name is no key of it."""
