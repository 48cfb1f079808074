"""Keeps a second program away from a database that is in use."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import IO

from bot.errors import AlreadyRunning, StoreUnusable

try:
    import fcntl as _fcntl
except ImportError:  # Windows has no such locks; there SQLite's own lock answers.
    _found: ModuleType | None = None
else:
    _found = _fcntl


def only_one(file: Path) -> IO[bytes]:
    """Hold a database for this program until the handle is closed, by whichever name it is known.

    Raises AlreadyRunning if another one has it, and StoreUnusable where nothing can be written.
    """
    try:
        file = file.resolve()
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = file.with_name(file.name + ".lock").open("ab")
    except OSError as problem:
        raise StoreUnusable(
            f"{file.parent} cannot be written ({problem.strerror}). Check who owns that folder, or choose another one."
        ) from problem
    if _found is None:
        return handle
    try:
        _found.flock(handle, _found.LOCK_EX | _found.LOCK_NB)
    except OSError as problem:
        handle.close()
        raise AlreadyRunning(
            f"Another Couple Rituals is already running on {file}. Stop it first, or give this one another file."
        ) from problem
    return handle
