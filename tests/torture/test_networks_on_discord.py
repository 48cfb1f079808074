"""A day on Discord over a bad network: everything arrives once it is good again, once and in order. Two minutes."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from discord_killed import TOKEN
from discord_server import Bot, DiscordServer, Fault, GuildChannel, Limits, Message, User
from networks import NAME, Line, Mode, NetworkedBot, line_to

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

MOST_LINES = 60
"""In the log, for all that goes wrong in one of these hours."""

ALWAYS = 1_000_000
OFTEN = Limits(heartbeat_every=2)


@dataclass(slots=True)
class Day:
    """The two, their channel, the line to it, and the bot."""

    server: DiscordServer
    bot: Bot
    channel: GuildChannel
    two: tuple[User, User]
    line: Line
    process: NetworkedBot
    said: list[str] = field(default_factory=list)

    def turns_to(self, hour: int, minute: int = 0) -> None:
        at = datetime.fromisoformat(BEGINNING).replace(hour=hour, minute=minute, tzinfo=ZoneInfo(HOME))
        self.process.begin_turn(int(at.timestamp()))

    async def writes(self, prompt: Message) -> None:
        """Each of the two answers, with a moment between."""
        for one in self.two:
            self.said.append(f"{one.name}, line {len(self.said)}")
            one.writes(self.said[-1], reply_to=prompt)
            await asyncio.sleep(0.2)

    def posts(self) -> list[Message]:
        titles = ("Morning appreciation\n", "Digital sunset")
        seen = self.two[0].screen(self.channel)
        return [one for one in seen if one.author is self.bot and one.shown.startswith(titles)]

    async def pair(self) -> None:
        before = self.bot.identified
        await self.process.start()
        await self.server.until(lambda: self.bot.identified > before, 30)
        self.channel.guild.add_bot(self.bot)
        await self.server.until(lambda: any(one.labels for one in self.two[0].screen(self.channel)), 30)
        for one in self.two:
            for label in ("Tell me more", "Join"):
                await one.taps(label, self.channel)
        await self.process.turn_to(self.process.now)
        await self.server.until(lambda: any("Start" in one.labels for one in self.two[0].screen(self.channel)), 30)
        await self.two[0].taps("Start", self.channel)
        await self.process.turn_to(self.process.now)

    def recorded(self) -> list[str]:
        return words_on_record(self.process.database, self.process.folder / "couple-rituals.key")

    def in_order_of_decision(self) -> list[int]:
        """The numbers of the channel's posts, in the order in which they were decided."""
        asked = "SELECT message FROM delivery WHERE room > 0 AND act = 'post' AND message != '' ORDER BY id"
        with contextlib.closing(sqlite3.connect(self.process.database)) as database:
            return [int(message) for (message,) in database.execute(asked)]


@asynccontextmanager
async def a_day(folder: Path) -> AsyncIterator[Day]:
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with DiscordServer.running(limits=OFTEN) as server:
        host, _, rest = server.api_url.removeprefix("http://").partition("/")
        async with line_to(int(host.rpartition(":")[2])) as line:
            there = f"{NAME}:{line.port}"
            # Whoever comes again is sent the same way.
            server.world.gateway_url = server.gateway.url = f"ws://{there}/gateway"
            two = (server.add_user("Ann"), server.add_user("Ben"))
            channel = server.add_guild("Us", *two).add_channel("general")
            urls = f'api_url = "http://{there}/{rest}"\ngateway_url = "ws://{there}/gateway"\n'
            config = f'couples = "open"\ntimezone = "{HOME}"\n[discord]\ntoken = "{TOKEN}"\n{urls}'
            day = Day(server, server.add_bot(TOKEN), channel, two, line, NetworkedBot(folder, config, beginning))
            try:
                await day.pair()
                yield day
            finally:
                await day.process.kill()


Trouble = Callable[[Day], None]


def storm_of_429(day: Day) -> None:
    day.server.fail("*", Fault.too_many(1), times=20)


def down_for_an_hour(day: Day) -> None:
    day.server.goes_down()


def hangs_up(day: Day) -> None:
    day.server.fail("*", Fault.hang_up(), times=ALWAYS)


def answers_late(day: Day) -> None:
    day.server.fail("*", Fault.slow(5), times=6)


def loses_answers(day: Day) -> None:
    day.server.fail("*", Fault.hang_up(carried_out=True), times=4)


def refuses(day: Day) -> None:
    day.line.turns(Mode.REFUSES)


def cuts(day: Day) -> None:
    day.line.turns(Mode.CUTS)


def falls_silent(day: Day) -> None:
    day.line.turns(Mode.SILENT)


def loses_names(day: Day) -> None:
    day.process.loses_names()
    day.line.turns(Mode.REFUSES)


def is_good_again(day: Day) -> None:
    day.server.transport.troubles.planned.clear()
    day.server.comes_back()
    day.line.mode = Mode.GOOD
    if (day.process.folder / "nameless").exists():
        day.process.finds_names()


@pytest.mark.parametrize(
    "trouble",
    [
        storm_of_429, down_for_an_hour, hangs_up, answers_late, loses_answers, refuses, cuts, falls_silent, loses_names,
    ],
)  # fmt: skip
async def test_all_arrives_once_it_is_good_again(tmp_path: Path, trouble: Trouble) -> None:
    """What the two write is on record once, what fell due stands once and in order, and the log stays short."""
    async with a_day(tmp_path) as day:
        day.turns_to(8)
        await day.server.until(day.posts, 30)
        prompt = day.posts()[0]
        await day.writes(prompt)
        trouble(day)
        await day.writes(prompt)
        day.turns_to(22)
        await asyncio.sleep(2)
        day.turns_to(22, 30)
        await day.writes(prompt)
        is_good_again(day)
        day.turns_to(23)
        await day.server.until(lambda: len(day.posts()) == 2, 90)
        await day.server.until(lambda: len(day.recorded()) >= len(day.said), 90)
        lives = day.process.alive
    stands = Counter(one.shown for one in day.posts())
    log = "\n".join(day.process.said)

    assert lives
    assert sorted(day.recorded()) == sorted(day.said)
    assert set(stands.values()) == {1}
    assert day.in_order_of_decision() == sorted(day.in_order_of_decision())
    assert len(day.process.said) < MOST_LINES
    assert "line 0" not in log
    assert "Traceback" not in log
