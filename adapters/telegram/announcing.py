"""Tells Telegram which commands there are, so that phones offer them."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.commands import COMMANDS
from bot.ports import Words

logger = logging.getLogger(__name__)


async def announce(bot: Bot, words: Words) -> None:
    """Register the commands for private chats and groups in each language, where they are not yet as they should be.

    A bot without a fresh list still works, so that Telegram cannot take the list now is only said in the log.
    """
    try:
        for scope in (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()):
            await _announce_in(bot, words, scope, "en", "")
            for locale in words.locales():
                await _announce_in(bot, words, scope, locale, locale)
    except TelegramError as trouble:
        logger.warning(
            "the list of commands was not taken (%s)",
            type(trouble).__name__,
            extra={"action": "commands_not_announced"},
        )


async def _announce_in(bot: Bot, words: Words, scope: BotCommandScope, spoken: str, language: str) -> None:
    wanted = tuple(BotCommand(command.name, words.say(command.phrase, spoken)) for command in COMMANDS)
    if await bot.get_my_commands(scope, language) != wanted:
        await bot.set_my_commands(wanted, scope, language)
