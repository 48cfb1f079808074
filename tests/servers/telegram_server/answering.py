"""The methods that answer a press, mark a message or show that the bot is busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.groups import Group
from telegram_server.pressing import Press, follow
from telegram_server.targets import chat_of, message_of
from telegram_server.texts import units
from telegram_server.transcript import Answered

if TYPE_CHECKING:
    from telegram_server.chats import Chat
    from telegram_server.world import World

LONGEST_ANSWER = 200
TOO_LATE = "query is too old and response timeout expired or query ID is invalid"
ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker"
    " find_location record_video_note upload_video_note"
)
EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
"""What may be put on a message, by the official description of ReactionTypeEmoji."""


def answer_callback_query(world: World, call: Call) -> bool:
    """Answer a press, once and in time."""
    press = world.presses.get(call.text("callback_query_id"))
    if press is None or press.bot is not call.bot or press.answered or _late(world, press):
        raise bad_request(TOO_LATE)
    if units(call.text("text")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if call.has("url") and not call.text("url").startswith(f"https://t.me/{call.bot.username}?start="):
        raise bad_request("URL_INVALID")
    press.answered, press.text, press.alert = True, call.text("text"), call.flag("show_alert")
    press.url = call.text("url")
    world.transcript.add(_noted(world, press))
    follow(press)
    return True


def _late(world: World, press: Press) -> bool:
    return world.clock.now() - press.made_at > world.limits.answer_press_within


def _noted(world: World, press: Press) -> Answered:
    place = (world.clock.date(), press.message.chat.id, press.message.id)
    return Answered(*place, press.user.name, press.text, press.alert, press.url)


def set_message_reaction(world: World, call: Call) -> bool:
    """Put the bot's mark on a message, or take it off."""
    chat = chat_of(world, call)
    message = message_of(chat, call.integer("message_id"), "message to react not found")
    marks = call.shape("reaction") or []
    if len(marks) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not all(_allowed(chat, mark) for mark in marks):
        raise bad_request("REACTION_INVALID")
    world.mark(message, call.bot, marks)
    return True


def _allowed(chat: Chat, mark: dict[str, str]) -> bool:
    emoji = mark.get("emoji", "").replace("\ufe0f", "")
    allowed = chat.reactions_allowed if isinstance(chat, Group) else None
    return mark.get("type") == "emoji" and emoji in EMOJI.split() and (allowed is None or emoji in allowed)


def send_chat_action(world: World, call: Call) -> bool:
    """Show that the bot is busy."""
    chat_of(world, call)
    if call.text("action") not in ACTIONS.split():
        raise bad_request("wrong parameter action in request")
    return True


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "sendChatAction": send_chat_action,
}
