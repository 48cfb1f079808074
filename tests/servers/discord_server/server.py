"""The server as a test holds it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from discord_server.accounts import Account, Bot
from discord_server.asking import Asked
from discord_server.clock import Clock
from discord_server.faults import Trouble
from discord_server.gateway import Gateway
from discord_server.guilds import Guild
from discord_server.judging import Judge
from discord_server.limits import Limits
from discord_server.official import DESCRIPTION, read_description
from discord_server.pacing import Pacing
from discord_server.people import User
from discord_server.transcript import Transcript
from discord_server.transport import PREFIX, Transport
from discord_server.world import World


@dataclass(slots=True, eq=False, repr=False)
class DiscordServer:
    """Discord on this machine: people, bots, guilds, the API over HTTP and the gateway."""

    world: World
    transport: Transport
    api_url: str = ""
    gateway_url: str = ""

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        checks: bool = True,
        limits: Limits | None = None,
        port: int = 0,
        begins_at: float | None = None,
        remembers: bool = True,
    ) -> AsyncIterator[DiscordServer]:
        """A server that listens on this machine only; without *remembers* it keeps no transcript."""
        server = cls.made(Clock.beginning(begins_at), limits or Limits(), checks=checks, remembers=remembers)
        runner = web.AppRunner(server.transport.application(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            server.listens_on(runner.addresses[0][1])
            yield server
        finally:
            server.drop(code=1001)
            await runner.cleanup()

    @classmethod
    def made(cls, clock: Clock, limits: Limits, *, checks: bool, remembers: bool) -> DiscordServer:
        """The pieces put together, not listening yet."""
        described = checks and DESCRIPTION.exists()
        judge = Judge(read_description(DESCRIPTION) if described else None)
        world = World(clock, limits, Transcript(kept=remembers), judge)
        gateway = Gateway(world)
        return cls(world, Transport(world, gateway, judge, Pacing(world), remembers=remembers))

    def listens_on(self, port: int) -> None:
        """From now on it is known where to find it."""
        here = f"127.0.0.1:{port}"
        self.api_url, self.gateway_url = f"http://{here}{PREFIX}", f"ws://{here}/gateway"
        self.world.files_url = f"http://{here}"
        self.world.gateway_url = self.gateway.url = self.gateway_url

    @property
    def gateway(self) -> Gateway:
        """Who is connected."""
        return self.transport.gateway

    @property
    def clock(self) -> Clock:
        """The server's clock, which a test can move."""
        return self.world.clock

    @property
    def transcript(self) -> Transcript:
        """What became visible to anybody, in order."""
        return self.world.transcript

    @property
    def violations(self) -> list[str]:
        """What did not agree with the official description or the rules beside it, on either side."""
        return self.transport.judge.violations

    @property
    def too_fast(self) -> int:
        """How many requests came faster than the limits allow."""
        return self.transport.pacing.exceeded

    @property
    def requests(self) -> list[Asked]:
        """Every request that came in, in order."""
        return self.transport.asked

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is being answered, and nobody waits for an answer to what they began."""
        begun = self.world.interactions.values()
        return not self.world.under_way and all(one.is_over for one in begun)

    def requests_to(self, key: str) -> list[Asked]:
        """The requests to one route, such as "POST /channels/{channel_id}/messages"."""
        return [one for one in self.requests if one.key == key]

    def assert_clean(self) -> None:
        """Nothing disagreed with the official description or the rules beside it."""
        assert not self.violations, "\n".join(self.violations)

    def add_bot(
        self, token: str, name: str = "Couple Rituals", *, owner: Account | None = None, privileged: int = 0
    ) -> Bot:
        """A bot; *privileged*: the intents that were switched on for it."""
        return self.world.make_bot(token, name, owner, privileged)

    def add_user(self, name: str, *, locale: str = "en-US") -> User:
        """A person."""
        return self.world.make_user(name, locale)

    def add_guild(self, name: str, *people: User, locale: str = "en-US") -> Guild:
        """A guild of these people; it belongs to the first."""
        return self.world.make_guild(name, people, locale)

    def fail(self, key: str, fault: Trouble, *, times: int = 1, channel: int = 0, after: int = 0) -> None:
        """Let the next requests to a route ("*": to any) go wrong, perhaps after some that work."""
        self.transport.troubles.plan(key, fault, times=times, channel=channel, after=after)

    def goes_down(self) -> None:
        """Nobody is reached: neither the API nor the gateway."""
        self.transport.is_down = self.gateway.is_down = True
        self.drop(abruptly=True)

    def comes_back(self) -> None:
        """It is reached again."""
        self.transport.is_down = self.gateway.is_down = False

    def drop(self, bot: Bot | None = None, *, code: int = 4000, abruptly: bool = False) -> None:
        """Connections end; what happens from now on waits for whoever takes the session up again."""
        self.gateway.drop(bot, code, abruptly=abruptly)

    def reconnect(self, bot: Bot | None = None) -> None:
        """Bots are asked to connect anew."""
        self.gateway.reconnect(bot)

    def invalidate(self, bot: Bot | None = None, *, resumable: bool = False) -> None:
        """Bots are told that their session is over."""
        self.gateway.invalidate(bot, resumable=resumable)

    def inject(self, event: str, body: dict[str, Any], bot: Bot | None = None) -> None:
        """Tell a bot something that nobody checks."""
        for session in (bot or self.world.only_bot()).sessions:
            session.dispatch(event, body)

    async def is_heard(self, bot: Bot | None = None) -> None:
        """Wait until a bot has taken in every event: it says so when it is asked for a heartbeat."""
        told = [(one, one.number) for one in (bot or self.world.only_bot()).sessions if one.connection is not None]
        for session, _ in told:
            session.asks_for_heartbeat()
        await self.until(lambda: all(session.has_confirmed(number) for session, number in told))

    async def until(self, condition: Callable[[], object], seconds: float = 10) -> Any:
        """Wait until it is so, and return what the condition returned."""
        ends = asyncio.get_running_loop().time() + seconds
        while not (found := condition()):
            if asyncio.get_running_loop().time() > ends:
                raise AssertionError(f"not so after {seconds} s; last of the transcript: {self.transcript[-5:]}")
            await asyncio.sleep(0.005)
        return found
