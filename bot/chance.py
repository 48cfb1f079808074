"""Where ids and codes come from."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from bot.clock import Clock
from bot.columns import RANDOM_BITS, YEAR_2020


class Dice:
    """Random bits of the system's own source, fetched many at a time: one call of it costs as much as a reply's row."""

    def __init__(self) -> None:
        self._left = b""

    def __call__(self, bits: int) -> int:
        """So many random bits, at most 32."""
        if len(self._left) < 4:
            self._left = secrets.token_bytes(4096)
        drawn, self._left = self._left[:4], self._left[4:]
        return int.from_bytes(drawn, "big") >> (32 - bits)


def id_maker(clock: Clock, randbits: Callable[[int], int] | None = None) -> Callable[[], int]:
    """Ids of 63 bits: seconds since 2020, then chance; they grow, and their gaps tell nothing."""
    last = 0
    randbits = randbits or Dice()

    def new_id() -> int:
        nonlocal last
        fresh = (clock.now() - YEAR_2020) << RANDOM_BITS | randbits(RANDOM_BITS - 1)
        # Within one second ids still grow, so that the outbox keeps its order.
        last = fresh if fresh >> RANDOM_BITS > last >> RANDOM_BITS else last + 1 + randbits(8)
        return last

    return new_id


def new_code() -> str:
    """An invitation's code: 128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)
