"""Runs in a Python of its own: loads one thing, and prints how much memory that took."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC
from pathlib import Path

PAGE_LINE = "VmRSS:"


async def core(file: str) -> int:
    """The core over a file, started and aimed at its next moment."""
    from benchmarks.stage import NOW, playing
    from bot.clock import SettableClock
    from bot.wiring import running

    async with playing(Path(file), SettableClock(NOW)) as pieces, running(pieces):
        await asyncio.sleep(0.2)
        return resident()


async def apscheduler(jobs: str) -> int:
    """APScheduler with so many weekly jobs in its memory."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.cron import CronTrigger

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start(paused=True)
    for number in range(int(jobs)):
        when = CronTrigger(day_of_week="mon", hour=8, minute=number % 60, timezone=UTC)
        scheduler.add_job(print, when, args=[number], id=str(number))
    return resident()


def resident() -> int:
    """This program's memory in KiB."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(PAGE_LINE))
    import resource

    # macOS counts bytes, and the highest rather than the present amount.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    print(asyncio.run({"core": core, "apscheduler": apscheduler}[sys.argv[1]](sys.argv[2])))
