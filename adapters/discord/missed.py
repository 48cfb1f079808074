"""Reads what was written while the bot was away: the gateway tells a new connection nothing of it.

In channels that is each reply to us which bears no mark of ours. In direct messages, which Discord does not list
either, it is what stands behind our own last words, with whoever was asked something there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

import aiohttp
import discord

from adapters.discord.hearing import SPOKEN, Noted, heard
from adapters.discord.rooms import where_it_may_write
from adapters.discord.sending import RECEIPT
from adapters.discord.talking import Talk
from bot.posts import Done

AS_FAR_BACK = timedelta(days=2)
MOST = 500
"""Messages of a channel that are looked at."""

MOST_IN_PRIVATE = 20

logger = logging.getLogger(__name__)


async def catch_up(rooms: Iterable[discord.TextChannel | discord.Thread], me: int, talk: Talk) -> None:
    """Hand over each reply to us that bears no mark of ours; the engine knows those that it has seen."""
    since = discord.utils.utcnow() - AS_FAR_BACK
    for channel in rooms:
        newest, rights = channel.last_message_id, channel.permissions_for(channel.guild.me)
        if newest and rights.read_message_history and discord.utils.snowflake_time(newest) > since:
            await _catch_up_in(channel, since, me, talk)


async def _catch_up_in(channel: discord.TextChannel | discord.Thread, since: datetime, me: int, talk: Talk) -> None:
    try:
        found = [message async for message in channel.history(limit=MOST, after=since, oldest_first=False)]
    except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
        logger.warning(
            "channel %d could not be read (%s)", channel.id, type(trouble).__name__, extra={"action": "history_unread"}
        )
        return
    for message in reversed(found):
        noted = heard(message, me)
        if noted is not None and not noted.hidden and not _is_received(message):
            await _hand_over(noted, talk)


async def is_news(guild: discord.Guild, me: int) -> bool:
    """Whether the bot was added to a server while it was away, and has said nothing there yet."""
    since = guild.me.joined_at
    channel = next(where_it_may_write(guild), None)
    if channel is None or since is None or since < discord.utils.utcnow() - AS_FAR_BACK:
        return False
    if not channel.permissions_for(guild.me).read_message_history:
        return False
    try:
        return not any([said.author.id == me and said.type in SPOKEN async for said in channel.history(after=since)])
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        return False


async def catch_up_in_private(client: discord.Client, users: Iterable[str], me: int, talk: Talk) -> None:
    """Live through what these people wrote in their direct messages after our own last words there."""
    for user in users:
        try:
            written = await _unanswered(await client.create_dm(discord.Object(int(user))), me)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
            logger.warning(
                "direct messages could not be read (%s)", type(trouble).__name__, extra={"action": "history_unread"}
            )
            continue
        for message in written:
            noted = heard(message, me)
            if noted is not None:
                await talk.take(noted)


async def _unanswered(channel: discord.DMChannel, me: int) -> list[discord.Message]:
    """What stands behind our last words or our last mark, oldest first."""
    since = discord.utils.utcnow() - AS_FAR_BACK
    found: list[discord.Message] = []
    async for message in channel.history(limit=MOST_IN_PRIVATE):
        if message.author.id == me or message.created_at < since or _is_received(message):
            break
        found.append(message)
    return found[::-1]


async def _hand_over(noted: Noted, talk: Talk) -> None:
    answer = await talk.decided(noted.event)
    # Only the mark: a line that was said before we went would be said again at each start.
    if isinstance(answer, Done):
        await talk.show(noted.event, answer)


def _is_received(message: discord.Message) -> bool:
    # Discord may tell the same hand with the sign behind it that makes it colourful, or without.
    return any(reaction.me and str(reaction.emoji)[:1] == RECEIPT[:1] for reaction in message.reactions)
