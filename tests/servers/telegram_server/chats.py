"""Where messages stand: a chat with its own numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram_server.messages import Message

if TYPE_CHECKING:
    from telegram_server.accounts import Account, Bot
    from telegram_server.people import User


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Chat:
    """What every chat has."""

    id: int
    messages: dict[int, Message] = field(default_factory=dict)
    whispers: dict[int, Message] = field(default_factory=dict)
    """What only one person and one bot see, by its own numbers."""
    last_number: int = 0
    prompts: dict[int, Message] = field(default_factory=dict)
    is_forum: bool = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    @property
    def instance(self) -> str:
        """What presses in this chat carry to tell it from others."""
        return str(self.id * 7919 % 2**62)

    def next_number(self) -> int:
        """The number of the message that comes now."""
        self.last_number += 1
        return self.last_number

    def shape(self) -> dict[str, Any]:
        """The chat as a message names it."""
        raise NotImplementedError

    def readers(self) -> list[User]:
        """The people who see what is posted."""
        raise NotImplementedError

    def bots(self) -> list[Bot]:
        """The bots that are in here."""
        raise NotImplementedError

    def visible_to(self, reader: Account) -> list[Message]:
        """What this one sees, oldest first."""
        if reader not in self.readers():
            return []
        whispers = [one for one in self.whispers.values() if reader in (one.only_for, one.author)]
        return [one for one in (*self.messages.values(), *whispers) if not one.gone]


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class PrivateChat(Chat):
    """One person and one bot."""

    user: User
    bot: Bot

    def shape(self) -> dict[str, Any]:
        return {"id": self.id, "first_name": self.user.name, "username": self.user.username, "type": "private"}

    def readers(self) -> list[User]:
        return [self.user]

    def bots(self) -> list[Bot]:
        return [self.bot]
