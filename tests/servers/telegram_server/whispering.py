"""Messages in a group that one person and one bot see (the Bot API calls them ephemeral)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server import keyboards
from telegram_server.calls import Call, Method
from telegram_server.errors import ApiError, bad_request
from telegram_server.formatting import text_of
from telegram_server.groups import Group
from telegram_server.targets import chat_of

if TYPE_CHECKING:
    from telegram_server.chats import Chat
    from telegram_server.messages import Message
    from telegram_server.people import User
    from telegram_server.world import World

Told = dict[str, Any]
WHISPER_WITHIN = 15
"""Seconds after a press or a command of the same kind in which any bot may whisper."""


def receiver_of(world: World, call: Call, chat: Chat) -> User | None:
    """Who alone shall see what is posted; nobody if it is for all."""
    wanted = call.shape("ephemeral_message_parameters")
    heard = _heard(call, chat)
    if not wanted:
        if heard:
            raise bad_request("a reply to an ephemeral message must be ephemeral")
        return None
    user = world.users.get(int(wanted["receiver_user_id"]))
    if not isinstance(chat, Group) or not chat.is_super or user is None or user not in chat.readers():
        raise _not_allowed()
    if not (chat.standing(call.bot).leads or _pressed(world, wanted, user, chat) or _called(world, heard, user)):
        raise _not_allowed()
    return user


def _not_allowed() -> ApiError:
    # What Telegram answers here is not written anywhere; only that it refuses is sure.
    return bad_request("EPHEMERAL_MESSAGE_NOT_ALLOWED")


def _heard(call: Call, chat: Chat) -> Message | None:
    number = (call.shape("reply_parameters") or {}).get("ephemeral_message_id")
    return chat.whispers.get(int(number)) if number else None


def _pressed(world: World, wanted: Told, user: User, chat: Chat) -> bool:
    press = world.presses.get(str(wanted.get("callback_query_id")))
    recent = press is not None and world.clock.now() - press.made_at <= WHISPER_WITHIN
    return recent and press is not None and press.user is user and press.message.chat is chat


def _called(world: World, heard: Message | None, user: User) -> bool:
    return heard is not None and heard.author is user and world.clock.now() - heard.date <= WHISPER_WITHIN


def edit_ephemeral_message_text(world: World, call: Call) -> bool:
    """Other words for the one who sees it."""
    message = _named(world, call)
    message.text, message.entities = text_of(world, call)
    return _changed(world, call, message)


def edit_ephemeral_message_reply_markup(world: World, call: Call) -> bool:
    """Another keyboard for the one who sees it."""
    return _changed(world, call, _named(world, call))


def _changed(world: World, call: Call, message: Message) -> bool:
    markup = keyboards.checked(call.shape("reply_markup")) if call.has("reply_markup") else {}
    message.keyboard = keyboards.inline(markup)
    world.note_edit(message)
    return True


def delete_ephemeral_message(world: World, call: Call) -> bool:
    """Take it away."""
    world.take_away(_named(world, call), call.bot)
    return True


def _named(world: World, call: Call) -> Message:
    message = chat_of(world, call).whispers.get(call.integer("ephemeral_message_id"))
    receiver = message.only_for.id if message and message.only_for else 0
    if (
        message is None
        or message.gone
        or message.author is not call.bot
        or receiver != call.integer("receiver_user_id")
    ):
        raise bad_request("ephemeral message not found")
    return message


METHODS: dict[str, Method] = {
    "editEphemeralMessageText": edit_ephemeral_message_text,
    "editEphemeralMessageReplyMarkup": edit_ephemeral_message_reply_markup,
    "deleteEphemeralMessage": delete_ephemeral_message,
}
