"""A copy is whole, sealed and read back; put back, everything is there but what was deleted since."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig

from bot import keys
from bot.backups import Lock, back_up, opened
from bot.cli import run
from bot.clock import SystemClock
from bot.config import Backup, Config
from bot.database import writer_engine
from bot.errors import Misconfigured, StoreUnusable
from bot.keys import Found
from bot.migrations import FOLDER
from bot.restoring import restore
from bot.turn import Repertoire
from bot.wiring import core, nightly
from stories.on_record import words_on_record
from stories.story import Story

KEY = bytes(32)
"""What stories seal with."""

PASSPHRASE = "three small kettles"


async def a_copy(story: Story, folder: Path, passphrase: str = "") -> Path:
    """Made while the bot runs; more is written after."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    file = folder / "copies" / "monday.age"
    back_up(story.folder / "story.db", file, Lock(KEY, passphrase))
    await ann.replies("Written after the copy")
    return file


def elsewhere(folder: Path) -> tuple[Path, Found]:
    """An empty place, with the host's key."""
    place = folder / "elsewhere"
    place.mkdir()
    (place / "host.key").write_text(keys.written(KEY))
    return place / "couple.db", Found(place / "host.key")


async def test_a_copy_made_while_it_runs(story: Story, tmp_path: Path) -> None:
    """Put back in an empty place it holds what there was, and is its owner's alone; nothing in it can be read."""
    file = await a_copy(story, tmp_path)
    held = file.read_bytes()
    database, key = elsewhere(tmp_path)
    restore(file, database, key)

    assert words_on_record(database, key.file) == ["The tea you made"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert b"SQLite" not in held
    assert b"Ann" not in held
    assert [one.name for one in file.parent.iterdir()] == ["monday.age"]


async def test_a_passphrase_brings_the_key_along(story: Story, tmp_path: Path) -> None:
    """On a new machine, without any key, the passphrase is all that it takes."""
    file = await a_copy(story, tmp_path, PASSPHRASE)
    database = tmp_path / "new" / "couple.db"
    restore(file, database, Found(tmp_path / "new.key"), PASSPHRASE)

    assert words_on_record(database, tmp_path / "new.key") == ["The tea you made"]
    with pytest.raises(Misconfigured, match="--passphrase"):
        opened(file, Lock(KEY))


async def test_never_in_the_place_of_another(story: Story, tmp_path: Path) -> None:
    """A database that is there stays as it is."""
    file = await a_copy(story, tmp_path)
    database, key = elsewhere(tmp_path)
    database.write_bytes(b"somebody's")
    with pytest.raises(Misconfigured, match="already"):
        restore(file, database, key)

    assert database.read_bytes() == b"somebody's"


async def test_what_was_deleted_since_stays_deleted(story: Story, tmp_path: Path) -> None:
    """The list beside the database is obeyed before anybody reads the copy."""
    file = await a_copy(story, tmp_path)
    database, key = elsewhere(tmp_path)
    with closing(sqlite3.connect(story.folder / "story.db")) as asked:
        first = asked.execute("SELECT min(id) FROM reply").fetchone()[0]
    database.with_name("couple.db.deleted").write_text(f"{first}\n")

    assert restore(file, database, key) == 1
    assert words_on_record(database, key.file) == []


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "another file"])
async def test_a_damaged_copy(story: Story, tmp_path: Path, damage: str) -> None:
    """It is refused with a sentence, and nothing is left of the attempt."""
    file = await a_copy(story, tmp_path)
    held = file.read_bytes()
    middle = len(held) // 2
    spoilt = {
        "cut": held[:-100],
        "changed": held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :],
        "empty": b"",
        "another file": (story.folder / "story.db").read_bytes(),
    }
    file.write_bytes(spoilt[damage])
    database, key = elsewhere(tmp_path)
    with pytest.raises(Misconfigured, match="nothing was changed"):
        restore(file, database, key)

    assert not database.exists()
    assert sorted(one.name for one in database.parent.iterdir()) == ["host.key"]


async def test_with_another_key(story: Story, tmp_path: Path) -> None:
    """It does not open, and no other key is made."""
    file = await a_copy(story, tmp_path)
    database, key = elsewhere(tmp_path)
    key.file.write_text(keys.written(keys.new_key()))
    with pytest.raises(Misconfigured, match="does not open with this key"):
        restore(file, database, key)
    key.file.unlink()
    with pytest.raises(Misconfigured, match="Put the key back"):
        restore(file, database, key)

    assert not key.file.exists()


