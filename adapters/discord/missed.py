"""Reads what was written while the bot was away: the gateway tells a new connection nothing of it.

What was heard before is known by its id, so whatever the engine never decided about is lived through now, in order:
replies to us in the couples' channels, and direct messages of whoever was asked something there. Edits as well, and
that something was taken back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

import aiohttp
import discord

from adapters.discord.hearing import SPOKEN, edited, heard, vanished
from adapters.discord.places import private, room
from adapters.discord.rooms import Spoken, where_it_may_write
from adapters.discord.talking import Talk
from bot.events import Happening
from bot.ports import Acquaintances
from bot.posts import InPrivate, Place

AS_FAR_BACK = timedelta(days=2)
MOST = 500
"""Messages of a channel that are looked at."""

MOST_IN_PRIVATE = 100

logger = logging.getLogger(__name__)


async def catch_up(rooms: Iterable[Spoken], me: int, talk: Talk, known: Acquaintances) -> None:
    """Live through the replies to us that stand in these channels, their edits, and that some are gone."""
    since = discord.utils.utcnow() - AS_FAR_BACK
    for channel in rooms:
        newest, rights = channel.last_message_id, channel.permissions_for(channel.guild.me)
        if newest and rights.read_message_history and discord.utils.snowflake_time(newest) > since:
            await _read_through(channel, room(channel.id), MOST, me, talk, known)


async def catch_up_in_private(client: discord.Client, me: int, talk: Talk, known: Acquaintances) -> None:
    """The same in the direct messages of those who were asked something there, or answered."""
    for user in await known.awaited():
        try:
            channel = await client.create_dm(discord.Object(int(user)))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
            _note_unread(trouble)
            continue
        await _read_through(channel, private(int(user)), MOST_IN_PRIVATE, me, talk, known)


async def _read_through(
    chat: discord.abc.Messageable, place: Place, most: int, me: int, talk: Talk, known: Acquaintances
) -> None:
    since = discord.utils.utcnow() - AS_FAR_BACK
    # Asked first: what is recorded from now on may not be in what is read.
    recorded = await known.recorded(place)
    try:
        found = [message async for message in chat.history(limit=most, after=since, oldest_first=False)]
    except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
        _note_unread(trouble)
        return
    await _live_through(found[::-1], me, talk, known)
    oldest = found[-1].id if len(found) == most else discord.utils.time_snowflake(since)
    await _take_out(recorded - {str(message.id) for message in found}, oldest, place, talk)


async def _take_out(gone: set[str], oldest: int, place: Place, talk: Talk) -> None:
    """What was recorded and stands there no more was taken back; nothing is known of what is older than *oldest*."""
    for number in sorted(int(one) for one in gone if one.isdecimal()):
        if number >= oldest:
            await talk.decided(vanished(place, number))


def _note_unread(trouble: Exception) -> None:
    logger.warning("a chat could not be read (%s)", type(trouble).__name__, extra={"action": "history_unread"})


async def _live_through(messages: list[discord.Message], me: int, talk: Talk, known: Acquaintances) -> None:
    noted = [one for one in (heard(message, me) for message in messages) if one is not None and not one.hidden]
    edits = [one for one in (edited(message, me) for message in messages) if one is not None]
    unheard = await known.unheard([one.event.id for one in noted] + [edit.id for edit in edits])
    for one in noted:
        if one.event.id in unheard or _stands_unanswered(one.event, messages[-1]):
            await talk.take(one)
    for edit in edits:
        # The words of one that was heard just now are its last ones anyway.
        if edit.id in unheard:
            await talk.decided(edit)


def _stands_unanswered(event: Happening, newest: discord.Message) -> bool:
    """Whether somebody's words to us are the last in a private chat: they were decided about, and the answer is owed.

    A repeat changes nothing, and is answered again (docs/decisions/0008).
    """
    is_last = event.message is not None and event.message.message == str(newest.id)
    return isinstance(event.place, InPrivate) and is_last and not any(mark.me for mark in newest.reactions)


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
