"""The methods that set what the bot says about itself: commands, name, descriptions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request

if TYPE_CHECKING:
    from telegram_server.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST = {"description": 512, "short_description": 120, "name": 64}
SCOPES = {
    "default": set(),
    "all_private_chats": set(),
    "all_group_chats": set(),
    "all_chat_administrators": set(),
    "chat": {"chat_id"},
    "chat_administrators": {"chat_id"},
    "chat_member": {"chat_id", "user_id"},
}
Key = tuple[str, str]


def set_my_commands(world: World, call: Call) -> bool:
    """Keep the list for a scope and a language."""
    commands = call.shape("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not COMMAND.fullmatch(one["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_key(call)] = [one | {"command": one["command"].removeprefix("/")} for one in commands]
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, Any]]:
    """The list of exactly this scope and language."""
    return call.bot.commands.get(_key(call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    """Forget a list."""
    call.bot.commands.pop(_key(call), None)
    return True


def _key(call: Call) -> Key:
    scope = call.shape("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES or scope.keys() - {"type"} != SCOPES[scope["type"]]:
        raise bad_request("can't parse BotCommandScope")
    return json.dumps(scope, sort_keys=True), _language(call)


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def set_words(world: World, call: Call) -> bool:
    """Keep a name or a description for a language."""
    name = _subject(call)
    if len(call.text(name)) > LONGEST[name]:
        raise bad_request(f"{name} is too long")
    call.bot.words[name, _language(call)] = call.text(name)
    return True


def get_words(world: World, call: Call) -> dict[str, str]:
    """The name or the description in a language."""
    name = _subject(call)
    told = call.bot.words
    return {
        name: told.get((name, _language(call))) or told.get((name, "")) or (call.bot.name if name == "name" else "")
    }


def _subject(call: Call) -> str:
    method = call.method.lower()[len("setMy") :]
    return {"shortdescription": "short_description"}.get(method, method)


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Keep nothing: no test looks at the menu button."""
    return True


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **dict.fromkeys(("setMyName", "setMyDescription", "setMyShortDescription"), set_words),
    **dict.fromkeys(("getMyName", "getMyDescription", "getMyShortDescription"), get_words),
    "setChatMenuButton": set_chat_menu_button,
}
