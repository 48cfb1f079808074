"""Which bot hears of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_server.accounts import Bot
from telegram_server.groups import Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram_server.messages import Message


def tell(message: Message, kind: str = "message", hearers: Iterable[Bot] | None = None) -> None:
    """Put the message into the inbox of each bot that may hear of it."""
    for bot in message.chat.bots() if hearers is None else hearers:
        if hears(bot, message):
            bot.inbox.put(kind, message.shape(bot.id), ("chat", message.chat.id))


def hears(bot: Bot, message: Message) -> bool:
    """Whether the bot hears of it: never of its own words or another bot's, always of what happened to the chat."""
    if message.only_for is not None:
        return message.only_for is bot
    if message.service:
        return message.author is not bot or "pinned_message" in message.service
    if isinstance(message.author, Bot):
        return False
    chat = message.chat
    if not isinstance(chat, Group) or bot.can_read_all or chat.standing(bot).leads:
        return True
    return _meant_for(bot, message, chat)


def _meant_for(bot: Bot, message: Message, group: Group) -> bool:
    """What gets through privacy mode: replies to the bot, its commands, bare ones if it was the last to post."""
    if message.reply_to is not None and message.reply_to.author is bot:
        return True
    for name in _commands(message):
        _, _, addressed = name.partition("@")
        if addressed.lower() == bot.username.lower() or (not addressed and group.last_bot in (None, bot)):
            return True
    return False


def _commands(message: Message) -> list[str]:
    told = message.text.encode("utf-16-le")
    spans = [one for one in message.entities if one["type"] == "bot_command"]
    return [told[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in spans]
