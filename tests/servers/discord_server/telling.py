"""Which bots hear of what, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord_server.accounts import GUILD_MEMBERS, Account, Bot, Shape
from discord_server.channels import GuildChannel, Thread
from discord_server.messages import Message, sees_words
from discord_server.sessions import (
    DIRECT_MESSAGES,
    DIRECT_REACTIONS,
    DIRECT_TYPING,
    GUILD_MESSAGES,
    GUILD_REACTIONS,
    GUILD_TYPING,
    GUILDS,
    SCHEDULED_EVENTS,
    Session,
)

if TYPE_CHECKING:
    from discord_server.channels import Channel
    from discord_server.guilds import Guild
    from discord_server.interactions import Interaction
    from discord_server.membership import Member, Role
    from discord_server.world import World


@dataclass(slots=True, repr=False)
class Telling:
    """Tells every session what its bot sees and it asked to hear."""

    world: World

    def of_message(self, event: str, message: Message) -> None:
        """A message appeared or changed; of those for one person alone no bot is told."""
        if message.only_for is not None:
            return
        for session in self._in(message.channel, GUILD_MESSAGES, DIRECT_MESSAGES):
            sees_all = sees_words(session.bot, session.intents)
            shape = message.shape(session.bot, sees_all=sees_all)
            self.world.judge.judge_message(event, shape)
            session.dispatch(event, shape | _around(message))

    def of_deletion(self, message: Message) -> None:
        """A message is gone."""
        if message.only_for is None:
            body = {"id": str(message.id)} | _where(message.channel)
            for session in self._in(message.channel, GUILD_MESSAGES, DIRECT_MESSAGES):
                session.dispatch("MESSAGE_DELETE", body)

    def of_mark(self, event: str, message: Message, by: Account, emoji: str) -> None:
        """Somebody put a mark on a message, or took it off."""
        body: Shape = {"user_id": str(by.id), "message_id": str(message.id), **_where(message.channel)}
        body |= {"emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}
        guild = message.channel.guild
        if event == "MESSAGE_REACTION_ADD":
            body["message_author_id"] = str(message.author.id)
            if guild is not None:
                body["member"] = guild.members[by.id].whole()
        for session in self._in(message.channel, GUILD_REACTIONS, DIRECT_REACTIONS):
            session.dispatch(event, body)

    def of_pins(self, channel: Channel) -> None:
        """What is pinned in a channel changed."""
        body = _where(channel) | {"last_pin_timestamp": channel.shape().get("last_pin_timestamp")}
        for session in self._in(channel, GUILDS, DIRECT_MESSAGES):
            session.dispatch("CHANNEL_PINS_UPDATE", body)

    def of_typing(self, channel: Channel, by: Account) -> None:
        """Somebody is writing."""
        body = _where(channel) | {"user_id": str(by.id), "timestamp": int(self.world.clock.now())}
        if channel.guild is not None:
            body["member"] = channel.guild.members[by.id].whole()
        for session in self._in(channel, GUILD_TYPING, DIRECT_TYPING):
            session.dispatch("TYPING_START", body)

    def of_channel(self, event: str, channel: GuildChannel | Thread) -> None:
        """A channel or thread is there, changed or is gone; of threads only who sees them is told."""
        more = {"newly_created": True} if event == "THREAD_CREATE" else {}
        told = self._in(channel, GUILDS, 0) if isinstance(channel, Thread) else self._of(channel.guild, GUILDS)
        for session in told:
            session.dispatch(event, channel.shape() | more)

    def of_guild(self, event: str, guild: Guild, body: Shape, *, only: Bot | None = None) -> None:
        """Something about a guild."""
        for session in self._of(guild, GUILDS):
            if only in (None, session.bot):
                session.dispatch(event, body)

    def of_event(self, event: str, guild: Guild, body: Shape) -> None:
        """Something is planned, was changed or called off."""
        for session in self._of(guild, SCHEDULED_EVENTS):
            session.dispatch(event, body)

    def of_role(self, event: str, guild: Guild, role: Role) -> None:
        """A role is there, or changed."""
        self.of_guild(event, guild, {"guild_id": str(guild.id), "role": role.shape()})

    def of_member(self, event: str, guild: Guild, member: Member) -> None:
        """Somebody came, left or changed; a bot always hears of itself."""
        named = {"user": member.account.shape(), "guild_id": str(guild.id)}
        body = named if event == "GUILD_MEMBER_REMOVE" else member.shape() | named
        for session in self._of(guild, GUILDS | GUILD_MEMBERS):
            if session.intents & GUILD_MEMBERS or session.bot is member.account:
                session.dispatch(event, body)

    def of_coming(self, session: Session, guild: Guild, *, is_new: bool = False) -> None:
        """A guild is there, or there again; of one that the bot came into nothing is said of an outage."""
        if guild.is_available:
            shape = guild.create_shape(session)
            session.dispatch("GUILD_CREATE", shape if is_new else shape | {"unavailable": False})
        else:
            session.dispatch("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})

    def of_interaction(self, interaction: Interaction, body: Shape) -> None:
        """Somebody began something with a bot; needs no intent."""
        channel = interaction.channel
        for session in interaction.bot.sessions:
            if session.is_for(channel.guild):
                session.dispatch("INTERACTION_CREATE", body)

    def of_members(self, session: Session, asked: dict[str, Any]) -> None:
        """Who is in a guild, as a bot asked; everybody at once is for those with the intent alone."""
        guild = self.world.guilds.get(int(asked.get("guild_id", 0)))
        named = asked.get("user_ids")
        by_name, most = str(asked.get("query", "")).lower(), int(asked.get("limit", 0))
        if guild is None or (named is None and not by_name and not session.intents & GUILD_MEMBERS):
            self.world.judge.blame("all members were asked for without the intent for it")
            return
        numbers = {int(one) for one in (named if isinstance(named, list) else [named])} if named is not None else None
        found = [one for one in guild.members.values() if numbers is None or one.account.id in numbers]
        found = [one for one in found if one.account.name.lower().startswith(by_name)][: most or None]
        missing = [str(one) for one in (numbers or set()) - guild.members.keys()]
        body = {"guild_id": str(guild.id), "members": [one.whole() for one in found], "not_found": missing}
        body |= {"chunk_index": 0, "chunk_count": 1} | ({"nonce": asked["nonce"]} if "nonce" in asked else {})
        session.dispatch("GUILD_MEMBERS_CHUNK", body)

    def _in(self, channel: Channel, in_guild: int, in_private: int) -> Iterator[Session]:
        """The sessions that see a channel and hear of such things there."""
        guild = channel.guild
        if guild is not None and not guild.is_available:
            return
        intent = in_guild if guild is not None else in_private
        readers = channel.readers()
        for bot in self.world.bots.values():
            if bot in readers:
                yield from [one for one in bot.sessions if one.hears(intent, guild)]

    def _of(self, guild: Guild | None, intent: int) -> Iterator[Session]:
        """The sessions of the bots in a guild."""
        for bot in self.world.bots.values():
            if guild is not None and bot.id in guild.members:
                yield from [one for one in bot.sessions if one.hears(intent, guild)]


def _where(channel: Channel) -> Shape:
    guild = {"guild_id": str(channel.guild.id)} if channel.guild else {}
    return {"channel_id": str(channel.id)} | guild


def _around(message: Message) -> Shape:
    """What the gateway tells about a message beside it."""
    guild = message.channel.guild
    if guild is None:
        return {}
    around: Shape = {"guild_id": str(guild.id)}
    members = guild.members
    if message.author.id in members:
        around["member"] = members[message.author.id].shape()
    known = [one for one in message.mentions if one.id in members]
    around["mentions"] = [one.shape() | {"member": members[one.id].shape()} for one in known]
    return around
