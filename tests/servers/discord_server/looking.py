"""The routes by which a bot looks around: itself, people, guilds, channels, threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord_server.accounts import Bot, Shape
from discord_server.asking import NOTHING_TO_SAY, Answer, Asked
from discord_server.channels import GuildChannel, Thread
from discord_server.errors import ApiError, missing_permissions, unknown
from discord_server.guilds import mine
from discord_server.permissions import Permission, permissions_in
from discord_server.targets import channel_of, guild_of, message_of

if TYPE_CHECKING:
    from discord_server.world import World

STARTS_A_DAY = 1000


def me(world: World, asked: Asked) -> Answer:
    """The bot as it sees itself."""
    return Answer(asked.bot.own_shape())


def user(world: World, asked: Asked) -> Answer:
    """Somebody."""
    found = world.account(asked.number("user_id"))
    if found is None:
        raise unknown("User")
    return Answer(found.shape())


def my_guilds(world: World, asked: Asked) -> Answer:
    """The guilds that the bot is in."""
    return Answer([mine(one, asked.bot) for one in world.guilds_of(asked.bot)])


def leave(world: World, asked: Asked) -> Answer:
    """The bot goes out of a guild."""
    guild_of(world, asked).removes_bot(asked.bot)
    return NOTHING_TO_SAY


def application(world: World, asked: Asked) -> Answer:
    """The application."""
    return Answer(_application(world, asked.bot))


def gateway(world: World, asked: Asked) -> Answer:
    """Where the gateway is."""
    return Answer({"url": world.gateway_url})


def gateway_for_bots(world: World, asked: Asked) -> Answer:
    """Where the gateway is, and how often the bot may still begin anew today."""
    left = max(0, STARTS_A_DAY - asked.bot.identified)
    limit = {"total": STARTS_A_DAY, "remaining": left, "reset_after": 14_400_000, "max_concurrency": 1}
    return Answer({"url": world.gateway_url, "shards": 1, "session_start_limit": limit})


def guild(world: World, asked: Asked) -> Answer:
    """A guild, with how many are in it if that is asked."""
    found = guild_of(world, asked)
    count = len(found.members)
    counts = {"approximate_member_count": count, "approximate_presence_count": count}
    return Answer(found.shape() | (counts if asked.query.get("with_counts") in ("1", "true") else {}))


def guild_channels(world: World, asked: Asked) -> Answer:
    """The channels of a guild, threads apart."""
    return Answer([one.shape() for one in guild_of(world, asked).channels])


def guild_roles(world: World, asked: Asked) -> Answer:
    """The roles of a guild."""
    found = guild_of(world, asked)
    return Answer([one.shape() for one in (found.everyone, *found.roles)])


def member(world: World, asked: Asked) -> Answer:
    """Somebody in a guild."""
    found = guild_of(world, asked).members.get(asked.number("user_id"))
    if found is None:
        raise unknown("Member")
    return Answer(found.whole())


def channel(world: World, asked: Asked) -> Answer:
    """A channel, a thread or direct messages."""
    return Answer(channel_of(world, asked).shape())


def change_channel(world: World, asked: Asked) -> Answer:
    """A thread falls asleep or wakes up; a channel gets another name."""
    found, given = channel_of(world, asked), asked.given
    if not isinstance(found, Thread):
        if not isinstance(found, GuildChannel) or Permission.MANAGE_CHANNELS not in permissions_in(asked.bot, found):
            raise missing_permissions()
        found.name = given.get("name", found.name)
        world.telling.of_channel("CHANNEL_UPDATE", found)
        return Answer(found.shape())
    tends = Permission.MANAGE_THREADS in permissions_in(asked.bot, found) or found.starter is asked.bot
    wakes_only = given == {"archived": False} and not found.locked
    if not tends and not (wakes_only and Permission.SEND_MESSAGES_IN_THREADS in permissions_in(asked.bot, found)):
        raise missing_permissions()
    found.becomes(archived=given.get("archived", found.archived), locked=given.get("locked", found.locked))
    return Answer(found.shape())


def open_private(world: World, asked: Asked) -> Answer:
    """The direct messages with somebody."""
    found = world.users.get(int(asked.given.get("recipient_id") or 0))
    if found is None:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return Answer(world.private(found, asked.bot).shape())


def typing(world: World, asked: Asked) -> Answer:
    """The bot shows that it writes."""
    world.telling.of_typing(channel_of(world, asked), asked.bot)
    return NOTHING_TO_SAY


def start_thread(world: World, asked: Asked) -> Answer:
    """A thread in a channel, or under a message."""
    found = channel_of(world, asked, Permission.CREATE_PUBLIC_THREADS)
    if not isinstance(found, GuildChannel):
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    about = message_of(found, asked.number("message_id")) if "message_id" in asked.named else None
    private = asked.given.get("type", 11 if about else 12) == 12
    if private and Permission.CREATE_PRIVATE_THREADS not in permissions_in(asked.bot, found):
        raise missing_permissions()
    thread = found.add_thread(asked.given["name"], asked.bot, about=about, private=private)
    return Answer(thread.shape(), 201)


def join_thread(world: World, asked: Asked) -> Answer:
    """The bot, or whom it names, comes into a thread."""
    found = channel_of(world, asked)
    if not isinstance(found, Thread):
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    who = world.account(asked.number("user_id")) if "user_id" in asked.named else asked.bot
    if who is None:
        raise unknown("User")
    found.within[who.id] = who
    return NOTHING_TO_SAY


def _application(world: World, bot: Bot) -> Shape:
    told: dict[str, Any] = {"id": str(bot.id), "name": bot.name, "icon": None, "description": "", "type": None}
    told |= {"bot": bot.shape(), "bot_public": bot.is_public, "bot_require_code_grant": bot.needs_code_grant}
    told |= {"verify_key": "0" * 64, "flags": bot.flags, "flags_new": str(bot.flags)}
    told |= {"integration_types_config": {"0": {}}}
    told |= {"redirect_uris": [], "interactions_endpoint_url": None, "role_connections_verification_url": None}
    told |= {"owner": bot.owner.shape(), "approximate_guild_count": len(world.guilds_of(bot)), "team": None}
    told |= {"approximate_user_install_count": 0, "approximate_user_authorization_count": 0}
    told |= {"explicit_content_filter": 0, "eligible_oauth2_scopes": []}
    return told
