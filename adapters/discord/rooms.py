"""Channels of a server: where the bot may speak, who else reads there, and which rights it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import discord

from adapters.discord.places import PLATFORM, room
from bot.events import BotAdded, BotRemoved, Commanded, Person, PersonJoined

THE_TWO_AND_THE_BOT = 3

Room = discord.abc.GuildChannel | discord.Thread

RIGHTS = {
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


def lacking(channel: Room) -> list[str]:
    """The phrases for the rights that the bot lacks in a channel."""
    has = channel.permissions_for(channel.guild.me)
    return [phrase for phrase, right in RIGHTS.items() if not getattr(has, right)]


def among(guild: discord.Guild, chats: Iterable[str]) -> list[discord.TextChannel | discord.Thread]:
    """The channels and open threads of a server that are among these chats."""
    found: list[discord.TextChannel | discord.Thread] = [*guild.text_channels, *guild.threads]
    wanted = {int(chat) for chat in chats if chat.isdecimal()}
    return [channel for channel in found if channel.id in wanted]


def where_it_speaks(guild: discord.Guild) -> Iterator[Room]:
    """Every channel and open thread that may be a room."""
    found: list[Room] = [*guild.text_channels, *guild.threads]
    for channel in found:
        if channel.permissions_for(guild.me).read_messages:
            yield channel


def where_it_may_write(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """The channels in which it may say hello, the one for such news first."""
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        # Who cannot see a channel has no right in it, as the library counts.
        if channel.permissions_for(guild.me).send_messages:
            yield channel
