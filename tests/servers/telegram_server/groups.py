"""A group of people and bots, and what can happen to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram_server.accounts import ANONYMOUS, Account, Bot
from telegram_server.chats import Chat
from telegram_server.membership import Standing, change
from telegram_server.messages import Message

if TYPE_CHECKING:
    from telegram_server.people import User
    from telegram_server.world import World

TOPIC_COLOUR = 7322096


@dataclass(slots=True, eq=False, kw_only=True)
class Group(Chat):
    """A basic group or a supergroup."""

    world: World
    title: str
    is_super: bool = False
    standings: dict[int, Standing] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    reactions_allowed: tuple[str, ...] | None = None
    moved_to: Group | None = None
    last_bot: Bot | None = None

    def __repr__(self) -> str:
        return f"<group {self.title!r} {self.id}>"

    @property
    def kind(self) -> str:
        """What Telegram calls it."""
        return "supergroup" if self.is_super else "group"

    @property
    def now(self) -> Group:
        """The group itself, or the supergroup that it has become."""
        return self.moved_to.now if self.moved_to else self

    def shape(self) -> dict[str, Any]:
        told: dict[str, Any] = {"id": self.id, "title": self.title, "type": self.kind}
        return told | ({"is_forum": True} if self.is_forum else {})

    def standing(self, account: Account) -> Standing:
        """What this one is in here."""
        return self.standings.get(account.id, Standing.LEFT)

    def readers(self) -> list[User]:
        inside = [number for number, standing in self.standings.items() if standing.inside]
        return [self.world.users[number] for number in inside if number in self.world.users]

    def bots(self) -> list[Bot]:
        return [one for one in self.world.bots.values() if self.standing(one).inside]

    @property
    def owner(self) -> User:
        """Who made the group."""
        return next(one for one in self.world.users.values() if self.standing(one) is Standing.CREATOR)

    def add_bot(self, bot: Bot, by: User | None = None, *, admin: bool = False) -> None:
        """A member adds the bot, as an administrator if wanted."""
        self._enters(bot, by or self.owner)
        if admin:
            change(self, bot, Standing.ADMINISTRATOR, by or self.owner)

    def add_user(self, user: User, by: User | None = None) -> None:
        """A member adds another person, or the person comes by a link."""
        self._enters(user, by or user)

    def _enters(self, account: Account, by: Account) -> None:
        change(self, account, Standing.MEMBER, by)
        self.world.post(self, by, service={"new_chat_members": [account.shape()]})

    def removes_bot(self, bot: Bot | None = None, by: User | None = None) -> None:
        """The bot is thrown out."""
        self.loses(bot or self.world.only_bot(), Standing.KICKED, by or self.owner)

    def removes(self, user: User, by: User | None = None) -> None:
        """A person is thrown out."""
        self.loses(user, Standing.KICKED, by or self.owner)

    def loses(self, account: Account, how: Standing, by: Account) -> None:
        """Somebody is in here no longer."""
        told = self.bots()
        change(self, account, how, by)
        # In a supergroup a bot that was removed hears of it by my_chat_member alone.
        hearers = [one for one in told if one is not account or not self.is_super]
        self.world.post(self, by, service={"left_chat_member": account.shape()}, hearers=hearers)

    def promotes(self, account: Account, by: User | None = None) -> None:
        """Somebody becomes an administrator."""
        change(self, account, Standing.ADMINISTRATOR, by or self.owner)

    def demotes(self, account: Account, by: User | None = None) -> None:
        """An administrator becomes an ordinary member."""
        change(self, account, Standing.MEMBER, by or self.owner)

    def migrates(self, by: User | None = None) -> Group:
        """The basic group becomes a supergroup: another id, and numbers that begin again."""
        assert not self.is_super, "a supergroup does not migrate"
        new = self.world.make_group(self.title, is_super=True)
        new.standings = dict(self.standings)
        self.world.post(self, by or self.owner, service={"migrate_to_chat_id": new.id})
        self.moved_to = new
        self.world.post(new, ANONYMOUS, service={"migrate_from_chat_id": self.id}, on_behalf_of=new)
        return new

    def anonymous_admin_writes(self, text: str, reply_to: Message | None = None) -> Message:
        """An administrator who stays anonymous writes in the group's name."""
        entities = self.world.entities_in(text)
        return self.world.post(self, ANONYMOUS, text=text, entities=entities, reply_to=reply_to, on_behalf_of=self)

    def opens_topic(self, name: str, by: Account | None = None) -> Message:
        """A topic of the forum; its first message is the topic's number."""
        assert self.is_forum, "only a forum has topics"
        told = {"name": name, "icon_color": TOPIC_COLOUR}
        message = self.world.post(self, by or self.owner, service={"forum_topic_created": told})
        self.topics[message.id] = name
        return message

    def allows_reactions(self, *emoji: str) -> None:
        """Only these marks may be put on messages from now on."""
        self.reactions_allowed = emoji
