"""How much one person may do at once, so that nobody can flood a bot that others share.

It is kept in memory: whoever floods across a restart has little more. What is over the limit is not recorded and gets
no mark, which the person is told once.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum

from bot.clock import Clock
from bot.events import Commanded, Completing, Edited, Event, Pressed, Said, Submitted
from bot.posts import InRoom

TIDY_AFTER = 10_000
"""So many people are remembered before those who may do everything again are forgotten."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So much at once, and one more each so many seconds."""

    most: int
    every: int


class Kind(Enum):
    """What is counted apart: words that are kept, and everything that only asks."""

    WORDS = Allowance(200, 10)
    DEEDS = Allowance(300, 2)


class Verdict(Enum):
    """What becomes of an event; of several that are too many only the first is declined in words."""

    WELCOME = "welcome"
    FIRST_TOO_MANY = "first too many"
    TOO_MANY = "too many"


@dataclass(slots=True)
class _Left:
    """How much somebody may still do, as of a moment."""

    amount: float
    at: int
    told: bool = False


class Floods:
    """Remembers how much each person did of late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._left: dict[Hashable, _Left] = {}

    def judge(self, event: Event) -> Verdict:
        """Whether the person may do this as well; counts it if so."""
        kind = _kind(event)
        if kind is None:
            return Verdict.WELCOME
        left = self._now(kind, (kind, event.person.platform, event.person.user))
        if left.amount >= 1:
            left.amount -= 1
            left.told = False
            return Verdict.WELCOME
        if left.told:
            return Verdict.TOO_MANY
        left.told = True
        return Verdict.FIRST_TOO_MANY

    def _now(self, kind: Kind, whose: Hashable) -> _Left:
        now, allowed = self._clock.now(), kind.value
        left = self._left.get(whose)
        if left is None:
            self._tidy()
            left = self._left[whose] = _Left(allowed.most, now)
        # A clock that was set back regains nothing, and takes nothing away.
        left.amount = min(allowed.most, left.amount + max(0, now - left.at) / allowed.every)
        left.at = now
        return left

    def _tidy(self) -> None:
        if len(self._left) < TIDY_AFTER:
            return
        long_ago = self._clock.now() - max(kind.value.most * kind.value.every for kind in Kind)
        self._left = {whose: left for whose, left in self._left.items() if left.at > long_ago}


def _kind(event: Event) -> Kind | None:
    """What an event counts as; what people write to each other, and what platforms tell by themselves, is free."""
    match event:
        case Said(reply_to=None) if isinstance(event.place, InRoom):
            return None
        case Said() | Edited() | Submitted():
            return Kind.WORDS
        case Commanded() | Pressed() | Completing():
            return Kind.DEEDS
        case _:
            return None
