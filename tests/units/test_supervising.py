"""Platforms beside each other: one that fails never stops another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot import supervising
from bot.errors import Misconfigured
from bot.supervising import supervise

Platform = Callable[[], Awaitable[None]]


def failing(times: int, stop: asyncio.Event, problem: Exception) -> tuple[Platform, list[int]]:
    """A platform that fails so many times, and then says that it is up."""
    begun: list[int] = []

    async def run() -> None:
        begun.append(len(begun))
        if len(begun) <= times:
            raise problem
        stop.set()
        await asyncio.Event().wait()

    return run, begun


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a test can live through."""
    monkeypatch.setattr(supervising, "FIRST_WAIT", 0.001)


async def test_what_fails_begins_again(caplog: pytest.LogCaptureFixture) -> None:
    """A platform that fails is begun again, with a line in the log each time."""
    stop = asyncio.Event()
    run, begun = failing(3, stop, RuntimeError("odd"))
    with caplog.at_level(logging.ERROR):
        await asyncio.wait_for(supervise({"one": run}, stop), 10)

    assert len(begun) == 4
    assert len([one for one in caplog.records if one.message.startswith("one failed")]) == 3


async def test_one_that_cannot_run_stops_no_other() -> None:
    """A platform with a wrong token is given up; the other one goes on until it is told to stop."""
    stop = asyncio.Event()
    wrong, tried = failing(99, stop, Misconfigured("no such token"))
    right, begun = failing(2, stop, RuntimeError("odd"))
    await asyncio.wait_for(supervise({"wrong": wrong, "right": right}, stop), 10)

    assert [len(tried), len(begun)] == [1, 3]


async def test_when_none_is_left_the_program_says_why() -> None:
    """Where no platform can run as it is set up, there is nothing to wait for."""
    stop = asyncio.Event()
    wrong, _ = failing(99, stop, Misconfigured("no such token"))
    with pytest.raises(Misconfigured, match="no such token"):
        await asyncio.wait_for(supervise({"wrong": wrong, "also wrong": wrong}, stop), 10)


async def test_being_told_to_stop_ends_everything() -> None:
    """A platform hears of the end and finishes what it has to."""
    stop = asyncio.Event()
    ended = []

    async def run() -> None:
        stop.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("finished")

    await asyncio.wait_for(supervise({"one": run}, stop), 10)

    assert ended == ["finished"]
