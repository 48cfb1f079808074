"""APScheduler behind its one door: it wakes on time, goes on after a failure, and decides nothing."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.clock import SystemClock
from schedules.runner import Runner


class Sleeper:
    """Something to wake, which remembers when it was woken; *due* is when it wants to be."""

    def __init__(self, due: int | None) -> None:
        self.due = due
        self.woken: list[int] = []
        self.fails = False

    async def open_due(self) -> None:
        self.woken.append(SystemClock().now())
        if self.due is not None and SystemClock().now() >= self.due:
            self.due = None
        if self.fails:
            self.fails = False
            raise OSError("the disk said no")

    async def share_due(self) -> None:
        """Nothing to share."""

    async def close_stale(self) -> None:
        """Nothing to close."""

    async def next_moment(self) -> int | None:
        return self.due


async def test_it_wakes_when_something_is_due() -> None:
    """At start it catches up, and then it wakes at the moment that was aimed at, without waiting for the sweep."""
    sleeper = Sleeper(SystemClock().now() + 2)
    due = sleeper.due
    runner = Runner(sleeper, SystemClock())
    await runner.start()
    for _ in range(60):
        if sleeper.due is None:
            break
        await asyncio.sleep(0.1)
    await runner.stop()

    assert len(sleeper.woken) == 2
    assert due is not None
    assert sleeper.woken[1] >= due


async def test_a_failure_is_reported_and_the_next_moment_still_comes(caplog: pytest.LogCaptureFixture) -> None:
    """A turn that fails is a line in the log, and the one after it comes all the same."""
    sleeper = Sleeper(SystemClock().now() + 1)
    runner = Runner(sleeper, SystemClock())
    await runner.start()
    sleeper.fails = True
    with caplog.at_level(logging.ERROR):
        for _ in range(50):
            await asyncio.sleep(0.1)
            if any(getattr(record, "action", "") == "job_failed" for record in caplog.records):
                break
    sleeper.due = SystemClock().now() + 1
    await runner.aim()
    woken = len(sleeper.woken)
    await asyncio.sleep(2.2)
    await runner.stop()

    assert [record.action for record in caplog.records if hasattr(record, "action")] == ["job_failed"]
    assert len(sleeper.woken) > woken
