"""The stories' phones on Telegram: the adapter over real HTTP, against a server that keeps Telegram's rules."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fresh import database_in, key_in
from journal import seen_on
from telegram_server import Bot, Group, Message, TelegramServer, User

from adapters.telegram.frontend import Telegram
from adapters.telegram.gate import Limits
from bot.clock import SettableClock
from bot.turn import Repertoire
from bot.wiring import Pieces, core
from stories.story import BEGINNING, HOME

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NO_HURRY = Limits(10_000, 10_000, 10_000)
"""Stories live through weeks in seconds; pacing has its own tests."""


@dataclass(slots=True, repr=False)
class TelegramPhone:
    """One person's phone, as Telegram's own client would drive it."""

    server: TelegramServer
    user: User
    group: Group
    bot: Bot

    @property
    def screen(self) -> str:
        """Everything that this person can read, oldest first, with what only they were shown for a moment."""
        # Of those who share no group, the private chat is the room.
        places = [self.group] if self.group is self.bot else [self.group, self.bot]
        seen = [one for place in places for one in self.user.screen(place)]
        hints = [f"hint: {press.text}" for press in self.user.presses_made if press.text]
        lines = [f"{one.author.name}: {one.text}" for one in sorted(seen, key=lambda one: (one.date, one.id))]
        return "\n".join((*lines, *hints))

    @property
    def labels(self) -> list[str]:
        """What can be pressed."""
        return [label for place in (self.group, self.bot) for one in self.user.screen(place) for label in one.labels]

    def happened(self) -> list[tuple[str, ...]]:
        """Everything that came, changed and went before this person's eyes."""
        return list(seen_on(self.server.transcript.visible, self.user.name))

    async def says(self, words: str, *, in_room: bool = True) -> None:
        place = self.group if in_room else self.bot
        if words.startswith("/"):
            name, _, rest = words.partition(" ")
            addressed = f"{name}@{self.bot.username}" if in_room else name
            self.user.commands(f"{addressed} {rest}".strip(), place)
        else:
            self.user.writes(words, place, ignoring_prompt=True)

    async def replies(self, words: str) -> None:
        posts = [one for one in self.user.screen(self.group) if one.author is self.bot]
        self.user.writes(words, self.group, reply_to=posts[-1])

    async def presses(self, label: str) -> None:
        for place in (self.bot, self.group):
            newest = next((m for m in reversed(self.user.screen(place)) if label in m.labels), None)
            if newest is not None:
                self.user.presses(newest, label)
                return
        raise AssertionError(f"{self.user.name} sees no {label!r} in\n{self.screen}")

    async def submits(self, words: str) -> None:
        """Answer the question that the bot put to this person."""
        place = await self.server.until(self._asked_in)
        self.user.writes(words, place)

    def _asked_in(self) -> Group | Bot | None:
        return next((place for place in (self.bot, self.group) if self._prompt(place) is not None), None)

    def _prompt(self, place: Group | Bot) -> Message | None:
        return self.user.world.place(self.user, place).prompts.get(self.user.id)


@dataclass(slots=True, repr=False)
class TelegramStage:
    """A group with the bot and the two in it, and a clock."""

    server: TelegramServer
    pieces: Pieces
    clock: SettableClock
    telegram: Telegram
    group: Group
    bot: Bot
    ann: TelegramPhone
    ben: TelegramPhone

    async def comes(self, wall: str) -> None:
        """A moment comes, such as "2026-03-07 10:00" on the wall at home; each due moment is lived through."""
        until = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        while True:
            coming = await self.pieces.engine.next_moment()
            if coming is None or coming > until:
                break
            self.clock.move_to(coming)
            await self.settles()
        self.clock.move_to(until)
        await self.settles()

    async def settles(self) -> None:
        """Everything that was done has reached the bot, and everything it says has reached the phones."""
        while self.bot.inbox.pending:
            await self.server.until(lambda: not self.bot.inbox.pending)
            # What follows from the answers (a deep link that opens the private chat) is new for the bot.
            await asyncio.sleep(0.01)
        engine = self.pieces.engine
        await engine.share_due()
        await engine.close_stale()
        await engine.open_due()
        await self.pieces.courier.deliver_due()


@asynccontextmanager
async def telegram_stage(folder: Path, known: Repertoire) -> AsyncIterator[TelegramStage]:
    """Telegram over a folder, at the stories' first moment; the bot is in the group and has said hello."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    clock = SettableClock(beginning)
    async with TelegramServer.running() as server, core(database_in(folder), clock, known, key_in(folder)) as pieces:
        bot = server.add_bot(TOKEN, "couple_rituals_bot")
        ann, ben = server.add_user("Ann"), server.add_user("Ben")
        group = server.add_group("Us", ann, ben)
        telegram = Telegram(TOKEN, server.url, pieces.engine.handle, known.words, NO_HURRY)
        pieces.messengers["telegram"] = telegram
        running = asyncio.create_task(telegram.run())
        await server.until(lambda: server.calls_of("getUpdates"))
        group.add_bot(bot, by=ann)
        phones = [TelegramPhone(server, user, group, bot) for user in (ann, ben)]
        stage = TelegramStage(server, pieces, clock, telegram, group, bot, *phones)
        await stage.settles()
        yield stage
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        server.assert_clean()
