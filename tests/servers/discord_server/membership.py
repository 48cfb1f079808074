"""Roles of a guild, and who is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from discord_server.accounts import Account, Shape
from discord_server.clock import written
from discord_server.permissions import NOTHING, Permission, told


@dataclass(slots=True, eq=False)
class Role:
    """Some rights with a name; *bot* is the bot that it was made for."""

    id: int
    name: str
    permissions: Permission
    position: int = 0
    bot: int = 0

    def shape(self) -> Shape:
        """The role as Discord tells it."""
        colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        shape: Shape = {"id": str(self.id), "name": self.name, "permissions": told(self.permissions)}
        shape |= {"position": self.position, "color": 0, "colors": colours, "flags": 0, "hoist": False}
        shape |= {"managed": bool(self.bot), "mentionable": False, "icon": None, "unicode_emoji": None}
        return shape | ({"tags": {"bot_id": str(self.bot)}} if self.bot else {})


@dataclass(slots=True, eq=False)
class Overwrite:
    """What a channel changes about somebody's rights, or a role's."""

    target: int
    is_member: bool
    allow: Permission = NOTHING
    deny: Permission = NOTHING

    def shape(self) -> Shape:
        """The change as Discord tells it."""
        allow, deny = told(self.allow), told(self.deny)
        return {"id": str(self.target), "type": int(self.is_member), "allow": allow, "deny": deny}


@dataclass(slots=True, eq=False)
class Member:
    """Somebody in a guild."""

    account: Account
    joined_at: float
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None

    def shape(self, **more: Any) -> Shape:
        """The member, without who it is."""
        nothing = ("avatar", "banner", "communication_disabled_until", "premium_since")
        shape: Shape = {"nick": self.nick, "roles": [str(role.id) for role in self.roles], **dict.fromkeys(nothing)}
        shape |= {"joined_at": written(self.joined_at), "flags": 0, "pending": False, "mute": False, "deaf": False}
        return shape | more

    def whole(self) -> Shape:
        """The member and who it is."""
        return self.shape(user=self.account.shape())
