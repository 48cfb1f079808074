"""The bot on Telegram: connects, takes updates in, and brings posts out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.announcing import announce
from adapters.telegram.conversation import Conversation
from adapters.telegram.gate import Gate, Limits
from adapters.telegram.intake import FIRST_WAIT, LONGEST_WAIT, REJECTED, Intake
from adapters.telegram.places import PLATFORM, Me, chat_of
from adapters.telegram.request import AiohttpRequest
from adapters.telegram.sending import Sender
from bot.errors import Misconfigured, Unanswered
from bot.events import BotAdded, Event
from bot.ports import Handler, Words
from bot.posts import Answer, InRoom, MessageRef, Place, Post

THE_TWO_AND_THE_BOT = 3
CONNECTS_WITHIN = 10.0

logger = logging.getLogger(__name__)


class Telegram:
    """A Messenger to the bot, a client to Telegram; *api_url* is Telegram's own or an own Bot API server's."""

    def __init__(self, token: str, api_url: str, handler: Handler, words: Words, limits: Limits | None = None) -> None:
        # The library's own switch: spans of time as timedelta, without a warning at each 429.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        url = api_url.rstrip("/")
        # Bot.shutdown() leaves its requests open where initialising failed, so they are kept at hand.
        self._requests = (AiohttpRequest(), AiohttpRequest())
        self._bot = Bot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=self._requests[1],
            get_updates_request=self._requests[0],
        )
        self._handler = handler
        self._words = words
        self._gate = Gate(limits or Limits())
        self._sender: Sender | None = None
        self._is_ready = asyncio.Event()

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef:
        """Post something; Telegram has no way to tell a second try from a first."""
        del key
        return await (await self._ready()).say(post, to, answer=False)

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef:
        """Show other words in a post's place; tells which messages it takes then."""
        del key
        return await (await self._ready()).change(ref, post, answer=False)

    async def remove(self, ref: MessageRef) -> None:
        """Take a post away."""
        await (await self._ready()).remove(ref)

    async def run(self) -> None:
        """Be on Telegram until cancelled; raises Misconfigured where it does not know the token."""
        async with self._connected() as me:
            sender = Sender(self._bot, me, self._gate)
            self._sender = sender
            self._is_ready.set()
            intake = Intake(self._bot, self._requests[0], me, self._decide, Conversation(sender, self._words))
            try:
                await announce(self._bot, self._words)
                logger.info("on Telegram as @%s", me.name, extra={"action": "telegram_ready"})
                await intake.run()
            finally:
                await intake.finish()
                self._sender = None
                self._is_ready.clear()

    async def _decide(self, event: Event) -> Answer:
        if isinstance(event, BotAdded) and isinstance(event.place, InRoom):
            event = replace(event, others_read=await self._others_read(event.place))
        return await self._handler(event)

    async def _others_read(self, place: InRoom) -> bool:
        """Whether more than the two are in a group; where it cannot be told, nobody is presumed."""
        try:
            return await self._bot.get_chat_member_count(chat_of(place)) > THE_TWO_AND_THE_BOT
        except TelegramError:
            return False

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Me]:
        """The bot's own account, asked for until Telegram answers."""
        try:
            await self._introduce()
            yield Me(self._bot.id, self._bot.username)
        finally:
            await self._bot.shutdown()
            await asyncio.gather(*(request.shutdown() for request in self._requests))

    async def _introduce(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                return await self._bot.initialize()
            except InvalidToken as refused:
                raise Misconfigured(REJECTED) from refused
            except TelegramError as trouble:
                logger.warning(
                    "telegram does not answer (%s); asking again in %.0f s",
                    type(trouble).__name__,
                    wait,
                    extra={"action": "telegram_waits"},
                )
                await asyncio.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)

    async def _ready(self) -> Sender:
        """The bot's voice, once it is connected; what is due at the start waits for that a moment."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_ready.wait(), CONNECTS_WITHIN)
        if self._sender is None:
            raise Unanswered(f"{PLATFORM} is not connected yet")
        return self._sender
