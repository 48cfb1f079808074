"""The bot on Discord: connects, takes in what happens, and brings posts out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import partial

import aiohttp
import discord

from adapters.discord.client import Client
from adapters.discord.intake import Intake
from adapters.discord.places import PLATFORM
from adapters.discord.sending import Sender
from bot.errors import Misconfigured, Unanswered
from bot.ports import Acquaintances, Handler, Words
from bot.posts import MessageRef, Place, Post

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
CONNECTS_WITHIN = 10.0
ANSWER_ARRIVES_WITHIN = 5.0
"""Seconds for one request about an interaction; Discord wants to hear within three."""

WRONG_TOKEN, WRONG_INTENTS = 4004, (4013, 4014)

REJECTED = (
    "Discord does not accept the token. Nothing is lost, and nothing is said there until it is right: "
    "get a new one in the Developer Portal (your application, Bot, Reset Token), put it into config.toml "
    "(or run `couple-rituals init`), and start again."
)
INTENTS_REFUSED = (
    "Discord refuses the intents that the bot asks for, so it hears nothing there. The bot needs no privileged ones: "
    "if you changed that, switch them on in the Developer Portal (your application, Bot, Privileged Gateway Intents), "
    "or take the change back, and start again."
)

logger = logging.getLogger(__name__)


class Discord:
    """A Messenger to the bot, a client to Discord; *api_url* and *gateway_url* name a proxy, if there is one.

    *known* tells where to look for what was written while it was away: Discord does not say.
    """

    def __init__(
        self,
        token: str,
        handler: Handler,
        words: Words,
        *,
        known: Acquaintances,
        api_url: str = "",
        gateway_url: str = "",
    ) -> None:
        self._token = token
        self._handler = handler
        self._words = words
        self._known = known
        self._api_url = api_url
        self._gateway_url = gateway_url
        self._sender: Sender | None = None
        self._is_ready = asyncio.Event()

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef:
        """Post something; the same *key* within some minutes is the same message."""
        return await (await self._ready()).say(post, to, key)

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef:
        """Show other words in a post's place; tells which messages it takes then."""
        return await (await self._ready()).change(ref, post, key)

    async def remove(self, ref: MessageRef) -> None:
        """Take a message away."""
        await (await self._ready()).remove(ref)

    async def run(self) -> None:
        """Be on Discord until cancelled; raises Misconfigured where it will not have us as we are set up."""
        wait = FIRST_WAIT
        while True:
            # A client that could not log in is of no further use.
            async with Client(self._api_url, self._gateway_url) as client:
                if await self._is_let_in(client):
                    await self._live(client)
            logger.warning("discord: asking again in %.0f s", wait, extra={"action": "discord_waits"})
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    async def _is_let_in(self, client: Client) -> bool:
        try:
            await client.login(self._token)
        except discord.LoginFailure as refused:
            raise Misconfigured(REJECTED) from refused
        except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
            logger.warning(
                "discord does not answer (%s)", type(trouble).__name__, extra={"action": "discord_unanswered"}
            )
            return False
        return True

    async def _live(self, client: Client) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_ARRIVES_WITHIN)
        # Discord turns away whoever does not introduce themselves as its bots do.
        called = {"User-Agent": client.http.user_agent}
        async with aiohttp.ClientSession(timeout=timeout, headers=called) as line:
            sender = Sender(client)
            let_out = partial(self._let_out, sender)
            intake = Intake(client, sender, line, self._handler, self._words, let_out, self._known)
            try:
                await client.stay(intake)
            except discord.ConnectionClosed as closed:
                raise _meaning_of(closed) from closed
            finally:
                await intake.finish()
                self._sender = None
                self._is_ready.clear()

    def _let_out(self, sender: Sender) -> None:
        self._sender = sender
        self._is_ready.set()

    async def _ready(self) -> Sender:
        """The bot's voice, once it is connected; what is due at the start waits for that a moment."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_ready.wait(), CONNECTS_WITHIN)
        if self._sender is None:
            raise Unanswered(f"{PLATFORM} is not connected yet")
        return self._sender


def _meaning_of(closed: discord.ConnectionClosed) -> Exception:
    if closed.code == WRONG_TOKEN:
        return Misconfigured(REJECTED)
    return Misconfigured(INTENTS_REFUSED) if closed.code in WRONG_INTENTS else closed
