"""What an update means to the engine; nothing where we do not understand it, or where it is none of our business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from adapters.telegram.cleaning import clean, number, text_of, whole
from adapters.telegram.places import CALL, PLATFORM, Me, asked_in, ref
from bot.commands import COMMANDS
from bot.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    Edited,
    Event,
    Part,
    Person,
    PersonJoined,
    PersonLeft,
    Pressed,
    RoomMoved,
    Said,
    Snapshot,
    Submitted,
    Voice,
    Words,
)
from bot.posts import UNKNOWN, InPrivate, InRoom, MessageRef, Place, Token

GROUP_ANONYMOUS_BOT = 1087968824
"""Telegram's own account behind an administrator who writes as the group."""

OUT = (ChatMember.LEFT, ChatMember.BANNED)
NAMES = frozenset(command.name for command in COMMANDS)

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and what its answer has to refer to on Telegram.

    *query* is the press that wants to be answered; *question* is the message with which we had asked.
    """

    event: Event
    query: str = ""
    question: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class AsTheGroup:
    """An administrator wrote to the bot as the group, so nobody can tell who it was."""

    place: Place


Read = Heard | AsTheGroup


@dataclass(frozen=True, slots=True)
class About:
    """The message of ours that is replied to, and the links that stand in it."""

    id: int
    links: tuple[str, ...]


def read(raw: Mapping[str, Any], me: Me, bot: Bot | None = None) -> tuple[Read, ...]:
    """The events of an update as it came, in order; most updates are one, a group's new members are several.

    The library needs as long for the message that is replied to as for the reply, so the little that matters of it
    is read from what came. Raises whatever the library raises where it cannot read the rest.
    """
    sent = {name: whole(told) for name, told in raw.items()}
    about = None
    if isinstance(sent.get("message"), dict):
        sent["message"] = {**sent["message"]}
        about = _about(sent["message"].pop("reply_to_message", None), me)
    return tuple(_read(Update.de_json(sent, bot), about, me))


def _about(replied: Any, me: Me) -> About | None:
    """What is replied to, where it is ours; what opens a topic is no message of ours."""
    if not isinstance(replied, dict) or "forum_topic_created" in replied or _sender(replied) != me.id:
        return None
    links = tuple(str(entity["url"]) for entity in replied.get("entities", ()) if "url" in entity)
    return About(int(number(replied["message_id"])), links)


def _sender(message: dict[str, Any]) -> Any:
    """A message in a channel's name may have no author."""
    return message["from"]["id"] if message.get("from") else None


def _read(update: Update, about: About | None, me: Me) -> Iterator[Read]:
    if update.callback_query:
        yield from _press(update.callback_query)
    elif update.message:
        yield from _message(update, update.message, about, me)
    elif update.edited_message:
        yield from _edited(update, update.edited_message)
    elif update.my_chat_member:
        yield from _standing(update, update.my_chat_member)


def _press(query: CallbackQuery) -> Iterator[Read]:
    place = _place(query.message.chat, query.message) if query.message else None
    if query.message is None or place is None:
        return
    message = ref(place, int(number(query.message.message_id)))
    token = Token.parse(text_of(query.data or ""))
    event = Pressed(
        id=f"q{text_of(query.id)}", moment=0, place=place, person=_person(query.from_user), message=message, token=token
    )
    yield Heard(event, query=query.id)


def _message(update: Update, message: Message, about: About | None, me: Me) -> Iterator[Read]:
    place = _place(message.chat, message)
    # An ephemeral message has the number 0; an ordinary answer to it would be public.
    if place is None or not message.message_id or message.via_bot:
        return
    if isinstance(place, InRoom):
        yield from _membership(update, message, place, me)
    if _calls_or_replies(message, about, me) and message.sender_chat is not None:
        yield AsTheGroup(place)
    elif message.from_user is not None and not message.from_user.is_bot:
        event = _command(update, message, place, me) or _said(update, message, about, place, me)
        if event is not None:
            question = ref(place, about.id) if about is not None and isinstance(event, Submitted) else None
            yield Heard(event, question=question)


def _command(update: Update, message: Message, place: Place, me: Me) -> Event | None:
    name, words = _called(message, me)
    if not name:
        return None
    common = _common(update, message, place)
    if name == "start" and words and isinstance(place, InPrivate):
        return _opened(words, common)
    return Commanded(**common, name=name, words=words)


def _opened(payload: str, common: dict[str, Any]) -> Event:
    """A deep link was opened in private: a choice was pressed, or a command was called there."""
    if payload.startswith(CALL):
        return Commanded(**common, name=payload.removeprefix(CALL))
    token = Token.parse(payload)
    if token == UNKNOWN:
        return Commanded(**common, name="start")
    return Pressed(**{**common, "message": None}, token=token)


