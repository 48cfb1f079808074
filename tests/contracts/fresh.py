"""A database with its tables and nothing in them, made once for all stages of a test run."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.database import open_engine
from bot.keys import Found


def database_in(folder: Path) -> Path:
    """A fresh one in a folder; migrating it there each time would take longer than most tests."""
    return Path(shutil.copy(_migrated(), folder / "couple.db"))


def key_in(folder: Path) -> Found:
    """Where the host's key is, made when it is first asked for."""
    return Found(folder / "couple.key")


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="couple-rituals-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_engine(folder / "empty.db").dispose()
    return folder / "empty.db"
