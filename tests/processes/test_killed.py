"""The program is killed at random moments; what was acknowledged is there, and nothing came twice."""

from __future__ import annotations

import random
from pathlib import Path

from killed import Page, check_kills


async def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """A pairing and a morning under kill -9; `make torture` lives through weeks of it."""
    await check_kills(Page(tmp_path / "days", random.Random(1)), days=1)