def _said(update: Update, message: Message, about: About | None, place: Place, me: Me) -> Event | None:
    if (message.text or "").startswith("/") or (isinstance(place, InRoom) and about is None):
        return None
    common = _common(update, message, place)
    asked = _asked(about, me)
    if asked is not None:
        token, field = asked
        parts = _parts(message)
        return Submitted(**common, token=token, answers=tuple((field, part) for part in parts))
    return Said(**common, parts=_parts(message), reply_to=ref(place, about.id) if about else None)


def _edited(update: Update, message: Message) -> Iterator[Read]:
    place = _place(message.chat, message)
    if place is not None and message.from_user is not None and message.sender_chat is None:
        yield Heard(Edited(**_common(update, message, place), parts=_parts(message)))


def _membership(update: Update, message: Message, place: InRoom, me: Me) -> Iterator[Read]:
    """Who came, who went, and where the group went to; the bot's own coming is told by `my_chat_member`."""
    room = InRoom(place.platform, place.chat)
    if message.migrate_to_chat_id:
        moved = InRoom(PLATFORM, number(message.migrate_to_chat_id))
        yield Heard(RoomMoved(**_common(update, message, room), to=moved))
    if message.migrate_from_chat_id:
        left = InRoom(PLATFORM, number(message.migrate_from_chat_id))
        yield Heard(RoomMoved(**_common(update, message, left), to=room))
    for at, joined in enumerate(message.new_chat_members or ()):
        if not joined.is_bot:
            yield Heard(PersonJoined(**_common(update, message, room, joined, f"/{at}")))
    gone = message.left_chat_member
    if gone is not None and gone.id != me.id and not gone.is_bot:
        yield Heard(PersonLeft(**_common(update, message, room, gone)))


def _standing(update: Update, change: ChatMemberUpdated) -> Iterator[Read]:
    """The bot came into a chat or was put out of it; in private: was blocked."""
    place = _place(change.chat, None)
    was_in = change.old_chat_member.status not in OUT
    is_in = change.new_chat_member.status not in OUT
    if place is None or was_in == is_in or (is_in and isinstance(place, InPrivate)):
        return
    common: dict[str, Any] = {
        "id": _id(update, change.date.timestamp()),
        "moment": int(change.date.timestamp()),
        "place": place,
        "person": _person(change.from_user),
    }
    yield Heard(BotAdded(**common) if is_in else BotRemoved(**common))


def _called(message: Message, me: Me) -> tuple[str, str]:
    """The command that is meant for us and its words; in a group a bare one only where it is one of ours."""
    found = _COMMAND.fullmatch(clean(message.text or ""))
    if found is None:
        return "", ""
    name, addressed, words = found[1].lower(), (found[2] or "").lower(), (found[3] or "").strip()
    ours = addressed == me.name.lower() or (not addressed and (name in NAMES or message.chat.type == Chat.PRIVATE))
    return (name, words) if ours else ("", "")


def _calls_or_replies(message: Message, about: About | None, me: Me) -> bool:
    return bool(_called(message, me)[0]) or (about is not None and not (message.text or "").startswith("/"))


def _asked(about: About | None, me: Me) -> tuple[Token, str] | None:
    """What our question asked that is replied to; the token is in the question's link."""
    for link in about.links if about else ():
        found = asked_in(link, me)
        if found:
            return found
    return None


def _parts(message: Message) -> tuple[Part, ...]:
    parts: list[Part] = []
    if message.voice:
        parts.append(Voice(text_of(message.voice.file_id), int(_seconds(message.voice.duration))))
    if message.photo:
        parts.append(Snapshot(text_of(message.photo[-1].file_id)))
    words = message.text or message.caption
    if words:
        parts.append(Words(clean(words)))
    return tuple(parts)


def _seconds(duration: Any) -> float:
    return duration.total_seconds() if hasattr(duration, "total_seconds") else float(duration)


def _common(
    update: Update, message: Message, place: Place, person: User | None = None, mark: str = ""
) -> dict[str, Any]:
    moment = (message.edit_date or message.date).timestamp()
    who = person or message.from_user
    return {
        "id": _id(update, moment) + mark,
        "moment": int(moment),
        "place": place,
        "person": _person(who) if who else Person(PLATFORM, "", ""),
        "message": ref(place, int(number(message.message_id))),
    }


def _id(update: Update, moment: float) -> str:
    """An update's id begins anew at random after a quiet week, so its moment goes with it."""
    return f"u{update.update_id}.{int(moment)}"


def _place(chat: Chat, message: Any) -> Place | None:
    match chat.type:
        case Chat.PRIVATE if chat.id > 0:
            return InPrivate(PLATFORM, number(chat.id))
        case Chat.GROUP | Chat.SUPERGROUP if chat.id < 0:
            # In a group without topics a reply bears a thread's number too, which no message may be sent to.
            topic = message.message_thread_id if getattr(message, "is_topic_message", None) else None
            return InRoom(PLATFORM, number(chat.id), number(topic) if topic else "")
        case _:
            return None


def _person(user: User) -> Person:
    return Person(PLATFORM, number(user.id), text_of(user.first_name), text_of(user.language_code or ""))
