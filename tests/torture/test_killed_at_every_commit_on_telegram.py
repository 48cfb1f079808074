"""A week on Telegram, with the bot dying at one commit after the other."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commits import DyingBot
from telegram_killed import TOKEN, config
from telegram_server import Bot, Group, TelegramServer
from telegram_server.transcript import Posted
from telegram_stage import TelegramPhone
from the_story import a_week

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

TITLES = ("Morning appreciation\n", "Digital sunset\n", "Weekly check-in\n")
SHARED = "Ann shared from the week:"
SAID = ["A stroll", "A stroll", "Kept to myself", "The tea you made", "You told me first", "Your patience"]


@dataclass(slots=True, repr=False)
class DyingStage:
    """Two phones, and a bot that dies whenever it has got on a little."""

    server: TelegramServer
    bot: Bot
    group: Group
    process: DyingBot
    ann: TelegramPhone
    ben: TelegramPhone
    unnoted: set[int] = field(default_factory=set)
    """Posts whose arrival no death left time to note."""

    async def comes(self, wall: str) -> None:
        until = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        while (coming := await self.process.next_moment()) is not None and coming <= until:
            await self.process.turn_to(coming)
        await self.process.turn_to(until)

    async def settles(self) -> None:
        while self.bot.inbox.pending:
            await self.server.until(lambda: not self.bot.inbox.pending, 120)
            await asyncio.sleep(0.05)
        await self.process.turn_to(self.process.now)

    def posts(self) -> list[Posted]:
        mine = [one for one in self.server.transcript if isinstance(one, Posted) and one.author == self.bot.name]
        return [
            one for one in mine if one.chat == self.group.id and (one.text.startswith(TITLES) or SHARED in one.text)
        ]

    def note_death(self) -> object:
        """How far it has got: what Telegram was told to be done with, and what is in the outbox."""
        if not self.process.database.exists():
            return None
        with contextlib.closing(sqlite3.connect(self.process.database)) as database:
            found = database.execute("SELECT message, earlier FROM delivery WHERE message != ''").fetchall()
            known = {int(number) for row in found for number in " ".join(row).split()}
            sent = database.execute("SELECT count(*), sum(sent_at > 0) FROM delivery").fetchone()
        self.unnoted |= {one.message for one in self.posts()} - known
        return len(known), sent, len(self.bot.inbox.pending), self.process.turns


async def test_a_week_of_deaths_on_telegram(tmp_path: Path) -> None:
    """Each answer is on record once, the share moment comes at its time and once; a post stands twice only where its
    arrival could not be noted, because Telegram cannot tell a second try from a first."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with TelegramServer.running() as server:
        bot = server.add_bot(TOKEN, "couple_rituals_bot")
        two = server.add_user("Ann"), server.add_user("Ben")
        group = server.add_group("Us", *two)
        process = DyingBot(tmp_path, config(server), beginning, unhurried=True)
        phones = [TelegramPhone(server, one, group, bot) for one in two]
        stage = DyingStage(server, bot, group, process, *phones)
        process.noted = stage.note_death
        try:
            await process.start()
            group.add_bot(bot, by=two[0])
            await a_week(stage)
        finally:
            await process.stop()

        noted = Counter(one.text for one in stage.posts() if one.message not in stage.unnoted)
        assert process.deaths > 150
        assert sorted(words_on_record(process.database, tmp_path / "couple-rituals.key")) == SAID
        assert set(noted.values()) == {1}
        assert sum(SHARED in text for text in noted) == 1
        assert process.said == []
        server.assert_clean()
