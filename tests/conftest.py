"""What every test may ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import wiring
from bot.turn import Repertoire
from stories.story import HOME, Story, told


@pytest.fixture(scope="session")
def known() -> Repertoire:
    """What the bot knows by heart, read once."""
    return wiring.repertoire(HOME)


@pytest.fixture
async def story(tmp_path: Path, known: Repertoire) -> AsyncIterator[Story]:
    """Two partners, a clock and the engine over a real SQLite file."""
    async with told(tmp_path, known) as stage:
        yield stage
