"""Says what is wrong in a deck's file, in words that tell its author what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from bot.deckparts import near

KINDS_OF_VALUES = {
    "list_type": 'is a list, in brackets: ["one", "two"]',
    "bool_type": "is true or false, without quotes",
    "int_type": "is a whole number, without quotes",
    "string_type": 'is a text, in "quotes"',
    "model_type": "is a table, with keys of its own",
}
"""What stands there, where something else does."""

WITHIN = {"item": "sheet", "card": "step", "when": "step"}
"""Tables that stand within another one."""

QUOTES = ' Texts and times stand in "quotes"; a quote within one is written \\".'
UNQUOTED = ("Expected newline or end of document", "Invalid value")
"""What TOML says of a text whose quotes are absent or end too early."""


def reason(problem: ErrorDetails, known: Sequence[str], head: Sequence[str]) -> str:
    """Why a value is refused; *known* are the keys that its table has, *head* those of [deck]."""
    given: Mapping[str, Any] = problem.get("ctx", {})
    match problem["type"]:
        case "extra_forbidden":
            return _no_key(problem, known, head)
        case "missing":
            return "is missing"
        case "string_too_long":
            return f"has {len(problem['input'])} characters; {given['max_length']} is the limit"
        case "string_pattern_mismatch":
            return f"{problem['input']!r} is not an id: small letters, then also digits, and - (in a deck's id _)"
        case "greater_than_equal":
            return f"{problem['input']} is too small: {given['ge']} or more"
        case "less_than_equal":
            return f"{problem['input']} is too much: {given['le']} or less"
        case "too_long":
            return f"has {given['actual_length']}; {given['max_length']} is the limit"
        case "too_short":
            return f"has {given['actual_length']}, and needs at least {given['min_length']}"
        case other:
            return KINDS_OF_VALUES.get(other, problem["msg"])


def _no_key(problem: ErrorDetails, known: Sequence[str], head: Sequence[str]) -> str:
    *above, key = (str(part) for part in problem["loc"])
    if not above and key in WITHIN:
        return f"stands within another table: [[{WITHIN[key]}.{key}]]"
    if not above and key in head:
        return "belongs into the table [deck], so below a line that says [deck]"
    return "is not a key here." + (near(key, known) or f" Known are {', '.join(known)}.")


def not_toml(problem: Exception, text: str) -> str:
    """Why a file is no TOML, with the line where it is not."""
    found = re.search(r"at line (\d+)", str(problem))
    line = text.splitlines()[int(found[1]) - 1].strip() if found else ""
    hint = QUOTES if str(problem).startswith(UNQUOTED) else ""
    return f"is not TOML: {problem}" + (f": {line}" if line else "") + ("." + hint if hint else "")


def part_of(found: object, key: str) -> str:
    """The id of the innermost prompt, step or item that a key such as "step[2].yes" leads through; or nothing."""
    name = ""
    for word, at in re.findall(r"(\w+)(?:\[(\d+)\])?", key):
        found = found.get(word) if isinstance(found, dict) else None
        if at and isinstance(found, list) and int(at) < len(found):
            found = found[int(at)]
            # Where the id itself is wrong, it says so.
            name = str(found.get("id", name)) if isinstance(found, dict) else name
    return "" if key.endswith(".id") else name
