"""What a message means to the engine; nothing where it is none of our business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord

from adapters.discord.places import PLATFORM, private, ref, room
from adapters.discord.reading import clean, opened, person_of
from bot.events import Commanded, Edited, Part, Person, Pressed, Said, Snapshot, Vanished, Voice, Words
from bot.posts import UNKNOWN, InPrivate, MessageRef, Place, Token

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)
_WAY_IN = re.compile(r"/?start\s+(\S+)", re.IGNORECASE)
_MENTION = re.compile(r"<@!?(\d+)>")
_OWN_EMOJI = re.compile(r"<a?(:\w+:)\d+>")

SPOKEN = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody wrote to us; *hidden*: Discord did not tell us the words, because they do not mention us."""

    event: Said | Commanded | Pressed
    message: discord.Message
    hidden: bool = False


def heard(message: discord.Message, me: int) -> Noted | None:
    """Words in the direct messages, or a reply to one of our own; all else is left unread."""
    if message.author.bot or message.webhook_id or message.type not in SPOKEN:
        return None
    if is_private(message):
        return Noted(_called(message) or _said(message, me), message)
    if _replies_to(message, me):
        return Noted(_said(message, me), message, hidden=not _is_told(message, me))
    if isinstance(message.channel, discord.Thread) and _mentions(message, me):
        return Noted(_said_under(message, message.channel, me), message)
    return None


def edited(message: discord.Message, me: int) -> Edited | None:
    """How a message stands now; a change that is Discord's own (a preview, a pin) is none."""
    if message.author.bot or message.edited_at is None or not (is_private(message) or _is_told(message, me)):
        return None
    common = _common(message, message.edited_at)
    common["id"] = f"e{message.id}.{message.edited_at.timestamp()}"
    return Edited(**common, parts=tuple(_parts(message, me)))


def vanished(place: Place, message: int, author: str = "") -> Vanished:
    """A message that is gone; whose it was is not always told, but in private."""
    user = place.user if isinstance(place, InPrivate) else author
    now = discord.utils.utcnow().timestamp()
    person = Person(PLATFORM, user, "")
    return Vanished(id=f"v{message}", moment=int(now), place=place, person=person, message=ref(place, message))


def is_private(message: discord.Message) -> bool:
    """Whether it stands in the direct messages; a channel of a server that is not known yet is no such place."""
    return isinstance(message.channel, discord.DMChannel)


def place_of(message: discord.Message) -> Place:
    """Where a message of a person stands."""
    return private(message.author.id) if is_private(message) else room(message.channel.id)


def _called(message: discord.Message) -> Commanded | Pressed | None:
    """A command that was written out, as one does who pastes it; of a way in also without the slash."""
    written = clean(message.content).strip()
    found = _COMMAND.fullmatch(written)
    way_in = _WAY_IN.fullmatch(written)
    common = _common(message, message.created_at)
    if way_in is not None and Token.parse(way_in[1]) != UNKNOWN:
        return opened(way_in[1], {**common, "message": None})
    if found is None:
        return None
    return Commanded(**common, name=found[1].lower(), words=(found[2] or "").strip())


def _said(message: discord.Message, me: int) -> Said:
    return Said(**_common(message, message.created_at), parts=tuple(_parts(message, me)), reply_to=_about(message))


def _said_under(message: discord.Message, thread: discord.Thread, me: int) -> Said:
    """Words in a thread that was begun under a message, whose id it has: they answer that message."""
    parent = room(thread.parent_id)
    return Said(
        **_common(message, message.created_at) | {"place": parent},
        parts=tuple(_parts(message, me)),
        reply_to=ref(parent, thread.id),
    )


def _about(message: discord.Message) -> MessageRef | None:
    about = message.reference
    if message.type is not discord.MessageType.reply or about is None or about.message_id is None:
        return None
    return ref(place_of(message), about.message_id)


def _replies_to(message: discord.Message, me: int) -> bool:
    about = message.reference
    if message.type is not discord.MessageType.reply or about is None:
        return False
    if isinstance(about.resolved, discord.Message):
        return about.resolved.author.id == me
    return _mentions(message, me)


def _is_told(message: discord.Message, me: int) -> bool:
    return bool(message.content or message.attachments) or _mentions(message, me)


def _mentions(message: discord.Message, me: int) -> bool:
    return any(user.id == me for user in message.mentions)


def _parts(message: discord.Message, me: int) -> Iterator[Part]:
    for attachment in message.attachments:
        # An attachment's address ends after a day, so the handle says where to ask for a new one.
        handle = f"{message.channel.id}/{message.id}/{attachment.id}"
        if message.flags.voice or attachment.duration is not None:
            yield Voice(handle, round(attachment.duration or 0))
        elif (attachment.content_type or "").startswith("image/"):
            yield Snapshot(handle)
    words = _readable(message, me)
    if words:
        yield Words(words)


def _readable(message: discord.Message, me: int) -> str:
    """The words with names where Discord has numbers; our own name says only whom they were meant for."""
    names = {user.id: "" if user.id == me else f"@{user.display_name}" for user in message.mentions}
    named = _MENTION.sub(lambda found: names.get(int(found[1]), found[0]), clean(message.content))
    return _OWN_EMOJI.sub(r"\1", named).strip()


def _common(message: discord.Message, moment: datetime) -> dict[str, Any]:
    place = place_of(message)
    return {
        "id": f"m{message.id}",
        "moment": int(moment.timestamp()),
        "place": place,
        "person": person_of(message.author),
        "message": ref(place, message.id),
    }
