"""Buttons, selects and texts of a message: what was asked for, what is told, what a person can press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Shape = dict[str, Any]

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, ROLE_SELECT = 1, 2, 3, 4, 5, 6
MENTIONABLE_SELECT, CHANNEL_SELECT, SECTION, TEXT_DISPLAY = 7, 8, 9, 10
CONTAINER, LABEL = 17, 18
FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 19, 21, 22, 23
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
LINK, PREMIUM = 5, 6


def every(shown: Sequence[Shape]) -> Iterator[Shape]:
    """All components, those inside others too, in reading order."""
    for one in shown:
        yield one
        inner = [*one.get("components", ()), *(one[key] for key in ("accessory", "component") if one.get(key))]
        yield from every(inner)


def buttons(shown: Sequence[Shape]) -> list[Shape]:
    """The buttons."""
    return [one for one in every(shown) if one["type"] == BUTTON]


def selects(shown: Sequence[Shape]) -> list[Shape]:
    """The menus to choose from."""
    return [one for one in every(shown) if one["type"] in SELECTS]


def words(shown: Sequence[Shape]) -> list[str]:
    """The texts among them."""
    return [one["content"] for one in every(shown) if one["type"] == TEXT_DISPLAY]


def label_of(button: Shape) -> str:
    """What a button says."""
    emoji = (button.get("emoji") or {}).get("name") or ""
    return str(button.get("label") or emoji)


def button_called(shown: Sequence[Shape], label: str) -> Shape:
    """The button that says this; several that say the same are taken for the first."""
    found = [one for one in buttons(shown) if label_of(one) == label]
    assert found, f"there is no button {label!r} among {[label_of(one) for one in buttons(shown)]}"
    return found[0]


def select_called(shown: Sequence[Shape], name: str) -> Shape:
    """The menu with this id or this placeholder."""
    found = [one for one in selects(shown) if name in (one.get("custom_id"), one.get("placeholder"))]
    assert found, f"there is no menu {name!r} among {[one.get('custom_id') for one in selects(shown)]}"
    return found[0]


def told(asked: Sequence[Shape] | None) -> list[Shape]:
    """The components of a message as Discord tells them, each with a number."""
    made = [_told(one) for one in asked or ()]
    for number, one in enumerate(every(made), 1):
        one["id"] = one.get("id") or number
    return made


def _told(asked: Shape) -> Shape:
    made = {key: value for key, value in asked.items() if value is not None}
    if "components" in made:
        made["components"] = [_told(one) for one in made["components"]]
    for key in ("accessory", "component"):
        if key in made:
            made[key] = _told(made[key])
    if made["type"] in SELECTS:
        made = {"min_values": 1, "max_values": 1} | made
        made.pop("required", None)
    return made
