"""A real browser, and the playground as its own process."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from browser_hands import PATIENCE, Demo
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """The playground's process over a folder of its own."""
    running = Demo(tmp_path / "demo")
    await running.start()
    yield running
    if running.process is not None and running.process.returncode is None:
        await running.end()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; where it is absent the test skips, and in CI it fails."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium; .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    """The playground's page; an error in its scripts fails the test."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 860})
    opened.set_default_timeout(PATIENCE)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.goto(demo.address)
    yield opened
    assert errors == []
