"""A week on Discord, with the bot dying at one commit after the other."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commits import DyingBot
from discord_killed import TOKEN, config
from discord_server import Bot, DiscordServer, GuildChannel
from discord_server.interactions import Interaction
from discord_server.transcript import Edited, FormOpened, Posted
from discord_stage import DiscordPhone
from the_story import a_week

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

TITLES = ("**Morning appreciation**\n", "**Digital sunset**\n", "**Weekly check-in**\n")
SHARED = "Ann shared from the week:"
SAID = ["A stroll", "A stroll", "Kept to myself", "The tea you made", "You told me first", "Your patience"]
TRIES = 60


class StubbornPhone(DiscordPhone):
    """A person who tries again where the app says that nobody answered."""

    async def says(self, words: str, *, in_room: bool = True) -> None:
        if not words.startswith("/"):
            await self._until_answered(words)
            return
        name = words.removeprefix("/")
        await self._until_taken(lambda: self.user.calls(name, in_=self.channel if in_room else self.bot))

    async def _until_answered(self, words: str) -> None:
        """Write to the bot, and again where it says nothing to it."""
        for _ in range(TRIES):
            self.user.writes(words, in_=self.bot)
            with contextlib.suppress(AssertionError):
                await self.server.until(lambda: self.messages[-1].author is self.bot, 5)
                return
        raise AssertionError("nobody answered")

    async def presses(self, label: str) -> None:
        await self.server.until(lambda: label in self.labels, 60)
        for _ in range(TRIES):
            newest = next((one for one in reversed(self.messages) if label in one.labels), None)
            # Where it is gone it was taken, and what it leads to is shown already.
            if newest is None or not (await self.user.presses(newest, label)).failed:
                return
        raise AssertionError("nobody answered")

    async def submits(self, words: str) -> None:
        form = self.user.begun[-1].modal
        assert form is not None, f"no form is open for {self.user.name}"
        await self._until_taken(lambda: self.user.submits(form, {next(iter(form.fields)): words}))

    async def _until_taken(self, deed: Callable[[], Awaitable[Interaction]]) -> None:
        for _ in range(TRIES):
            if not (await deed()).failed:
                return
        raise AssertionError("nobody answered")


@dataclass(slots=True, repr=False)
class DyingStage:
    """Two phones, and a bot that dies whenever it has got on a little."""

    server: DiscordServer
    bot: Bot
    channel: GuildChannel
    process: DyingBot
    ann: StubbornPhone
    ben: StubbornPhone

    async def comes(self, wall: str) -> None:
        until = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        while (coming := await self.process.next_moment()) is not None and coming <= until:
            await self.process.turn_to(coming)
        await self.process.turn_to(until)

    async def settles(self) -> None:
        await self.server.until(lambda: self.server.is_quiet, 60)
        await self.process.turn_to(self.process.now)

    def posts(self) -> list[Posted]:
        mine = self.server.transcript.posts(self.bot.name, channel=self.channel.id)
        return [one for one in mine if one.text.startswith(TITLES) or SHARED in one.text]

    def note_death(self) -> object:
        """How far it has got: what is in the outbox, and which events it has handled."""
        if not self.process.database.exists():
            return None
        with contextlib.closing(sqlite3.connect(self.process.database)) as database:
            sent = database.execute("SELECT count(*), sum(sent_at > 0) FROM delivery").fetchone()
            handled = database.execute("SELECT count(*) FROM handled").fetchone()
        return sent, handled, self.process.turns, sum(map(self._is_the_bots, self.server.transcript))

    def _is_the_bots(self, seen: object) -> bool:
        """Whether the bot got something done; what people try in vain is no way on, however often they try."""
        return isinstance(seen, FormOpened | Edited) or (isinstance(seen, Posted) and seen.author == self.bot.name)


async def test_a_week_of_deaths_on_discord(tmp_path: Path) -> None:
    """Each answer is on record once, every post stands once, and the share moment comes at its time and once."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with DiscordServer.running() as server:
        bot = server.add_bot(TOKEN)
        two = server.add_user("Ann"), server.add_user("Ben")
        guild = server.add_guild("Us", *two)
        channel = guild.add_channel("general")
        process = DyingBot(tmp_path, config(server), beginning)
        stage = DyingStage(server, bot, channel, process, *(StubbornPhone(server, one, channel, bot) for one in two))
        process.noted = stage.note_death
        key = tmp_path / "couple-rituals.key"
        try:
            await process.start()
            guild.add_bot(bot)
            await server.until(lambda: any(one.labels for one in two[0].screen(channel)), 120)
            await a_week(stage)
            await server.until(lambda: len(words_on_record(process.database, key)) >= len(SAID), 60)
        finally:
            await process.stop()

        stands = Counter(one.text for one in stage.posts())
        assert process.deaths > 100
        assert sorted(words_on_record(process.database, key)) == SAID
        assert set(stands.values()) == {1}
        assert sum(SHARED in text for text in stands) == 1
        assert process.said == []
        assert not server.violations
