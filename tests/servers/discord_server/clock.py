"""The server's clock, which a test can move, and ids that tell when they were made."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

EPOCH = 1_420_070_400_000
"""The first moment of 2015, in milliseconds, from which Discord's ids count."""


@dataclass(slots=True)
class Clock:
    """Real time, plus what a test has added."""

    ahead: float = 0.0

    @classmethod
    def beginning(cls, moment: float | None) -> Clock:
        """A clock that shows this moment now, or the real one."""
        return cls(0.0 if moment is None else moment - time.time())

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead

    def forward(self, seconds: float) -> None:
        """Let time pass without waiting."""
        self.ahead += seconds

    def turn_to(self, moment: float) -> None:
        """Make it this moment."""
        self.ahead = moment - time.time()


@dataclass(slots=True)
class Snowflakes:
    """Ids that grow with time, as Discord makes them."""

    clock: Clock
    newest: int = field(default=0)

    def next(self) -> int:
        """An id that nothing else has."""
        self.newest = max(self.newest + 1, first_of(self.clock.now()))
        return self.newest


def first_of(moment: float) -> int:
    """The smallest id that could have been made at this moment."""
    return (int(moment * 1000) - EPOCH) << 22


def written(moment: float) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
