"""Says things on Discord: messages, edits and receipts, each at most once as far as Discord can tell."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord
from discord.http import Route

from adapters.discord.census import Census
from adapters.discord.client import Client
from adapters.discord.places import PLATFORM, nonce_of
from adapters.discord.planning import Planner
from adapters.discord.recordings import fetched, holding, keeping_files, suppress_refused_files
from adapters.discord.troubles import ARCHIVED, UNKNOWN_MESSAGE, meant
from adapters.discord.widgets import NO_PINGS, NO_PREVIEWS, NO_SOUND, Message, body_of, is_empty, messages
from adapters.discord.writing import escaped
from bot.errors import DeliveryError, OthersRead, Rejected
from bot.posts import Appointment, InPrivate, InRoom, MessageRef, Place, Post, Recorded

RECEIPT = "\u270d\ufe0f"
"""The neutral mark: a writing hand."""

WITHIN = 45.0
"""Seconds for one message, the library's waiting for its turn included; a delivery is ours for 120."""

MOST_REMEMBERED = 10_000

logger = logging.getLogger(__name__)


class Sender:
    """The bot's voice; raises DeliveryErrors and nothing of the library's."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._http = client.http
        self._census = Census(client)
        self._planner = Planner(client, self._census)
        self._private: dict[str, str] = {}

    @property
    def application(self) -> str:
        """The application's id, which the link that adds the bot is made of."""
        return str(self._client.application_id)

    async def say(self, post: Post, to: Place, key: str) -> MessageRef:
        """Send a post; where it takes several messages, the last one bears its choices and counts as it."""
        if post.for_two and isinstance(to, InRoom) and await self._census.others_read_in(to.chat):
            raise OthersRead(f"channel {to.chat}")
        made = messages(post, self.application)
        if is_empty(made[-1]):
            raise Rejected("a post without words")
        if post.recorded is not None and post.recorded.platform == PLATFORM:
            return await self._pass_on(post.recorded, made, to, key)
        stands = await self.send(made, to, key)
        if post.appointment is not None:
            await self._plan_if_it_goes(post.appointment, stands)
        return stands

    async def _plan_if_it_goes(self, appointment: Appointment, stands: MessageRef) -> None:
        # A post that stands is not sent again for the sake of its event: after some minutes it would stand twice.
        with contextlib.suppress(DeliveryError):
            async with meant(WITHIN):
                await self._planner.plan(appointment, stands)

    async def _pass_on(self, recorded: Recorded, made: list[Message], to: Place, key: str) -> MessageRef:
        """A post with what somebody recorded; where that may not be sent there, its words alone."""
        async with meant(WITHIN * (len(made) + 1)):
            file = await fetched(self._http, recorded)
            channel = await self._channel(to)
            if file is not None:
                with suppress_refused_files():
                    return _standing(to, await self._send(channel, holding(made, file), key))
            return _standing(to, await self._send(channel, made, key))

    async def send(self, made: list[Message], to: Place, key: str) -> MessageRef:
        """Send messages in order; the last one counts as the post."""
        async with meant(WITHIN * len(made)):
            return _standing(to, await self._send(await self._channel(to), made, key))

    async def change(self, about: MessageRef, post: Post, key: str) -> MessageRef:
        """Show other words in a post's place; it takes as many messages as it needs then."""
        made = messages(post, self.application)
        if post.recorded is not None:
            made = keeping_files(made)
        async with meant(WITHIN * (len(made) + 1)):
            channel = await self._channel(about.place)
            there = [*about.earlier, about.message]
            surplus = max(0, len(there) - len(made))
            for gone in there[:surplus]:
                await self._delete(channel, gone)
            there = there[surplus:]
            for number, message in zip(there, made, strict=False):
                shown = still(message, alone=message is made[-1])
                await self._awake(channel, partial(self._patch, channel, number, shown))
            stands = _standing(about.place, [*there, *await self._send(channel, made[len(there) :], key)])
            if post.appointment is not None:
                await self._planner.plan(post.appointment, stands)
            return stands

    async def remove(self, about: MessageRef) -> None:
        """Take a post away; what is gone already is fine."""
        async with meant(WITHIN * (len(about.earlier) + 1)):
            channel = await self._channel(about.place)
            for message in (*about.earlier, about.message):
                await self._delete(channel, message)

    async def receive(self, about: MessageRef) -> None:
        """Put the receipt on a person's message."""
        async with meant(WITHIN):
            channel = await self._channel(about.place)
            await self._http.add_reaction(channel, about.message, RECEIPT)

    async def remark(self, words: str, about: MessageRef, key: str) -> None:
        """A quiet line under a message of somebody's, which pings nobody."""
        async with meant(WITHIN):
            channel = await self._channel(about.place)
            message = {
                "content": escaped(words),
                "flags": NO_PREVIEWS | NO_SOUND,
                "allowed_mentions": NO_PINGS,
                "message_reference": {"message_id": about.message, "fail_if_not_exists": False},
                "nonce": nonce_of(key),
                "enforce_nonce": True,
            }
            await self._post(channel, Message(message))

    async def _channel(self, place: Place) -> str:
        """The channel of a place; direct messages have one of their own, which Discord names."""
        if not isinstance(place, InPrivate):
            return place.chat
        if place.user not in self._private:
            if len(self._private) >= MOST_REMEMBERED:
                self._private.clear()
            opened = await self._http.start_private_message(place.user)
            self._private[place.user] = str(opened["id"])
        return self._private[place.user]

    async def _awake(self, channel: str, attempt: Callable[[], Awaitable[Any]]) -> Any:
        """Try it; a thread that sleeps is woken up first, if that is ours to do."""
        try:
            return await attempt()
        except discord.HTTPException as refused:
            if refused.code != ARCHIVED:
                raise
        await self._http.request(_route("PATCH", channel), json={"archived": False})
        return await attempt()

    async def _send(self, channel: str, made: list[Message], key: str) -> list[str]:
        sent = []
        for number, message in enumerate(made):
            told = message.changed(nonce=nonce_of(key, number), enforce_nonce=True)
            sent.append(str((await self._awake(channel, partial(self._post, channel, told)))["id"]))
        return sent

    async def _delete(self, channel: str, message: str) -> None:
        try:
            await self._awake(channel, partial(self._http.delete_message, channel, message))
        except discord.NotFound as gone:
            if gone.code != UNKNOWN_MESSAGE:
                raise

    async def _post(self, channel: str, message: Message) -> Any:
        body = body_of(message.payload, message.files)
        return await self._http.request(_route("POST", channel, "/messages"), **body)

    async def _patch(self, channel: str, number: str, message: Message) -> Any:
        body = body_of(message.payload, message.files)
        return await self._http.request(_route("PATCH", channel, "/messages/{message_id}", message_id=number), **body)


def still(message: Message, *, alone: bool) -> Message:
    """A message as an edit: an edit rings nothing, and one that is continued elsewhere loses its choices here."""
    payload = {**message.payload, "flags": NO_PREVIEWS}
    return Message(payload if alone else {**payload, "components": [], "attachments": []}, message.files)


def _standing(place: Place, there: list[str]) -> MessageRef:
    return MessageRef(place, there[-1], tuple(there[:-1]))


def _route(method: str, channel: str, rest: str = "", **named: str) -> Route:
    return Route(method, "/channels/{channel_id}" + rest, channel_id=channel, **named)
