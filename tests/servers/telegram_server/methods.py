"""Every method that the server knows."""

from __future__ import annotations

from telegram_server import (
    answering,
    arranging,
    asking,
    commanding,
    editing,
    hooking,
    receiving,
    replacing,
    sending,
    uploading,
    voting,
    whispering,
)
from telegram_server.calls import Method


def known_methods() -> dict[str, Method]:
    """The methods by name in small letters, as Telegram does not tell capitals apart."""
    posting = (sending, uploading, voting, editing, replacing, whispering)
    families = (receiving, hooking, *posting, answering, arranging, asking, commanding)
    return {name.lower(): method for family in families for name, method in family.METHODS.items()}
