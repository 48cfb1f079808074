"""Reads what was written while the bot was away: the gateway tells a new connection nothing of it.

What was heard before is known by its id, so whatever the engine never decided about is lived through now, in order:
replies to us in the couples' channels, and direct messages of whoever was asked something there. Edits as well.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

import aiohttp
import discord

from adapters.discord.hearing import SPOKEN, edited, heard
from adapters.discord.rooms import where_it_may_write
from adapters.discord.talking import Talk
from bot.ports import Acquaintances

AS_FAR_BACK = timedelta(days=2)
MOST = 500
"""Messages of a channel that are looked at."""

MOST_IN_PRIVATE = 20

logger = logging.getLogger(__name__)


async def catch_up(
    rooms: Iterable[discord.TextChannel | discord.Thread], me: int, talk: Talk, known: Acquaintances
) -> None:
    """Live through the replies to us, and their edits, that stand in these channels."""
    since = discord.utils.utcnow() - AS_FAR_BACK
    for channel in rooms:
        newest, rights = channel.last_message_id, channel.permissions_for(channel.guild.me)
        if newest and rights.read_message_history and discord.utils.snowflake_time(newest) > since:
            await _live_through(await _written_in(channel, since), me, talk, known)


async def _written_in(channel: discord.TextChannel | discord.Thread, since: datetime) -> list[discord.Message]:
    """What stands there since, oldest first."""
    try:
        found = [message async for message in channel.history(limit=MOST, after=since, oldest_first=False)]
    except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
        logger.warning(
            "channel %d could not be read (%s)", channel.id, type(trouble).__name__, extra={"action": "history_unread"}
        )
        return []
    return found[::-1]


async def _live_through(messages: list[discord.Message], me: int, talk: Talk, known: Acquaintances) -> None:
    noted = [one for one in (heard(message, me) for message in messages) if one is not None and not one.hidden]
    edits = [one for one in (edited(message, me) for message in messages) if one is not None]
    unheard = await known.unheard([one.event.id for one in noted] + [edit.id for edit in edits])
    for one in noted:
        if one.event.id in unheard:
            await talk.take(one)
    for edit in edits:
        # The words of one that was heard just now are its last ones anyway.
        if edit.id in unheard:
            await talk.decided(edit)


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


async def catch_up_in_private(client: discord.Client, me: int, talk: Talk, known: Acquaintances) -> None:
    """Live through what was written in the direct messages of those who were asked something there."""
    since = discord.utils.utcnow() - AS_FAR_BACK
    for user in await known.awaited():
        try:
            channel = await client.create_dm(discord.Object(int(user)))
            found = [one async for one in channel.history(limit=MOST_IN_PRIVATE, after=since, oldest_first=False)]
        except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
            logger.warning(
                "direct messages could not be read (%s)", type(trouble).__name__, extra={"action": "history_unread"}
            )
            continue
        await _live_through(found[::-1], me, talk, known)
