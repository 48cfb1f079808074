"""Makes nonsense of what is well formed, the same for the same seed."""

from __future__ import annotations

import copy
import json
import math
import random
from collections.abc import Callable, Iterator
from typing import Any

Place = tuple[Any, Any]
"""A container, and the key or the place in it."""

DEEP = "@@ as deep as can be @@"
"""Stands for a value that JSON can write and Python's own writer cannot; put in its place by `written`."""

DEPTHS = (40, 400, 900)
"""How deep lists lie in each other; what is deeper than a thousand no reader of JSON here takes in."""

OF_EACH = 4
HUGE = 30_000
"""Characters of a huge text."""

SECRET = "ZXQWV"
"""Begins every word of nonsense, so that it is found where no word may be."""

NUMBERS = (
    0,
    -1,
    1,
    255,
    2**31,
    -(2**31) - 1,
    2**53 + 1,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    2**64,
    10**18,
    10**30,
    10**400,
    0.5,
    -0.0,
    1e18,
    1e300,
    math.inf,
    -math.inf,
    math.nan,
)
TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "00",
    "١٢٣",  # digits, but none that a number of ours is written with
    "²",
    "1_000",
    "9" * 30,
    "9" * 5000,
    "null",
    "../../..",
    "a/b?c#d",
    "http://[",
    "https://t.me/couple_rituals_bot?start=%ff&field=%ed%a0%80",
    "2026-13-45T99:99:99+99:99",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999-23:59",
    "\ud800",
    "\udfff" + SECRET,
    "\0",
    f"{SECRET}\0{SECRET}",
    f"{SECRET} \u202e\u2066\ufeff",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30,
    f"/start {SECRET}",
    "/" + "a" * 40,
    "%s%d{}{0}",
    "'; DROP TABLE reply; --",
    "write-" + "z" * 13,
    "share-1-" + "-" * 60,
    "form:",
    "~",
    "e\u0301" * 200,
)


class Nonsense:
    """Draws what is wrong with a shape."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._ways: tuple[Callable[[Any, Any], None], ...] = (
            self._leave_out,
            self._leave_out,
            self._nothing,
            self._nothing,
            self._other_kind,
            self._other_kind,
            self._other_kind,
            self._near_miss,
            self._near_miss,
            self._near_miss,
            self._twice,
            self._inside_out,
            self._from_elsewhere,
        )
        self._whole: Any = None

    def of(self, shape: Any) -> Any:
        """A copy with something wrong; of one in twelve nothing is, and of some a lot."""
        # Several times as fast as copying it.
        self._whole = {"": json.loads(json.dumps(shape))}
        for _ in range(self._chance.choice((0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 8))):
            container, key = self._somewhere()
            self._chance.choice(self._ways)(container, key)
            if "" not in self._whole:
                return None
        return self._whole[""]

    def much_of(self, draw: Callable[[], Any], count: int) -> Iterator[Any]:
        """So many pieces of nonsense, several of each shape: to draw one takes longer than to spoil it."""
        for _ in range(count // OF_EACH):
            shape = draw()
            yield from (self.of(shape) for _ in range(OF_EACH))

    def _somewhere(self) -> Place:
        """A place in the shape, sooner far out than deep inside; seldom the whole, or little would be left to read."""
        container, key, goes_on = self._whole, "", 0.98
        while isinstance(container[key], dict | list) and container[key] and self._chance.random() < goes_on:
            container, goes_on = container[key], 0.85
            key = self._chance.choice(list(container) if isinstance(container, dict) else range(len(container)))
        return container, key

    def anything(self) -> Any:
        """A value of any kind."""
        match self._chance.randrange(12):
            case 0:
                return None
            case 1:
                return self._chance.random() < 0.5
            case 2 | 3 | 4:
                return self._chance.choice(NUMBERS)
            case 5 | 6 | 7:
                return self._chance.choice(TEXTS)
            case 8:
                return []
            case 9:
                return {}
            case 10:
                return [self.anything(), {SECRET: self.anything()}]
            case _:
                return self._seldom()

    def _seldom(self) -> Any:
        """What costs time is drawn less often."""
        match self._chance.randrange(20):
            case 0:
                return SECRET + "x" * HUGE
            case 1:
                return f"{DEEP}{self._chance.choice(DEPTHS)}"
            case 2:
                return {f"{SECRET}{number}": number for number in range(300)}
            case _:
                return {"id": self._chance.choice(NUMBERS), "type": self._chance.choice(TEXTS)}

    def _leave_out(self, container: Any, key: Any) -> None:
        del container[key]

    def _nothing(self, container: Any, key: Any) -> None:
        container[key] = None

    def _other_kind(self, container: Any, key: Any) -> None:
        container[key] = self.anything()

    def _near_miss(self, container: Any, key: Any) -> None:
        """The right kind, and yet wrong."""
        match container[key]:
            case bool(was):
                container[key] = self._chance.choice((not was, int(was), str(was)))
            case int(was):
                container[key] = self._chance.choice((-was, was + 1, str(was), [was], *NUMBERS))
            case float(was):
                container[key] = self._chance.choice((-was, str(was), *NUMBERS))
            case str(was):
                middle = len(was) // 2
                cut = (
                    was[:middle],
                    was.upper(),
                    was + was,
                    f"{was[:middle]}\ud83d{was[middle:]}",
                    f"{was}\0",
                    f" {was}",
                )
                container[key] = self._chance.choice(
                    (*cut, *TEXTS, int(was) if was.isdecimal() and len(was) < 30 else 7)
                )
            case dict(was):
                was[self._chance.choice(TEXTS)] = self.anything()
            case list(was):
                was.append(self.anything())
            case _:
                container[key] = self.anything()

    def _twice(self, container: Any, key: Any) -> None:
        if isinstance(container, list):
            container.extend([copy.deepcopy(container[key])] * self._chance.choice((1, 2, 40)))
        else:
            container[f"{key}"] = [copy.deepcopy(container[key])] * 2

    def _inside_out(self, container: Any, key: Any) -> None:
        """In a list of its own, or without the one that it was in."""
        was = container[key]
        if isinstance(was, dict | list) and was:
            container[key] = next(iter(was.values())) if isinstance(was, dict) else was[0]
        else:
            container[key] = self._chance.choice(([was], {"id": was}, {"value": was}, [[was]]))

    def _from_elsewhere(self, container: Any, key: Any) -> None:
        """What stands at another place of the same shape."""
        other, at = self._somewhere()
        container[key] = copy.deepcopy(other[at])


def written(value: Any) -> str:
    """The JSON of something that may be deeper than Python's own writer goes."""
    text = json.dumps(value)
    for depth in DEPTHS if DEEP in text else ():
        text = text.replace(f'"{DEEP}{depth}"', "[" * depth + "]" * depth)
    return text
