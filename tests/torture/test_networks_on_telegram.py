"""A day on Telegram over a bad network: everything arrives once it is good again, in order. Two minutes."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from networks import NAME, Line, Mode, NetworkedBot, line_to
from telegram_killed import TOKEN
from telegram_server import Bot, Group, Message, TelegramServer, User
from telegram_server.faults import Fault

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

MOST_LINES = 60
"""In the log, for all that goes wrong in one of these hours."""

ALWAYS = 1_000_000


@dataclass(slots=True)
class Day:
    """The two, their group, the line to it, and the bot."""

    server: TelegramServer
    bot: Bot
    group: Group
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
            one.writes(self.said[-1], self.group, reply_to=prompt)
            await asyncio.sleep(0.2)

    def posts(self) -> list[Message]:
        titles = ("Morning appreciation\n", "Digital sunset")
        seen = self.two[0].screen(self.group)
        return [one for one in seen if one.author is self.bot and one.text.startswith(titles)]

    async def settles(self) -> None:
        while self.bot.inbox.pending:
            await self.server.until(lambda: not self.bot.inbox.pending, 90)
            await asyncio.sleep(0.05)

    async def pair(self) -> None:
        self.group.add_bot(self.bot, by=self.two[0])
        await self.settles()
        for one in self.two:
            one.taps("Tell me more", self.group)
            await self.settles()
            one.taps("Join", self.bot)
            await self.settles()
        self.two[0].taps("Start", self.group)
        await self.settles()
        await self.process.turn_to(self.process.now)

    def recorded(self) -> list[str]:
        return words_on_record(self.process.database, self.process.folder / "couple-rituals.key")

    def in_order_of_decision(self) -> list[int]:
        """The numbers of the group's posts, in the order in which they were decided."""
        asked = "SELECT message FROM delivery WHERE room > 0 AND act = 'post' AND message != '' ORDER BY id"
        with contextlib.closing(sqlite3.connect(self.process.database)) as database:
            return [int(message) for (message,) in database.execute(asked)]


@asynccontextmanager
async def a_day(folder: Path) -> AsyncIterator[Day]:
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with TelegramServer.running() as server, line_to(int(server.url.rpartition(":")[2])) as line:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot, group = server.add_bot(TOKEN, "couple_rituals_bot"), server.add_group("Us", *two)
        config = (
            f'couples = "open"\ntimezone = "{HOME}"\n'
            f'[telegram]\ntoken = "{TOKEN}"\napi_url = "http://{NAME}:{line.port}"\n'
        )
        day = Day(server, bot, group, two, line, NetworkedBot(folder, config, beginning))
        try:
            await day.process.start()
            await day.pair()
            yield day
        finally:
            await day.process.kill()


Trouble = Callable[[Day], None]


def storm_of_429(day: Day) -> None:
    day.server.fail("*", Fault.too_many(1), times=40)


def down_for_an_hour(day: Day) -> None:
    day.server.fail("*", Fault.server_error(502), times=ALWAYS)


def hangs_up(day: Day) -> None:
    day.server.fail("*", Fault.hang_up(), times=ALWAYS)


def answers_late(day: Day) -> None:
    day.server.fail("*", Fault.slow(5), times=8)


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
    day.line.mode = Mode.GOOD
    if (day.process.folder / "nameless").exists():
        day.process.finds_names()


@pytest.mark.parametrize(
    "trouble", [storm_of_429, down_for_an_hour, hangs_up, answers_late, refuses, cuts, falls_silent, loses_names]
)
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
        await day.settles()
        await day.server.until(lambda: len(day.posts()) == 2, 60)
        await day.server.until(lambda: len(day.recorded()) == len(day.said), 60)
        lives = day.process.alive
    stands = Counter(one.text for one in day.posts())
    log = "\n".join(day.process.said)

    assert lives
    assert sorted(day.recorded()) == sorted(day.said)
    assert set(stands.values()) == {1}
    assert day.in_order_of_decision() == sorted(day.in_order_of_decision())
    assert len(day.process.said) < MOST_LINES
    assert "line 0" not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("lost", [1, 3])
async def test_answers_that_are_lost_after_it_was_done(tmp_path: Path, lost: int) -> None:
    """Telegram cannot tell a second try from a first, so a post stands once more for each answer that was lost, and no
    more often; every mark and every record is there once."""
    async with a_day(tmp_path) as day:
        day.server.fail("sendMessage", Fault.hang_up(carried_out=True), times=lost)
        day.turns_to(8)
        await day.server.until(lambda: len(day.posts()) == lost + 1, 60)
        await day.writes(day.posts()[-1])
        day.server.fail("setMessageReaction", Fault.hang_up(carried_out=True), times=lost)
        await day.writes(day.posts()[-1])
        await day.settles()
        await day.process.turn_to(day.process.now + timedelta(minutes=5).seconds)
        await day.server.until(lambda: len(day.recorded()) == len(day.said), 60)

    assert Counter(one.text for one in day.posts()).most_common(1)[0][1] == lost + 1
    assert sorted(day.recorded()) == sorted(day.said)
