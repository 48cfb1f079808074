"""Mornings on Discord while somebody keeps killing the bot."""

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
from discord_server import Bot, DiscordServer, GuildChannel, Message, User

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"
REPLIES = 6
"""What each of the two writes on a morning, while the bot is killed; and as many forms, tried until they are taken."""


def config(server: DiscordServer) -> str:
    urls = f'api_url = "{server.api_url}"\ngateway_url = "{server.gateway_url}"\n'
    return f'couples = "open"\ntimezone = "{HOME}"\n[discord]\ntoken = "{TOKEN}"\n{urls}'


@dataclass(slots=True)
class Mornings:
    """A couple in a channel, and the bot that is killed."""

    server: DiscordServer
    bot: Bot
    channel: GuildChannel
    two: tuple[User, User]
    process: BotProcess
    chance: random.Random
    said: list[str] = field(default_factory=list)
    kills: int = 0
    failed: int = 0

    async def starts(self) -> None:
        """The bot is there, and knows its servers."""
        before = self.bot.identified
        await self.process.start()
        await self.server.until(lambda: self.bot.identified > before, 30)

    async def settles(self) -> None:
        await self.server.is_heard()
        await self.process.turn_to(self.process.now)
        await asyncio.sleep(0.02)

    async def pair(self) -> None:
        self.channel.guild.add_bot(self.bot)
        await self.server.until(lambda: any(one.labels for one in self.two[0].screen(self.channel)))
        for one in self.two:
            for label in ("Tell me more", "Join"):
                await one.taps(label, self.channel)
        await self.settles()
        await self.two[0].taps("Start", self.channel)
        await self.settles()

    async def morning(self, day: int) -> None:
        """A morning prompt; both answer it again and again, and the bot is killed twice meanwhile."""
        at = datetime.fromisoformat(BEGINNING).replace(hour=8, tzinfo=ZoneInfo(HOME)) + timedelta(days=day)
        self.process.begin_turn(int(at.timestamp()))
        await self.killed_within(0.1)
        await self.settles()
        prompt = await self.server.until(lambda: self._newest_prompt(day), 30)
        writing = asyncio.create_task(self._write(day, prompt))
        filling = [asyncio.create_task(self._fill_in(one, day, prompt)) for one in self.two]
        await self.killed_within(0.4)
        await asyncio.gather(writing, *filling)
        await self.server.until(lambda: len(self.recorded()) >= len(self.said), 30)
        await self.settles()

    async def killed_within(self, seconds: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, seconds))
        await self.process.kill()
        self.kills += 1
        await self.starts()

    def recorded(self) -> list[str]:
        return words_on_record(self.process.database, self.process.folder / "couple-rituals.key")

    def prompts(self) -> Counter[str]:
        """How often each prompt stands in the channel."""
        posts = self.server.transcript.posts(self.bot.name, channel=self.channel.id)
        return Counter(one.text for one in posts if one.text.startswith("**Morning appreciation**\n"))

    def occurrences(self) -> int:
        return int(next(self._asks("SELECT count(*) FROM occurrence WHERE deck = 'morning_appreciation'"))[0])

    def shown_twice(self) -> list[str]:
        """Words from forms that stand under their author's name more than once."""
        posts = self.server.transcript.posts(self.bot.name, channel=self.channel.id)
        counted = Counter(one.text for one in posts if "by form" in one.text)
        return [text for text, count in counted.items() if count > 1]

    async def _write(self, day: int, prompt: Message) -> None:
        for number in range(REPLIES):
            for one in self.two:
                self.said.append(f"{one.name}, day {day}, line {number}")
                one.writes(self.said[-1], reply_to=prompt)
                await asyncio.sleep(self.chance.uniform(0, 0.03))

    async def _fill_in(self, one: User, day: int, prompt: Message) -> None:
        """Forms, each sent until the app says that it was taken, as a person would."""
        for number in range(REPLIES):
            words = f"{one.name}, day {day}, by form {number}"
            form = await self._taken(lambda: one.presses(prompt, "Answer"))
            await self._taken(lambda form=form, words=words: one.submits(form, {"words": words}))
            self.said.append(words)

    async def _taken(self, deed):  # type: ignore[no-untyped-def]
        for _ in range(40):
            begun = await deed()
            if not begun.failed:
                return begun
            self.failed += 1
        raise AssertionError("nobody answered")

    def _newest_prompt(self, day: int) -> Message | None:
        seen = [one for one in self.two[0].screen(self.channel) if one.shown.startswith("Morning appreciation\n")]
        return seen[-1] if len(seen) > day else None

    def _asks(self, question: str):  # type: ignore[no-untyped-def]
        with contextlib.closing(sqlite3.connect(self.process.database)) as database:
            return iter(database.execute(question).fetchall())


async def check_kills_on_discord(folder: Path, *, runs: int, seed: int) -> Mornings:
    """Two kills a morning: each reply and each form that was taken is on record once, each prompt stands once."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with DiscordServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot = server.add_bot(TOKEN)
        channel = server.add_guild("Us", *two).add_channel("general")
        process = BotProcess(folder, config(server), beginning)
        mornings = Mornings(server, bot, channel, two, process, random.Random(seed))
        try:
            await mornings.starts()
            await mornings.pair()
            for day in range(runs):
                await mornings.morning(day)
        finally:
            await process.kill()

        assert mornings.kills == 2 * runs
        assert sorted(mornings.recorded()) == sorted(mornings.said)
        assert mornings.occurrences() == runs
        assert sum(mornings.prompts().values()) == runs
        assert mornings.shown_twice() == []
        assert not server.violations
        return mornings
