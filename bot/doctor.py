"""Looks at everything that the bot needs, and says what is wrong and how to mend it."""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
import stat
from datetime import date
from importlib import metadata
from pathlib import Path
from zoneinfo import available_timezones

from bot import migrations
from bot.around import look_around
from bot.config import Config, Discord, read_config, secret_files
from bot.database import explained, stored_key, unreadable_in
from bot.errors import AlreadyRunning, Misconfigured, RitualsError
from bot.findings import Finding, fine, look, wrong
from bot.keys import Found, check, read_key
from bot.lock import only_one
from bot.sealing import Sealed

OTHERS = stat.S_IRWXG | stat.S_IRWXO
FEW_ZONES = 400
SHORT_CODE = 12
"""A code of fewer letters and digits could be guessed by trying."""


async def examine(path: Path) -> list[Finding]:
    """Every finding, in the order in which one would mend them."""
    try:
        config, secret = read_config(path), secret_files(path)
    except Misconfigured as problem:
        return [wrong("config: cannot be used", str(problem)), _content(), _zones()]
    running = _is_running(config.database)
    return [
        fine(f"config: {path} is in order"),
        *(_secrecy("config", file, "the secrets in it") for file in secret),
        *_welcome(config),
        _content(config.rituals),
        _zones(),
        *look_around(config, date.today(), running=running),
        *_database(config.database, running=running),
        _key(config),
        *await _platforms(config, running=running),
    ]


async def _platforms(config: Config, *, running: bool) -> list[Finding]:
    found: list[Finding] = []
    if config.telegram:
        from adapters.telegram import checking as telegram

        found += await telegram.check(config.telegram.token, config.telegram.api_url, running=running)
    if config.discord:
        found += await _discord(config.discord, config.database)
    return found or [wrong("platforms: no token", "`couple-rituals init --force` asks for one; `demo` needs none.")]


async def _discord(settings: Discord, database: Path) -> list[Finding]:
    from adapters.discord.checking import check
    from bot.phrasebook import Phrasebook
    from bot.wiring import CONTENT

    try:
        words = Phrasebook.read(CONTENT)
    except RitualsError:
        return []  # The rituals' own finding says so.
    rooms = _channels(database)
    return await check(settings.token, settings.api_url, words, rooms, gateway_url=settings.gateway_url)


def _channels(database: Path) -> list[str]:
    """The couples' channels on Discord, newest first."""
    if not database.exists():
        return []
    try:
        with contextlib.closing(_opened(database)) as opened:
            found = opened.execute("SELECT chat FROM room WHERE platform = 'discord' AND NOT private ORDER BY id DESC")
            return [chat for (chat,) in found]
    except sqlite3.Error:
        return []  # The database's own finding says so.


def _secrecy(of: str, file: Path, what: str) -> Finding:
    # Windows has other rights than these, and shows the same ones for every file.
    if os.name == "posix" and file.stat().st_mode & OTHERS:
        cure = f"chmod 600 {shlex.quote(str(file))}"
        return wrong(f"{of}: others on this machine can read or change {file}, and {what}", cure)
    return fine(f"{of}: only its owner can read {file}")


def _welcome(config: Config) -> list[Finding]:
    if config.couples != "ask-host":
        return []
    if not config.host_code:
        return [
            wrong("config: nobody could be let in", "Run `couple-rituals init --force`, or set host_code or couples.")
        ]
    if len(config.host_code) < SHORT_CODE:
        return [look("config: host_code is short, so a stranger could guess it", f"Make it {SHORT_CODE} or more.")]
    return []


def _content(*own: Path) -> Finding:
    from bot.wiring import repertoire, shelf

    try:
        known = repertoire("UTC", decks=shelf(*own))
    except RitualsError as problem:
        return wrong("rituals: a deck cannot be read", str(problem))
    return fine(f"rituals: {len(known.decks)} decks")


def _zones() -> Finding:
    zones, version = len(available_timezones()), _tzdata()
    if zones < FEW_ZONES:
        return wrong(f"time zones: only {zones} are known", "Install the package tzdata (pip install tzdata).")
    return fine(f"time zones: {zones} are known ({version})")


def _tzdata() -> str:
    try:
        return f"tzdata {metadata.version('tzdata')}"
    except metadata.PackageNotFoundError:
        return "this machine's own"


def _database(file: Path, *, running: bool) -> list[Finding]:
    if not file.exists():
        return [fine(f"database: {file} will be made at the first start")]
    try:
        with contextlib.closing(_opened(file)) as opened:
            sound, shape = _sound(opened), _shape(opened)
        _try_to_write(file)
    except sqlite3.Error as problem:
        known = explained(problem)
        cure = str(known) if isinstance(known, RitualsError) else "Look at the disk, or restore it from a backup."
        return [wrong(f"database: {file} cannot be used ({problem})", cure)]
    if not sound:
        return [wrong(f"database: {file} is damaged", "Stop the bot and restore it from a backup.")]
    said = f"database: {file} is sound" + (", and the bot is at work with it" if running else "")
    return [_fit(said, shape), _secrecy("database", file, "the words in it")]


def _try_to_write(file: Path) -> None:
    """Begin to write, and take it back; the bot at work holds the file for moments only."""
    opened = sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", timeout=2, uri=True, isolation_level=None)
    with contextlib.closing(opened):
        opened.execute("BEGIN IMMEDIATE")
        # Over a file that can only be read, to begin alone is no error.
        opened.execute("CREATE TABLE looked (at INTEGER)")
        opened.execute("ROLLBACK")


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", timeout=1, uri=True)


def _sound(opened: sqlite3.Connection) -> bool:
    return bool(opened.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _shape(opened: sqlite3.Connection) -> str:
    """The migration that it stands at; empty for a file in which nothing is yet."""
    if not opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return ""
    found = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def _fit(said: str, shape: str) -> Finding:
    if shape > migrations.HEAD:
        return wrong(f"database: it was made by a newer version ({shape})", "Update the program.")
    if shape < migrations.HEAD:
        return fine(f"{said}; it is brought up to date at the next start")
    return fine(said)


def _is_running(database: Path) -> bool:
    # Where there is no lock yet, none is made: whoever runs the bot may be someone else.
    file = database.resolve()
    if not file.with_name(f"{file.name}.lock").exists():
        return False
    try:
        only_one(file).close()
    except AlreadyRunning:
        return True
    except RitualsError:
        return False  # Another finding says that nothing can be written.
    return False


def _key(config: Config) -> Finding:
    """Whether the key opens what is stored; made at the first start where there is none."""
    try:
        wrapped = stored_key(config.database)
        found = Found(config.key_file, config.key)
        if wrapped is None and read_key(found) is None:
            return fine("key: none yet; it is made at the first start")
        return _whether_it_fits(config.database, found, wrapped)
    except Misconfigured as problem:
        return wrong("key: does not open what is stored", str(problem))


def _whether_it_fits(database: Path, found: Found, wrapped: tuple[int, bytes] | None) -> Finding:
    if wrapped is None:
        return fine("key: opens what is stored")
    unreadable = unreadable_in(database, Sealed(check(found, wrapped)))
    if unreadable:
        cure = "Their bytes were changed. They stand in an older copy, if there is one: `couple-rituals restore`."
        return wrong(f"key: opens what is stored, but not {unreadable} of the answers", cure)
    return fine("key: opens what is stored")
