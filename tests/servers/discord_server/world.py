"""Everything there is: accounts, guilds, channels, messages, interactions, and what happens to them."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from typing import Any

from discord_server import messages
from discord_server.accounts import Account, Bot
from discord_server.channels import DIRECT, Channel, GuildChannel, Private, Thread
from discord_server.clock import Clock, Snowflakes
from discord_server.guilds import Guild, everyone_in
from discord_server.interactions import Interaction
from discord_server.judging import Judge
from discord_server.limits import Limits
from discord_server.membership import Member
from discord_server.messages import Attachment, Message
from discord_server.people import User
from discord_server.telling import Telling
from discord_server.transcript import Deleted, Noticed, Pinned, Reacted, Transcript, people_who_see


@dataclass(slots=True, repr=False)
class World:
    """All of it, and the one place where it changes."""

    clock: Clock
    limits: Limits
    transcript: Transcript
    judge: Judge
    ids: Snowflakes = field(init=False)
    telling: Telling = field(init=False)
    files_url: str = ""
    gateway_url: str = ""
    users: dict[int, User] = field(default_factory=dict)
    bots: dict[str, Bot] = field(default_factory=dict)
    """By their tokens."""
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    privates: dict[tuple[int, int], Private] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    """By their tokens."""
    files: dict[int, Attachment] = field(default_factory=dict)
    nonces: dict[tuple[int, int, str], Message] = field(default_factory=dict)
    under_way: int = 0
    """Requests that are being answered."""
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.ids = Snowflakes(self.clock)
        self.telling = Telling(self)

    def make_user(self, name: str, locale: str) -> User:
        """A person."""
        user = User(id=self.ids.next(), name=name, world=self, locale=locale)
        self.users[user.id] = user
        return user

    def make_bot(self, token: str, name: str, owner: Account | None, privileged: int) -> Bot:
        """An application with its bot."""
        owner = owner or Account(id=self.ids.next(), name="A host")
        bot = Bot(id=self.ids.next(), name=name, token=token, owner=owner, privileged=privileged)
        self.bots[token] = bot
        return bot

    def make_guild(self, name: str, people: tuple[User, ...], locale: str) -> Guild:
        """A guild of these people, which belongs to the first of them."""
        number = self.ids.next()
        guild = Guild(number, name, people[0], self, everyone_in(number), locale)
        guild.members = {one.id: Member(one, self.clock.now()) for one in people}
        self.guilds[number] = guild
        return guild

    def guilds_of(self, bot: Bot) -> list[Guild]:
        """The guilds that a bot is in."""
        return [one for one in self.guilds.values() if bot.id in one.members]

    def only_bot(self) -> Bot:
        """The bot, where there is one."""
        (bot,) = self.bots.values()
        return bot

    def bot_with(self, number: int) -> Bot | None:
        """The bot with this id."""
        return next((one for one in self.bots.values() if one.id == number), None)

    def account(self, number: int) -> Account | None:
        """Whoever has this id."""
        return self.users.get(number) or self.bot_with(number)

    def private(self, user: User, bot: Bot) -> Private:
        """The direct messages of the two, opened if need be."""
        if (user.id, bot.id) not in self.privates:
            made = Private(id=self.ids.next(), kind=DIRECT, world=self, user=user, bot=bot)
            self.privates[user.id, bot.id] = made
            self.channels[made.id] = made
        return self.privates[user.id, bot.id]

    def share_a_guild(self, user: User, bot: Bot) -> bool:
        """Whether the two are in one guild at least."""
        return any(user.id in one.members for one in self.guilds_of(bot))

    def place(self, user: User, in_: Channel | Bot | None) -> Channel:
        """Where somebody does something; where nothing is said, in the only channel there is."""
        if isinstance(in_, Bot):
            return self.private(user, in_)
        if in_ is not None:
            return in_
        (only,) = [one for one in self.channels.values() if isinstance(one, GuildChannel)]
        return only

    def make_message(self, channel: Channel, author: Account, **given: Any) -> Message:
        """A message appears, and whoever sees it is told."""
        message = Message(id=self.ids.next(), channel=channel, author=author, at=self.clock.now(), **given)
        channel.messages[message.id] = message
        if message.only_for is None:
            channel.last_message = message.id
            if isinstance(channel, Thread):
                channel.within.setdefault(author.id, author)
        self._note(message)
        self.telling.of_message("MESSAGE_CREATE", message)
        return message

    def _note(self, message: Message) -> None:
        now, kind = self.clock.now(), message.kind
        if kind in (messages.JOINED, messages.PINNED, messages.THREAD_BEGAN):
            told = (message.channel.id, message.id, message.author.name, kind, people_who_see(message))
            self.transcript.add(Noticed(now, *told))
        elif not message.flags & messages.LOADING:
            self.transcript.note_post(message, now)

    def change(self, message: Message, **given: Any) -> None:
        """A message shows something else now; one that waited for its words appears by this."""
        waited = bool(message.flags & messages.LOADING)
        for name, value in given.items():
            setattr(message, name, value)
        message.flags &= ~messages.LOADING
        if waited:
            self.transcript.note_post(message, self.clock.now())
        else:
            message.edited_at = self.clock.now()
            self.transcript.note_edit(message, self.clock.now())
        self.telling.of_message("MESSAGE_UPDATE", message)

    def take_away(self, message: Message, by: Account) -> None:
        """A message is gone for everybody."""
        message.gone = True
        self.transcript.add(Deleted(self.clock.now(), message.channel.id, message.id, by.name))
        self.telling.of_deletion(message)

    def mark(self, message: Message, by: Account, emoji: str) -> None:
        """Somebody puts a mark on a message; twice is once."""
        accounts = message.reactions.setdefault(emoji, [])
        if by not in accounts:
            accounts.append(by)
            self.transcript.add(Reacted(self.clock.now(), message.channel.id, message.id, by.name, emoji))
            self.telling.of_mark("MESSAGE_REACTION_ADD", message, by, emoji)

    def unmark(self, message: Message, by: Account, emoji: str) -> None:
        """Somebody takes a mark off."""
        accounts = message.reactions.get(emoji, [])
        if by in accounts:
            accounts.remove(by)
            if not accounts:
                del message.reactions[emoji]
            told = (message.channel.id, message.id, by.name, emoji)
            self.transcript.add(Reacted(self.clock.now(), *told, taken_off=True))
            self.telling.of_mark("MESSAGE_REACTION_REMOVE", message, by, emoji)

    def pin(self, message: Message, by: Account, *, down: bool = False) -> None:
        """A message is held at the top of its channel, or no longer."""
        now, channel = self.clock.now(), message.channel
        message.pinned_at = 0 if down else now
        channel.pinned_at = channel.pinned_at if down else now
        self.transcript.add(Pinned(now, channel.id, message.id, by.name, down))
        self.telling.of_message("MESSAGE_UPDATE", message)
        self.telling.of_pins(channel)
        if not down:
            self.make_message(channel, by, kind=messages.PINNED, reply_to=message)

    def store(self, filename: str, content: bytes, kind: str, channel: Channel, **told: Any) -> Attachment:
        """Keep a file, which can be fetched again."""
        number = self.ids.next()
        url = f"{self.files_url}/attachments/{channel.id}/{number}/{filename}"
        description = str(told.pop("description", "") or "")
        file = Attachment(number, filename, content, kind, url, description, told)
        self.files[number] = file
        return file

    def begin(self, user: User, bot: Bot, kind: int, channel: Channel, **given: Any) -> Interaction:
        """Somebody begins something with a bot."""
        number, at = self.ids.next(), self.clock.now()
        # Real tokens are long, and nobody can guess one from another.
        token = f"{next(self._numbers)}.{secrets.token_urlsafe(96)}"
        made = Interaction(id=number, token=token, kind=kind, bot=bot, user=user, channel=channel, made_at=at, **given)
        self.interactions[token] = made
        return made
