"""A platform in memory: one room, private chats, people who press and write; the fake that stories play on."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.events import (
    BotAdded,
    Commanded,
    Completing,
    Edited,
    Event,
    Part,
    Person,
    PersonJoined,
    Pressed,
    Said,
    Submitted,
    Vanished,
    Words,
)
from bot.ports import Handler
from bot.posts import (
    Answer,
    Ask,
    Choice,
    Done,
    Form,
    Gone,
    InPrivate,
    InRoom,
    Mark,
    MessageRef,
    Place,
    Post,
    Show,
    Span,
    Suggestions,
    Text,
    Token,
    plain,
)

PLATFORM = "bare"
ROOM = InRoom(PLATFORM, "us")


@dataclass(slots=True)
class Message:
    """One message as the phones show it."""

    ref: MessageRef
    post: Post
    author: str
    at: int
    mark: Mark | None = None
    gone: bool = False
    changes: int = 0

    @property
    def words(self) -> str:
        return plain(self.post.text)

    @property
    def on(self) -> str:
        """The date at home on which it came."""
        return datetime.fromtimestamp(self.at, ZoneInfo("Europe/Berlin")).date().isoformat()


@dataclass(slots=True)
class Chats:
    """Every message of the platform; a delivery's key is taken once, as Discord does with a nonce."""

    clock: Clock
    platform: str = PLATFORM
    handler: Handler | None = None
    messages: list[Message] = field(default_factory=list)
    keys: dict[str, MessageRef] = field(default_factory=dict)
    troubles: list[Callable[[Place], DeliveryError | None]] = field(default_factory=list)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    log: list[tuple[Place, str, Post]] = field(default_factory=list)
    """Everything that came, changed or went, in order."""
    longest: int = 100_000
    """Characters of one message; what is longer takes several, as it does on real platforms."""

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef:
        for trouble in self.troubles:
            problem = trouble(to)
            if problem is not None:
                raise problem
        if key not in self.keys:
            self.keys[key] = _standing([self.put(to, piece, "bot").ref for piece in self._pieces(post)])
        return self.keys[key]

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef:
        there, pieces = _messages_of(ref), self._pieces(post)
        for gone in there[: len(there) - len(pieces)]:
            self.goes(self.find(gone))
        there = there[-len(pieces) :]
        for one, piece in zip(there, pieces, strict=False):
            self.becomes(self.find(one), piece)
        return _standing([*there, *(self.put(ref.place, piece, "bot").ref for piece in pieces[len(there) :])])

    async def remove(self, ref: MessageRef) -> None:
        for one in _messages_of(ref):
            self.goes(self.find(one))

    def _pieces(self, post: Post) -> list[Post]:
        if len(plain(post.text)) <= self.longest:
            return [post]
        words = plain(post.text)
        starts = range(0, len(words), self.longest)
        *earlier, last = [Post((Span(words[at : at + self.longest]),)) for at in starts]
        return [*earlier, replace(post, text=last.text)]

    def put(self, place: Place, post: Post, author: str) -> Message:
        message = Message(MessageRef(place, str(next(self.numbers))), post, author, self.clock.now())
        self.messages.append(message)
        self.log.append((place, "came", post))
        return message

    def becomes(self, message: Message, post: Post) -> None:
        message.post = post
        message.changes += 1
        self.log.append((message.ref.place, "changed", post))

    def goes(self, message: Message) -> None:
        message.gone = True
        self.log.append((message.ref.place, "gone", message.post))

    def find(self, ref: MessageRef) -> Message:
        return next(message for message in self.messages if message.ref == ref)

    def seen_in(self, place: Place) -> list[Message]:
        return [message for message in self.messages if message.ref.place == place and not message.gone]

    def event_id(self) -> str:
        return f"e{self.platform}{next(self.numbers)}"


def _standing(refs: list[MessageRef]) -> MessageRef:
    return replace(refs[-1], earlier=tuple(ref.message for ref in refs[:-1]))


