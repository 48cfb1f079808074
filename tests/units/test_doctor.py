"""What the doctor finds on this machine."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import doctor
from bot.findings import Finding, Level
from bot.lock import only_one

CODE = "k3kd9sm2kd8a7sn3"
NOBODY = "http://127.0.0.1:9"


def written(folder: Path, text: str = f'database = "a.db"\nhost_code = "{CODE}"\n') -> Path:
    file = folder / "config.toml"
    file.write_text(text)
    file.chmod(0o600)
    return file


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def about(subject: str, file: Path) -> list[Finding]:
    """The findings about one subject."""
    return [one for one in await doctor.examine(file) if one.what.startswith(f"{subject}: ")]


async def test_before_the_first_start(tmp_path: Path) -> None:
    """Only the token is missing; looking makes no file."""
    found = await doctor.examine(written(tmp_path))

    assert [one.what for one in found if one.level is not Level.FINE] == ["platforms: no token"]
    assert names_in(tmp_path) == ["config.toml"]
    assert CODE not in str(found)


async def test_a_database_that_the_bot_works_with(tmp_path: Path, migrated: Path) -> None:
    """That another program holds the database is how it is meant to be."""
    shutil.copy(migrated, tmp_path / "a.db")
    (tmp_path / "a.db").chmod(0o600)
    with contextlib.closing(only_one(tmp_path / "a.db")):
        at_work = await about("database", written(tmp_path))
    at_rest = await about("database", written(tmp_path))

    assert {one.level for one in at_work + at_rest} == {Level.FINE}
    assert "the bot is at work with it" in at_work[0].what
    assert at_rest[0].what == f"database: {tmp_path / 'a.db'} is sound"


class Broken(NamedTuple):
    """A way to break a database, and what the doctor says of it."""

    how: Callable[[Path], object]
    level: Level
    said: str


def newer(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()


def older(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '0000'")
        opened.commit()


def torn(file: Path) -> None:
    """The last page of the file is gone, as after a fault of the disk."""
    file.write_bytes(file.read_bytes()[:-4096] + bytes(4096))


def halved(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:8192])


BROKEN = {
    "newer": Broken(newer, Level.WRONG, "Update the program"),
    "older": Broken(older, Level.FINE, "is brought up to date at the next start"),
    "empty": Broken(lambda file: file.write_bytes(b""), Level.FINE, "is brought up to date at the next start"),
    "torn": Broken(torn, Level.WRONG, "restore it from a backup"),
    "something else": Broken(lambda file: file.write_bytes(b"words " * 999), Level.WRONG, "Restore it from a backup"),
    "halved": Broken(halved, Level.WRONG, "Restore it from a backup"),
    "for everybody": Broken(lambda file: file.chmod(0o644), Level.WRONG, "chmod 600"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
async def test_a_database_in_trouble(tmp_path: Path, migrated: Path, broken: Broken) -> None:
    """Each trouble has its own cure, and the file is left as it is."""
    file = tmp_path / "a.db"
    shutil.copy(migrated, file)
    file.chmod(0o600)
    broken.how(file)
    before = file.read_bytes()
    found = await about("database", written(tmp_path))

    assert [one.level for one in found if broken.said in one.what + one.cure] == [broken.level]
    assert file.read_bytes() == before


async def test_a_locked_database_is_not_called_damaged(tmp_path: Path, migrated: Path) -> None:
    """Whatever else holds it is to be stopped; no backup is spoken of."""
    shutil.copy(migrated, tmp_path / "a.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        (found,) = await about("database", written(tmp_path))

    assert found.level is Level.WRONG
    assert "Another program is using the database" in found.cure


@pytest.mark.parametrize(
    ("text", "what", "level"),
    [
        ("", "config: nobody could be let in", Level.WRONG),
        ('host_code = "short"', "config: host_code is short", Level.LOOK),
        ("couples = 0", "config: cannot be used", Level.WRONG),
    ],
)
async def test_settings_that_do_not_go_together(tmp_path: Path, text: str, what: str, level: Level) -> None:
    """A setting that keeps everybody out, or lets a stranger in, is named."""
    found = await doctor.examine(written(tmp_path, text))

    assert [one.level for one in found if one.what.startswith(what)] == [level]


async def test_who_can_read_the_secrets(tmp_path: Path) -> None:
    """The token's own file is looked at like config.toml, which may then be anybody's; the cure can be pasted."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    secret = folder / "secret"
    secret.write_text("1:abcdef")
    secret.chmod(0o640)
    told = f'couples = "open"\n[telegram]\ntoken_file = "secret"\napi_url = "{NOBODY}"\n'
    file = written(folder, told)
    file.chmod(0o644)
    cures = [one.cure for one in await about("config", file) if one.level is Level.WRONG]
    secret.chmod(0o600)
    mended = await about("config", file)

    assert cures == [f"chmod 600 '{secret}'"]
    assert {one.level for one in mended} == {Level.FINE}


@pytest.mark.parametrize("place", ["a file", "below a file"])
async def test_copies_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    """Every night would fail, so it is said before the first one."""
    (tmp_path / "taken").write_text("")
    folder = "taken" if place == "a file" else "taken/copies"
    (found,) = await about("backup", written(tmp_path, f'[backup]\nfolder = "{folder}"\n'))

    assert found.level is Level.WRONG
    assert "cannot be written" in found.what
    assert "[backup]" in found.cure


@pytest.mark.parametrize(
    ("age", "running", "level"), [(1, True, Level.FINE), (3, True, Level.LOOK), (30, False, Level.FINE)]
)
async def test_how_old_the_newest_copy_is(tmp_path: Path, age: int, running: bool, level: Level) -> None:
    """Of a bot that has been at work for days there are fresh ones; of one that rested there need not be."""
    (tmp_path / "copies").mkdir()
    day = date.today() - timedelta(days=age)
    (tmp_path / "copies" / f"couple-rituals-{day}.copy").write_bytes(b"")
    (tmp_path / "copies" / "couple-rituals-once-a-day.copy").write_bytes(b"")
    with contextlib.ExitStack() as stack:
        if running:
            stack.enter_context(contextlib.closing(only_one(tmp_path / "a.db")))
        (found,) = await about("backup", written(tmp_path, 'database = "a.db"\n[backup]\nfolder = "copies"\n'))

    assert found.level is level
    assert str(day) in found.what


async def test_the_port_that_tells_how_it_is(tmp_path: Path) -> None:
    """Taken or free; while the bot is at work it is the bot's own."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        file = written(tmp_path, f'database = "a.db"\n[health]\nport = {port}\n')
        (taken,) = await about("health", file)
        with contextlib.closing(only_one(tmp_path / "a.db")):
            at_work = await about("health", file)
    (free,) = await about("health", file)

    assert (taken.level, free.level) == (Level.WRONG, Level.FINE)
    assert str(port) in taken.what
    assert "[health]" in taken.cure
    assert at_work == []
