"""Discord's rules for forms that its description does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from discord_server.components import LABEL, ROW, TEXT_INPUT
from discord_server.errors import Wrong
from discord_server.rules_components import LONGEST_ID, in_menu, placed, same_ids
from discord_server.rules_lengths import Path, at_most, between

Shape = dict[str, Any]

LONGEST_TITLE, LONGEST_LABEL, LONGEST_HINT, MOST_LETTERS = 45, 45, 100, 4000
MOST_FIELDS = 5


def in_modal(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with a form."""
    shown: Sequence[Shape] = sent.get("components") or ()
    yield from between(("components",), shown, 1, MOST_FIELDS)
    yield from between(("title",), sent.get("title"), 1, LONGEST_TITLE)
    yield from between(("custom_id",), sent.get("custom_id"), 1, LONGEST_ID)
    yield from same_ids(shown)
    for number, one in enumerate(shown):
        yield from _in_part(("components", str(number)), one)
    for here, field in placed(shown, ("components",)):
        if field["type"] == TEXT_INPUT:
            yield from _in_text_field(here, field)
        elif "custom_id" in field:
            yield from in_menu(here, field)


def _in_part(path: Path, part: Shape) -> Iterator[Wrong]:
    if part["type"] == LABEL:
        yield from between((*path, "label"), part.get("label"), 1, LONGEST_LABEL)
        yield from at_most((*path, "description"), part.get("description"), LONGEST_HINT)
    elif part["type"] == ROW:
        # The older kind of form: the field itself says what it asks for.
        inside = part.get("components") or ()
        yield from between((*path, "components"), inside, 1, 1)
        for field in inside:
            yield from between((*path, "components", "0", "label"), field.get("label"), 1, LONGEST_LABEL)


def _in_text_field(path: Path, field: Shape) -> Iterator[Wrong]:
    yield from between((*path, "custom_id"), field.get("custom_id"), 1, LONGEST_ID)
    yield from at_most((*path, "placeholder"), field.get("placeholder"), LONGEST_HINT)
    most = field.get("max_length") or MOST_LETTERS
    yield from at_most((*path, "value"), field.get("value"), most)
    if (field.get("min_length") or 0) > most:
        yield Wrong((*path, "min_length"), "more has to be written than may be")
