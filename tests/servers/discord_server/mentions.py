"""Whom a message mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord_server.permissions import Permission, permissions_in

if TYPE_CHECKING:
    from discord_server.accounts import Account
    from discord_server.channels import Channel
    from discord_server.messages import Message

SOMEBODY = re.compile(r"<@!?(\d+)>")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which mentions count."""

    everyone: bool = True
    users: bool = True
    named: frozenset[int] = frozenset()
    replied: bool = True

    @classmethod
    def asked(cls, given: dict[str, Any] | None, *, answers: bool) -> Allowed:
        """What a bot allows; where it says nothing, answers to interactions mention people only."""
        if given is None:
            return cls(everyone=not answers)
        parse = given.get("parse") or ()
        named = frozenset(int(one) for one in given.get("users") or ())
        return cls("everyone" in parse, "users" in parse, named, bool(given.get("replied_user")))


def mentioned(content: str, channel: Channel, allowed: Allowed, replied: Message | None) -> list[Account]:
    """The accounts that a message mentions, each once."""
    readers = {one.id: one for one in channel.readers()}
    numbers = [int(one) for one in SOMEBODY.findall(content)]
    found = [readers[one] for one in numbers if one in readers and (allowed.users or one in allowed.named)]
    if replied is not None and allowed.replied and not replied.gone:
        found.insert(0, replied.author)
    return list(dict.fromkeys(found))


def for_everyone(content: str, author: Account, channel: Channel, allowed: Allowed) -> bool:
    """Whether everybody is mentioned."""
    may = Permission.MENTION_EVERYONE in permissions_in(author, channel) and channel.guild is not None
    return allowed.everyone and may and ("@everyone" in content or "@here" in content)
