"""Slash commands on Discord, by the real process, against a bare bot that answers always the same; both platforms."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.beside import ROOT, Memory, Running, process
from benchmarks.figures import REPETITIONS, Figure, at_most, median, percentile
from benchmarks.stage import STEP, committed, prepared, raw, temporary
from benchmarks.telegram_stage import TOKEN as TELEGRAM_TOKEN

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"  # noqa: S105 - the test server's own
COUPLES = 20
CALLS = 1_000
COMMANDS = ("checkin", "week")
"""Each commits to the database; one shows a form, the other works out a week."""

DAY = 86400
READY_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds from a command to its acknowledgement: one after the other, and of the two of a couple at once."""

    alone: dict[str, list[float]]
    together: list[float]
    memory: Memory


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds until both platforms hear it, and its memory then."""

    ready: float
    memory: Memory


def measure(_: bool) -> Iterator[Figure]:
    """Ours and the bare one, in turns."""
    with temporary() as folder:
        ours, bare = asyncio.run(_commands(folder))
        for command in COMMANDS:
            yield from _compared(f"/{command}", ours.alone[command], bare.alone[command])
        yield from _compared("both at once", ours.together, bare.together)
        yield from _together(*asyncio.run(_both_platforms(folder)))


def _compared(how: str, ours: list[float], bare: list[float]) -> Iterator[Figure]:
    for share, most in ((50, 3), (99, 10)):
        mine, its = (percentile(one, share) * 1000 for one in (ours, bare))
        said = f"{mine:.1f} ms against bare discord.py's {its:.1f} ms"
        yield at_most(f"discord command, {how}, p{share}", mine - its, most, " ms", said)


def _together(ours: Started, bare: Started) -> Iterator[Figure]:
    said = f"{ours.ready:.2f} s against both bare libraries' {bare.ready:.2f} s"
    yield at_most("both platforms, ready", ours.ready / bare.ready, 2, "x", said)
    said = f"{ours.memory.now:.0f} MB against {bare.memory.now:.0f} MB"
    yield at_most("both platforms, memory", ours.memory.now - bare.memory.now, 40, " MB", said)


async def _commands(folder: Path) -> tuple[Measured, Measured]:
    async with _discord() as (server, channels):
        database = _database(folder / "couples.db", channels)
        file = _config(folder, database, _on_discord(server))
        ours = await _measured(server, channels, ("-m", "bot", "run", "--config", str(file)))
        words = (str(ROOT / "benchmarks" / "bare_discord_bot.py"), server.api_url, server.gateway_url, TOKEN)
        return ours, await _measured(server, channels, words)


async def _measured(server: Any, channels: list[Any], words: tuple[str, ...]) -> Measured:
    bot = server.world.only_bot()
    bot.commands.clear()
    before = bot.identified
    async with process(*words) as running:
        await server.until(lambda: bot.identified > before and bot.commands, READY_WITHIN)
        await asyncio.gather(*(_call(channel, command) for channel in channels for command in COMMANDS))
        alone = {one: [await _call(channels[number % COUPLES], one) for number in range(CALLS)] for one in COMMANDS}
        together: list[float] = []
        for number in range(CALLS // 2):
            both = channels[number % COUPLES].guild.members.values()
            people = [one.account for one in both if not one.account.is_bot]
            together += await asyncio.gather(*(_call(channels[number % COUPLES], "checkin", one) for one in people))
        return Measured(alone, together, running.memory())


async def _call(channel: Any, command: str, by: Any = None) -> float:
    begun = await (by or channel.guild.owner).calls(command, in_=channel)
    assert begun.answered, f"{begun} was not answered"
    return float(begun.took)


async def _both_platforms(folder: Path) -> tuple[Started, Started]:
    from telegram_server import TelegramServer

    async with _discord() as (server, channels), TelegramServer.running(checks=False, remembers=False) as telegram:
        telegram.add_bot(TELEGRAM_TOKEN, "measured_bot")
        database = _database(folder / "both.db", channels)
        table = f'[telegram]\ntoken = "{TELEGRAM_TOKEN}"\napi_url = "{telegram.url}"\n'
        file = _config(folder, database, table + _on_discord(server))
        urls = (telegram.url, TELEGRAM_TOKEN, server.api_url, server.gateway_url, TOKEN)
        ours, bare = ("-m", "bot", "run", "--config", str(file)), ("-m", "benchmarks.bare_both", *urls)
        mine = [await _started(server, telegram, ours) for _ in range(REPETITIONS)]
        its = [await _started(server, telegram, bare) for _ in range(REPETITIONS)]
        return _middle(mine), _middle(its)


def _middle(started: list[Started]) -> Started:
    ready = median([one.ready for one in started])
    return Started(ready, sorted(started, key=lambda one: one.memory.now)[len(started) // 2].memory)


async def _started(server: Any, telegram: Any, words: tuple[str, ...]) -> Started:
    bot = server.world.only_bot()
    before, began = bot.identified, time.perf_counter()
    running: Running
    async with process(*words) as running:
        await server.until(lambda: bot.identified > before and telegram.is_polled(), READY_WITHIN)
        ready = time.perf_counter() - began
        await asyncio.sleep(1)
        return Started(ready, running.memory())


@asynccontextmanager
async def _discord() -> AsyncIterator[tuple[Any, list[Any]]]:
    from discord_server import DiscordServer, Limits

    limits = Limits(heartbeat_every=41.25)
    async with DiscordServer.running(checks=False, remembers=False, limits=limits) as server:
        bot = server.add_bot(TOKEN)
        channels = []
        for number in range(COUPLES):
            guild = server.add_guild(f"Us {number}", server.add_user("Ann"), server.add_user("Ben"))
            channels.append(guild.add_channel("general"))
            guild.add_bot(bot)
        yield server, channels


def _on_discord(server: Any) -> str:
    return f'[discord]\ntoken = "{TOKEN}"\napi_url = "{server.api_url}"\ngateway_url = "{server.gateway_url}"\n'


def _config(folder: Path, database: Path, tables: str) -> Path:
    file = folder / "config.toml"
    file.write_text(f'database = "{database}"\ncouples = "open"\nlog_level = "WARNING"\n{tables}', encoding="utf-8")
    return file


def _database(file: Path, channels: list[Any]) -> Path:
    """A couple in each channel."""
    prepared(file, COUPLES, ["morning_appreciation", "trust_checkin"], int(time.time()) + DAY)
    with raw(file) as connection, committed(connection):
        for number, channel in enumerate(channels, 1):
            at = number * STEP
            where = (str(channel.id), at + 1)
            connection.execute("UPDATE room SET platform = 'discord', chat = ? WHERE id = ?", where)
            people = [one.account.id for one in channel.guild.members.values() if not one.account.is_bot]
            for seat, person in enumerate(people, 21):
                who = (str(person), at + seat)
                connection.execute("UPDATE account SET platform = 'discord', user = ? WHERE id = ?", who)
    return file
