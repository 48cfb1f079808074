"""Forty kills on Telegram, too long for every run of the tests."""

from __future__ import annotations

from pathlib import Path

from telegram_killed import check_kills_on_telegram


async def test_forty_kills_on_telegram(tmp_path: Path) -> None:
    """Twenty mornings with two kills each: every update is recorded once, every prompt stands once."""
    mornings = await check_kills_on_telegram(tmp_path, runs=20, seed=7)

    assert mornings.kills == 40
