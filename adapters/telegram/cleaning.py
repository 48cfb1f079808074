"""Makes what came from Telegram safe to work with; the library lets anything pass for a number or a text."""

from __future__ import annotations

import re
from typing import Any

from bot.posts import LARGEST_ID

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff\0]")


def whole(told: Any) -> Any:
    """What came, without the halves of characters that stand anywhere in it."""
    match told:
        case str():
            return clean(told)
        case dict():
            return {clean(name): whole(value) for name, value in told.items()}
        case list():
            return [whole(value) for value in told]
        case _:
            return told


def number(told: Any) -> str:
    """A number as it is written; raises ValueError where it is none, as the library lets anything pass."""
    if type(told) is not int or abs(told) > LARGEST_ID:
        raise ValueError("not a number")
    return str(told)


def text_of(told: Any) -> str:
    """A text; raises ValueError where it is none."""
    if not isinstance(told, str):
        raise ValueError("not a text")
    return told


def clean(text: str) -> str:
    """Half a character cannot be written as UTF-8, and a NUL not into every database."""
    return _HALF_A_CHARACTER.sub("\ufffd", text)
