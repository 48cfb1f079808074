"""From a press in the playground to the answer that can be seen, through the real server and its websocket."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.figures import REPETITIONS, Figure, at_most, median, percentile
from benchmarks.stage import temporary

PRESSES = 60
MOST = 100
QUIET = 0.05
"""Seconds without anything new after which a page counts as still."""

FEWER, ALL = "Only Mon, Wed, Fri mornings", "Every morning"


def measure(_: bool) -> Iterator[Figure]:
    """The plan is changed back and forth, and each press is seen on the phones."""
    with temporary() as folder:
        took = asyncio.run(_all(folder))
    slow = median([percentile(one, 95) for one in took])
    usual = median([median(one) for one in took])
    against = f"{REPETITIONS} times {PRESSES} presses; {usual:.0f} ms is usual"
    yield at_most("press to visible answer, p95", slow, MOST, " ms", against)


class Page:
    """What the browser's page knows and does."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.messages: dict[int, dict[str, Any]] = {}

    async def hear(self) -> str:
        """Take in one thing that the server says, and tell what kind it was."""
        said = await self._socket.receive_json(timeout=10)
        if said["kind"] == "trouble":
            raise RuntimeError(f"the playground refuses: {said}")
        for message in [said["message"]] if said["kind"] == "message" else said.get("messages", ()):
            self.messages[message["number"]] = message
        if said["kind"] == "gone":
            self.messages.pop(said["number"], None)
        return str(said["kind"])

    async def stands_still(self) -> None:
        """Hear everything that follows from what was done."""
        with contextlib.suppress(TimeoutError):
            while True:
                await asyncio.wait_for(self.hear(), QUIET)

    async def says(self, phone: str, text: str) -> None:
        await self._does(do="say", phone=phone, chat="us", text=text)
        await self._until("done")

    async def presses(self, phone: str, label: str) -> float:
        """Press the newest choice that has this label; returns the milliseconds until something is to be seen."""
        number, token = self._choice(phone, label)
        began = time.perf_counter()
        await self._does(do="press", phone=phone, message=number, token=token)
        await self._until("message")
        took = time.perf_counter() - began
        await self.stands_still()
        return took * 1000

    def shows(self, phone: str, label: str) -> bool:
        """Whether a choice is there to press."""
        return any(label == choice["label"] for _, choice in self._choices(phone))

    def _choice(self, phone: str, label: str) -> tuple[int, str]:
        for number, choice in self._choices(phone):
            if choice["label"] == label:
                return number, choice["token"]
        raise LookupError(f"no choice {label!r} but {[choice['label'] for _, choice in self._choices(phone)]}")

    def _choices(self, phone: str) -> Iterator[tuple[int, dict[str, Any]]]:
        for number, message in sorted(self.messages.items(), reverse=True):
            if message["chat"] in ("us", phone):
                yield from ((number, choice) for choice in message.get("choices", ()))

    async def _does(self, **deed: object) -> None:
        await self._socket.send_json({"id": f"d{next(self._numbers)}", **deed})

    async def _until(self, kind: str) -> None:
        while await self.hear() != kind:
            pass


async def _all(folder: Path) -> list[list[float]]:
    async with _served(folder) as address, aiohttp.ClientSession() as client:
        origin = address.rstrip("/")
        async with client.ws_connect(f"{address}live", headers={"Origin": origin}) as socket:
            page = Page(socket)
            await _pair(page)
            return [await _presses(page) for _ in range(REPETITIONS)]


async def _pair(page: Page) -> None:
    await page.stands_still()
    await page.says("ann", "/start")
    await page.stands_still()
    for phone in ("ann", "ben"):
        await page.presses(phone, "Tell me more")
        await page.presses(phone, "Join")


async def _presses(page: Page) -> list[float]:
    took = []
    for _ in range(PRESSES):
        took.append(await page.presses("ann", FEWER if page.shows("ann", FEWER) else ALL))
    return took


@asynccontextmanager
async def _served(folder: Path) -> AsyncIterator[str]:
    """The playground in a Python of its own, and its address."""
    program = str(Path(sys.executable).with_name("couple-rituals"))
    words = ("demo", "--no-browser", "--port", "0", "--timezone", "UTC", "--data", str(folder))
    server = await asyncio.create_subprocess_exec(program, *words, stdout=asyncio.subprocess.PIPE)
    try:
        assert server.stdout is not None
        line = (await asyncio.wait_for(server.stdout.readline(), 30)).decode()
        yield line.split()[-1]
    finally:
        server.terminate()
        await server.wait()
