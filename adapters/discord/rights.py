"""What the bot may do in a channel, counted from what Discord's API tells about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import discord

RIGHTS = {
    "view_channel": "see the channel",
    "send_messages": "write",
    "send_messages_in_threads": "write in threads",
    "read_message_history": "read what was written while it was away",
    "add_reactions": "put its mark on replies",
    "attach_files": "show pictures",
}
"""The rights that it asks for when it is added, and what each is for."""

Shape = Mapping[str, Any]
"""Something as the API tells it."""


def is_thread(channel: Shape) -> bool:
    """Whether this is a thread, which goes by the channel that it is in."""
    return "thread_metadata" in channel


def vital(channel: Shape) -> frozenset[str]:
    """The rights without which it can say nothing there."""
    return frozenset({"view_channel", "send_messages_in_threads" if is_thread(channel) else "send_messages"})


def lacking(channel: Shape, has: discord.Permissions) -> list[str]:
    """The rights that it should have there and has not; in a thread, writing beside threads is of no use."""
    if not has.view_channel:
        return ["view_channel"]
    wanted = RIGHTS.keys() - ({"send_messages"} if is_thread(channel) else set())
    return [right for right in RIGHTS if right in wanted and not getattr(has, right)]


def permitted(
    member: Shape, me: str, server: str, roles: Iterable[Shape], overwrites: Iterable[Shape]
) -> discord.Permissions:
    """Its roles first, then what the channel changes about them (developers/topics/permissions)."""
    mine = {server, *member["roles"]}
    allowed = 0
    for role in roles:
        allowed |= int(role["permissions"]) if role["id"] in mine else 0
    if discord.Permissions(allowed).administrator:
        return discord.Permissions.all()
    changes = {one["id"]: one for one in overwrites}
    for group in ({server}, mine - {server}, {me}):
        meant = [changes[one] for one in group if one in changes]
        for one in meant:
            allowed &= ~int(one["deny"])
        for one in meant:
            allowed |= int(one["allow"])
    return discord.Permissions(allowed)
