"""Tells emoji from words."""

from __future__ import annotations

import re
import unicodedata

MOST = 3
"""How many emoji are one answer."""

JOINER, AS_EMOJI, KEYCAP = "\u200d", "\ufe0f", "\u20e3"

ALSO_EMOJI, ON_KEYS = "‼⁉↔⤴⤵◽◾ℹ〰〽", "0123456789#*"
"""Arrows and signs that a mark makes an emoji, and what stands on a key."""

_MODIFIERS = "\U0001f3fb-\U0001f3ff"
_FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
_TAGS = "\U000e0020-\U000e007f"
_ONE = rf".{AS_EMOJI}?[{_MODIFIERS}]?{KEYCAP}?[{_TAGS}]*"
_WHOLE = re.compile(rf"[{_FLAG_LETTERS}]{{2}}|{_ONE}(?:{JOINER}{_ONE})*", re.DOTALL)
"""What a reader sees as one: a flag of two letters, or signs that are joined."""


def is_emoji(text: str) -> bool:
    """Whether a text is one emoji, or a few, and nothing else."""
    found = _WHOLE.findall("".join(text.split()))
    return 1 <= len(found) <= MOST and all(map(_is_one, found))


def _is_one(sign: str) -> bool:
    first = sign[0]
    # What is younger than this Python has no category yet, but its place.
    if unicodedata.category(first) == "So" or "\U0001f000" <= first <= "\U0001faff":
        return True
    return (AS_EMOJI in sign and first in ALSO_EMOJI) or (sign[-1] == KEYCAP and first in ON_KEYS)
