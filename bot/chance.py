"""Where ids and codes come from."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from bot.clock import Clock

RANDOM_BITS = 32
YEAR_2020 = 1_577_836_800


def id_maker(clock: Clock, randbits: Callable[[int], int] = secrets.randbits) -> Callable[[], int]:
    """Ids of 63 bits: seconds since 2020, then chance; they grow, and their gaps tell nothing."""
    last = 0

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
