"""Weeks of kill -9."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from killed import Page, check_kills


@pytest.mark.parametrize("seed", range(4))
async def test_weeks_of_kills(tmp_path: Path, seed: int) -> None:
    """Six days, each deed and each turn of the clock under a kill at another moment."""
    await check_kills(Page(tmp_path / "week", random.Random(seed)), days=6)
