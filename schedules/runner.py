"""Starts and stops the scheduler, aims it at the next due moment, and goes on whatever fails."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from schedules import jobs
from schedules.jobs import Job, Wakeable

AIMED = "aimed"
SOON = timedelta(seconds=0.05)

logger = logging.getLogger(__name__)


class Runner:
    """APScheduler behind one door: it wakes the engine and decides nothing (docs/decisions/0002).

    *beside* is what else runs by itself; *turned* is called after each turn that was made.
    """

    def __init__(
        self, engine: Wakeable, clock: Clock, beside: tuple[Job, ...] = (), turned: Callable[[], object] = tuple
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._beside = beside
        self._turned = turned
        self._turning = asyncio.Lock()
        self._minding: asyncio.Task[None] | None = None
        self._scheduler: Any = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    async def start(self) -> None:
        """Catch up with what came due while the program was away, then keep waking the engine."""
        for job in (*jobs.jobs(self.turn), *self._beside):
            self._scheduler.add_job(_reported(job.name, job.call), "interval", seconds=job.every, id=job.name)
        self._scheduler.start()
        self._minding = asyncio.create_task(self._mind_the_clock())
        await self.turn()

    async def stop(self) -> None:
        """Let what runs finish, then stop waking."""
        if self._minding is not None:
            self._minding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._minding
        self._scheduler.shutdown(wait=False)
        async with self._turning:
            pass

    async def turn(self) -> None:
        """Do whatever is due, then aim at the next moment."""
        async with self._turning:
            await self._engine.share_due()
            await self._engine.close_stale()
            await self._engine.open_due()
        self._turned()
        await self.aim()

    async def aim(self) -> None:
        """Wake at the earliest moment at which there is something to do."""
        moment = await self._engine.next_moment()
        if moment is None or not self._scheduler.running:
            return
        # The clock may be a turned one (the playground's), so only the distance counts; it counts whole seconds.
        second = datetime.now(UTC).replace(microsecond=0)
        wanted = second + timedelta(seconds=moment - self._clock.now())
        at = max(wanted, datetime.now(UTC) + SOON)
        self._scheduler.add_job(_reported(AIMED, self.turn), "date", run_date=at, id=AIMED, replace_existing=True)

    async def _mind_the_clock(self) -> None:
        """Where the machine's clock is set back, everything would wait until it is as late again: run it all anew."""
        ahead = _ahead()
        while True:
            await asyncio.sleep(jobs.SWEEP)
            if _ahead() < ahead - jobs.SWEEP:
                logger.warning("this machine's clock was set back", extra={"action": "clock_set_back"})
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC) + SOON)
            ahead = _ahead()


def _ahead() -> float:
    """How many seconds the clock on the wall is ahead of one that nobody sets."""
    return datetime.now(UTC).timestamp() - time.monotonic()


def _reported(name: str, call: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """The same, and whatever it raises is told; the next time comes."""

    async def run() -> None:
        try:
            await call()
        except Exception:
            logger.exception("job %s failed", name, extra={"action": "job_failed"})

    return run
