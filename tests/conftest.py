"""What every test may ask for."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import logs, wiring
from bot.database import open_engine
from bot.turn import Repertoire
from stories.story import HOME, Story, told

# As adapters/telegram/frontend.py sets it, for tests that use its parts alone.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Timing is not a test: a busy machine may be slow.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def known() -> Repertoire:
    """What the bot knows by heart, read once."""
    return wiring.repertoire(HOME)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them, migrated once and copied by every story."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    open_engine(file).dispose()
    return file


@pytest.fixture
async def story(tmp_path: Path, known: Repertoire, migrated: Path) -> AsyncIterator[Story]:
    """Two partners, a clock and the engine over a real SQLite file."""
    async with told(tmp_path, known, migrated) as stage:
        yield stage


@pytest.fixture
def unhandled() -> Iterator[None]:
    """Leaves logging as it was."""
    root = logging.getLogger()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in ("", *logs.OURS)}
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
