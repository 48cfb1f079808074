"""The server's clock, which a test can move."""

from __future__ import annotations

import time


class MovableClock:
    """Real time, plus what a test has added."""

    def __init__(self, begins_at: float | None = None) -> None:
        self._ahead = 0.0 if begins_at is None else begins_at - time.time()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def date(self) -> int:
        """The moment as Telegram writes it."""
        return int(self.now())

    def forward(self, seconds: float) -> None:
        """Let time pass without waiting."""
        self._ahead += seconds

    def turn_to(self, moment: float) -> None:
        """Make it this moment."""
        self._ahead = moment - time.time()
