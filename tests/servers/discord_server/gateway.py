"""The gateway: who connects, what they say, and what they are told first."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from discord_server.accounts import PRIVILEGED, Bot
from discord_server.sessions import (
    ACK,
    ALL_INTENTS,
    FAREWELL,
    GUILDS,
    HEARTBEAT,
    HELLO,
    IDENTIFY,
    INVALID,
    PRESENCE,
    RECONNECT,
    REQUEST_MEMBERS,
    RESUME,
    VOICE,
    Connection,
    Session,
)

if TYPE_CHECKING:
    from discord_server.world import World

LONGEST = 4096
"""Bytes of what a bot may say at once."""
MOST_IN_A_MINUTE = 120


class Closing(Exception):
    """The connection ends, with this code (developers/topics/opcodes-and-status-codes)."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code = code
        self.words = words


@dataclass(slots=True, repr=False)
class Gateway:
    """Lets bots in and listens to them."""

    world: World
    url: str = ""
    is_down: bool = False
    """While it is, nobody gets in."""
    connections: set[Connection] = field(default_factory=set)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Live through one connection."""
        if self.is_down:
            return web.Response(status=503)
        # The library gives up waiting for the other side's farewell after this.
        socket = web.WebSocketResponse(compress=False, timeout=1)
        await socket.prepare(request)
        packed = request.query.get("compress") == "zlib-stream"
        assert request.transport is not None, "somebody is there"
        connection = Connection(socket, request.transport.abort, zlib.compressobj() if packed else None)
        self.connections.add(connection)
        writing = asyncio.create_task(connection.write())
        try:
            self._greet(request, connection)
            await self._listen(connection)
        finally:
            left = not connection.is_closing
            connection.close(1000)
            await asyncio.gather(writing, return_exceptions=True)
            self._part(connection, left=left)
        return socket

    def drop(self, bot: Bot | None, code: int, *, abruptly: bool) -> None:
        """The connections end; the sessions can be resumed."""
        for one in self._connections_of(bot):
            one.cut() if abruptly else one.close(code)

    def reconnect(self, bot: Bot | None) -> None:
        """Ask for another connection."""
        for one in self._connections_of(bot):
            one.say(RECONNECT, None)

    def invalidate(self, bot: Bot | None, *, resumable: bool) -> None:
        """Tell them that their session is over, or that they shall take it up again."""
        for one in self._connections_of(bot):
            session = one.session
            one.say(INVALID, resumable)
            if session is not None and not resumable:
                one.parts()
                one.session = None
                session.bot.sessions.remove(session)

    def _connections_of(self, bot: Bot | None) -> list[Connection]:
        found = [one for one in self.connections if one.session is not None]
        return [one for one in found if one.session is not None and bot in (None, one.session.bot)]

    def _greet(self, request: web.Request, connection: Connection) -> None:
        if request.query.get("v", "10") != "10" or request.query.get("encoding", "json") != "json":
            connection.close(4012, "Invalid API version.")
        elif request.query.get("compress", "zlib-stream") != "zlib-stream":
            self.world.judge.blame(f"the test server has no compression {request.query['compress']!r}")
            connection.close(4000)
        connection.say(HELLO, {"heartbeat_interval": int(self.world.limits.heartbeat_every * 1000)})

    async def _listen(self, connection: Connection) -> None:
        times: deque[float] = deque(maxlen=MOST_IN_A_MINUTE)
        async for message in connection.socket:
            try:
                if len(times) == times.maxlen and self.world.clock.now() - times[0] < 60:
                    raise Closing(4008, "You are being rate limited.")
                times.append(self.world.clock.now())
                self._heard(connection, message.type, message.data)
            except Closing as closing:
                connection.close(closing.code, closing.words)
                return

    def _heard(self, connection: Connection, kind: WSMsgType, said: Any) -> None:
        op, body = _read(kind, said)
        if op == HEARTBEAT:
            if connection.session:
                connection.session.confirms(body)
            connection.say(ACK, None)
        elif op == IDENTIFY:
            self._identified(connection, body)
        elif op == RESUME:
            self._resumed(connection, body)
        elif op not in (PRESENCE, VOICE, REQUEST_MEMBERS):
            raise Closing(4001, "Unknown opcode.")
        elif connection.session is None:
            raise Closing(4003, "Not authenticated.")
        elif op == REQUEST_MEMBERS:
            self.world.telling.of_members(connection.session, body)

    def _identified(self, connection: Connection, body: dict[str, Any]) -> None:
        bot = self._bot(body)
        if connection.session is not None:
            raise Closing(4005, "Already authenticated.")
        intents = body.get("intents")
        if not isinstance(intents, int) or not 0 <= intents <= ALL_INTENTS:
            raise Closing(4013, "Invalid intent(s).")
        if intents & PRIVILEGED & ~bot.privileged:
            raise Closing(4014, "Disallowed intent(s).")
        mine, all_ = body.get("shard", (0, 1))
        if not 0 <= mine < all_:
            raise Closing(4010, "Invalid shard.")
        session = Session(f"{self.world.ids.next():x}", bot, intents, (mine, all_), self.world.clock, connection)
        connection.session = session
        bot.sessions.append(session)
        bot.identified += 1
        self._tell_first(session, sharded="shard" in body)

    def _resumed(self, connection: Connection, body: dict[str, Any]) -> None:
        bot, number = self._bot(body), body.get("seq")
        session = next((one for one in bot.sessions if one.id == body.get("session_id")), None)
        lives = self.world.limits.session_lives
        if session and session.connection is None and self.world.clock.now() - session.lost_at > lives:
            bot.sessions.remove(session)
            session = None
        if session is None:
            connection.say(INVALID, False)
            return
        if not isinstance(number, int) or number > session.number:
            raise Closing(4007, "Invalid seq.")
        bot.resumed += 1
        session.taken_up(connection, number)

    def _bot(self, body: dict[str, Any]) -> Bot:
        bot = self.world.bots.get(str(body.get("token", "")).removeprefix("Bot "))
        if bot is None:
            raise Closing(4004, "Authentication failed.")
        return bot

    def _tell_first(self, session: Session, *, sharded: bool) -> None:
        bot, guilds = session.bot, [one for one in self.world.guilds_of(session.bot) if session.is_for(one)]
        ready: dict[str, Any] = {"v": 10, "user": bot.own_shape(), "session_id": session.id, "session_type": "normal"}
        ready |= {"resume_gateway_url": self.url, "application": {"id": str(bot.id), "flags": bot.flags}}
        ready |= {"guilds": [{"id": str(one.id), "unavailable": True} for one in guilds]}
        ready |= {"private_channels": [], "relationships": [], "presences": [], "user_settings": {}}
        session.dispatch("READY", ready | ({"shard": list(session.shard)} if sharded else {}))
        if session.intents & GUILDS:
            for guild in guilds:
                self.world.telling.of_coming(session, guild)

    def _part(self, connection: Connection, *, left: bool) -> None:
        self.connections.discard(connection)
        session = connection.session
        is_taken_up = session is not None and session.connection is not None
        if session is None or is_taken_up or not left or connection.socket.close_code not in FAREWELL:
            return
        with suppress(ValueError):
            session.bot.sessions.remove(session)


def _read(kind: WSMsgType, said: Any) -> tuple[int, Any]:
    if kind not in (WSMsgType.TEXT, WSMsgType.BINARY) or len(said) > LONGEST:
        raise Closing(4002, "Error while decoding payload.")
    try:
        told = json.loads(said)
        return int(told["op"]), told.get("d")
    except (KeyError, TypeError, ValueError) as problem:
        raise Closing(4002, "Error while decoding payload.") from problem
