"""Places, people and deep links in Telegram's terms."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from bot.posts import InPrivate, InRoom, MessageRef, Place, Token

PLATFORM = "telegram"

JUST_ADDED = "hello"
"""The payload of the link that adds the bot to a group; it arrives as `/start@bot hello` beside the joining itself."""

CALL = "do_"
"""Before a command's name in a deep link: who opens the link calls the command in private."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account; *name* is its user name without the @."""

    id: int
    name: str


def chat_of(place: Place) -> str:
    """The chat id that the Bot API knows a place by; a private chat has its person's."""
    return place.user if isinstance(place, InPrivate) else place.chat


def thread_of(place: Place) -> int | None:
    """The topic that a message goes to, where the chat has topics."""
    return int(place.thread) if isinstance(place, InRoom) and place.thread else None


def ref(place: Place, message: int) -> MessageRef:
    """A message of a chat."""
    return MessageRef(place, str(message))


def link_to(me: Me, payload: str) -> str:
    """The link that opens the private chat and sends `/start payload` there."""
    return f"https://t.me/{me.name}?start={quote(payload)}"


def adding_link(me: Me) -> str:
    """The link that adds the bot to a group of one's own."""
    return f"https://t.me/{me.name}?startgroup={JUST_ADDED}"


def question_link(me: Me, token: Token, field: str) -> str:
    """The link that a question carries, so that its answer is known for one after any restart."""
    return f"{link_to(me, str(token))}&field={quote(field)}"


def asked_in(url: str, me: Me) -> tuple[Token, str] | None:
    """The form's token and the field behind a question's link, if it is one of ours."""
    parts = urlsplit(url)
    if (parts.hostname, parts.path.lower()) != ("t.me", f"/{me.name.lower()}"):
        return None
    named = parse_qs(parts.query)
    token, field = named.get("start", [""])[0], named.get("field", [""])[0]
    return (Token.parse(token), field) if field else None
