"""Mornings on Telegram while somebody keeps killing the bot."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot_process import BotProcess
from telegram_server import Bot, Group, Message, TelegramServer, User
from telegram_server.transcript import Posted

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
REPLIES = 12
"""What each of the two writes on a morning, while the bot is killed."""


def config(server: TelegramServer) -> str:
    return f'couples = "open"\ntimezone = "{HOME}"\n[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'


@dataclass(slots=True)
class Mornings:
    """A couple in a group, and the bot that is killed."""

    server: TelegramServer
    bot: Bot
    group: Group
    two: tuple[User, User]
    process: BotProcess
    chance: random.Random
    said: list[str] = field(default_factory=list)
    in_flight: set[str] = field(default_factory=set)
    """Prompts whose arrival no kill left time to note; each stays unknown for good."""
    kills: int = 0

    async def settles(self) -> None:
        while self.bot.inbox.pending:
            await self.server.until(lambda: not self.bot.inbox.pending, 30)
            await asyncio.sleep(0.02)
        await self.process.turn_to(self.process.now)

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

    async def morning(self, day: int) -> None:
        """A morning prompt; both answer it again and again, and the bot is killed twice meanwhile."""
        at = datetime.fromisoformat(BEGINNING).replace(hour=8, tzinfo=ZoneInfo(HOME)) + timedelta(days=day)
        self.process.begin_turn(int(at.timestamp()))
        await self.killed_within(0.1)
        await self.settles()
        prompt = self._newest_prompt()
        writing = asyncio.create_task(self._write(day, prompt))
        await self.killed_within(0.4)
        await writing
        await self.settles()

    async def killed_within(self, seconds: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, seconds))
        await self.process.kill()
        self.kills += 1
        # What it sent with its last breath still arrives.
        await asyncio.sleep(0.2)
        self.in_flight |= self._posted() - self._known()
        await self.process.start()

    def recorded(self) -> list[str]:
        return words_on_record(self.process.database, self.process.folder / "couple-rituals.key")

    def prompts(self) -> Counter[str]:
        """How often each prompt stands in the group."""
        return Counter(one.text for one in self._posts() if one.text.startswith("Morning appreciation\n"))

    def occurrences(self) -> int:
        return int(next(self._asks("SELECT count(*) FROM occurrence WHERE deck = 'morning_appreciation'"))[0])

    async def _write(self, day: int, prompt: Message) -> None:
        for number in range(REPLIES):
            for one in self.two:
                self.said.append(f"{one.name}, day {day}, line {number}")
                one.writes(self.said[-1], self.group, reply_to=prompt)
                await asyncio.sleep(self.chance.uniform(0, 0.03))

    def _newest_prompt(self) -> Message:
        seen = self.two[0].screen(self.group)
        return next(one for one in reversed(seen) if one.text.startswith("Morning appreciation\n"))

    def _posts(self) -> list[Posted]:
        return [one for one in self.server.transcript if isinstance(one, Posted) and one.author == self.bot.name]

    def _posted(self) -> set[str]:
        """The prompts that stand in the group."""
        mine = [one for one in self._posts() if one.chat == self.group.id]
        return {str(one.message) for one in mine if one.text.startswith("Morning appreciation\n")}

    def _known(self) -> set[str]:
        return {str(message) for (message,) in self._asks("SELECT message FROM delivery WHERE message != ''")}

    def _asks(self, question: str):  # type: ignore[no-untyped-def]
        with contextlib.closing(sqlite3.connect(self.process.database)) as database:
            return iter(database.execute(question).fetchall())


async def check_kills_on_telegram(folder: Path, *, runs: int, seed: int) -> Mornings:
    """Two kills a morning: every update is on record once; a prompt stands twice only where a kill fell between
    its arrival and the note of it, because Telegram has no way to tell a second try from a first."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with TelegramServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot = server.add_bot(TOKEN, "couple_rituals_bot")
        group = server.add_group("Us", *two)
        process = BotProcess(folder, config(server), beginning)
        mornings = Mornings(server, bot, group, two, process, random.Random(seed))
        try:
            await process.start()
            await mornings.pair()
            for day in range(runs):
                await mornings.morning(day)
        finally:
            await process.kill()

        assert mornings.kills == 2 * runs
        assert sorted(mornings.recorded()) == sorted(mornings.said)
        assert mornings.occurrences() == runs
        assert sum(mornings.prompts().values()) - runs == len(mornings.in_flight)
        assert not server.violations
        return mornings
