"""Who may do what where: roles first, then what a channel changes about them."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discord_server.accounts import Account
    from discord_server.channels import Channel
    from discord_server.guilds import Guild


class Permission(IntFlag):
    """The rights that matter here, with Discord's numbers."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    CREATE_EVENTS = 1 << 44
    SEND_VOICE_MESSAGES = 1 << 46
    SEND_POLLS = 1 << 49
    PIN_MESSAGES = 1 << 51


NOTHING = Permission(0)
EVERYTHING = Permission((1 << 53) - 1)
"""All that Discord has numbers for."""

USUAL = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.SEND_VOICE_MESSAGES
)
"""What everybody may do in a new guild."""

NEEDS_WORDS = Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE
"""Rights that nobody has who may not write."""


def permissions_of(account: Account, guild: Guild) -> Permission:
    """What somebody may do in a guild, wherever nothing changes it."""
    if account is guild.owner:
        return EVERYTHING
    member = guild.members.get(account.id)
    if member is None:
        return NOTHING
    allowed = guild.everyone.permissions
    for role in member.roles:
        allowed |= role.permissions
    return EVERYTHING if Permission.ADMINISTRATOR in allowed else allowed


def permissions_in(account: Account, channel: Channel) -> Permission:
    """What somebody may do in a channel; a thread goes by the channel that it is in."""
    guild = channel.guild
    if guild is None:
        return EVERYTHING if account in channel.readers() else NOTHING
    allowed = permissions_of(account, guild)
    if allowed != EVERYTHING:
        allowed = _changed(allowed, account, channel)
    if Permission.VIEW_CHANNEL not in allowed or not channel.lets_in(account, allowed):
        return NOTHING
    says = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    return allowed if says in allowed else allowed & ~NEEDS_WORDS


def _changed(allowed: Permission, account: Account, channel: Channel) -> Permission:
    guild = channel.guild
    assert guild is not None, "only a guild's channels have overwrites"
    if account.id not in guild.members:
        return NOTHING
    overwrites, roles = channel.rules, {role.id for role in guild.members[account.id].roles}
    for group in ({guild.id}, roles, {account.id}):
        meant = [overwrites[one] for one in group if one in overwrites]
        for overwrite in meant:
            allowed &= ~overwrite.deny
        for overwrite in meant:
            allowed |= overwrite.allow
    return allowed


def told(permissions: Permission) -> str:
    """Rights as a number in a text."""
    return str(int(permissions))
