"""Discord's rules that its description does not have, as the documentation and the answers of the API tell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from discord_server.components import (
    BUTTON,
    LABEL,
    LINK,
    ROW,
    SELECTS,
    TEXT_INPUT,
    every,
    label_of,
)
from discord_server.errors import Wrong
from discord_server.interactions import AUTOCOMPLETE, COMMAND, SUBMIT
from discord_server.messages import EPHEMERAL, MADE_OF_COMPONENTS, SILENT, SUPPRESS_EMBEDS

Shape = dict[str, Any]

LONGEST_CONTENT, LONGEST_NONCE = 2000, 25
MOST_ROWS, MOST_IN_A_ROW, MOST_COMPONENTS = 5, 5, 40
LONGEST_BUTTON, LONGEST_ID, LONGEST_TITLE, LONGEST_LABEL = 80, 100, 45, 45
MOST_FIELDS, MOST_OPTIONS, LONGEST_OPTION = 5, 25, 100
MOST_EMBEDS, LONGEST_EMBEDS = 10, 6000
MOST_COMMANDS, LONGEST_DESCRIPTION = 100, 100
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
CHAT_INPUT = 1
LOCALES = frozenset(
    {"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"}
    | {"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"}
)

MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9


def wrong_answer(kind: int, has_message: bool, answer: int) -> str | None:
    """Why an interaction of a kind cannot be answered like this; nothing where it can."""
    if kind == AUTOCOMPLETE:
        return None if answer == SUGGEST else "words being typed are answered with suggestions only"
    if answer == SUGGEST:
        return "suggestions are for words that are being typed"
    if answer == MODAL and kind == SUBMIT:
        return "no form opens after a form"
    if answer in (LATER_UPDATE, UPDATE) and (kind == COMMAND or not has_message):
        return "there is no message to update"
    known = (MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, MODAL)
    return None if answer in known else f"nothing is answered with {answer}"


def in_message(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with a message, or with what changes one."""
    if len(sent.get("content") or "") > LONGEST_CONTENT:
        yield Wrong(("content",), "Must be 2000 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    flags = int(sent.get("flags") or 0)
    if flags & ~(SUPPRESS_EMBEDS | EPHEMERAL | SILENT | MADE_OF_COMPONENTS):
        yield Wrong(("flags",), f"a bot cannot set {flags}")
    if sent.get("enforce_nonce") and not sent.get("nonce"):
        yield Wrong(("enforce_nonce",), "there is no nonce to enforce")
    if len(str(sent.get("nonce") or "")) > LONGEST_NONCE:
        yield Wrong(("nonce",), "Must be 25 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    yield from _in_embeds(sent.get("embeds") or ())
    yield from _in_components(sent.get("components") or (), made_of_them=bool(flags & MADE_OF_COMPONENTS))
    if flags & MADE_OF_COMPONENTS and (sent.get("content") or sent.get("embeds")):
        yield Wrong(("flags",), "content and embeds cannot be used with the components flag")


def _in_embeds(embeds: Sequence[Shape]) -> Iterator[Wrong]:
    if len(embeds) > MOST_EMBEDS:
        yield Wrong(("embeds",), "Must be 10 or fewer in length.")
    parts = [[one.get("title"), one.get("description")] for one in embeds]
    if sum(len(part or "") for one in parts for part in one) > LONGEST_EMBEDS:
        yield Wrong(("embeds",), "Embed size exceeds maximum size of 6000")


def _in_components(shown: Sequence[Shape], *, made_of_them: bool) -> Iterator[Wrong]:
    if made_of_them:
        if len(list(every(shown))) > MOST_COMPONENTS:
            yield Wrong(("components",), "at most 40 components in all")
    elif len(shown) > MOST_ROWS or any(one["type"] != ROW for one in shown):
        yield Wrong(("components",), "at most five rows, and nothing else")
    for number, row in enumerate(one for one in shown if one["type"] == ROW):
        yield from _in_row(("components", str(number)), row.get("components") or ())
    yield from _same_ids(shown)


def _in_row(path: tuple[str, ...], inside: Sequence[Shape]) -> Iterator[Wrong]:
    if not 1 <= len(inside) <= MOST_IN_A_ROW:
        yield Wrong(path, "a row has one to five components")
    if len(inside) > 1 and any(one["type"] in SELECTS for one in inside):
        yield Wrong(path, "a menu stands alone in its row")
    for button in inside:
        if button["type"] == BUTTON:
            yield from _in_button(path, button)


def _in_button(path: tuple[str, ...], button: Shape) -> Iterator[Wrong]:
    if not label_of(button) or len(button.get("label") or "") > LONGEST_BUTTON:
        yield Wrong(path, "a button has a label of one to eighty characters, or an emoji")
    leads_away = button.get("style") == LINK
    if leads_away != ("url" in button) or leads_away == ("custom_id" in button):
        yield Wrong(path, "a button has a url if it leads away, else a custom id")
    if not leads_away and not 1 <= len(str(button.get("custom_id") or "")) <= LONGEST_ID:
        yield Wrong(path, "a custom id has one to a hundred characters")


def _same_ids(shown: Sequence[Shape]) -> Iterator[Wrong]:
    ids = Counter(one["custom_id"] for one in every(shown) if "custom_id" in one)
    for twice in [one for one, count in ids.items() if count > 1]:
        yield Wrong(("components",), f"Component custom id cannot be duplicated: {twice}")


def in_modal(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with a form."""
    shown = sent.get("components") or ()
    if not 1 <= len(shown) <= MOST_FIELDS:
        yield Wrong(("components",), "Must be between 1 and 5 in length.")
    if not 1 <= len(sent.get("title") or "") <= LONGEST_TITLE:
        yield Wrong(("title",), "Must be between 1 and 45 in length.")
    yield from _same_ids(shown)
    for number, one in enumerate(shown):
        path = ("components", str(number))
        if one["type"] == LABEL and not 1 <= len(one.get("label") or "") <= LONGEST_LABEL:
            yield Wrong(path, "a label has one to 45 characters")
        for field in every([one]):
            yield from _in_field(path, field)


def _in_field(path: tuple[str, ...], field: Shape) -> Iterator[Wrong]:
    if field["type"] == TEXT_INPUT:
        if len(field.get("value") or "") > (field.get("max_length") or 4000):
            yield Wrong(path, "what stands there already is longer than what may be written")
        if len(field.get("placeholder") or "") > LONGEST_OPTION:
            yield Wrong(path, "Must be 100 or fewer in length.")
    if "options" in field:
        values = [one["value"] for one in field["options"]]
        if not 1 <= len(values) <= MOST_OPTIONS or len(set(values)) < len(values):
            yield Wrong(path, "one to 25 options, each with a value of its own")
        if any(not 1 <= len(one["label"]) <= LONGEST_OPTION for one in field["options"]):
            yield Wrong(path, "an option has a label of one to a hundred characters")


def in_commands(sent: Sequence[Shape]) -> Iterator[Wrong]:
    """What is wrong with a list of commands."""
    if len(sent) > MOST_COMMANDS:
        yield Wrong((), "at most a hundred commands")
    named = Counter((one["name"], one.get("type") or CHAT_INPUT) for one in sent)
    for name, count in named.items():
        if count > 1:
            yield Wrong((), f"Application command names must be unique: {name[0]}")
    for number, one in enumerate(sent):
        if (one.get("type") or CHAT_INPUT) == CHAT_INPUT:
            yield from _in_command((str(number),), one)


def _in_command(path: tuple[str, ...], one: Shape) -> Iterator[Wrong]:
    name = one["name"]
    if not COMMAND_NAME.fullmatch(name) or name != name.lower():
        yield Wrong((*path, "name"), f"Command name is invalid: {name}")
    descriptions = [one.get("description") or "", *(one.get("description_localizations") or {}).values()]
    if any(not 1 <= len(said) <= LONGEST_DESCRIPTION for said in descriptions):
        yield Wrong((*path, "description"), "Must be between 1 and 100 in length.")
    for key in ("name_localizations", "description_localizations"):
        if set(one.get(key) or ()) - LOCALES:
            yield Wrong((*path, key), f"unknown: {sorted(set(one[key]) - LOCALES)}")
    options = one.get("options") or []
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        yield Wrong((*path, "options"), "Required options must be placed before non-required options")
    if len(options) > MOST_OPTIONS:
        yield Wrong((*path, "options"), "at most 25 options")
    for number, option in enumerate(options):
        if option.get("autocomplete") and option.get("choices"):
            yield Wrong((*path, "options", str(number)), "choices and suggestions exclude each other")
        yield from _in_command((*path, "options", str(number)), option)


def in_suggestions(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with what the words being typed could become."""
    choices = sent.get("choices") or ()
    if len(choices) > MOST_OPTIONS:
        yield Wrong(("choices",), "Must be 25 or fewer in length.")
    if any(not 1 <= len(str(one["name"])) <= LONGEST_OPTION for one in choices):
        yield Wrong(("choices",), "a choice has a name of one to a hundred characters")
