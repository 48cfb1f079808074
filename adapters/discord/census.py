"""How many people are on a server: without the list of members Discord tells no more than that."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord

from adapters.discord.client import Client
from adapters.discord.rooms import THE_TWO_AND_THE_BOT

ANSWERS_WITHIN = 1.0
"""Seconds; whoever is waiting for an answer of ours has three."""


class Census:
    """Asks anew each time: the number that the library remembers is as old as the connection."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def others_read(self, guild: int) -> bool:
        """Whether more than the two and the bot are there; where nobody says, it counts as if they were."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                told: Any = await self._client.http.get_guild(guild, with_counts=True)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            return True
        count = told.get("approximate_member_count")
        return count is None or int(count) > THE_TWO_AND_THE_BOT

    async def others_read_in(self, channel: str) -> bool:
        """The same of the server that a channel is in."""
        found = self._client.get_channel(int(channel))
        guild = getattr(found, "guild", None)
        return guild is None or await self.others_read(guild.id)