async def test_a_copy_from_a_newer_version(story: Story, tmp_path: Path) -> None:
    """It says so, and leaves the place empty."""
    await story.paired()
    newer = tmp_path / "newer.db"
    story.database.close()
    shutil.copy(story.folder / "story.db", newer)
    with closing(sqlite3.connect(newer, isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    await story.restarts()
    file = tmp_path / "newer.age"
    back_up(newer, file, Lock(KEY))
    place, key = elsewhere(tmp_path)
    with pytest.raises(StoreUnusable, match="newer version"):
        restore(file, place, key)

    assert not place.exists()


def test_nothing_to_copy(tmp_path: Path) -> None:
    """Where there is no database yet it says so and makes none."""
    with pytest.raises(Misconfigured, match="nothing to copy"):
        back_up(tmp_path / "couple.db", tmp_path / "copy.age", Lock(KEY))

    assert list(tmp_path.iterdir()) == []


async def test_every_night_one(story: Story, tmp_path: Path) -> None:
    """One a day, from the end of the night on, and only so many are kept; other files there are left alone."""
    await story.paired()
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "couple-rituals-notes.copy").write_text("mine")
    (tmp_path / "host.key").write_text(keys.written(KEY))
    settings = Config(story.folder / "story.db", key_file=tmp_path / "host.key", backup=Backup(folder, 2))
    for day in range(1, 5):
        for hour in (2, 4, 23):
            wall = datetime(2026, 3, day, hour, tzinfo=UTC)
            (job,) = nightly(settings, lambda wall=wall: wall)
            await job.call()

    assert sorted(one.name for one in folder.iterdir()) == [
        "couple-rituals-2026-03-03.copy", "couple-rituals-2026-03-04.copy", "couple-rituals-notes.copy",
    ]  # fmt: skip
    assert opened(folder / "couple-rituals-2026-03-04.copy", Lock(KEY)).database.startswith(b"SQLite format 3")


def copies_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.copy"))


def _takes_its_shape_of(file: Path, revision: str) -> None:
    """The database is as an older version of the program left it."""
    engine, config = writer_engine(f"sqlite:///{file}"), AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["engine"] = engine
    command.downgrade(config, revision)
    engine.dispose()


async def test_before_the_tables_take_another_shape(tmp_path: Path, known: Repertoire) -> None:
    """An older database is copied, sealed, as it was; a new one, and one that is up to date, is not."""
    file, key = tmp_path / "couple.db", Found(tmp_path / "host.key")
    async with core(file, SystemClock(), known, key):
        pass
    async with core(file, SystemClock(), known, key):
        pass
    without = copies_in(tmp_path)
    _takes_its_shape_of(file, "0006")
    async with core(file, SystemClock(), known, key):
        pass
    (copy,) = copies_in(tmp_path)
    held = keys.read_key(key)

    assert without == []
    assert held is not None
    assert opened(copy, Lock(held)).database.startswith(b"SQLite format 3")


async def test_on_the_command_line(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A host copies while the bot runs and puts the copy back elsewhere, with a passphrase from the environment."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    (tmp_path / "here.key").write_text(keys.written(KEY))
    (tmp_path / "here.toml").write_text(f'database = "{story.folder / "story.db"}"\nkey_file = "here.key"\n')
    (tmp_path / "there.toml").write_text('database = "there/couple.db"\nkey_file = "there.key"\n')
    monkeypatch.setenv("COUPLE_RITUALS_PASSPHRASE", PASSPHRASE)
    copy = str(tmp_path / "copy.age")
    codes = [
        run(["backup", copy, "--passphrase", "--config", str(tmp_path / "here.toml")]),
        run(["restore", copy, "--config", str(tmp_path / "there.toml")]),
        run(["restore", copy, "--passphrase", "--config", str(tmp_path / "there.toml")]),
    ]
    told = capsys.readouterr()

    assert codes == [0, 1, 0]
    assert "was read back" in told.out
    assert "there is no key" in told.err.lower()
    assert PASSPHRASE not in told.out + told.err
    assert words_on_record(tmp_path / "there" / "couple.db", tmp_path / "there.key") == ["The tea you made"]
