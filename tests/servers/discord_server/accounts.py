"""Whoever has an account: people and bots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discord_server.commands import Command
    from discord_server.sessions import Session

Shape = dict[str, Any]

GUILD_PRESENCES, GUILD_MEMBERS, MESSAGE_CONTENT = 1 << 8, 1 << 1, 1 << 15
PRIVILEGED = GUILD_PRESENCES | GUILD_MEMBERS | MESSAGE_CONTENT
"""Intents that somebody must have switched on in the Developer Portal."""

PORTAL_FLAGS = {GUILD_PRESENCES: 1 << 13, GUILD_MEMBERS: 1 << 15, MESSAGE_CONTENT: 1 << 19}
"""How an application shows the intents that were switched on for it, while it is small."""


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Account:
    """Somebody on Discord."""

    id: int
    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def is_bot(self) -> bool:
        """Whether a program is behind it."""
        return False

    @property
    def mention(self) -> str:
        """What mentions this account in a message."""
        return f"<@{self.id}>"

    def shape(self) -> Shape:
        """The account as everybody may see it."""
        nothing = ("avatar", "banner", "accent_color", "avatar_decoration_data", "collectibles", "primary_guild")
        named = {"id": str(self.id), "public_flags": 0, "flags": 0, **dict.fromkeys(nothing)}
        if self.is_bot:
            # Bots kept the old kind of name, with four digits.
            return named | {
                "username": self.name,
                "discriminator": f"{self.id % 9999 + 1:04}",
                "global_name": None,
                "bot": True,
            }
        username = self.name.lower().replace(" ", "_")
        return named | {"username": username, "discriminator": "0", "global_name": self.name}


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Bot(Account):
    """An application with its bot account; *privileged* are the intents that it was granted."""

    token: str
    owner: Account
    privileged: int = 0
    sessions: list[Session] = field(default_factory=list)
    commands: dict[int, list[Command]] = field(default_factory=dict)
    """The registered commands by guild; 0 stands for everywhere."""
    announced: int = 0
    """How often it replaced its commands."""
    is_public: bool = True
    needs_code_grant: bool = False
    """Whether its invite link is of no use."""
    identified: int = 0
    """How often it began anew."""
    resumed: int = 0
    """How often it took up where it was."""

    @property
    def is_bot(self) -> bool:
        """A program is behind it."""
        return True

    @property
    def is_connected(self) -> bool:
        """Whether it hears what happens just now."""
        return any(one.connection is not None for one in self.sessions)

    @property
    def flags(self) -> int:
        """The application's flags."""
        return sum(flag for intent, flag in PORTAL_FLAGS.items() if self.privileged & intent)

    def own_shape(self) -> Shape:
        """The account as it sees itself."""
        return self.shape() | {"mfa_enabled": True, "locale": "en-US", "email": None, "verified": True}
