"""Somebody writes a deck and watches it in the playground."""

from __future__ import annotations

from pathlib import Path

from browser_hands import Demo, Hand
from playwright.async_api import Browser

DECK = """
[deck]
id = "evening_tea"
title = "Evening tea"
kind = "open"
days = "daily"
at = "16:00"
patience_minutes = 60
closes_after_hours = 8
no_repeat_days = 21

[[prompt]]
id = "te-001"
text = "Two cups, no agenda."
depth = 1
mood = "light"
tags = ["base"]
"""


async def test_each_change_of_the_file_is_shown(tmp_path: Path, browser: Browser) -> None:
    """The ritual stands there at once, a mistake is named in the chat, and the mended file comes."""
    file = tmp_path / "tea.toml"
    file.write_text(DECK)
    demo = Demo(tmp_path / "demo", more=("--deck", str(file)))
    await demo.start()
    try:
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        await page.goto(demo.address)
        ann = Hand(page, "Ann")
        await ann.sees("Two cups, no agenda.")
        await ann.replies("Two cups", "Mint, please")
        await ann.sees("Mint, please")
        file.write_text(DECK.replace("mood", "moood"))
        await ann.sees("Did you mean 'mood'?")
        file.write_text(DECK.replace("no agenda", "and the window"))
        await ann.sees("Two cups, and the window.")
        await page.get_by_role("button", name="Start over").click()
        await page.locator("#start-over").get_by_role("button", name="Start over").click()
        await page.get_by_text("Mint, please").first.wait_for(state="detached")
        await ann.sees("Two cups, and the window.")
    finally:
        said = await demo.end()

    assert "Traceback" not in said
    assert "tea.toml" in said
