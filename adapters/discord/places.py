"""Places, custom ids, nonces and the invite link in Discord's terms."""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode

from bot.posts import InPrivate, InRoom, MessageRef, Place, Token

PLATFORM = "discord"

FORM = "form:"
"""Before a form's token in the custom id of a modal."""

AGAIN = "~"
"""Behind a token that stands on a message for another time: custom ids are unique on a message."""

LONGEST_NONCE = 25

VIEW_CHANNEL, SEND_MESSAGES, SEND_IN_THREADS = 1 << 10, 1 << 11, 1 << 38
ADD_REACTIONS, ATTACH_FILES, READ_HISTORY = 1 << 6, 1 << 15, 1 << 16
PERMISSIONS = VIEW_CHANNEL | SEND_MESSAGES | SEND_IN_THREADS | ADD_REACTIONS | ATTACH_FILES | READ_HISTORY
"""All that the bot asks for when it is added to a server."""


def room(channel: int) -> InRoom:
    """A channel, or a thread, which is a channel of its own."""
    return InRoom(PLATFORM, str(channel))


def private(user: int) -> InPrivate:
    """The direct messages with one person."""
    return InPrivate(PLATFORM, str(user))


def ref(place: Place, message: int | str) -> MessageRef:
    """A message in a place."""
    return MessageRef(place, str(message))


def custom_id(token: Token, nth: int = 0) -> str:
    """The id of a button; *nth* counts how often its token stands on the message before it."""
    return f"{token}{AGAIN}{nth}" if nth else str(token)


def form_id(token: Token) -> str:
    """The id of a form's modal."""
    return f"{FORM}{token}"


def token_of(written: str) -> Token:
    """The token behind a button's or a modal's id; whatever is none of ours becomes UNKNOWN."""
    return Token.parse(written.removeprefix(FORM).partition(AGAIN)[0])


def nonce_of(key: str, piece: int = 0) -> str:
    """What tells Discord that a message is the same one as a moment ago."""
    return hashlib.sha256(f"{key}/{piece}".encode()).hexdigest()[:LONGEST_NONCE]


def adding_link(application: int | str) -> str:
    """The link that adds the bot to a server, with the permissions that it needs."""
    asked = {"client_id": application, "scope": "bot applications.commands", "permissions": PERMISSIONS}
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"