def _messages_of(ref: MessageRef) -> list[MessageRef]:
    return [MessageRef(ref.place, message) for message in (*ref.earlier, ref.message)]


class Phone(Protocol):
    """What one person can do on any platform; stories are written against this."""

    name: str

    async def says(self, words: str, *, in_room: bool = True) -> None: ...

    async def presses(self, label: str) -> None: ...

    async def replies(self, words: str) -> None: ...

    async def submits(self, words: str) -> None: ...


@dataclass(slots=True)
class BarePhone:
    """A person's phone on the bare engine."""

    chats: Chats
    name: str
    form: Form | None = None
    form_message: MessageRef | None = None
    suggestions: tuple[str, ...] = ()
    last_answer: Answer | None = None
    last_own: Message | None = None

    @property
    def person(self) -> Person:
        return Person(self.chats.platform, self.name.lower(), self.name, "en")

    @property
    def private(self) -> InPrivate:
        return InPrivate(self.chats.platform, self.name.lower())

    @property
    def room(self) -> list[Message]:
        return self.chats.seen_in(ROOM)

    @property
    def own(self) -> list[Message]:
        return self.chats.seen_in(self.private)

    @property
    def screen(self) -> str:
        """Everything that this person can read, oldest first."""
        seen = [message for message in self.chats.messages if message.ref.place in (ROOM, self.private)]
        return "\n".join(f"{message.author}: {message.words}" for message in seen if not message.gone)

    @property
    def last_post(self) -> str:
        """The newest post of the bot that this person can read."""
        mine = [one for one in self.chats.messages if one.ref.place in (ROOM, self.private) and not one.gone]
        return next((one.words for one in reversed(mine) if one.author == "bot"), "")

    @property
    def labels(self) -> list[str]:
        """What can be pressed, newest message first."""
        return [choice.label for message in self._readable() for choice in message.post.choices]

    def happened(self) -> list[tuple[str, ...]]:
        """Everything that came, changed and went before this person's eyes."""
        mine = [one for one in self.chats.log if one[0] in (ROOM, self.private)]
        return [
            (str(place), what, plain(post.text), str(post.quiet), *(choice.label for choice in post.choices))
            for place, what, post in mine
        ]

    async def says(self, words: str, *, in_room: bool = True) -> None:
        """Write a message or a command, in the room or in private."""
        place: Place = ROOM if in_room else self.private
        message = self._own_message(place, words)
        if words.startswith("/"):
            name, _, rest = words[1:].partition(" ")
            await self._does(self._event(Commanded, place, message.ref, name=name, words=rest), message)
        elif not in_room:
            await self._does(self._event(Said, place, message.ref, parts=(Words(words),)), message)

    async def sends(self, *parts: Part) -> None:
        """Send something in private that is more than words."""
        words = next((part.text for part in parts if isinstance(part, Words)), "(something)")
        message = self._own_message(self.private, words)
        await self._does(self._event(Said, self.private, message.ref, parts=parts), message)

    async def replies(self, words: str, *, to: str = "") -> None:
        """Reply to the newest post of the bot in the room (or to the one that holds *to*)."""
        seen = self.room or self.own
        target = next(one for one in reversed(seen) if one.author == "bot" and to in one.words)
        await self.replies_to(target, (Words(words),))

    async def replies_to(self, target: Message, parts: tuple[Part, ...]) -> None:
        event, message = self.writes_under(target, parts)
        await self._does(event, message)

    def writes_under(self, target: Message, parts: tuple[Part, ...]) -> tuple[Event, Message]:
        """A reply as it stands in the chat, of which the bot has not heard yet."""
        words = parts[0].text if isinstance(parts[0], Words) else "(something)"
        message = self._own_message(target.ref.place, words)
        return self._event(Said, target.ref.place, message.ref, parts=parts, reply_to=target.ref), message

    async def presses(self, label: str) -> None:
        """Press the newest choice with this label."""
        message, choice = self.find_choice(label)
        await self.presses_token(choice.token, message)

    async def presses_token(self, token: Token, message: Message) -> None:
        await self._does(self._event(Pressed, message.ref.place, message.ref, token=token), message)

    async def submits(self, words: str) -> None:
        """Fill in the form that is open and send it."""
        assert self.form is not None, f"{self.name} has no form open"
        form, self.form = self.form, None
        ref = self.form_message
        answers = tuple((one.name, Words(words)) for one in form.fields)
        place = ref.place if ref else self.private
        await self._does(
            self._event(Submitted, place, None, token=form.token, answers=answers),
            self.chats.find(ref) if ref else None,
        )

    async def edits(self, words: str) -> None:
        """Change the last message of one's own."""
        assert self.last_own is not None
        self.last_own.post = replace(self.last_own.post, text=self._text(words))
        place = self.last_own.ref.place
        await self._does(self._event(Edited, place, self.last_own.ref, parts=(Words(words),)), self.last_own)

    async def deletes(self) -> None:
        """Take back the last message of one's own."""
        assert self.last_own is not None
        self.chats.goes(self.last_own)
        await self._does(self._event(Vanished, self.last_own.ref.place, self.last_own.ref), self.last_own)

    async def types(self, command: str, typed: str) -> None:
        """Type the words of a command without sending them."""
        await self._does(self._event(Completing, ROOM, None, name=command, typed=typed), None)

    async def joins_room(self) -> None:
        """Become someone who can read the room."""
        await self._does(self._event(PersonJoined, ROOM, None), None)

    async def adds_bot(self, *, others_read: bool = False) -> None:
        """Add the bot to the room."""
        await self._does(self._event(BotAdded, ROOM, None, others_read=others_read), None)

    def find_choice(self, label: str) -> tuple[Message, Choice]:
        for message in self._readable():
            for choice in message.post.choices:
                if choice.label == label:
                    return message, choice
        raise AssertionError(f"{self.name} sees no choice {label!r} but {self.labels}")

    def _readable(self) -> list[Message]:
        mine = [one for one in self.chats.messages if one.ref.place in (ROOM, self.private) and not one.gone]
        return list(reversed(mine))

    def _own_message(self, place: Place, words: str) -> Message:
        message = self.chats.put(place, Post(self._text(words)), self.name)
        self.last_own = message
        return message

    def _text(self, words: str) -> Text:
        return (Span(words),)

    def _event(self, kind: type, place: Place, ref: MessageRef | None, **values: object) -> Event:
        made: Event = kind(
            id=self.chats.event_id(),
            moment=self.chats.clock.now(),
            place=place,
            person=self.person,
            message=ref,
            **values,
        )
        return made

    async def _does(self, event: Event, about: Message | None) -> None:
        assert self.chats.handler is not None
        self.take(await self.chats.handler(event), event, about)

    def take(self, answer: Answer, event: Event, about: Message | None) -> None:
        """Show an answer as an adapter would."""
        self.last_answer = answer
        match answer:
            case Show(post, privately, in_place):
                place = self.private if privately else event.place
                if in_place and about is not None and about.author == "bot" and about.ref.place == place:
                    self.chats.becomes(about, post)
                else:
                    self.chats.put(place, post, "bot")
            case Ask(form):
                self.form = form
                self.form_message = about.ref if about else None
            case Suggestions(words):
                self.suggestions = words
            case Gone(asked_by):
                for one in filter(None, (about, asked_by and self.chats.find(asked_by))):
                    self.chats.goes(one)
            case Done(mark):
                if about is not None and about.author != "bot":
                    about.mark = mark


def handed_over(ann: BarePhone) -> str:
    """The line that somebody was given for the other one."""
    return next(line for line in ann.last_post.splitlines() if line.startswith("/start join-"))
