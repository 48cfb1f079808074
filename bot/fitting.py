"""Whether an answer is of the kind that an item asks for."""

from __future__ import annotations

import re
from typing import assert_never

from bot.emoji import is_emoji
from bot.errors import Refusal
from bot.model import Kept
from bot.sheets import Item, ItemKind

_NUMBER = re.compile(r"[+-]?[0-9]{1,10}(?:[.,][0-9]{1,4})?")


def fitted(item: Item, words: str, kept: Kept) -> str:
    """The words as they are kept; declined where the item asks for something else, with what works."""
    match item.kind:
        case ItemKind.TEXT:
            wanted = kept is Kept.WORDS
        case ItemKind.NUMBER:
            words, wanted = words.replace("\u2212", "-"), kept is Kept.WORDS
            wanted = wanted and _is_between(words, item.least, item.most)
        case ItemKind.EMOJI:
            wanted = kept is Kept.WORDS and is_emoji(words)
        case ItemKind.VOICE:
            wanted = kept is Kept.VOICE
        case ItemKind.PICTURE:
            wanted = kept is Kept.PICTURE
        case ItemKind.SCALE | ItemKind.CHOICE:
            wanted = False
        case _:
            assert_never(item.kind)
    if not wanted:
        raise asks_for(item)
    return words


def asks_for(item: Item) -> Refusal:
    """What works as an answer to an item."""
    if item.kind is ItemKind.NUMBER:
        return Refusal("asks-number", least=str(item.least), most=str(item.most))
    return Refusal("asks-label" if item.kind.is_picked else f"asks-{item.kind}")


def _is_between(words: str, least: int, most: int) -> bool:
    return _NUMBER.fullmatch(words) is not None and least <= float(words.replace(",", ".")) <= most
