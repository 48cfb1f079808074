"""Who lives in the playground, and which chats they have."""

from __future__ import annotations

from dataclasses import dataclass

from bot.events import Person
from bot.posts import InPrivate, InRoom, Place

PLATFORM = "playground"
ROOM = "us"
BOT = "bot"


@dataclass(frozen=True, slots=True)
class Owner:
    """One of the two, whose phone is shown."""

    user: str
    name: str


OWNERS = (Owner("ann", "Ann"), Owner("ben", "Ben"))


def person(user: str) -> Person:
    """The owner of a phone, as the engine knows them."""
    name = next(owner.name for owner in OWNERS if owner.user == user)
    return Person(PLATFORM, user, name, "en")


def room() -> InRoom:
    """The chat that the two share."""
    return InRoom(PLATFORM, ROOM)


def place_of(chat: str) -> Place:
    """Where a chat is; a private chat carries its owner's name."""
    return room() if chat == ROOM else InPrivate(PLATFORM, chat)


def chat_of(place: Place) -> str | None:
    """The chat at a place, if it is one of the playground's."""
    chat = place.chat if isinstance(place, InRoom) else place.user
    known = {room()} | {place_of(owner.user) for owner in OWNERS}
    return chat if place in known else None


def is_shown_to(chat: str, user: str) -> bool:
    """Whether a chat is on someone's phone."""
    return chat in (ROOM, user)
