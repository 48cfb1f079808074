"""The server as a test holds it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from telegram_server import receiving
from telegram_server.accounts import Bot
from telegram_server.calls import Call
from telegram_server.clock import MovableClock
from telegram_server.control import Control
from telegram_server.faults import Trouble
from telegram_server.groups import Group
from telegram_server.inbox import Update
from telegram_server.judging import Judge
from telegram_server.limits import Limits
from telegram_server.methods import known_methods
from telegram_server.official import DESCRIPTION, read_description
from telegram_server.pacing import Pacing
from telegram_server.people import User
from telegram_server.transcript import Transcript
from telegram_server.transport import Transport
from telegram_server.world import World


@dataclass(slots=True, eq=False, repr=False)
class TelegramServer:
    """Telegram on this machine: people, bots, chats, and the Bot API over HTTP."""

    world: World
    transport: Transport
    url: str = ""

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
        controlled: bool = False,
    ) -> AsyncIterator[TelegramServer]:
        """A server that listens on this machine only; without *remembers* it keeps no transcript."""
        server = cls.made(MovableClock(begins_at), limits or Limits(), checks=checks, remembers=remembers)
        application = server.transport.application()
        if controlled:
            application.router.add_post("/control", Control(server.world, server).serve)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield server
        finally:
            await server.stop()
            await runner.cleanup()

    @classmethod
    def made(cls, clock: MovableClock, limits: Limits, *, checks: bool, remembers: bool) -> TelegramServer:
        """The pieces put together, not listening yet."""
        described = checks and DESCRIPTION.exists()
        judge = Judge(read_description(DESCRIPTION) if described else None)
        world = World(clock, limits, Transcript(kept=remembers), judge=judge.judge_update)
        transport = Transport(world, known_methods(), judge, Pacing(world), remembers=remembers)
        world.carry_out = transport.carry_out
        return cls(world, transport)

    async def stop(self) -> None:
        """Let nobody wait any longer."""
        for bot in self.world.bots.values():
            receiving.end_polls(bot)
            if bot.webhook is not None:
                await bot.webhook.stop()

    @property
    def clock(self) -> MovableClock:
        """The server's clock, which a test can move."""
        return self.world.clock

    @property
    def transcript(self) -> Transcript:
        """What became visible to anybody, and which updates were handed out, in order."""
        return self.world.transcript

    @property
    def violations(self) -> list[str]:
        """What did not agree with the official description, on either side."""
        return self.transport.judge.violations

    @property
    def too_fast(self) -> int:
        """How many posts came faster than the limits allow."""
        return self.transport.pacing.exceeded

    @property
    def calls(self) -> list[Call]:
        """Every call that came in, in order."""
        return self.transport.calls

    def is_polled(self, bot: Bot | None = None) -> bool:
        """Whether a bot waits in getUpdates just now."""
        return (bot or self.world.only_bot()).polls_waiting > 0

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [one for one in self.calls if one.method.lower() == method.lower()]

    def assert_clean(self) -> None:
        """Nothing disagreed with the official description."""
        assert not self.violations, "\n".join(self.violations)

    def add_bot(self, token: str, username: str, *, name: str = "Couple Rituals", can_read_all: bool = False) -> Bot:
        """A bot; with *can_read_all* its privacy mode is off."""
        return self.world.make_bot(token, username, name, can_read_all=can_read_all)

    def add_user(self, name: str, *, language: str = "en", username: str | None = None) -> User:
        """A person; an empty username is a person who has none."""
        return self.world.make_user(name, name.lower() if username is None else username, language)

    def add_group(self, title: str, *people: User, is_super: bool = False, is_forum: bool = False) -> Group:
        """A group of these people; the first made it."""
        return self.world.start_group(title, people, is_super=is_super or is_forum, is_forum=is_forum)

    def fail(self, method: str, fault: Trouble, *, times: int = 1, chat: int = 0, after: int = 0) -> None:
        """Let the next calls of a method ("*": of any) go wrong, perhaps in one chat, perhaps after some that work."""
        self.transport.troubles.plan(method, fault, times=times, chat=chat, after=after)

    def inject(self, raw: dict[str, Any], bot: Bot | None = None) -> Update:
        """Give a bot an update that nobody checks."""
        kind = next((name for name in raw if name != "update_id"), "")
        return (bot or self.world.only_bot()).inbox.inject(kind, raw, ("injected", 0))

    async def until(self, condition: Callable[[], object], seconds: float = 10) -> Any:
        """Wait until it is so, and return what the condition returned."""
        ends = asyncio.get_running_loop().time() + seconds
        while not (found := condition()):
            if asyncio.get_running_loop().time() > ends:
                raise AssertionError(f"not so after {seconds} s; last of the transcript: {self.transcript[-5:]}")
            await asyncio.sleep(0.005)
        return found
