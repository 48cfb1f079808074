"""Which updates are asked for next, so that one which is no JSON holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Sequence

MOST = 100
"""How many updates Telegram hands out at once."""

TRIES_TOGETHER, TRIES_ALONE = 2, 3
"""How often what came may be no JSON before updates are asked for one by one, and before that one is passed over."""

logger = logging.getLogger(__name__)


class Narrowing:
    """From where on, and how many: all at once, or one by one while a batch has something in it that is no JSON."""

    def __init__(self) -> None:
        self.offset = 0
        self._one_by_one = 0
        self._failed: list[int | None] = []

    @property
    def limit(self) -> int:
        """How many are asked for."""
        return 1 if self._one_by_one else MOST

    def taken_in(self, numbers: Sequence[int]) -> None:
        """These are done with, and those behind them come next."""
        self._failed = []
        # Where nothing waits any more, nothing is hidden among others either.
        self._one_by_one = max(0, self._one_by_one - 1) if numbers else 0
        self.offset = max((number + 1 for number in numbers), default=self.offset)

    def unreadable(self, number: int | None) -> None:
        """What came is no JSON; *number* is that of the first update in it, where it can be told."""
        self._failed.append(number)
        if not self._one_by_one:
            if len(self._failed) >= TRIES_TOGETHER:
                self._one_by_one, self._failed = MOST, []
        elif len(self._failed) >= TRIES_ALONE:
            self._pass_over()

    def _pass_over(self) -> None:
        """Only what says itself, each time, that it is this very update: a page of a proxy's stands for none."""
        last = self._failed[-TRIES_ALONE:]
        number = last[0]
        if number is None or number < self.offset or set(last) != {number}:
            logger.error(
                "telegram: what it answers is no JSON and names no update, so none is passed over and all wait; "
                "look at what stands between this machine and Telegram",
                extra={"action": "updates_unreadable"},
            )
            return
        logger.error(
            "update %d is no JSON, asked for alone and again, and is passed over",
            number,
            extra={"action": "update_passed_over"},
        )
        self.taken_in([number])
