"""Starts and stops the scheduler, aims it at the next due moment, and reports what fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from schedules.jobs import Job, Wakeable, jobs

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
        self._scheduler: Any = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    async def start(self) -> None:
        """Catch up with what came due while the program was away, then keep waking the engine."""
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR)
        for job in (*jobs(self.turn), *self._beside):
            self._scheduler.add_job(job.call, "interval", seconds=job.every, id=job.name)
        self._scheduler.start()
        await self.turn()

    async def stop(self) -> None:
        """Let what runs finish, then stop waking."""
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
        self._scheduler.add_job(self.turn, "date", run_date=at, id=AIMED, replace_existing=True)


def _report(event: JobExecutionEvent) -> None:
    logger.error("job %s failed", event.job_id, exc_info=event.exception, extra={"action": "job_failed"})
