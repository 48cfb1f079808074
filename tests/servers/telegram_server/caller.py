"""A bot without any library: it calls methods and says what came back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from telegram_server.accounts import Bot
from telegram_server.errors import ApiError
from telegram_server.groups import Group
from telegram_server.limits import Limits
from telegram_server.people import User
from telegram_server.server import TelegramServer

TOKEN = "7000000001:a-token"


@dataclass(slots=True)
class Caller:
    """One bot's line to the server."""

    http: aiohttp.ClientSession
    url: str
    token: str = TOKEN
    offset: int = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        """The result of a method; a refusal is raised as the error it is."""
        given = {name: value for name, value in parameters.items() if value is not None}
        async with self.http.post(f"{self.url}/bot{self.token}/{method}", json=given) as answer:
            body = await answer.json()
        if body["ok"]:
            return body["result"]
        assert answer.status == body["error_code"]
        raise ApiError(body["error_code"], body["description"], body.get("parameters"))

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """The updates since the last time, which are confirmed by asking again."""
        got: list[dict[str, Any]] = await self.call("getUpdates", offset=self.offset, **parameters)
        self.offset = got[-1]["update_id"] + 1 if got else self.offset
        return got

    async def newest(self, kind: str) -> dict[str, Any]:
        """The newest update of this kind among those since the last time."""
        told: dict[str, Any] = [one[kind] for one in await self.updates() if kind in one][-1]
        return told


@dataclass(slots=True)
class Stage:
    """Ann, Ben, their group and one bot in it."""

    server: TelegramServer
    bot: Bot
    ann: User
    ben: User
    group: Group
    caller: Caller


@asynccontextmanager
async def staged(*, is_super: bool = False, clean: bool = True, limits: Limits | None = None) -> AsyncIterator[Stage]:
    """A stage whose updates so far are confirmed; at its end nothing may have disagreed with the description."""
    async with TelegramServer.running(limits=limits) as server, aiohttp.ClientSession() as http:
        bot = server.add_bot(TOKEN, "couple_rituals_bot")
        ann, ben = server.add_user("Ann"), server.add_user("Ben", language="de", username="")
        group = server.add_group("Us", ann, ben, is_super=is_super)
        group.add_bot(bot, by=ann)
        caller = Caller(http, server.url)
        await caller.updates()
        await caller.updates()
        yield Stage(server, bot, ann, ben, group, caller)
        if clean:
            server.assert_clean()
