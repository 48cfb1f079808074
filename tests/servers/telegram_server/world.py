"""Everything that exists on the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram_server import hearing
from telegram_server.accounts import Account, Bot
from telegram_server.calls import Call
from telegram_server.chats import Chat, PrivateChat
from telegram_server.clock import MovableClock
from telegram_server.files import StoredFile
from telegram_server.groups import Group
from telegram_server.inbox import Inbox
from telegram_server.limits import Limits
from telegram_server.membership import Standing
from telegram_server.messages import Message
from telegram_server.people import User
from telegram_server.pressing import Press
from telegram_server.texts import found_in
from telegram_server.transcript import Deleted, Edited, Pinned, Posted, Reacted, Transcript

FIRST_USER = 6_100_000_000
FIRST_GROUP = -4_100_000_000
FIRST_SUPERGROUP = -1_002_000_000_000
"""Ids that do not fit 32 bits, as real ones do not."""


@dataclass(slots=True, eq=False, repr=False)
class World:
    """The people, the bots, the chats and what was said in them."""

    clock: MovableClock
    limits: Limits = field(default_factory=Limits)
    transcript: Transcript = field(default_factory=Transcript)
    bots: dict[str, Bot] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    privates: dict[tuple[int, int], PrivateChat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    files: dict[int, StoredFile] = field(default_factory=dict)
    offered: dict[tuple[int, str], tuple[StoredFile, float]] = field(default_factory=dict)
    judge: Callable[[dict[str, Any]], None] = lambda update: None
    carry_out: Callable[[Call], Awaitable[Any]] = field(init=False)
    """How a webhook's answer is carried out; the transport knows."""
    numbers: int = 0

    def next(self) -> int:
        """A number that was never given before."""
        self.numbers += 1
        return self.numbers

    def next_press(self) -> str:
        """The id of the press that comes now."""
        return str(4_380_000_000_000_000 + self.next())

    def make_bot(self, token: str, username: str, name: str, *, can_read_all: bool) -> Bot:
        """A bot as BotFather makes it."""
        number = int(token.partition(":")[0])
        first = 100_000_000 + 1_000_000 * len(self.bots)
        inbox = Inbox(username, self.clock, self.transcript, first, judge=self.judge)
        bot = Bot(id=number, name=name, username=username, token=token, inbox=inbox, can_read_all=can_read_all)
        self.bots[token] = bot
        return bot

    def make_user(self, name: str, username: str, language: str) -> User:
        """A person with a phone."""
        user = User(id=FIRST_USER + self.next(), name=name, username=username, language=language, world=self)
        self.users[user.id] = user
        return user

    def make_group(self, title: str, *, is_super: bool, is_forum: bool = False) -> Group:
        """A group with nobody in it yet."""
        number = (FIRST_SUPERGROUP if is_super else FIRST_GROUP) - self.next()
        group = Group(id=number, world=self, title=title, is_super=is_super, is_forum=is_forum)
        self.groups[number] = group
        return group

    def only_bot(self) -> Bot:
        """The one bot there is, where a test names none."""
        assert len(self.bots) == 1, "say which bot"
        return next(iter(self.bots.values()))

    def bot_named(self, username: str) -> Bot:
        """The bot behind a link."""
        return next(one for one in self.bots.values() if one.username.lower() == username.lower())

    def bot_numbered(self, number: int) -> Bot:
        """The bot with this id."""
        return next(one for one in self.bots.values() if one.id == number)

    def private(self, user: User, bot: Bot) -> PrivateChat:
        """The private chat of these two, whether they have written or not."""
        key = (user.id, bot.id)
        if key not in self.privates:
            self.privates[key] = PrivateChat(id=user.id, user=user, bot=bot)
        return self.privates[key]

    def place(self, user: User, where: Group | Bot | None) -> Chat:
        """Where a person writes: a group under its newest id, or the private chat with a bot."""
        return where.now if isinstance(where, Group) else self.private(user, where or self.only_bot())

    def entities_in(self, text: str) -> list[dict[str, Any]]:
        """What a client marks by itself."""
        return found_in(text)

    def poster(self, message: Message) -> Bot:
        """The bot whose message this is."""
        return next(one for one in self.bots.values() if one is message.author)

    def post(self, chat: Chat, author: Account, *, hearers: Iterable[Bot] | None = None, **told: Any) -> Message:
        """A message appears, and every bot that may hear of it does."""
        message = Message(chat, 0, author, self.clock.date(), **told)
        self._number(message)
        if isinstance(chat, Group) and isinstance(author, Bot) and message.only_for is None:
            chat.last_bot = author
        self.note_post(message)
        hearing.tell(message, hearers=hearers)
        return message

    def _number(self, message: Message) -> None:
        chat = message.chat
        if message.only_for is not None:
            message.ephemeral_id = self.next()
            chat.whispers[message.ephemeral_id] = message
            return
        message.id = chat.next_number()
        message.thread = message.id if "forum_topic_created" in message.service else message.thread
        chat.messages[message.id] = message

    def take_away(self, message: Message, by: Account) -> None:
        """A message is gone for everybody."""
        message.gone = True
        for reader in [one for one, prompt in message.chat.prompts.items() if prompt is message]:
            del message.chat.prompts[reader]
        self.transcript.add(Deleted(self.clock.date(), message.chat.id, message.id, by.name))

    def mark(self, message: Message, by: Account, marks: list[dict[str, Any]]) -> None:
        """Somebody's marks on a message are these now."""
        message.marks[by.id] = marks
        shown = tuple(one.get("emoji", "?") for one in marks)
        self.transcript.add(Reacted(self.clock.date(), message.chat.id, message.id, by.name, shown))

    def pin(self, message: Message, by: Account, *, down: bool = False) -> None:
        """A message is held at the top of its chat, or no longer."""
        message.pinned = not down
        self.transcript.add(Pinned(self.clock.date(), message.chat.id, message.id, by.name, down))

    def note_post(self, message: Message) -> None:
        """Write down what everybody sees now."""
        if not self.transcript.kept:
            return
        replied = message.reply_to.id if message.reply_to else 0
        kind = message.media.kind if message.media else next(iter(message.service | message.extra), "")
        told = (*self._visible(message), message.silent, replied, kind)
        self.transcript.add(Posted(*told))

    def note_edit(self, message: Message) -> None:
        """Write down what a changed message shows now."""
        message.edited_at = self.clock.date()
        if not self.transcript.kept:
            return
        self.transcript.add(Edited(*self._visible(message)))

    def _visible(self, message: Message) -> tuple[Any, ...]:
        readers = [one for one in message.chat.readers() if message.only_for in (None, one) or one is message.author]
        shown = (message.text, tuple(message.entities), tuple(message.labels), tuple(one.name for one in readers))
        return (self.clock.date(), message.chat.id, message.id, message.author.name, *shown)

    def store(
        self,
        kind: str,
        content: bytes,
        folder: str,
        extra: dict[str, int] | None = None,
        *,
        name: str = "",
        mime: str = "",
    ) -> StoredFile:
        """Keep a file."""
        number = self.next()
        ending = {"voice": ".oga", "photo": ".jpg"}.get(kind, "")
        file = StoredFile(number, kind, content, f"{folder}/file_{number}{ending}", name, mime, extra or {})
        self.files[number] = file
        return file

    def start_group(self, title: str, people: tuple[User, ...], *, is_super: bool, is_forum: bool) -> Group:
        """A group whose first member made it."""
        group = self.make_group(title, is_super=is_super, is_forum=is_forum)
        for number, user in enumerate(people):
            group.standings[user.id] = Standing.MEMBER if number else Standing.CREATOR
        return group
