"""Looks at everything that the bot needs, and says what is wrong and how to mend it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
from pathlib import Path
from zoneinfo import available_timezones

from bot import migrations
from bot.config import Config, read_config
from bot.errors import Misconfigured, RitualsError
from bot.findings import Finding, fine, look, wrong
from bot.lock import only_one

LITTLE_ROOM = 200 * 1024 * 1024
TOO_LITTLE_ROOM = 20 * 1024 * 1024
OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def examine(path: Path) -> list[Finding]:
    """Every finding, in the order in which one would mend them."""
    try:
        config = read_config(path)
    except Misconfigured as problem:
        return [wrong("config: cannot be used", str(problem))]
    found = [fine(f"config: {path} is in order"), *_secrecy(path, config), _content(), _zones()]
    found += [_room_on_disk(config.database), *_database(config.database)]
    if config.couples == "ask-host" and not config.host_code:
        found.append(wrong("config: nobody could be let in", "Run `couple-rituals init`, or set host_code or couples."))
    return found + await _platforms(config)


async def _platforms(config: Config) -> list[Finding]:
    if not config.telegram:
        return [wrong("platforms: no token", "Run `couple-rituals init`; `couple-rituals demo` needs none.")]
    from adapters.telegram.checking import check

    return await check(config.telegram.token, config.telegram.api_url, running=_is_running(config.database))


def _secrecy(path: Path, config: Config) -> list[Finding]:
    if not config.telegram and not config.discord and not config.host_code:
        return []
    if path.stat().st_mode & OTHERS:
        return [wrong(f"config: others on this machine can read {path}, and the token in it", f"chmod 600 {path}")]
    return [fine("config: only its owner can read it")]


def _content() -> Finding:
    from bot.wiring import CONTENT, repertoire

    try:
        known = repertoire("UTC", content=CONTENT)
    except RitualsError as problem:
        return wrong("rituals: a deck cannot be read", str(problem))
    return fine(f"rituals: {len(known.decks)} decks")


def _zones() -> Finding:
    zones = len(available_timezones())
    if zones < 400:
        return wrong(f"time zones: only {zones} are known", "Install the package tzdata (pip install tzdata).")
    return fine(f"time zones: {zones} are known")


def _room_on_disk(database: Path) -> Finding:
    folder = next(folder for folder in database.resolve().parents if folder.exists())
    free = shutil.disk_usage(folder).free
    said = f"disk: {free // (1024 * 1024):,} MB free at {folder}"
    if not os.access(folder, os.W_OK):
        return wrong(f"disk: {folder} cannot be written", "Check who owns it, or set database to another place.")
    if free < TOO_LITTLE_ROOM:
        return wrong(said, "Make room: without it nothing that is written can be kept.")
    return look(said, "Make room before it runs out.") if free < LITTLE_ROOM else fine(said)


def _database(file: Path) -> list[Finding]:
    if not file.exists():
        return [fine(f"database: {file} will be made at the first start")]
    try:
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            (sound,) = opened.execute("PRAGMA quick_check(1)").fetchone()
            (shape,) = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as problem:
        return [wrong(f"database: {file} cannot be read ({problem})", "Restore it from a backup.")]
    if sound != "ok":
        return [wrong(f"database: {file} is damaged", "Stop the bot and restore it from a backup.")]
    return [_shape(file, str(shape)), *_database_secrecy(file)]


def _shape(file: Path, shape: str) -> Finding:
    if shape > migrations.HEAD:
        return wrong(f"database: {file} was made by a newer version ({shape})", "Update the program.")
    if shape < migrations.HEAD:
        return fine(f"database: {file} is sound, and is brought up to date at the next start")
    return fine(f"database: {file} is sound")


def _database_secrecy(file: Path) -> list[Finding]:
    if file.stat().st_mode & OTHERS:
        return [wrong(f"database: others on this machine can read {file}, and the words in it", f"chmod 600 {file}*")]
    return []


def _is_running(database: Path) -> bool:
    if not database.exists():
        return False
    try:
        only_one(database).close()
    except RitualsError:
        return True
    return False
