"""Where people talk: channels of a guild, threads in them, and direct messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discord_server.accounts import Account, Shape
from discord_server.clock import written
from discord_server.membership import Overwrite
from discord_server.permissions import NOTHING, Permission, permissions_in, told

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.guilds import Guild
    from discord_server.messages import Message
    from discord_server.people import User
    from discord_server.world import World

TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Channel:
    """What all places have in common."""

    id: int
    kind: int
    world: World
    messages: dict[int, Message] = field(default_factory=dict)
    last_message: int = 0
    pinned_at: float = 0.0
    """When something was pinned here last."""

    @property
    def guild(self) -> Guild | None:
        """The guild that it is in, if any."""
        return None

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread."""
        return False

    @property
    def rules(self) -> dict[int, Overwrite]:
        """What it changes about rights, by role and member."""
        return {}

    def lets_in(self, account: Account, allowed: Permission) -> bool:
        """Whether somebody who sees its surroundings also sees it."""
        return True

    def readers(self) -> list[Account]:
        """Everybody who sees what is said here."""
        raise NotImplementedError

    def shape(self) -> Shape:
        """The channel as Discord tells it."""
        newest = str(self.last_message) if self.last_message else None
        shape: Shape = {"id": str(self.id), "type": self.kind, "last_message_id": newest, "flags": 0}
        return shape | ({"last_pin_timestamp": written(self.pinned_at)} if self.pinned_at else {})

    def seen_by(self, user: Account) -> list[Message]:
        """The messages that somebody sees here, oldest first."""
        if user not in self.readers():
            return []
        found = [one for one in self.messages.values() if not one.gone and one.only_for in (None, user)]
        return sorted(found, key=lambda one: one.id)


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class GuildChannel(Channel):
    """A text channel."""

    home: Guild
    name: str
    position: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<#{self.name}>"

    @property
    def guild(self) -> Guild:
        """The guild that it is in."""
        return self.home

    @property
    def rules(self) -> dict[int, Overwrite]:
        """What it changes about rights, by role and member."""
        return self.overwrites

    def readers(self) -> list[Account]:
        """Members with the right to."""
        accounts = [member.account for member in self.home.members.values()]
        return [one for one in accounts if Permission.VIEW_CHANNEL in permissions_in(one, self)]

    def shape(self) -> Shape:
        """The channel as Discord tells it."""
        more: Shape = {"guild_id": str(self.home.id), "name": self.name, "position": self.position}
        more |= {"permission_overwrites": [one.shape() for one in self.overwrites.values()], "nsfw": False}
        return Channel.shape(self) | more | {"topic": None, "parent_id": None, "rate_limit_per_user": 0}

    def overwrite(self, target: Account, *, allow: Permission = NOTHING, deny: Permission = NOTHING) -> None:
        """Change what a member may do here; everybody is told."""
        self.overwrites[target.id] = Overwrite(target.id, True, allow, deny)
        self.world.telling.of_channel("CHANNEL_UPDATE", self)

    def overwrite_everyone(self, *, allow: Permission = NOTHING, deny: Permission = NOTHING) -> None:
        """Change what everybody may do here."""
        self.overwrites[self.home.id] = Overwrite(self.home.id, False, allow, deny)
        self.world.telling.of_channel("CHANNEL_UPDATE", self)

    def add_thread(self, name: str, by: Account, *, about: Message | None = None, private: bool = False) -> Thread:
        """A thread in this channel, perhaps under a message."""
        return self.home.start_thread(self, name, by, about=about, private=private)

    def is_deleted(self) -> None:
        """The channel is gone, with its threads."""
        self.home.loses_channel(self)


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Thread(Channel):
    """A thread, which is a channel of its own."""

    parent: GuildChannel
    name: str
    starter: Account
    made_at: float
    archived: bool = False
    locked: bool = False
    archived_at: float = 0.0
    within: dict[int, Account] = field(default_factory=dict)
    """Who has joined it."""

    def __repr__(self) -> str:
        return f"<thread {self.name}>"

    @property
    def guild(self) -> Guild:
        """The guild that its channel is in."""
        return self.parent.home

    @property
    def is_thread(self) -> bool:
        """It is one."""
        return True

    @property
    def rules(self) -> dict[int, Overwrite]:
        """The same as in its channel."""
        return self.parent.overwrites

    def lets_in(self, account: Account, allowed: Permission) -> bool:
        """A private thread is for those in it, and for those who tend threads."""
        return self.kind == PUBLIC_THREAD or account.id in self.within or Permission.MANAGE_THREADS in allowed

    def readers(self) -> list[Account]:
        """Whoever sees its channel, or is in it if it is private."""
        return [one for one in self.parent.readers() if Permission.VIEW_CHANNEL in permissions_in(one, self)]

    def shape(self) -> Shape:
        """The thread as Discord tells it."""
        state: Shape = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": 1440}
        state |= {"archive_timestamp": written(self.archived_at or self.made_at)}
        state |= {"create_timestamp": written(self.made_at)}
        count = len(self.messages)
        more: Shape = {"guild_id": str(self.guild.id), "parent_id": str(self.parent.id), "name": self.name}
        more |= {"owner_id": str(self.starter.id), "thread_metadata": state, "rate_limit_per_user": 0}
        more |= {"message_count": count, "member_count": len(self.within), "total_message_sent": count}
        return Channel.shape(self) | more

    def archives(self, *, locked: bool = False) -> None:
        """It goes to sleep, as threads do after a while; *locked*: only those who tend threads wake it."""
        self.becomes(archived=True, locked=locked)

    def wakes(self) -> None:
        """It is open again."""
        self.becomes(archived=False, locked=False)

    def becomes(self, *, archived: bool, locked: bool) -> None:
        """Another state, which everybody is told."""
        self.archived, self.locked, self.archived_at = archived, locked, self.world.clock.now()
        self.world.telling.of_channel("THREAD_UPDATE", self)

    def is_deleted(self) -> None:
        """The thread is gone."""
        self.guild.loses_thread(self)


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Private(Channel):
    """The direct messages of a person with a bot."""

    user: User
    bot: Bot

    def __repr__(self) -> str:
        return f"<{self.user.name} with {self.bot.name}>"

    def readers(self) -> list[Account]:
        """The two."""
        return [self.user, self.bot]

    def shape(self) -> Shape:
        """The channel as the bot sees it."""
        return Channel.shape(self) | {"recipients": [self.user.shape()]}


def partial(channel: Channel, user: Account) -> Shape:
    """A channel as an interaction tells it."""
    shape = channel.shape()
    shape.pop("permission_overwrites", None)
    return shape | ({"permissions": told(permissions_in(user, channel))} if channel.guild else {})
