"""The stories' phones on Discord: the adapter over real HTTP and websockets, against a server that keeps its rules."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from discord_server import Bot, DiscordServer, GuildChannel, Limits, Message, User
from discord_server.channels import Private
from fresh import database_in, key_in
from journal import seen_on

from adapters.discord.client import SERVERS_FOLLOW_WITHIN
from adapters.discord.frontend import Discord
from bot.clock import SettableClock
from bot.events import Event
from bot.ports import Handler
from bot.posts import Answer
from bot.turn import Repertoire
from bot.wiring import Pieces, core
from stories.story import BEGINNING, HOME

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"
A_MOMENT = 0.005


@dataclass(slots=True, repr=False)
class DiscordPhone:
    """One person's phone, as Discord's own client would drive it."""

    server: DiscordServer
    user: User
    channel: GuildChannel | Private
    bot: Bot

    @property
    def messages(self) -> list[Message]:
        """Everything that this person sees, oldest first."""
        # Of those who share no channel, the direct messages are the room.
        seen = {one.id: one for one in (*self.user.screen(self.channel), *self.user.screen(self.bot))}
        return [seen[number] for number in sorted(seen)]

    @property
    def screen(self) -> str:
        """The same as it reads."""
        return "\n".join(f"{one.author.name}: {one.shown}" for one in self.messages)

    @property
    def labels(self) -> list[str]:
        """What can be pressed."""
        return [label for one in self.messages for label in one.labels]

    def happened(self) -> list[tuple[str, ...]]:
        """Everything that came, changed and went before this person's eyes."""
        return list(seen_on(self.server.transcript, self.user.name))

    async def says(self, words: str, *, in_room: bool = True) -> None:
        place = self.channel if in_room else self.bot
        name, _, rest = words.removeprefix("/").partition(" ")
        if not words.startswith("/"):
            self.user.writes(words, in_=place)
        elif name in {one.name for one in self.bot.commands.get(0, ())}:
            given = {"words": rest} if rest else {}
            await self.user.calls(name, in_=place, **given)
        else:
            # The app takes no command that it does not list; in private it can be written all the same.
            self.user.writes(words, in_=self.bot)

    async def replies(self, words: str) -> None:
        posts = [one for one in self.user.screen(self.channel) if one.author is self.bot and not one.is_ephemeral]
        self.user.writes(words, reply_to=posts[-1])

    async def presses(self, label: str) -> None:
        newest = next((one for one in reversed(self.messages) if label in one.labels), None)
        assert newest is not None, f"{self.user.name} sees no {label!r} in\n{self.screen}"
        await self.user.presses(newest, label)

    async def submits(self, words: str) -> None:
        """Fill in the form that opened last."""
        form = self.user.begun[-1].modal
        assert form is not None, f"no form is open for {self.user.name}"
        await self.user.submits(form, {next(iter(form.fields)): words})


@dataclass(slots=True)
class Watched:
    """A handler that tells whether it is at work, and can be made slow."""

    handler: Handler
    active: int = 0
    count: int = 0
    delay: float = 0

    async def __call__(self, event: Event) -> Answer:
        self.active += 1
        self.count += 1
        try:
            await asyncio.sleep(self.delay)
            return await self.handler(event)
        finally:
            self.active -= 1


@dataclass(slots=True, repr=False)
class DiscordStage:
    """A channel with the bot and the two in it, and a clock."""

    server: DiscordServer
    pieces: Pieces
    known: Repertoire
    clock: SettableClock
    handler: Watched
    channel: GuildChannel
    bot: Bot
    ann: DiscordPhone
    ben: DiscordPhone
    running: asyncio.Task[None] | None = None

    async def starts(self) -> None:
        """The bot comes on Discord, and has heard what there is to hear."""
        before = self.bot.identified
        self.begins()
        await self.server.until(lambda: self.bot.identified > before and self.bot.announced)
        # The servers that it is in are passed on after the list of commands.
        await asyncio.sleep(SERVERS_FOLLOW_WITHIN * 2)

    def begins(self) -> None:
        """The bot tries to come."""
        urls = {"api_url": self.server.api_url, "gateway_url": self.server.gateway_url}
        known = self.pieces.engine.acquaintances("discord")
        messenger = Discord(TOKEN, self.handler, self.known.words, known=known, **urls)
        self.pieces.messengers["discord"] = messenger
        self.running = asyncio.create_task(messenger.run())

    async def ends(self) -> None:
        """The bot goes away."""
        assert self.running is not None, "only who has come can go"
        self.running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.running

    async def comes(self, wall: str) -> None:
        """A moment comes, such as "2026-03-07 10:00" on the wall at home; each due moment is lived through."""
        until = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        while True:
            coming = await self.pieces.engine.next_moment()
            if coming is None or coming > until:
                break
            self.clock.move_to(coming)
            await self._says_what_is_due()
        self.clock.move_to(until)
        await self._says_what_is_due()

    async def settles(self) -> None:
        """Everything that was done has reached the bot, and everything it says has reached the phones."""
        # The library lets itself be asked for no more than a hundred heartbeats a minute.
        await self.server.is_heard()
        await self._says_what_is_due()

    async def _says_what_is_due(self) -> None:
        await self._is_quiet()
        engine = self.pieces.engine
        await engine.share_due()
        await engine.close_stale()
        await engine.open_due()
        await self.pieces.courier.deliver_due()
        await self._is_quiet()

    async def settles_without_answers(self) -> None:
        """The same where somebody waits in vain for an answer."""
        for one in self.server.world.interactions.values():
            one.fails(self.server.world)
        await self.settles()

    async def _is_quiet(self) -> None:
        quiet = 0
        while quiet < 3:
            await asyncio.sleep(A_MOMENT)
            quiet = 0 if self.handler.active or not self.server.is_quiet else quiet + 1


@asynccontextmanager
async def discord_stage(
    folder: Path, known: Repertoire, limits: Limits | None = None, *, same_clock: bool = False
) -> AsyncIterator[DiscordStage]:
    """Discord over a folder, at the stories' first moment; the bot is in the server and has said hello.

    With *same_clock* it is that moment on Discord too, which else has the machine's time.
    """
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    clock = SettableClock(beginning)
    async with (
        DiscordServer.running(limits=limits, begins_at=beginning if same_clock else None) as server,
        core(database_in(folder), clock, known, key_in(folder)) as pieces,
    ):
        bot = server.add_bot(TOKEN)
        ann, ben = server.add_user("Ann"), server.add_user("Ben")
        guild = server.add_guild("Us", ann, ben)
        channel = guild.add_channel("general")
        handler = Watched(pieces.engine.handle)
        phones = [DiscordPhone(server, user, channel, bot) for user in (ann, ben)]
        stage = DiscordStage(server, pieces, known, clock, handler, channel, bot, *phones)
        await stage.starts()
        try:
            guild.add_bot(bot)
            await stage.settles()
            yield stage
        finally:
            await stage.ends()
        server.assert_clean()
