"""What a phone shows of the markup in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LINK = re.compile(r"(https?://[^\s<>|`*]+)")
_MARKS = re.compile(r"\\([^A-Za-z0-9\s])|\*\*|\*|(?<!\w)_|_(?!\w)|^> |^-# ", re.MULTILINE)
_SOMEBODY = re.compile(r"(?<!\\)<@!?(\d+)>")


def as_shown(content: str, names: Mapping[int, str]) -> str:
    """The words without their markup; a mention is a name."""
    named = _SOMEBODY.sub(lambda found: f"@{names.get(int(found[1]), 'unknown-user')}", content)
    parts = _LINK.split(named)
    return "".join(part if number % 2 else _MARKS.sub(_read, part) for number, part in enumerate(parts))


def _read(found: re.Match[str]) -> str:
    return found[1] or ""
