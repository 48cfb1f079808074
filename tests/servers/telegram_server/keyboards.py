"""What a message may carry under it."""

from __future__ import annotations

import re
from typing import Any

from telegram_server.errors import bad_request

KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
DECORATION = {"text", "icon_custom_emoji_id", "style"}
LINK = re.compile(r"(https?://[^\s/]+\.[^\s/]+|https?://localhost|tg://)\S*")
MOST_BUTTONS = 100


def checked(markup: Any) -> dict[str, Any]:
    """The markup as it is kept, or a refusal."""
    if not isinstance(markup, dict) or not any(kind in markup for kind in KINDS):
        raise bad_request("can't parse reply keyboard markup JSON object")
    buttons = [button for row in markup.get("inline_keyboard", ()) for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return _without_empty_rows(markup)


def _without_empty_rows(markup: dict[str, Any]) -> dict[str, Any]:
    if "inline_keyboard" not in markup:
        return markup
    return markup | {"inline_keyboard": [row for row in markup["inline_keyboard"] if row]}


def _check_button(button: dict[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if len(button.keys() - DECORATION) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not LINK.fullmatch(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def inline(markup: dict[str, Any]) -> dict[str, Any] | None:
    """The part that stays under the message, for all to press."""
    return {"inline_keyboard": markup["inline_keyboard"]} if markup.get("inline_keyboard") else None
