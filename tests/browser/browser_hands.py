"""A person's hand on the page, and the playground as its own process."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page

PATIENCE = 20_000


@dataclass(slots=True)
class Demo:
    """`couple-rituals demo`, started, stopped and killed."""

    folder: Path
    process: asyncio.subprocess.Process | None = None
    address: str = ""
    port: str = "0"
    more: tuple[str, ...] = ()

    async def start(self) -> None:
        where = ("--port", self.port, "--data", str(self.folder), "--timezone", "Europe/Berlin")
        words = ("demo", "--no-browser", *where, *self.more)
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        assert self.process.stdout is not None
        line = (await asyncio.wait_for(self.process.stdout.readline(), 30)).decode()
        assert "http://" in line, line
        self.address = line.split()[-1]
        self.port = self.address.rstrip("/").rsplit(":", 1)[1]

    async def end(self, how: signal.Signals = signal.SIGTERM) -> str:
        """Stop or kill it; returns what it printed after its address."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(how)
        rest, _ = await asyncio.wait_for(self.process.communicate(), 20)
        return rest.decode()


@dataclass(slots=True)
class Hand:
    """One person's hand on their phone in the page."""

    page: Page
    name: str

    @property
    def phone(self) -> Locator:
        return self.page.get_by_role("region", name=f"{self.name}’s phone")

    @property
    def panel(self) -> Locator:
        return self.phone.locator(".panel:not([hidden])")

    async def opens(self, chat: str) -> None:
        await self.phone.get_by_role("tab", name=chat).click()

    async def presses(self, label: str) -> None:
        """Press the newest choice with this label in the chat that is open."""
        await self.panel.locator(".choices").get_by_role("button", name=label).last.click()

    async def writes(self, words: str) -> None:
        box = self.panel.locator(".composer textarea")
        await box.fill(words)
        if words.startswith("/"):
            # The list of commands is open; Escape closes it, so that Enter sends what was written.
            await box.press("Escape")
        await box.press("Enter")

    async def replies(self, to: str, words: str) -> None:
        message = self.panel.locator(".message[data-who=bot]", has_text=to).last
        await message.hover()
        await message.locator(".tools").get_by_role("button", name="Reply").click()
        await self.writes(words)

    async def sees(self, words: str) -> None:
        await self.panel.get_by_text(words).last.wait_for(timeout=PATIENCE)

    async def reads(self) -> str:
        return await self.panel.locator("ol").inner_text()
