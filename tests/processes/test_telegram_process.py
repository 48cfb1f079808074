"""The bot on Telegram as its own process, and what a kill leaves."""

from __future__ import annotations

from pathlib import Path

from telegram_killed import check_kills_on_telegram


async def test_kills_on_telegram(tmp_path: Path) -> None:
    """A morning of kill -9 under load: every update is recorded once, and the prompt stands once."""
    await check_kills_on_telegram(tmp_path, runs=1, seed=1)
