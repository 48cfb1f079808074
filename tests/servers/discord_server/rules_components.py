"""Discord's rules for buttons, menus and fields that its description does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from discord_server.components import BUTTON, LINK, PREMIUM, ROW, SELECTS
from discord_server.errors import Wrong
from discord_server.rules_lengths import Path, at_most, between

Shape = dict[str, Any]

MOST_ROWS, MOST_IN_A_ROW, MOST_COMPONENTS = 5, 5, 40
LONGEST_BUTTON, LONGEST_ID, LONGEST_CHOICE, LONGEST_HINT = 80, 100, 100, 150
MOST_CHOICES = 25


def in_components(shown: Sequence[Shape], *, made_of_them: bool) -> Iterator[Wrong]:
    """What is wrong with what stands under a message, or with what it is made of."""
    path = ("components",)
    if made_of_them:
        yield from at_most(path, list(placed(shown, path)), MOST_COMPONENTS)
    else:
        yield from at_most(path, shown, MOST_ROWS)
        if any(one["type"] != ROW for one in shown):
            yield Wrong(path, "a message with words of its own has rows and nothing else")
    yield from same_ids(shown)
    for here, one in placed(shown, path):
        yield from _in_one(here, one)


def placed(shown: Sequence[Shape], path: Path) -> Iterator[tuple[Path, Shape]]:
    """All components with their places, those inside others too."""
    for number, one in enumerate(shown):
        here = (*path, str(number))
        yield here, one
        yield from placed(one.get("components") or (), (*here, "components"))
        yield from (((*here, key), one[key]) for key in ("accessory", "component") if one.get(key))


def same_ids(shown: Sequence[Shape]) -> Iterator[Wrong]:
    """What is wrong where two components could not be told apart."""
    known: set[str] = set()
    for here, one in placed(shown, ("components",)):
        custom_id = one.get("custom_id")
        if custom_id is not None and custom_id in known:
            yield Wrong(
                (*here, "custom_id"), "Component custom id cannot be duplicated", "COMPONENT_CUSTOM_ID_DUPLICATED"
            )
        known.add(custom_id)


def in_menu(path: Path, menu: Shape) -> Iterator[Wrong]:
    """What is wrong with what somebody chooses from."""
    yield from between((*path, "custom_id"), menu.get("custom_id"), 1, LONGEST_ID)
    yield from at_most((*path, "placeholder"), menu.get("placeholder"), LONGEST_HINT)
    least, most = menu.get("min_values"), menu.get("max_values")
    if (least if least is not None else 1) > (most if most is not None else max(least or 0, 1)):
        yield Wrong((*path, "min_values"), "fewer can be chosen than have to be")
    if "options" in menu:
        yield from _in_choices((*path, "options"), menu["options"])


def _in_one(path: Path, one: Shape) -> Iterator[Wrong]:
    if one["type"] == ROW:
        yield from _in_row((*path, "components"), one.get("components") or ())
    elif one["type"] == BUTTON:
        yield from _in_button(path, one)
    elif one["type"] in SELECTS:
        yield from in_menu(path, one)


def _in_row(path: Path, inside: Sequence[Shape]) -> Iterator[Wrong]:
    yield from between(path, inside, 1, MOST_IN_A_ROW)
    if len(inside) > 1 and any(one["type"] in SELECTS for one in inside):
        yield Wrong(path, "a menu stands alone in its row")


def _in_button(path: Path, button: Shape) -> Iterator[Wrong]:
    yield from at_most((*path, "label"), button.get("label"), LONGEST_BUTTON)
    needed = {LINK: "url", PREMIUM: "sku_id"}.get(button.get("style", 0), "custom_id")
    if needed == "custom_id":
        yield from between((*path, "custom_id"), button.get("custom_id"), 1, LONGEST_ID)
    elif not button.get(needed):
        yield _missing((*path, needed))
    for other in {"url", "sku_id", "custom_id"} - {needed}:
        if button.get(other) is not None:
            yield Wrong((*path, other), f"a button with {needed} has no {other}")
    # On a button that sells something Discord writes what it sells.
    if needed != "sku_id" and not _says_something(button):
        yield _missing((*path, "label"))


def _says_something(button: Shape) -> bool:
    return bool(button.get("label") or (button.get("emoji") or {}).get("name") or (button.get("emoji") or {}).get("id"))


def _missing(path: Path) -> Wrong:
    return Wrong(path, "This field is required", "BASE_TYPE_REQUIRED")


def _in_choices(path: Path, choices: Sequence[Shape]) -> Iterator[Wrong]:
    yield from between(path, choices, 1, MOST_CHOICES)
    known: set[str] = set()
    for number, one in enumerate(choices):
        here = (*path, str(number))
        if one["value"] in known:
            yield Wrong(here, "The specified option value is already used", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")
        known.add(one["value"])
        yield from between((*here, "label"), one.get("label"), 1, LONGEST_CHOICE)
        yield from between((*here, "value"), one.get("value"), 1, LONGEST_CHOICE)
        yield from at_most((*here, "description"), one.get("description"), LONGEST_CHOICE)
