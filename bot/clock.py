"""What time it is; in the engine nothing else reads a clock."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment in whole seconds UTC."""

    def now(self) -> int: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        return int(time.time())


class SettableClock:
    """A clock that stands still until it is moved, for stories and simulations; it only goes forward."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def move_to(self, moment: int) -> None:
        """Turn the clock forward to *moment*; an earlier moment changes nothing."""
        self._now = max(self._now, moment)


class ShiftedClock:
    """Another clock, turned forward by *ahead* seconds: the playground's clock."""

    def __init__(self, beneath: Clock, ahead: int = 0) -> None:
        self._beneath = beneath
        self.ahead = ahead

    def now(self) -> int:
        return self._beneath.now() + self.ahead

    def move_to(self, moment: int) -> None:
        """Turn the clock forward to *moment*; an earlier moment changes nothing."""
        self.ahead = max(self.ahead, moment - self._beneath.now())
