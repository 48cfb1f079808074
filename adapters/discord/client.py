"""The connection to Discord's gateway and API, which outlives drops and what cannot be read."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Protocol

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import HTTPClient, Route

from adapters.discord.pacing import Pace

CONNECTS_WITHIN = 60.0
LONGEST_RATE_LIMIT = 30.0
"""Seconds that the library waits by itself when it is asked to slow down; the courier knows what to do about more."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
SERVERS_FOLLOW_WITHIN = 0.05
"""Seconds for which the library keeps back the servers that it is told of first; a later one is passed on alone."""

WELL_AFTER = 1.0
"""A connection that lived so many seconds was a good one, and is taken up again at once."""

NETWORK = (OSError, TimeoutError, aiohttp.ClientError)
CANNOT_GO_ON = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Close codes after which there is no reconnecting (developers/topics/opcodes-and-status-codes)."""

logger = logging.getLogger(__name__)


class Hearer(Protocol):
    """Whoever is told what happens on Discord."""

    async def connected(self) -> None: ...

    async def guild_available(self, guild: discord.Guild) -> None: ...

    async def interaction(self, interaction: discord.Interaction[Any]) -> None: ...

    async def message(self, message: discord.Message) -> None: ...

    async def edit(self, edit: discord.RawMessageUpdateEvent) -> None: ...

    async def deletion(self, channel: int, messages: list[int], *, in_private: bool) -> None: ...

    async def guild_joined(self, guild: discord.Guild) -> None: ...

    async def channels_gone(self, channels: list[int]) -> None: ...


class Http(HTTPClient):
    """The library's requests to an API of our choice; the library knows one address for the whole process."""

    def __init__(self, loop: asyncio.AbstractEventLoop, api_url: str) -> None:
        super().__init__(loop, max_ratelimit_timeout=LONGEST_RATE_LIMIT)
        self.api_url = api_url.rstrip("/") or Route.BASE
        self._pace = Pace()

    async def request(self, route: Route, **kwargs: Any) -> Any:
        """One request, with the library's pacing for each route and its tries, and ours for all together."""
        await self._pace.turn()
        route.url = self.api_url + route.url.removeprefix(Route.BASE)
        # Cancelled while it waits for the pace of all requests, the library would let nothing through any more.
        asking = asyncio.ensure_future(super().request(route, **kwargs))
        asking.add_done_callback(_noticed)
        return await asyncio.shield(asking)


def _noticed(asking: asyncio.Future[Any]) -> None:
    """Whoever asked may have given up; what came of it is no surprise to anybody."""
    if not asking.cancelled():
        asking.exception()


class Client(discord.Client):
    """The library's client, told to whom to turn with what it hears."""

    _hearer: Hearer

    def __init__(self, api_url: str = "", gateway_url: str = "") -> None:
        # The library's own switches; without them it warns that nobody can be called.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        # No privileged intent, and no memory of messages: what is said beside the rituals is not kept for a moment.
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            intents=intents,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=SERVERS_FOLLOW_WITHIN,
        )
        http = Http(self.loop, api_url)
        self.http = self._connection.http = http
        self.api_url = http.api_url
        self._gateway = yarl.URL(gateway_url) if gateway_url else None
        self._greeting: dict[str, Any] = {"initial": True, "gateway": self._gateway}
        self._passed_on: set[int] = set()

    async def stay(self, hearer: Hearer) -> None:
        """Be on the gateway until cancelled; raises ConnectionClosed where Discord will not have us back."""
        self._hearer = hearer
        try:
            await self._stay()
        finally:
            # The library waits for the servers in a task that it forgets when it closes.
            if self._connection._ready_task is not None:
                self._connection._ready_task.cancel()

    async def _stay(self) -> None:
        wait = 0.0
        while True:
            began = self.loop.time()
            why = await self._until_it_ends()
            if self.loop.time() - began > WELL_AFTER:
                wait = 0.0
            # Discord moves its connections about; only who has to wait is worth a warning.
            level = logging.WARNING if wait else logging.INFO
            logger.log(level, "discord: %s; connecting again in %.0f s", why, wait, extra={"action": "discord_waits"})
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2) or FIRST_WAIT

    async def _until_it_ends(self) -> str:
        """Live through one connection; returns why it ended."""
        try:
            opening = DiscordWebSocket.from_client(self, **self._greeting)
            self.ws = await asyncio.wait_for(opening, CONNECTS_WITHIN)
            return await self._listen(self.ws)
        except discord.ConnectionClosed as closed:
            if closed.code in CANNOT_GO_ON:
                raise
            return f"closed ({closed.code})"
        except ReconnectWebSocket:
            return "it closed at once"
        except NETWORK as trouble:
            # Who does not come back where the old connection was is let in by the front door.
            self._greeting["gateway"] = self._gateway
            return f"it does not answer ({type(trouble).__name__})"

    async def _listen(self, socket: DiscordWebSocket) -> str:
        while True:
            try:
                await socket.poll_event()
            except ReconnectWebSocket as again:
                self._greeting = self._return_to(socket, resume=again.resume)
                return "the connection was lost" if again.resume else "the connection begins anew"
            except (*NETWORK, discord.ConnectionClosed):
                self._greeting = self._return_to(socket, resume=True)
                raise
            except Exception as trouble:
                # Whatever it was, it must not hold up what comes behind it. Its words are not logged.
                logger.warning(
                    "an event cannot be read (%s) and is left out",
                    type(trouble).__name__,
                    extra={"action": "event_unreadable"},
                )

    def _return_to(self, socket: DiscordWebSocket, *, resume: bool) -> dict[str, Any]:
        if not resume or socket.session_id is None:
            return {"gateway": self._gateway}
        # A proxy of our own stands before every address that Discord would send us to.
        where = self._gateway or socket.gateway
        return {"gateway": where, "resume": True, "session": socket.session_id, "sequence": socket.sequence}

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Something of ours failed about one event."""
        del args, kwargs
        logger.exception("%s failed", event_method, extra={"action": "event_failed"})

    async def on_connect(self) -> None:
        """Discord knows us."""
        self._passed_on.clear()
        await self._hearer.connected()

    async def on_ready(self) -> None:
        """The library waits for no more servers; one that came in the moment in which it gave up, it forgot."""
        for guild in self.guilds:
            if not guild.unavailable and guild.id not in self._passed_on:
                await self.on_guild_available(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is known, at the start or after it was away."""
        self._passed_on.add(guild.id)
        await self._hearer.guild_available(guild)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A command, a press, a form."""
        await self._hearer.interaction(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote."""
        await self._hearer.message(message)

    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed a message."""
        await self._hearer.edit(edit)

    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        await self._hearer.deletion(gone.channel_id, [gone.message_id], in_private=gone.guild_id is None)

    async def on_raw_bulk_message_delete(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        """Several messages are gone at once."""
        await self._hearer.deletion(gone.channel_id, sorted(gone.message_ids), in_private=gone.guild_id is None)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        self._passed_on.add(guild.id)
        await self._hearer.guild_joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was put out of a server; one that is only unavailable is told otherwise."""
        await self._hearer.channels_gone([channel.id for channel in (*guild.channels, *guild.threads)])

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone."""
        await self._hearer.channels_gone([channel.id])

    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone."""
        await self._hearer.channels_gone([gone.thread_id])
