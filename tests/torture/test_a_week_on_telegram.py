"""The story with the real program between the phones, at the pace that Telegram asks for: half a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot_process import BotProcess
from telegram_killed import TOKEN, config
from telegram_server import Bot, TelegramServer
from telegram_stage import TelegramPhone
from the_story import a_week

from stories.story import BEGINNING, HOME


@dataclass(slots=True, repr=False)
class ProcessStage:
    """Two phones, and a bot in a process of its own that is killed after every moment that comes."""

    server: TelegramServer
    bot: Bot
    process: BotProcess
    ann: TelegramPhone
    ben: TelegramPhone

    async def comes(self, wall: str) -> None:
        until = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        while (coming := await self.process.next_moment()) is not None and coming <= until:
            await self.process.turn_to(coming)
        await self.process.turn_to(until)
        await self.process.kill()
        await self.process.start()

    async def settles(self) -> None:
        while self.bot.inbox.pending:
            await self.server.until(lambda: not self.bot.inbox.pending, 30)
        await self.process.turn_to(self.process.now)


async def test_a_week_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The week that plays on every stage, with the real program between the phones, killed and started on the way."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    async with TelegramServer.running() as server:
        bot = server.add_bot(TOKEN, "couple_rituals_bot")
        two = server.add_user("Ann"), server.add_user("Ben")
        group = server.add_group("Us", *two)
        process = BotProcess(tmp_path, config(server), beginning)
        phones = [TelegramPhone(server, one, group, bot) for one in two]
        try:
            await process.start()
            group.add_bot(bot, by=two[0])
            await a_week(ProcessStage(server, bot, process, *phones))
        finally:
            await process.stop()

        server.assert_clean()
        assert process.said == []
