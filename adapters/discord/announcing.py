"""Tells Discord which commands there are, where they are not yet as they shall be."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord.client import Client
from adapters.discord.reading import WORDS_OPTION
from adapters.discord.widgets import Payload
from adapters.discord.writing import shortened
from bot.commands import COMMANDS, Command
from bot.ports import Words

CHAT_INPUT, STRING = 1, 3
WAY_IN = "start"
"""The command behind which a way in is given, which elsewhere is a link."""

ON_SERVERS = [0]
ON_SERVERS_AND_IN_PRIVATE = [0, 1]
LONGEST = 100

logger = logging.getLogger(__name__)


async def announce(client: Client, words: Words) -> None:
    """Register the commands in one go, if anything about them is new.

    A bot without a fresh list still works, so that Discord cannot take the list now is only said in the log.
    """
    wanted = [wanted_command(command, words) for command in COMMANDS]
    path, application = "/applications/{application_id}/commands", client.application_id
    try:
        params = {"with_localizations": "true"}
        found = await client.http.request(Route("GET", path, application_id=application), params=params)
        if not are_as_wanted(found, wanted):
            await client.http.request(Route("PUT", path, application_id=application), json=wanted)
            logger.info("the list of commands is new", extra={"action": "commands_announced"})
    except (discord.DiscordException, aiohttp.ClientError, OSError, TypeError, KeyError) as trouble:
        # A list that is none is somebody's on the way there.
        logger.warning(
            "the list of commands was not taken (%s)",
            type(trouble).__name__,
            extra={"action": "commands_not_announced"},
        )


def wanted_command(command: Command, words: Words) -> Payload:
    """A command as Discord lists it."""
    option = {"type": STRING, "name": WORDS_OPTION, **_described("discord-words", words), "autocomplete": True}
    return {
        "name": command.name,
        "type": CHAT_INPUT,
        **_described(command.phrase, words),
        "options": [option] if command.takes_words or command.name == WAY_IN else [],
        "integration_types": ON_SERVERS,
        "contexts": ON_SERVERS_AND_IN_PRIVATE,
    }


def are_as_wanted(found: list[Mapping[str, Any]], wanted: list[Payload]) -> bool:
    """Whether what is registered says the same, whatever else Discord adds to it."""
    registered = {one["name"]: one for one in found}
    return len(found) == len(wanted) and all(_holds(registered.get(one["name"]), one) for one in wanted)


def _described(phrase: str, words: Words) -> Payload:
    spoken = {code: words.say(phrase, locale) for locale in words.locales() for code in _codes(locale)}
    return {
        "description": shortened(words.say(phrase), LONGEST),
        "description_localizations": {code: shortened(said, LONGEST) for code, said in spoken.items()},
    }


def _codes(locale: str) -> list[str]:
    """Discord's codes for a language of ours; it knows some languages only with their country."""
    return [code.value for code in discord.Locale if code.value.split("-")[0] == locale.split("-")[0]]


def _holds(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(found, Mapping) and all(_holds(found.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list):
        # What is empty, Discord leaves out.
        return len(found or []) == len(wanted) and all(map(_holds, found or [], wanted))
    return bool(found == wanted)
