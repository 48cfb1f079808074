"""The bot on Discord as its own process, and what a kill leaves."""

from __future__ import annotations

from pathlib import Path

from discord_killed import check_kills_on_discord


async def test_kills_on_discord(tmp_path: Path) -> None:
    """A morning of kill -9 under load: every answer is recorded once, and the prompt stands once."""
    await check_kills_on_discord(tmp_path, runs=1, seed=1)
