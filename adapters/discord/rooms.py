"""Channels of a server: where the bot may speak, who else reads there, and which rights it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import discord

from adapters.discord.places import PLATFORM, room
from bot.events import BotAdded, BotRemoved, Commanded, Person, PersonJoined

THE_TWO_AND_THE_BOT = 3

Room = discord.abc.GuildChannel | discord.Thread
Spoken = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
"""What has a history of messages; voice channels have a chat beside them."""

RIGHTS = {
    "discord-right-see": "view_channel",
    "discord-right-write": "send_messages",
    "discord-right-history": "read_message_history",
    "discord-right-marks": "add_reactions",
    "discord-right-files": "attach_files",
}
"""The phrase for each right that it can be without, and the library's name for it."""


def added(guild: discord.Guild) -> BotAdded | None:
    """The bot came into a server: it says hello where it may write; nothing where it may nowhere."""
    channel = next(where_it_may_write(guild), None)
    if channel is None:
        return None
    since = guild.me.joined_at or discord.utils.utcnow()
    return BotAdded(
        id=f"g{guild.id}.{int(since.timestamp())}",
        moment=int(since.timestamp()),
        place=room(channel.id),
        # Discord does not tell who added it.
        person=Person(PLATFORM, "", "", str(guild.preferred_locale.value)),
        others_read=others_read(channel),
    )


def removed(channel: int) -> BotRemoved:
    """The bot can no longer speak in a channel."""
    now = discord.utils.utcnow().timestamp()
    return BotRemoved(id=f"r{channel}.{now}", moment=int(now), place=room(channel), person=Person(PLATFORM, "", ""))


def somebody_reads(begun: Commanded) -> PersonJoined:
    """Others read the channel that somebody came into by a way in; a command itself cannot say so."""
    return PersonJoined(id=f"o{begun.id}", moment=begun.moment, place=begun.place, person=Person(PLATFORM, "", ""))


def somebody_joined(channel: Room, newcomer: discord.abc.User | None, key: str) -> PersonJoined:
    """Somebody else reads a channel; who, only where Discord says so. *key* tells one such moment from another."""
    person = Person(PLATFORM, str(newcomer.id) if newcomer else "", "")
    now = discord.utils.utcnow().timestamp()
    return PersonJoined(id=f"j{key}.{channel.id}", moment=int(now), place=room(channel.id), person=person)


def others_read(channel: Room | None) -> bool:
    """Whether more than the two read a channel; without the list of members, whoever is on the server counts."""
    if channel is None:
        return False
    guild = channel.guild
    if guild.chunked and not isinstance(channel, discord.Thread):
        readers = [member for member in guild.members if channel.permissions_for(member).read_messages]
        return len([member for member in readers if not member.bot]) > THE_TWO_AND_THE_BOT - 1
    return (guild.member_count or 0) > THE_TWO_AND_THE_BOT


def lacking(has: discord.Permissions, *, in_thread: bool = False) -> list[str]:
    """The phrases for the rights that the bot lacks in a channel."""
    writes = {"discord-right-write": "send_messages_in_threads"} if in_thread else {}
    return [phrase for phrase, right in (RIGHTS | writes).items() if not getattr(has, right)]


def among(guild: discord.Guild, chats: Iterable[str]) -> list[Spoken]:
    """The channels of a server, its open threads with them, that are among these chats."""
    found = (guild.get_channel_or_thread(int(chat)) for chat in chats if chat.isdecimal())
    return [channel for channel in found if isinstance(channel, Spoken)]


def where_it_may_write(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """The channels in which it may say hello, the one for such news first."""
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        # Who cannot see a channel has no right in it, as the library counts.
        if channel.permissions_for(guild.me).send_messages:
            yield channel
