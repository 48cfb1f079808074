"""A bot's place on the gateway, which outlives its connections."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from discord_server.clock import Clock

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.guilds import Guild

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT = 0, 1, 2, 3, 4, 6, 7
REQUEST_MEMBERS, INVALID, HELLO, ACK = 8, 9, 10, 11

GUILDS, GUILD_MEMBERS, GUILD_MESSAGES, GUILD_REACTIONS, GUILD_TYPING = 1 << 0, 1 << 1, 1 << 9, 1 << 10, 1 << 11
SCHEDULED_EVENTS = 1 << 16
DIRECT_MESSAGES, DIRECT_REACTIONS, DIRECT_TYPING = 1 << 12, 1 << 13, 1 << 14
ALL_INTENTS = (1 << 26) - 1

MOST_REMEMBERED = 10_000
FAREWELL = 1000, 1001
"""Whoever closes like this does not mean to come back to the same place."""


@dataclass(frozen=True, slots=True)
class Close:
    """The last thing that is said on a connection."""

    code: int
    words: str = ""


@dataclass(slots=True, eq=False)
class Connection:
    """One websocket, written to by a task of its own, so that telling never waits."""

    socket: web.WebSocketResponse
    abort: Callable[[], None]
    compressor: Any = None
    session: Session | None = None
    is_closing: bool = False
    _outbox: asyncio.Queue[str | Close] = field(default_factory=asyncio.Queue)

    @property
    def is_idle(self) -> bool:
        """Whether everything was sent."""
        return self._outbox.empty()

    def say(self, op: int, body: Any) -> None:
        """Send something that is no event."""
        self.send(json.dumps({"op": op, "d": body, "s": None, "t": None}))

    def send(self, text: str) -> None:
        """Send something, in order."""
        if not self.is_closing:
            self._outbox.put_nowait(text)

    def close(self, code: int, words: str = "") -> None:
        """End it after what was sent; its session hears nothing from now on."""
        if not self.is_closing:
            self.is_closing = True
            self._outbox.put_nowait(Close(code, words))
        self.parts()

    def cut(self) -> None:
        """End it without a word, as a cable does."""
        self.parts()
        self.abort()

    def parts(self) -> None:
        """Let the session go, which keeps what happens until somebody takes it up again."""
        if self.session is not None and self.session.connection is self:
            self.session.connection = None
            self.session.lost_at = self.session.clock.now()

    async def write(self) -> None:
        """Send what is to be sent, until it ends."""
        while True:
            match await self._outbox.get():
                case Close(code, words):
                    await self.socket.close(code=code, message=words.encode())
                    return
                case text:
                    await self._written(text)

    async def _written(self, text: str) -> None:
        try:
            if self.compressor is None:
                await self.socket.send_str(text)
            else:
                packed = self.compressor.compress(text.encode()) + self.compressor.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)
        except ConnectionError:
            self.parts()


@dataclass(slots=True, eq=False)
class Session:
    """What a bot hears, numbered, and kept until it says that it has it."""

    id: str
    bot: Bot
    intents: int
    shard: tuple[int, int]
    clock: Clock
    connection: Connection | None = None
    number: int = 0
    lost_at: float = 0.0
    kept: list[tuple[int, str]] = field(default_factory=list)
    heard: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_REMEMBERED))
    """The names of the events, in order."""

    def hears(self, intent: int, guild: Guild | None) -> bool:
        """Whether events of this kind, from there, are for it."""
        return bool(self.intents & intent) and self.is_for(guild)

    def is_for(self, guild: Guild | None) -> bool:
        """Whether its shard is the one for a guild; direct messages go to the first."""
        mine, all_ = self.shard
        return mine == ((guild.id >> 22) % all_ if guild else 0)

    def dispatch(self, event: str, body: Any) -> None:
        """Tell it that something happened."""
        self.number += 1
        text = json.dumps({"op": DISPATCH, "d": body, "s": self.number, "t": event})
        self.heard.append(event)
        self.kept.append((self.number, text))
        if self.connection is not None:
            self.connection.send(text)

    def confirms(self, number: int | None) -> None:
        """It has everything up to here."""
        self.kept = [(one, text) for one, text in self.kept if one > (number or 0)]

    def has_confirmed(self, number: int) -> bool:
        """Whether it said that it has everything up to here, or is no longer there to say so."""
        return self.connection is None or not any(one <= number for one, _ in self.kept)

    def asks_for_heartbeat(self) -> None:
        """Let it say what it has."""
        if self.connection is not None:
            self.connection.say(HEARTBEAT, None)

    def taken_up(self, connection: Connection, number: int) -> None:
        """It is heard again, from behind *number* on."""
        if self.connection is not None:
            self.connection.close(4000, "Somebody else took it up.")
        self.connection, connection.session = connection, self
        self.confirms(number)
        for _, text in self.kept:
            connection.send(text)
        self.dispatch("RESUMED", {})
