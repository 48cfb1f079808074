"""Takes in what happens on Discord and has it decided about."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord

from adapters.discord.announcing import announce
from adapters.discord.census import Census
from adapters.discord.client import Client
from adapters.discord.conversation import Conversation
from adapters.discord.exchange import Exchange
from adapters.discord.hearing import edited, heard, vanished
from adapters.discord.missed import catch_up, catch_up_in_private, is_news
from adapters.discord.places import private, room
from adapters.discord.reading import read
from adapters.discord.rooms import (
    Spoken,
    added,
    among,
    lacking,
    removed,
    somebody_joined,
    somebody_reads,
)
from adapters.discord.sending import Sender
from adapters.discord.talking import Talk
from bot.errors import DeliveryError
from bot.events import Commanded
from bot.ports import Acquaintances, Handler, Words
from bot.posts import InPrivate, InRoom, Place, Post, Show, Span

MOST_AUTHORS = 10_000
"""How many messages' authors are remembered: Discord does not tell whose message is gone."""

FINISHES_WITHIN = 3.0

logger = logging.getLogger(__name__)


class Intake:
    """A Hearer that turns what it is told into events; *on_connected* is called once Discord knows us."""

    def __init__(
        self,
        client: Client,
        sender: Sender,
        line: aiohttp.ClientSession,
        handler: Handler,
        words: Words,
        on_connected: Callable[[], None],
        known: Acquaintances,
    ) -> None:
        self._client = client
        self._sender = sender
        self._line = line
        self._words = words
        self._on_connected = on_connected
        self._known = known
        self._conversation = Conversation(handler, sender, words)
        self._talk = Talk(handler, sender, words)
        self._census = Census(client)
        self._caught_up = asyncio.Event()
        self._authors: dict[int, str] = {}
        self._under_way: set[asyncio.Task[Any]] = set()
        self._reading = asyncio.Lock()

    async def finish(self) -> None:
        """Let what is under way be shown."""
        await asyncio.sleep(0)  # What was just heard begins.
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=FINISHES_WITHIN)
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def connected(self) -> None:
        """Discord knows us: from now on posts go out."""
        logger.info("on Discord as %s", self._client.user, extra={"action": "discord_ready"})
        with self._at_work():
            try:
                # What was asked before we went is answered before anything new is said.
                await catch_up_in_private(self._client, self._me, self._talk, self._known)
            finally:
                self._caught_up.set()
                self._on_connected()
            await announce(self._client, self._words)

    async def guild_available(self, guild: discord.Guild) -> None:
        """A server is known, at the start or after it was away: what was written meanwhile is read."""
        with self._at_work():
            # One server after the other: those who are here now come first.
            async with self._reading:
                rooms = among(guild, await self._known.rooms())
                await catch_up(rooms, self._me, self._talk, self._known)
                if rooms and await self._census.others_read(guild.id):
                    await self._tell_of_readers(rooms)
                if await is_news(guild, self._me):
                    await self.guild_joined(guild)

    async def interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A command, a press, a form."""
        with self._at_work():
            guild, given = interaction.guild_id, dict(interaction.data or {})
            begins = given.get("name") == "start" and interaction.type is discord.InteractionType.application_command
            others = begins and guild is not None and await self._census.others_read(guild)
            found = read(interaction, others_read=others)
            if found is not None:
                exchange = self._exchange(interaction)
                await self._conversation.take(found, exchange)
                if begins and guild is not None:
                    await self._tell_what_it_lacks(interaction, exchange)
                if others and isinstance(found.event, Commanded):
                    await self._talk.decided(somebody_reads(found.event))

    async def message(self, message: discord.Message) -> None:
        """Somebody wrote, or came; what is not meant for us is let go unread."""
        if message.type is discord.MessageType.new_member and not message.author.bot and message.guild is not None:
            with self._at_work():
                rooms = among(message.guild, await self._known.rooms())
                if rooms and await self._census.others_read(message.guild.id):
                    for channel in rooms:
                        await self._talk.decided(somebody_joined(channel, message.author, str(message.id)))
            return
        noted = heard(message, self._me)
        if noted is None:
            return
        with self._at_work():
            self._remember(message.id, noted.event.person.user)
            if isinstance(noted.event.place, InPrivate):
                # What they wrote meanwhile comes first.
                await self._caught_up.wait()
            await self._talk.take(noted)

    async def edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed a message."""
        event = edited(edit.message, self._me)
        if event is None:
            return
        with self._at_work():
            answer = await self._talk.decided(event)
            if answer is not None:
                await self._talk.show(event, answer)

    async def deletion(self, channel: int, messages: list[int], *, in_private: bool) -> None:
        """Messages are gone; only what was recorded, or is being recorded, is any business of ours."""
        with self._at_work():
            place = await self._private_place(channel, messages) if in_private else room(channel)
            if place is None:
                return
            recorded = await self._known.recorded(place)
            for number in messages:
                author = self._authors.pop(number, "")
                if author or str(number) in recorded:
                    await self._talk.decided(vanished(place, number, author))

    async def guild_joined(self, guild: discord.Guild) -> None:
        """The bot was added to a server; it says hello, and which rights it lacks there."""
        event = added(guild)
        if event is None:
            logger.info("no channel to write to in server %d", guild.id, extra={"action": "nowhere_to_write"})
            return
        with self._at_work():
            answer = await self._talk.decided(event)
            if isinstance(answer, Show):
                await self._talk.show(event, answer)
                await self._name_what_it_lacks(guild, event.place, event.id)

    async def channels_gone(self, channels: list[int]) -> None:
        """The bot can no longer speak there."""
        with self._at_work():
            for channel in channels:
                await self._talk.decided(removed(channel))

    async def _tell_of_readers(self, rooms: list[Spoken]) -> None:
        now = discord.utils.utcnow().timestamp()
        for channel in rooms:
            await self._talk.decided(somebody_joined(channel, None, str(now)))

    async def _private_place(self, channel: int, messages: list[int]) -> Place | None:
        """Whose direct messages these are; nothing where Discord does not say."""
        author = next(filter(None, map(self._authors.get, messages)), "")
        if author:
            return private(int(author))
        try:
            found = await self._client.fetch_channel(channel)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            return None
        return private(found.recipient.id) if isinstance(found, discord.DMChannel) and found.recipient else None

    async def _name_what_it_lacks(self, guild: discord.Guild, place: Any, key: str) -> None:
        assert isinstance(place, InRoom)
        channel = guild.get_channel(int(place.chat))
        phrases = lacking(channel.permissions_for(guild.me)) if channel is not None else []
        if phrases:
            try:
                await self._sender.say(self._lacks(phrases), place, f"{key}/lacks")
            except DeliveryError as trouble:
                logger.warning("a line was not shown: %s", trouble, extra={"action": "answer_not_shown"})

    async def _tell_what_it_lacks(self, interaction: discord.Interaction[Any], exchange: Exchange) -> None:
        """Who begins in a channel reads which rights are missing there, also that it may not write at all."""
        phrases = lacking(interaction.app_permissions, in_thread=isinstance(interaction.channel, discord.Thread))
        if phrases:
            language = str(interaction.locale.value)
            await self._conversation.add(self._lacks(phrases, language), exchange)

    def _lacks(self, phrases: list[str], language: str = "en") -> Post:
        rights = ", ".join(self._words.say(phrase, language) for phrase in phrases)
        return Post((Span(self._words.say("discord-lacks", language, rights=rights)),), quiet=True)

    @property
    def _me(self) -> int:
        assert self._client.user is not None, "only who is logged in hears anything"
        return self._client.user.id

    def _exchange(self, interaction: discord.Interaction[Any]) -> Exchange:
        return Exchange(
            self._line,
            self._client.api_url,
            str(interaction.id),
            interaction.token,
            str(interaction.application_id),
            behind=interaction.message is not None,
            hides=interaction.guild_id is not None,
        )

    def _remember(self, message: int, author: str) -> None:
        if len(self._authors) >= MOST_AUTHORS:
            del self._authors[next(iter(self._authors))]
        self._authors[message] = author

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)
