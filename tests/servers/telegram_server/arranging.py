"""The methods that arrange a chat: what is pinned, which topics there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.groups import TOPIC_COLOUR, Group
from telegram_server.targets import chat_of, message_of

if TYPE_CHECKING:
    from telegram_server.chats import Chat
    from telegram_server.messages import Message
    from telegram_server.world import World


def pin_chat_message(world: World, call: Call) -> bool:
    """Hold a message at the top; the chat is told."""
    chat = _led(world, call, "not enough rights to manage pinned messages in the chat")
    message = message_of(chat, call.integer("message_id"), "message to pin not found")
    if not message.pinned:
        world.pin(message, call.bot)
        world.post(chat, call.bot, service={"pinned_message": message})
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """Hold a message at the top no longer; without a number, the newest."""
    chat = _led(world, call, "not enough rights to manage pinned messages in the chat")
    pinned = _pinned(chat)
    if call.has("message_id"):
        pinned = [message_of(chat, call.integer("message_id"), "message to unpin not found")]
    if not pinned:
        raise bad_request("message to unpin not found")
    world.pin(pinned[-1], call.bot, down=True)
    return True


def unpin_all_chat_messages(world: World, call: Call) -> bool:
    """Hold nothing at the top."""
    for message in _pinned(_led(world, call, "not enough rights to manage pinned messages in the chat")):
        world.pin(message, call.bot, down=True)
    return True


def _pinned(chat: Chat) -> list[Message]:
    return [one for one in chat.messages.values() if one.pinned and not one.gone]


def create_forum_topic(world: World, call: Call) -> dict[str, Any]:
    """Open a topic in a forum."""
    chat = _led(world, call, "not enough rights to create a topic")
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    message = chat.opens_topic(call.text("name"), by=call.bot)
    return {"message_thread_id": message.id, "name": call.text("name"), "icon_color": TOPIC_COLOUR}


def _led(world: World, call: Call, otherwise: str) -> Chat:
    """The chat, if the bot is an administrator there or alone with a person."""
    chat = chat_of(world, call)
    if isinstance(chat, Group) and not chat.standing(call.bot).leads:
        raise bad_request(otherwise)
    return chat


METHODS: dict[str, Method] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "createForumTopic": create_forum_topic,
}
