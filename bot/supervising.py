"""Keeps the platforms going beside each other: one that fails never stops another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.errors import Misconfigured
from bot.vitals import Standing

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
WELL_AFTER = 300.0
"""Who ran for so many seconds is begun again without a long wait."""

Run = Callable[[], Awaitable[None]]
Noted = Callable[[str, Standing], object]

logger = logging.getLogger(__name__)


def _nobody(_name: str, _standing: Standing) -> None:
    """Nobody wants to know."""


async def supervise(platforms: Mapping[str, Run], stop: asyncio.Event, noted: Noted = _nobody) -> None:
    """Run every platform until *stop*; raises Misconfigured once none is left that could run as it is set up.

    *noted* hears how each stands.
    """
    running = {asyncio.create_task(_keep_going(name, run, noted)) for name, run in platforms.items()}
    stopping = asyncio.create_task(stop.wait())
    try:
        await _until_stopped_or_none_left(running, stopping)
    finally:
        for task in (*running, stopping):
            task.cancel()
        await asyncio.gather(*running, stopping, return_exceptions=True)


async def _until_stopped_or_none_left(running: set[asyncio.Task[None]], stopping: asyncio.Task[object]) -> None:
    left = set(running)
    while left and not stopping.done():
        ended, _ = await asyncio.wait({*left, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in ended & left:
            left.discard(task)
            if not left:
                task.result()


async def _keep_going(name: str, run: Run, noted: Noted) -> None:
    wait = FIRST_WAIT
    now = asyncio.get_running_loop().time
    while True:
        began = now()
        noted(name, Standing.RUNNING)
        try:
            await run()
        except Misconfigured as problem:
            logger.error("%s is given up: %s", name, problem, extra={"action": "platform_given_up"})
            noted(name, Standing.GIVEN_UP)
            raise
        except Exception:
            wait = FIRST_WAIT if now() - began > WELL_AFTER else wait
            logger.exception("%s failed; it begins again in %.0f s", name, wait, extra={"action": "platform_failed"})
        noted(name, Standing.WAITING)
        await asyncio.sleep(wait)
        wait = min(LONGEST_WAIT, wait * 2)
