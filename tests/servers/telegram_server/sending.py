"""The methods that post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server import keyboards
from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.formatting import caption_of, text_of
from telegram_server.groups import Group
from telegram_server.targets import chat_of, message_of
from telegram_server.whispering import receiver_of

if TYPE_CHECKING:
    from telegram_server.chats import Chat
    from telegram_server.messages import Message
    from telegram_server.people import User
    from telegram_server.world import World

Told = dict[str, Any]


def send_message(world: World, call: Call) -> Told:
    """Post a text."""
    chat = chat_of(world, call)
    text, entities = text_of(world, call)
    return posted(world, call, chat, text=text, entities=entities, preview=_preview(call, entities))


def _preview(call: Call, entities: list[Told]) -> Told | None:
    links = any(one["type"] in ("url", "text_link") for one in entities)
    return call.shape("link_preview_options") if links else None


def posted(world: World, call: Call, chat: Chat, **content: Any) -> Told:
    """Post it where and how the call says, and show prompts to those whom they are for."""
    around = _around(call, chat) | _below(call) | {"only_for": receiver_of(world, call, chat)}
    message = world.post(chat, call.bot, **content, **around)
    if message.prompt:
        for reader in _prompted(message):
            chat.prompts[reader.id] = message
    return message.shape(call.bot.id)


def _around(call: Call, chat: Chat) -> Told:
    reply_to = replied(call, chat)
    told: Told = {"silent": call.flag("disable_notification"), "protected": call.flag("protect_content")}
    return told | {"reply_to": reply_to, "thread": _thread(call, chat, reply_to)}


def _below(call: Call) -> Told:
    if not call.has("reply_markup"):
        return {}
    markup = keyboards.checked(call.shape("reply_markup"))
    return {"keyboard": keyboards.inline(markup), "prompt": markup if markup.get("force_reply") else None}


def replied(call: Call, chat: Chat) -> Message | None:
    """The message that this one answers."""
    wanted = call.shape("reply_parameters")
    if not wanted or int(wanted.get("message_id", 0)) <= 0:
        # A reply to the number 0, which every ephemeral message has, goes out as no reply at all.
        return None
    if wanted.get("chat_id", chat.id) != chat.id:
        raise bad_request("the test server knows no replies to other chats")
    message = chat.messages.get(int(wanted["message_id"]))
    if message is None or message.gone:
        if wanted.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return message


def _thread(call: Call, chat: Chat, reply_to: Message | None) -> int:
    wanted = call.integer("message_thread_id")
    if wanted:
        if not isinstance(chat, Group) or wanted not in chat.topics:
            raise bad_request("message thread not found")
        return wanted
    if reply_to is None or not isinstance(chat, Group) or not chat.is_super:
        return 0
    return reply_to.thread or (0 if chat.is_forum else reply_to.id)


def _prompted(message: Message) -> list[User]:
    """Everybody, or with *selective* the people named in the text and the one who is answered."""
    readers = message.chat.readers()
    if not message.prompt or not message.prompt.get("selective"):
        return readers
    named = {one["user"]["id"] for one in message.entities if one["type"] == "text_mention"}
    words = message.text.lower()
    mentioned = [one for one in readers if one.username and f"@{one.username.lower()}" in words]
    answered = message.reply_to.author if message.reply_to else None
    return [one for one in readers if one.id in named or one in mentioned or one is answered]


def copy_message(world: World, call: Call) -> Told:
    """Post again what stands somewhere else."""
    chat = chat_of(world, call)
    source = chat_of(world, Call(call.bot, call.method, {"chat_id": call.given.get("from_chat_id")}))
    message = message_of(source, call.integer("message_id"), "message to copy not found")
    text, entities = caption_of(world, call) if call.has("caption") else (message.text, message.entities)
    content = {"text": text, "entities": entities, "media": message.media, "extra": message.extra}
    return {"message_id": posted(world, call, chat, **content)["message_id"]}


METHODS: dict[str, Method] = {"sendMessage": send_message, "copyMessage": copy_message}
