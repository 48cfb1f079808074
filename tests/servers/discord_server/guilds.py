"""A guild: what people call a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discord_server import messages
from discord_server.accounts import GUILD_PRESENCES, Account, Bot, Shape
from discord_server.channels import PRIVATE_THREAD, PUBLIC_THREAD, TEXT, GuildChannel, Thread
from discord_server.clock import written
from discord_server.membership import Member, Role
from discord_server.permissions import USUAL, Permission, permissions_in, permissions_of, told

if TYPE_CHECKING:
    from discord_server.people import User
    from discord_server.scheduling import ScheduledEvent
    from discord_server.sessions import Session
    from discord_server.world import World

ASKED = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.ADD_REACTIONS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
)
"""What a modest bot asks for."""


@dataclass(slots=True, eq=False, repr=False)
class Guild:
    """People, bots, roles and channels."""

    id: int
    name: str
    owner: Account
    world: World
    everyone: Role
    locale: str = "en-US"
    roles: list[Role] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    channels: list[GuildChannel] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    events: list[ScheduledEvent] = field(default_factory=list)
    is_available: bool = True
    says_who_joins: bool = True
    """Whether Discord writes a line into the first channel when somebody comes."""

    def __repr__(self) -> str:
        return f"<guild {self.name}>"

    @property
    def bots(self) -> list[Bot]:
        """The bots in it."""
        return [one.account for one in self.members.values() if isinstance(one.account, Bot)]

    def add_channel(self, name: str) -> GuildChannel:
        """A text channel; the first one is where Discord writes who joined."""
        world = self.world
        channel = GuildChannel(
            id=world.ids.next(), kind=TEXT, world=world, home=self, name=name, position=len(self.channels)
        )
        self.channels.append(channel)
        world.channels[channel.id] = channel
        world.telling.of_channel("CHANNEL_CREATE", channel)
        return channel

    def loses_channel(self, channel: GuildChannel) -> None:
        """A channel is gone, with its threads."""
        for thread in [one for one in self.threads if one.parent is channel]:
            self.loses_thread(thread)
        self.channels.remove(channel)
        del self.world.channels[channel.id]
        self.world.telling.of_channel("CHANNEL_DELETE", channel)

    def start_thread(
        self, parent: GuildChannel, name: str, by: Account, *, about: messages.Message | None, private: bool
    ) -> Thread:
        """A thread; one under a message has the message's id."""
        world, kind = self.world, PRIVATE_THREAD if private else PUBLIC_THREAD
        number = about.id if about else world.ids.next()
        made_at = world.clock.now()
        thread = Thread(id=number, kind=kind, world=world, parent=parent, name=name, starter=by, made_at=made_at)
        thread.within[by.id] = by
        self.threads.append(thread)
        world.channels[thread.id] = thread
        world.telling.of_channel("THREAD_CREATE", thread)
        return thread

    def loses_thread(self, thread: Thread) -> None:
        """A thread is gone."""
        self.world.telling.of_channel("THREAD_DELETE", thread)
        self.threads.remove(thread)
        del self.world.channels[thread.id]

    def add_role(self, name: str, permissions: Permission) -> Role:
        """A role that members can be given."""
        role = Role(self.world.ids.next(), name, permissions, len(self.roles) + 1)
        self.roles.append(role)
        self.world.telling.of_role("GUILD_ROLE_CREATE", self, role)
        return role

    def gives(self, account: Account, role: Role) -> None:
        """A member has a role now."""
        member = self.members[account.id]
        member.roles.append(role)
        self.world.telling.of_member("GUILD_MEMBER_UPDATE", self, member)

    def permits(self, bot: Bot, permissions: Permission) -> None:
        """The role that was made for a bot has other rights now."""
        role = next(one for one in self.roles if one.bot == bot.id)
        role.permissions = permissions
        self.world.telling.of_role("GUILD_ROLE_UPDATE", self, role)

    def add_bot(self, bot: Bot, permissions: Permission = ASKED) -> None:
        """A bot comes in, with a role of its own that has the rights which it asked for."""
        role = Role(self.world.ids.next(), bot.name, permissions, len(self.roles) + 1, bot.id)
        self.roles.append(role)
        self._takes_in(bot, [role])

    def add_member(self, user: User) -> None:
        """Somebody joins."""
        self._takes_in(user, [])

    def _takes_in(self, account: Account, roles: list[Role]) -> None:
        assert account.id not in self.members, f"{account} is in {self} already"
        member = self.members[account.id] = Member(account, self.world.clock.now(), roles)
        for role in roles:
            self.world.telling.of_role("GUILD_ROLE_CREATE", self, role)
        self.world.telling.of_member("GUILD_MEMBER_ADD", self, member)
        if isinstance(account, Bot):
            for session in account.sessions:
                if session.hears(1, self):
                    self.world.telling.of_coming(session, self, is_new=True)
        if self.says_who_joins and self.channels:
            self.world.make_message(self.channels[0], account, kind=messages.JOINED)

    def loses(self, account: Account) -> None:
        """Somebody is no longer in it; a bot hears that it is out."""
        if isinstance(account, Bot):
            self.world.telling.of_guild("GUILD_DELETE", self, {"id": str(self.id)}, only=account)
            self.roles = [one for one in self.roles if one.bot != account.id]
        member = self.members.pop(account.id)
        self.world.telling.of_member("GUILD_MEMBER_REMOVE", self, member)

    def removes_bot(self, bot: Bot | None = None) -> None:
        """A bot is thrown out."""
        self.loses(bot or self._only_bot())

    def is_deleted(self) -> None:
        """The guild is gone, for everybody."""
        self.world.telling.of_guild("GUILD_DELETE", self, {"id": str(self.id)})
        for channel in (*self.channels, *self.threads):
            del self.world.channels[channel.id]
        del self.world.guilds[self.id]

    def goes_unavailable(self) -> None:
        """Discord has an outage, and the guild with it."""
        self.world.telling.of_guild("GUILD_DELETE", self, {"id": str(self.id), "unavailable": True})
        self.is_available = False

    def comes_back(self) -> None:
        """The outage is over."""
        self.is_available = True
        for bot in self.bots:
            for session in bot.sessions:
                if session.hears(1, self):
                    self.world.telling.of_coming(session, self)

    def _only_bot(self) -> Bot:
        (bot,) = self.bots
        return bot

    def shape(self) -> Shape:
        """The guild as the API tells it."""
        system = str(self.channels[0].id) if self.channels else None
        nothing = "icon description home_header splash discovery_splash banner application_id afk_channel_id"
        nothing += " widget_channel_id max_presences vanity_url_code rules_channel_id safety_alerts_channel_id"
        nothing += " public_updates_channel_id incidents_data"
        shape: Shape = {"id": str(self.id), "name": self.name, "owner_id": str(self.owner.id)}
        shape |= dict.fromkeys(nothing.split()) | {"features": [], "emojis": [], "stickers": []}
        shape |= {"roles": [role.shape() for role in (self.everyone, *self.roles)], "region": "rotterdam"}
        shape |= {"system_channel_id": system, "system_channel_flags": 0, "preferred_locale": self.locale}
        numbers = "verification_level default_message_notifications mfa_level explicit_content_filter premium_tier"
        numbers += " premium_subscription_count nsfw_level"
        shape |= dict.fromkeys(numbers.split(), 0) | {"afk_timeout": 300, "max_members": 500_000}
        shape |= {"max_stage_video_channel_users": 50, "max_video_channel_users": 25, "nsfw": False}
        return shape | {"widget_enabled": False, "premium_progress_bar_enabled": False}

    def create_shape(self, session: Session) -> Shape:
        """The guild as the gateway tells it first; of the members mostly only the bot itself."""
        bot, members = session.bot, self.members
        told = members.values() if session.intents & GUILD_PRESENCES else [members[bot.id]]
        threads = [one for one in self.threads if not one.archived]
        seen = [one for one in threads if Permission.VIEW_CHANNEL in permissions_in(bot, one)]
        empty = ("voice_states", "presences", "stage_instances", "soundboard_sounds")
        events = [one.shape(creator=None) for one in self.events]
        more: Shape = {"joined_at": written(members[bot.id].joined_at), "large": False}
        more |= {"member_count": len(members), "members": [one.whole() for one in told], **{key: [] for key in empty}}
        more |= {"channels": [one.shape() for one in self.channels], "threads": [one.shape() for one in seen]}
        return self.shape() | more | {"guild_scheduled_events": events}


def everyone_in(number: int) -> Role:
    """The role that everybody has, which bears the guild's number."""
    return Role(number, "@everyone", USUAL)


def mine(guild: Guild, bot: Bot) -> Shape:
    """A guild in the list of those that a bot is in."""
    shape: Shape = {"id": str(guild.id), "name": guild.name, "icon": None, "banner": None, "features": []}
    return shape | {"owner": False, "permissions": told(permissions_of(bot, guild))}
