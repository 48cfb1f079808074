"""How fast we may ask Discord for anything."""

from __future__ import annotations

import asyncio
import time
from collections import deque

MOST_A_SECOND = 45
"""Of the fifty that Discord allows a bot on all routes together (developers/topics/rate-limits); answers to
interactions do not count. Whoever asks more is refused, and whoever is refused too often is shut out for a while."""


class Pace:
    """Lets so many through in any second, in the order in which they came."""

    def __init__(self, most: int = MOST_A_SECOND) -> None:
        self._most = most
        self._times: deque[float] = deque()
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until one more may go."""
        async with self._queue:
            now = time.monotonic()
            while self._times and now - self._times[0] >= 1:
                self._times.popleft()
            if len(self._times) >= self._most:
                await asyncio.sleep(self._times.popleft() + 1 - now)
            self._times.append(time.monotonic())
