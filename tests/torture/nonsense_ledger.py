"""An engine that lets everything go, and notes what no adapter may hand it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

from bot.events import Event, Said, Words
from bot.posts import Answer, Place, Silence

UNWRITABLE = re.compile("[\ud800-\udfff\0]")
"""Half a character, which is no UTF-8, and NUL, which not every database takes."""

LARGEST = (1 << 63) - 1


@dataclass(slots=True)
class Ledger:
    """Notes whose words it hears, how many events of each kind, and which of them are not what they say they are."""

    words: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    unsound: Counter[str] = field(default_factory=Counter)
    stumbles_over: str | None = None
    """Words that it always fails to decide about."""

    async def __call__(self, event: Event) -> Answer:
        self.kinds[type(event).__name__] += 1
        self.unsound.update(wrong_in(event, type(event).__name__))
        if isinstance(event, Said):
            words = [part.text for part in event.parts if isinstance(part, Words)]
            if self.stumbles_over in words:
                raise ValueError("a mistake of the engine's own")
            self.words += words
        return Silence()

    async def rooms(self) -> list[str]:
        return []

    async def awaited(self) -> list[str]:
        return []

    async def unheard(self, events: Sequence[str]) -> set[str]:
        return set()

    async def recorded(self, place: Place) -> set[str]:
        return set()


def wrong_in(value: Any, where: str) -> Iterator[str]:
    """Where an event holds something that the engine cannot keep."""
    match value:
        case None | bool() | Enum():
            return
        case str():
            if UNWRITABLE.search(value):
                yield f"{where}: a text that cannot be written"
        case int():
            if abs(value) > LARGEST:
                yield f"{where}: a number that is too large"
        case tuple():
            for one in value:
                yield from wrong_in(one, f"{where}[]")
        case _ if is_dataclass(value):
            yield from _wrong_fields(value, where)
        case _:
            yield f"{where}: a {type(value).__name__}"


def _wrong_fields(value: Any, where: str) -> Iterator[str]:
    for name, kind in _told(type(value)).items():
        held = getattr(value, name)
        if isinstance(kind, type) and not isinstance(held, kind):
            yield f"{where}.{name}: a {type(held).__name__}, where {kind.__name__} is told"
        else:
            yield from wrong_in(held, f"{where}.{name}")


@cache
def _told(kind: type) -> dict[str, Any]:
    """The fields of a kind of event, and of which type they say they are."""
    return get_type_hints(kind)
