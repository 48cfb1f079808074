"""The story with the real program between the phones, on Discord."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot_process import BotProcess
from discord_killed import TOKEN, config
from discord_server import Bot, DiscordServer
from discord_stage import DiscordPhone
from the_story import a_week

from stories.story import BEGINNING, HOME


@dataclass(slots=True, repr=False)
class ProcessStage:
    """Two phones, and a bot in a process of its own that is killed after every moment that comes."""

    server: DiscordServer
    bot: Bot
    process: BotProcess
    ann: DiscordPhone
    ben: DiscordPhone

    async def comes(self, wall: str) -> None:
        until = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        while (coming := await self.process.next_moment()) is not None and coming <= until:
            await self.process.turn_to(coming)
        await self.process.turn_to(until)
        await self.process.kill()
        await self.starts()

    async def starts(self) -> None:
        before = self.bot.identified
        await self.process.start()
        await self.server.until(lambda: self.bot.identified > before, 30)

    async def settles(self) -> None:
        await self.server.is_heard()
        await self.server.until(lambda: self.server.is_quiet, 30)
        await asyncio.sleep(0.05)
        await self.process.turn_to(self.process.now)


async def test_a_week_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The week that plays on every stage, with the real program between the phones, killed and started on the way."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with DiscordServer.running() as server:
        bot = server.add_bot(TOKEN)
        two = server.add_user("Ann"), server.add_user("Ben")
        guild = server.add_guild("Us", *two)
        channel = guild.add_channel("general")
        process = BotProcess(tmp_path, config(server), beginning)
        phones = [DiscordPhone(server, one, channel, bot) for one in two]
        stage = ProcessStage(server, bot, process, *phones)
        try:
            await stage.starts()
            guild.add_bot(bot)
            await server.until(lambda: any(one.labels for one in two[0].screen(channel)), 30)
            await a_week(stage)
        finally:
            await process.stop()

        server.assert_clean()
        assert process.said == []
