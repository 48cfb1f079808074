"""The only composition root: from settings to pieces to a running program."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tomllib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import backups, config, keys
from bot.chance import id_maker, new_code
from bot.clock import Clock, SystemClock
from bot.courier import Courier
from bot.database import Database, open_database, shape_of, stored_key
from bot.decks import Deck
from bot.engine import Engine
from bot.errors import Misconfigured
from bot.forgetting import DeletionList, forget_again
from bot.helplines import Helplines
from bot.lock import only_one
from bot.lookout import Lookout
from bot.migrations import HEAD
from bot.phrasebook import Phrasebook
from bot.ports import Messenger
from bot.sealing import Sealed
from bot.shelf import Shelf
from bot.supervising import Run, supervise
from bot.turn import Repertoire
from bot.typed import Typed
from bot.vitals import Vitals
from bot.watching import Watch
from bot.welcome import Welcome
from bot.zones import Cities
from schedules.jobs import Job
from schedules.runner import Runner

CONTENT = Path(__file__).parent / "content"
ANYBODY = Welcome("open")
NO_HOST_CODE = (
    'couples is "ask-host", but there is no host_code, so nobody could ever be let in. '
    'Run `couple-rituals init`, or set host_code (letters and digits of your own), or couples = "open".'
)
NO_PLATFORM = (
    "No platform is set up. `couple-rituals init` asks for a token and writes config.toml; "
    "`couple-rituals demo` shows everything without one."
)
NIGHT_ENDS = 3
"""The hour on the host's clock from which on a day's copy is written; a machine that slept writes it later."""

LOOKS_EVERY = 900
LOOKS_AT_DECKS_EVERY = 10
DATABASE, KEY = "couple-rituals.db", "couple-rituals.key"

logger = logging.getLogger(__name__)


def shelf(*own: Path) -> Shelf:
    """The decks that ship, and those of a host's folders or files; raises BrokenDeck."""
    return Shelf(CONTENT / "en", *own)


def repertoire(
    timezone: str,
    new_code: Callable[[], str] = new_code,
    content: Path = CONTENT,
    welcome: Welcome = ANYBODY,
    decks: Mapping[str, Deck] | None = None,
) -> Repertoire:
    """Everything that the bot knows by heart, read and checked; raises BrokenDeck or Misconfigured.

    *decks* are those that ship unless others are handed in.
    """
    return Repertoire(
        decks=shelf() if decks is None else decks,
        words=Phrasebook.read(content),
        cities=Cities.read(content / "cities.tsv"),
        typed=Typed(tomllib.loads((content / "en" / "typed.toml").read_text(encoding="utf-8"))),
        timezone=timezone,
        new_code=new_code,
        welcome=welcome,
        helplines=Helplines.read(content / "helplines.toml"),
    )


@dataclass(frozen=True, slots=True)
class Pieces:
    """The core, put together; adapters are added to *messengers* before it starts."""

    database: Database
    clock: Clock
    known: Repertoire
    engine: Engine
    courier: Courier
    runner: Runner
    messengers: dict[str, Messenger]
    vitals: Vitals


@asynccontextmanager
async def core(
    file: Path,
    clock: Clock,
    known: Repertoire,
    key: keys.Found,
    beside: Callable[[Engine], tuple[Job, ...]] = lambda _: (),
) -> AsyncIterator[Pieces]:
    """The engine over a database file, without any adapter yet; raises StoreUnusable or Misconfigured.

    *beside* is what else runs by itself.
    """
    with contextlib.closing(only_one(file)):
        _copy_before_a_change(file, key)
        vitals = Vitals()
        database = open_database(
            file, id_maker(clock), lambda wrapped: Sealed(keys.that_fits(key, wrapped)), vitals.note_unit
        )
        try:
            messengers: dict[str, Messenger] = {}
            courier = Courier(database, clock, known, messengers, vitals.note_brought)
            deletions = DeletionList(file)
            await _forget_again(database, deletions, clock)
            engine = Engine(database, clock, known, courier.wake, deletions.add)
            await engine.go_by_new_rules()
            runner = Runner(engine, clock, beside(engine), vitals.note_turn)
            yield Pieces(database, clock, known, engine, courier, runner, messengers, vitals)
        finally:
            database.close()


