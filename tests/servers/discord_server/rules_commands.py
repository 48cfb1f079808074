"""Discord's rules for commands that its description does not have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from discord_server.commands import CHAT_INPUT
from discord_server.errors import Wrong
from discord_server.rules_lengths import Path, at_most, between

Shape = dict[str, Any]

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_CHOICE, LONGEST_COMMAND = 32, 100, 100, 8000
MOST_OPTIONS, MOST_CHOICES = 25, 25
MOST_OF_A_KIND = {CHAT_INPUT: 100, 2: 15, 3: 15}
# Two scripts write vowels with marks that are no letters.
NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
LOCALES = frozenset(
    {"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"}
    | {"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"}
)


def in_commands(sent: Sequence[Shape]) -> Iterator[Wrong]:
    """What is wrong with a list of commands."""
    kinds = Counter(_kind(one) for one in sent)
    for kind, count in kinds.items():
        if count > MOST_OF_A_KIND.get(kind, count):
            yield Wrong((), f"Maximum number of application commands reached ({MOST_OF_A_KIND[kind]}).")
    for (name, _), count in Counter((one["name"], _kind(one)) for one in sent).items():
        if count > 1:
            words = f"Application command names must be unique: {name}"
            yield Wrong((), words, "APPLICATION_COMMANDS_DUPLICATE_NAME")
    for number, one in enumerate(sent):
        yield from in_command((str(number),), one)


def in_command(path: Path, one: Shape) -> Iterator[Wrong]:
    """What is wrong with one command."""
    if _kind(one) != CHAT_INPUT:
        yield from between((*path, "name"), one["name"], 1, LONGEST_NAME)
        if one.get("description") or one.get("options"):
            yield Wrong((*path, "description"), "only what is typed has a description and options")
        return
    yield from _in_named(path, one)
    if sum(len(part) for part in _parts(one)) > LONGEST_COMMAND:
        yield Wrong(path, f"Command exceeds maximum size ({LONGEST_COMMAND})", "APPLICATION_COMMAND_TOO_LARGE")


def in_suggestions(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with what the words being typed could become."""
    yield from _in_choices(("choices",), sent.get("choices") or ())


def _in_named(path: Path, one: Shape) -> Iterator[Wrong]:
    """What is wrong with a command or one of its options."""
    for key in ("name_localizations", "description_localizations"):
        for unknown in sorted(set(one.get(key) or ()) - LOCALES):
            yield Wrong((*path, key, unknown), "Discord has no such language")
    for where, name in _told(one, "name"):
        if not NAME.fullmatch(name) or name != name.lower():
            yield Wrong((*path, *where), f"Command name is invalid: {name}", "APPLICATION_COMMAND_INVALID_NAME")
    for where, said in _told(one, "description"):
        yield from between((*path, *where), said, 1, LONGEST_DESCRIPTION)
    yield from _in_options((*path, "options"), one.get("options") or ())
    yield from _in_choices((*path, "choices"), one.get("choices") or ())
    if one.get("autocomplete") and one.get("choices"):
        yield Wrong((*path, "autocomplete"), "choices and suggestions exclude each other")


def _in_options(path: Path, options: Sequence[Shape]) -> Iterator[Wrong]:
    yield from at_most(path, options, MOST_OPTIONS)
    needed = [bool(one.get("required")) for one in options]
    if needed != sorted(needed, reverse=True):
        words = "Required options must be placed before non-required options"
        yield Wrong(path, words, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID")
    if len({one["name"] for one in options}) < len(options):
        yield Wrong(path, "two options have the same name")
    for number, one in enumerate(options):
        yield from _in_named((*path, str(number)), one)


def _in_choices(path: Path, choices: Sequence[Shape]) -> Iterator[Wrong]:
    yield from at_most(path, choices, MOST_CHOICES)
    for number, one in enumerate(choices):
        yield from between((*path, str(number), "name"), one.get("name"), 1, LONGEST_CHOICE)
        if isinstance(one.get("value"), str):
            yield from at_most((*path, str(number), "value"), one["value"], LONGEST_CHOICE)


def _kind(command: Shape) -> int:
    return command.get("type") or CHAT_INPUT


def _told(one: Shape, key: str) -> Iterator[tuple[Path, str]]:
    """A name or a description, and in which languages it is told otherwise."""
    yield (key,), one.get(key) or ""
    for language, words in (one.get(f"{key}_localizations") or {}).items():
        yield (f"{key}_localizations", language), words


def _parts(one: Shape) -> Iterator[str]:
    """The texts that count together."""
    yield from (one["name"], one.get("description") or "")
    for choice in one.get("choices") or ():
        yield from (choice["name"], str(choice["value"]))
    for option in one.get("options") or ():
        yield from _parts(option)
