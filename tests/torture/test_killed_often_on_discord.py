"""Forty kills on Discord, too long for every run of the tests."""

from __future__ import annotations

from pathlib import Path

from discord_killed import check_kills_on_discord


async def test_forty_kills_on_discord(tmp_path: Path) -> None:
    """Twenty mornings with two kills each: every answer is recorded once, every prompt stands once."""
    mornings = await check_kills_on_discord(tmp_path, runs=20, seed=7)

    assert mornings.kills == 40
