"""Updates carried to a bot's own address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from telegram_server.calls import Call
from telegram_server.errors import ApiError
from telegram_server.inbox import Update
from telegram_server.transcript import Confirmed

if TYPE_CHECKING:
    from telegram_server.accounts import Bot
    from telegram_server.world import World

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(slots=True, eq=False, repr=False)
class Webhook:
    """One address; within a queue (a chat's messages, a person's presses) one update is under way at a time."""

    world: World
    bot: Bot
    url: str
    secret: str
    most: int
    under_way: dict[tuple[str, int], asyncio.Task[None]] = field(default_factory=dict)
    carrier: asyncio.Task[None] | None = None
    failed_at: int = 0
    failure: str = ""

    def start(self) -> None:
        """Begin to carry what waits and what comes."""
        self.carrier = asyncio.create_task(self._carry())

    async def stop(self) -> None:
        """Carry nothing any more; what was not taken waits."""
        tasks = [*self.under_way.values(), *([self.carrier] if self.carrier else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self) -> None:
        timeout = aiohttp.ClientTimeout(total=self.world.limits.webhook_timeout)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while True:
                for update in self.bot.inbox.waiting():
                    if update.queue not in self.under_way and len(self.under_way) < self.most:
                        self.under_way[update.queue] = asyncio.create_task(self._deliver(http, update))
                await self.bot.inbox.filled.wait()

    async def _deliver(self, http: aiohttp.ClientSession, update: Update) -> None:
        """Try until it is taken or has expired, with twice the pause each time."""
        pause = self.world.limits.webhook_first_delay
        while not update.expired(self.world.clock.now()) and not await self._taken(http, update):
            await asyncio.sleep(pause)
            pause = min(2 * pause, self.world.limits.webhook_longest_delay)
        self.bot.inbox.drop(update)
        del self.under_way[update.queue]
        self.bot.inbox.filled.set()

    async def _taken(self, http: aiohttp.ClientSession, update: Update) -> bool:
        self.bot.inbox.hand_out([update])
        headers = {SECRET: self.secret} if self.secret else {}
        try:
            async with http.post(self.url, json=update.shape(), headers=headers) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as problem:
            return self._fails(f"Connection failed: {type(problem).__name__}")
        if not 200 <= answer.status < 300:
            return self._fails(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        noted = Confirmed(self.world.clock.date(), self.bot.username, update.id, update.kind)
        self.world.transcript.add(noted)
        await self._obey(body, answer.content_type)
        return True

    def _fails(self, words: str) -> bool:
        self.failed_at, self.failure = self.world.clock.date(), words
        return False

    async def _obey(self, body: bytes, content_type: str) -> None:
        """An answer may carry a method; nobody hears of its result."""
        given = json.loads(body) if content_type == "application/json" and body else None
        if not isinstance(given, Mapping) or "method" not in given:
            return
        parameters = {name: value for name, value in given.items() if name != "method"}
        try:
            await self.world.carry_out(Call(self.bot, str(given["method"]), parameters))
        except ApiError as problem:
            self._fails(f"The answer's method failed: {problem.description}")

    def info(self) -> dict[str, Any]:
        """What getWebhookInfo tells of it."""
        told: dict[str, Any] = {"url": self.url, "max_connections": self.most, "ip_address": "127.0.0.1"}
        failure = {"last_error_date": self.failed_at, "last_error_message": self.failure}
        return told | (failure if self.failed_at else {})
