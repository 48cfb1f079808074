"""Who can write: people, bots and the administrator without a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram_server.inbox import Inbox
    from telegram_server.webhooks import Webhook


@dataclass(slots=True, eq=False, kw_only=True)
class Account:
    """Anybody who can write."""

    id: int
    name: str
    username: str = ""
    language: str = ""
    is_bot: bool = False

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    def shape(self) -> dict[str, Any]:
        """The account as updates name it."""
        told: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        told |= {"username": self.username} if self.username else {}
        return told | ({"language_code": self.language} if self.language else {})


ANONYMOUS = Account(id=1087968824, name="Group", username="GroupAnonymousBot", is_bot=True)
"""Whom Telegram names as the author when an administrator stays anonymous."""


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Bot(Account):
    """A bot with its token, its updates and what it has set about itself."""

    token: str
    inbox: Inbox
    can_read_all: bool = False
    can_join: bool = True
    is_bot: bool = True
    poll: int = 0
    polls_waiting: int = 0
    webhook: Webhook | None = None
    commands: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
