"""What the program knows of itself, and whom it tells."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from pathlib import Path

import aiohttp
import pytest

from adapters.health import listening
from bot import vitals as module
from bot.errors import Misconfigured, StoreUnusable
from bot.notifying import notify, watchdog_seconds
from bot.vitals import CountingErrors, Standing, Vitals

RUNNING, WAITING, GIVEN_UP = Standing.RUNNING, Standing.WAITING, Standing.GIVEN_UP


async def answers() -> None:
    """A database that does."""


async def fails() -> None:
    raise StoreUnusable("The disk is full.")


async def hangs() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("platforms", "is_well"),
    [
        ((), True),
        ((RUNNING,), True),
        ((WAITING,), True),
        ((GIVEN_UP,), False),
        ((GIVEN_UP, WAITING), True),
        ((GIVEN_UP, GIVEN_UP), False),
    ],
)
async def test_a_platform_that_does_not_answer_is_its_own_trouble(
    platforms: tuple[Standing, ...], is_well: bool
) -> None:
    """A new start would cure nothing; only with every platform given up is the program of no use."""
    vitals = Vitals()
    for number, standing in enumerate(platforms):
        vitals.note_platform(f"platform {number}", standing)

    assert (await vitals.look(answers)).is_well == is_well


async def test_a_schedule_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn long ago is a sign of it, and the next turn takes it back."""
    vitals = Vitals()
    vitals.turned_at = time.monotonic() - module.WELL_FOR - 1
    hung = await vitals.look(answers)
    vitals.note_turn()

    assert not hung.is_well
    assert (await vitals.look(answers)).is_well


@pytest.mark.parametrize("ask", [fails, hangs])
async def test_a_database_that_does_not_answer(ask: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it says no or says nothing."""
    monkeypatch.setattr(module, "ANSWERS_WITHIN", 0.01)
    found = await Vitals().look(ask)  # type: ignore[arg-type]

    assert (found.database, found.is_well) == (False, False)


def test_errors_are_counted_by_what_failed() -> None:
    """Warnings are none; a library's error has no action."""
    vitals = Vitals()
    handler = CountingErrors(vitals)
    for level, extra in (("ERROR", {"action": "job_failed"}), ("ERROR", {}), ("WARNING", {"action": "late"})):
        record = logging.LogRecord("x", logging.getLevelName(level), "x.py", 1, "x", (), None)
        record.__dict__.update(extra)
        if record.levelno >= handler.level:
            handler.handle(record)

    assert vitals.errors == {"job_failed": 1, "other": 1}


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears_it(tmp_path: Path, abstract: bool) -> None:
    """At a socket in a folder or in the abstract namespace."""
    name = f"@{tmp_path.name}-{os.getpid()}" if abstract else str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name[1:]}" if abstract else name)
        systemd.settimeout(5)
        notify("READY=1", {"NOTIFY_SOCKET": name})
        heard = systemd.recv(100)

    assert heard == b"READY=1"


def test_where_nobody_listens(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without systemd nothing is sent; with a socket that is gone the program goes on and says so."""
    notify("READY=1", {})
    silent = list(caplog.records)
    notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})

    assert silent == []
    assert "could not be told READY=1" in caplog.text


def test_where_nobody_reads(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A socket that is full holds up nobody."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as deaf:
        deaf.bind(str(tmp_path / "socket"))
        for _ in range(2000):
            notify("WATCHDOG=1", {"NOTIFY_SOCKET": str(tmp_path / "socket")})
            if caplog.records:
                break

    assert "could not be told WATCHDOG=1" in caplog.text


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, 0),
        ({"WATCHDOG_USEC": "30000000"}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"}, 0),
    ],
)
def test_who_waits_for_signs_of_life(environment: dict[str, str], seconds: int) -> None:
    """systemd says how often, and which of its processes it means."""
    assert watchdog_seconds(environment, pid=7) == seconds


async def test_the_port_answers_this_machine_only() -> None:
    """Well or not is the status; a page elsewhere whose name points here learns nothing."""
    state = {"well": True}

    async def healthz() -> tuple[bool, dict[str, object]]:
        return state["well"], dict(state)

    async def metrics() -> bytes:
        return b"couple_rituals_outbox_waiting 0\n"

    async with listening(0, healthz, metrics) as port, aiohttp.ClientSession() as http:

        async def asks(path: str, host: str = "") -> tuple[int, str]:
            headers = {"Host": host} if host else {}
            async with http.get(f"http://127.0.0.1:{port}{path}", headers=headers) as answer:
                return answer.status, await answer.text()

        well = await asks("/healthz")
        state["well"] = False
        unwell = await asks("/healthz")
        numbers = await asks("/metrics")
        foreign = [await asks(path, f"rebound.example.org:{port}") for path in ("/healthz", "/metrics")]
        nothing = await asks("/")

    assert well == (200, '{"well": true}')
    assert unwell == (503, '{"well": false}')
    assert numbers == (200, "couple_rituals_outbox_waiting 0\n")
    assert [status for status, _ in foreign] == [403, 403]
    assert nothing[0] == 404


async def test_a_port_that_is_taken() -> None:
    """The sentence names it, and where to choose another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=rf"Port {port} cannot be listened on .*\[health\]"):
            async with listening(port, answers, answers):  # type: ignore[arg-type]
                pass
