"""What people do, as the adapters read it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.posts import InRoom, MessageRef, Place, Token


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something, as the platform tells it; *language* is a tag such as "en" or empty."""

    platform: str
    user: str
    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Written words."""

    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """One of a field's options, by its place in the list."""

    option: int


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice note; the handle belongs to one platform and bot."""

    handle: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture that a person sent; the handle belongs to one platform and bot."""

    handle: str


Part = Words | Picked | Voice | Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What every event has: its id on the platform, its moment (UTC seconds), where, who, and its message."""

    id: str
    moment: int
    place: Place
    person: Person
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(Happening):
    """Someone called a command; *words* is what they wrote after its name."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completing(Happening):
    """Someone is typing a command's words."""

    name: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Happening):
    """Someone pressed a choice; *message* is the post that carries it."""

    token: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Happening):
    """Someone wrote in the private chat, or replied to one of the bot's posts."""

    parts: tuple[Part, ...]
    reply_to: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Happening):
    """Someone sent a form; *answers* may hold any subset of its fields.

    *message* is the person's own message, on platforms where a form is answered by writing one; else there is none.
    """

    token: Token
    answers: tuple[tuple[str, Part], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Happening):
    """Someone changed a message of their own; *parts* is how it stands now."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished(Happening):
    """A message of a person is gone from the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotAdded(Happening):
    """The bot came into a room; *others_read* tells whether more than the two can read there."""

    others_read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BotRemoved(Happening):
    """The bot was put out of a room, or blocked in private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(Happening):
    """Someone new can read the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Happening):
    """Someone can no longer read the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMoved(Happening):
    """The room has a new address on its platform."""

    to: InRoom


Event = (
    Commanded
    | Completing
    | Pressed
    | Said
    | Submitted
    | Edited
    | Vanished
    | BotAdded
    | BotRemoved
    | PersonJoined
    | PersonLeft
    | RoomMoved
)
