"""What the parts of a deck's file have in common."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, NoReturn

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema
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
            # Nothing at all stands for what is left out, and is nothing to propose.
            named = [one for one in self.known if one]
            wrong(f"{word!r} is not one of {', '.join(named)}.{near(word, named)}")
        return word


def one_of(known: Sequence[str]) -> OneOf:
    """A check that a word is one of a few."""
    return OneOf(tuple(known))


def not_empty(text: str) -> str:
    """Refuse a text that says nothing."""
    if not text.strip():
        wrong("is empty")
    return text


def _minutes(written: object) -> int:
    """Minutes after midnight for a time such as "08:00"."""
    hours, colon, rest = written.partition(":") if isinstance(written, str) else ("", "", "")
    exact = len(hours) == len(rest) == 2 and (hours + rest).isdecimal() and (hours + rest).isascii()
    if not (colon and exact and int(hours) < 24 and int(rest) < 60):
        wrong(f'{written!r} is not a time such as "08:00" or "22:30"')
    return int(hours) * 60 + int(rest)


def twice(key: str, names: Sequence[str], places: Sequence[object] = ()) -> Iterable[tuple[str, str]]:
    """The key of each name that is there already."""
    for at, name in enumerate(names):
        if name in names[:at]:
            yield key.format(places[at] if places else at), f"{name!r} is there twice"


def placeholders(
    key: str, text: str, needed: Sequence[str], possible: Collection[str] = ()
) -> Iterable[tuple[str, str]]:
    """What is wrong with the braces of a text: each of *needed* stands in it once, what is *possible* may."""
    try:
        found = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        found = ["{"]
    if sorted(field for field in found if field not in possible) != sorted(needed):
        rules = [
            *(f"{{{name}}} stands in it once" for name in needed),
            *(f"{{{name}}} may stand in it" for name in possible),
        ]
        yield key, f"{rules[0]}, and nothing else in braces"


DeckId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,23}$")]
Line = Annotated[str, Field(max_length=220), AfterValidator(not_empty)]
TIME_WRITTEN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
TimeOfDay = Annotated[int, BeforeValidator(_minutes), WithJsonSchema({"type": "string", "pattern": TIME_WRITTEN})]
Title = Annotated[str, Field(max_length=40), AfterValidator(not_empty)]

STRICT = ConfigDict(extra="forbid", strict=True)
"""What a table does not name is no key of it."""
