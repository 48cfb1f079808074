"""Two programs on one database: the second refuses, by whichever name it knows the file, and the first goes on.
Ten seconds.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from storage import a_morning, asked, refusal


@pytest.mark.parametrize("name", ["the same", "a folder's other name", "the file's other name"])
async def test_a_second_program_refuses(tmp_path: Path, name: str) -> None:
    """It says that one is running and ends, and what the two write to the first is on record once."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        second = _second(tmp_path, morning.process.database, name, morning.process.config)
        morning.both_write("before")
        said = refusal(await asyncio.to_thread(asked, "run", folder=second, seconds=10))
        morning.both_write("after")
        await morning.settles()
        await morning.process.stop()

        assert "already running" in said
        assert morning.is_on_record_once()


def _second(folder: Path, database: Path, name: str, config: str) -> Path:
    """Another folder with a config.toml that names the database in its own way."""
    second = folder / "second"
    second.mkdir()
    named = database
    if name == "a folder's other name":
        (second / "link").symlink_to(database.parent, target_is_directory=True)
        named = second / "link" / database.name
    elif name == "the file's other name":
        (second / "link.db").symlink_to(database)
        named = second / "link.db"
    where = f'database = "{named}"\nkey_file = "{folder / "couple-rituals.key"}"\n'
    (second / "config.toml").write_text(where + config)
    return second
