"""Fetches a voice note or a picture that somebody sent, so that it can be passed on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord
from discord.http import HTTPClient

from adapters.discord.widgets import Attached, Message
from bot.posts import Recorded

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
"""What a bot may send with a message (developers/reference#uploading-files)."""


MISSING_PERMISSIONS, TOO_LARGE = 50013, 40005


async def fetched(http: HTTPClient, recorded: Recorded) -> Attached | None:
    """The file behind a handle; none where Discord no longer has it, or where it is too large to be sent again."""
    channel, message, attachment = recorded.handle.split("/")
    try:
        told = await http.get_message(int(channel), int(message))
        found = next((one for one in told["attachments"] if one["id"] == attachment), None)
        if found is None or found["size"] > LARGEST:
            return None
        content = await http.get_from_cdn(found["url"])
    except (discord.NotFound, discord.Forbidden):
        return None
    return Attached(found["filename"], content, found.get("content_type", "application/octet-stream"))


@contextmanager
def suppress_refused_files() -> Iterator[None]:
    """Go on where a file may not be sent; whether words may, the next try tells."""
    try:
        yield
    except discord.HTTPException as refused:
        if refused.code not in (MISSING_PERMISSIONS, TOO_LARGE):
            raise


def holding(made: list[Message], file: Attached) -> list[Message]:
    """Messages of which the last one bears a file."""
    *earlier, last = made
    files = (*last.files, file)
    named = [{"id": number, "filename": one.name} for number, one in enumerate(files)]
    return [*earlier, Message({**last.payload, "attachments": named}, files)]


def keeping_files(made: list[Message]) -> list[Message]:
    """Messages as a change of words alone: the last one keeps the file that it bears."""
    *earlier, last = made
    payload = {name: value for name, value in last.payload.items() if name != "attachments"}
    return [*earlier, Message(payload, last.files)]