def _copy_before_a_change(file: Path, key: keys.Found) -> None:
    """Before the tables take another shape, a sealed copy of how they were stays beside the database."""
    shape = shape_of(file)
    if shape is None or shape >= HEAD:
        return
    copy = file.with_name(f"{file.name}.before-{HEAD}{backups.ENDING}")
    backups.back_up(file, copy, backups.Lock(keys.that_fits(key, stored_key(file))))
    logger.info("the database is brought up to date; %s holds it as it was", copy, extra={"action": "copied_before"})


def here() -> datetime:
    """The host's own clock."""
    return datetime.now().astimezone()


def nightly(settings: config.Config, wall: Callable[[], datetime] = here) -> tuple[Job, ...]:
    """The job that writes a sealed copy every night by the host's clock, if there shall be one."""
    if settings.backup is None:
        return ()
    wanted, key = settings.backup, keys.Found(settings.key_file, settings.key)

    def write() -> Path | None:
        now, held = wall(), keys.read_key(key)
        if now.hour < NIGHT_ENDS or held is None:
            return None
        return backups.keep_copies(settings.database, wanted.folder, wanted.keep, backups.Lock(held), now.date())

    async def run() -> None:
        file = await asyncio.to_thread(write)
        if file is not None:
            logger.info("%s is written and was read back", file, extra={"action": "backed_up"})

    return (Job("backup", run, LOOKS_EVERY),)


async def _forget_again(database: Database, deletions: DeletionList, clock: Clock) -> None:
    """An older copy of the database may have been put back."""
    gone, unlisted = await database.run(forget_again, deletions.read(), clock.now())
    if unlisted:
        deletions.add(unlisted)
    if gone:
        logger.info("%d replies that were deleted before are deleted again", gone, extra={"action": "deleted_again"})


async def run(settings: config.Config, stop: asyncio.Event, clock: Clock | None = None) -> None:
    """Be on every platform of the settings until *stop*; raises Misconfigured where there is none."""
    if settings.couples == "ask-host" and not settings.host_code:
        raise Misconfigured(NO_HOST_CODE)
    welcome = Welcome(settings.couples, settings.host, settings.host_code)
    decks = shelf(settings.rituals)
    known = repertoire(settings.timezone, welcome=welcome, decks=decks)
    _make_room(settings.database.parent)
    key = keys.Found(settings.key_file, settings.key)

    def beside(engine: Engine) -> tuple[Job, ...]:
        return (*nightly(settings), Job("decks", Lookout(decks, engine).look, LOOKS_AT_DECKS_EVERY))

    async with core(settings.database, clock or SystemClock(), known, key, beside) as pieces:
        found = platforms(settings, pieces)
        watch = Watch(pieces.engine, pieces.vitals)
        async with watch.at_a_port(settings.health), running(pieces), watch.by_systemd():
            await supervise(found, stop, pieces.vitals.note_platform)


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Misconfigured(
            f"{folder} cannot be made ({problem.strerror}), so nothing could be kept. "
            "Check who owns the folder above it, or set `database` in config.toml to another place."
        ) from problem


def platforms(settings: config.Config, pieces: Pieces) -> dict[str, Run]:
    """Every platform that has a token, with its messenger at the courier's hand."""
    found: dict[str, Run] = {}
    if settings.telegram:
        found["telegram"] = _telegram(settings.telegram, pieces)
    if settings.discord:
        found["discord"] = _discord(settings.discord, pieces)
    if not found:
        raise Misconfigured(NO_PLATFORM)
    return found


def _telegram(settings: config.Telegram, pieces: Pieces) -> Run:
    from adapters.telegram.frontend import Telegram

    telegram = Telegram(settings.token, settings.api_url, pieces.engine.handle, pieces.known.words)
    pieces.messengers["telegram"] = telegram
    return telegram.run


def _discord(settings: config.Discord, pieces: Pieces) -> Run:
    from adapters.discord.frontend import Discord

    discord = Discord(
        settings.token,
        pieces.engine.handle,
        pieces.known.words,
        known=pieces.engine.acquaintances("discord"),
        api_url=settings.api_url,
        gateway_url=settings.gateway_url,
    )
    pieces.messengers["discord"] = discord
    return discord.run


@asynccontextmanager
async def running(pieces: Pieces) -> AsyncIterator[None]:
    """The courier and the scheduler at work; what runs is finished before it ends."""
    courier = asyncio.create_task(pieces.courier.run())
    pieces.courier.wake()
    await pieces.runner.start()
    try:
        yield
    finally:
        await pieces.runner.stop()
        courier.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await courier
