"""What the library's client passes on of what it is told."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import discord
from discord_payloads import CHANNEL, GUILD, ME, user

from adapters.discord.client import SERVERS_FOLLOW_WITHIN, Client

READY = {"user": user(ME, "rituals", bot=True), "guilds": [{"id": str(GUILD), "unavailable": True}]}
COMES = {
    "id": str(GUILD),
    "name": "Us",
    "unavailable": False,
    "roles": [{"id": str(GUILD), "name": "@everyone"}],
    "channels": [{"id": str(CHANNEL), "type": 0, "name": "us", "position": 0}],
    "member_count": 3,
}


@dataclass(slots=True)
class Told:
    """A hearer that remembers which servers it was told of."""

    servers: list[int] = field(default_factory=list)

    async def connected(self) -> None:
        pass

    async def guild_available(self, guild: discord.Guild) -> None:
        self.servers.append(guild.id)


async def settles() -> None:
    await asyncio.sleep(SERVERS_FOLLOW_WITHIN * 3)


async def connected() -> tuple[Any, Told]:
    """The client's state, which takes the gateway's events, and who is told of them."""
    client, told = Client(), Told()
    await client._async_setup_hook()
    client._hearer = told  # type: ignore[assignment]
    state: Any = client._connection
    state.parse_ready(READY)
    return state, told


async def test_a_server_that_comes_at_once_is_passed_on_once() -> None:
    state, told = await connected()
    state.parse_guild_create(COMES)
    await settles()
    assert told.servers == [GUILD]


async def test_a_server_that_comes_later_is_passed_on_once() -> None:
    state, told = await connected()
    await settles()
    assert told.servers == []
    state.parse_guild_create(COMES)
    await settles()
    assert told.servers == [GUILD]


async def test_a_server_that_comes_as_the_library_stops_waiting_is_passed_on_once() -> None:
    state, told = await connected()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    # The loop is held up beyond the end of the wait: the wait is over and the server there in the same breath.
    time.sleep(SERVERS_FOLLOW_WITHIN * 2)  # noqa: ASYNC251
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    state.parse_guild_create(COMES)
    await settles()
    assert told.servers == [GUILD]


async def test_after_the_next_connection_it_is_passed_on_again() -> None:
    state, told = await connected()
    state.parse_guild_create(COMES)
    await settles()
    state.parse_ready(READY)
    state.parse_guild_create(COMES)
    await settles()
    assert told.servers == [GUILD, GUILD]
