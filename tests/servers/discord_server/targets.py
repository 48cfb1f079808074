"""What a request is about, and whether the bot that asks may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord_server.channels import Private, Thread
from discord_server.errors import ApiError, missing_access, missing_permissions, unknown
from discord_server.permissions import Permission, permissions_in

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.asking import Asked
    from discord_server.channels import Channel
    from discord_server.guilds import Guild
    from discord_server.messages import Message
    from discord_server.world import World

NO_RIGHT = Permission(0)


def channel_of(world: World, asked: Asked, needs: Permission = NO_RIGHT) -> Channel:
    """The channel in the path; raises 404 where it is gone, 403 where it is not seen or a right is missing."""
    channel = world.channels.get(asked.number("channel_id"))
    if channel is None:
        raise unknown("Channel")
    rights = permissions_in(asked.bot, channel)
    if channel.guild is not None and asked.bot.id not in channel.guild.members:
        raise missing_access()
    if Permission.VIEW_CHANNEL not in rights:
        raise missing_access()
    if needs not in rights:
        raise missing_permissions()
    return channel


def message_of(channel: Channel, number: int) -> Message:
    """A message of the channel that everybody sees; raises 404 where there is none."""
    message = channel.messages.get(number)
    if message is None or message.gone or message.only_for is not None:
        raise unknown("Message")
    return message


def guild_of(world: World, asked: Asked) -> Guild:
    """The guild in the path; raises 404 where there is none, 403 where the bot is not in it."""
    guild = world.guilds.get(asked.number("guild_id"))
    if guild is None:
        raise unknown("Guild")
    if asked.bot.id not in guild.members:
        raise missing_access()
    return guild


def says(channel: Channel) -> Permission:
    """The right that it takes to write somewhere."""
    return Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES


def is_open(channel: Channel, bot: Bot) -> None:
    """Whether things in a thread may change; raises 400 where it sleeps."""
    if isinstance(channel, Thread) and channel.archived:
        raise ApiError(400, 50083, "Thread is archived")
    may = Permission.MANAGE_THREADS in permissions_in(bot, channel)
    if isinstance(channel, Thread) and channel.locked and not may:
        raise ApiError(403, 160005, "Thread is locked")


def wakes_by_words(channel: Channel, bot: Bot) -> None:
    """A thread that sleeps wakes when somebody writes, if it was not closed on purpose."""
    if not isinstance(channel, Thread) or not channel.archived:
        return
    if channel.locked and Permission.MANAGE_THREADS not in permissions_in(bot, channel):
        raise ApiError(400, 50083, "Thread is archived")
    channel.wakes()


def lets_write(world: World, channel: Channel, bot: Bot) -> None:
    """Whether somebody takes words of the bot in private; raises 403 where not."""
    if not isinstance(channel, Private):
        return
    if channel.user.has_closed_dms or bot.id in channel.user.blocked:
        raise ApiError(403, 50007, "Cannot send messages to this user")
    if not world.share_a_guild(channel.user, bot):
        raise ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
