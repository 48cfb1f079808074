"""How fast Discord is asked."""

from __future__ import annotations

import asyncio
import time

from adapters.discord.pacing import Pace


async def test_no_second_holds_more_than_it_may() -> None:
    """Whatever comes at once is let through in order, so many in any second."""
    pace, passed = Pace(20), []

    async def one(number: int) -> None:
        await pace.turn()
        passed.append((number, time.monotonic()))

    await asyncio.gather(*(one(number) for number in range(50)))

    assert [number for number, _ in passed] == list(range(50))
    assert all(later[1] - first[1] >= 0.99 for first, later in zip(passed, passed[20:], strict=False))
