"""Lengths of texts and what Telegram finds in them by itself."""

from __future__ import annotations

import re
from typing import Any

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_ENTITIES = 100
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?<![\w/<>@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#[^\W\d]\w*)"
)


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def found_in(text: str) -> list[dict[str, Any]]:
    """The commands, names and links that a client marks by itself."""
    found = []
    for match in FOUND.finditer(text):
        span = {"offset": units(text[: match.start()]), "length": units(match[0])}
        found.append({"type": str(match.lastgroup), **span})
    return found
