"""What a refusal of Discord's API means for a delivery."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import discord

from bot.errors import DeliveryError, Rejected, RetryLater, Unanswered, Unreachable

UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE, UNKNOWN_USER = 10003, 10004, 10008, 10013
UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED = 10062, 40060
SLOW_MODE, CHANNEL_WRITES_TOO_FAST, TOO_MANY_NEW_CHATS = 20016, 20028, 40003
NO_SERVER_IN_COMMON = 50278
NOT_OUR_MESSAGE = 50005
ARCHIVED, LOCKED = 50083, 160005

NOBODY_THERE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_USER, ARCHIVED, LOCKED, NO_SERVER_IN_COMMON})
"""Codes that mean the whole place, whichever status they come with (developers/topics/opcodes-and-status-codes)."""

SLOWER = frozenset({SLOW_MODE, CHANNEL_WRITES_TOO_FAST, TOO_MANY_NEW_CHATS})
A_WHILE = timedelta(seconds=5)


@asynccontextmanager
async def meant(seconds: float) -> AsyncIterator[None]:
    """The library's errors as what they mean for a delivery; who hears nothing for so long is not answered."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
        # TimeoutError is an OSError.
        raise meaning_of(trouble) from trouble


def meaning_of(trouble: Exception) -> DeliveryError:
    """What the courier shall do about an error of the library's."""
    match trouble:
        case discord.RateLimited(retry_after=seconds):
            return RetryLater(timedelta(seconds=seconds))
        case discord.HTTPException(status=status) if status >= 500 or status == 401:
            # A token that is not valid any more is told by the gateway; what waits is not lost by it.
            return Unanswered(f"HTTP {status}")
        case discord.HTTPException(status=status, code=0) if status in (403, 404):
            # Discord always says why; this is somebody on the way there.
            return Unanswered(f"HTTP {status}")
        case discord.HTTPException(status=status, code=code) if status == 429 or code in SLOWER:
            return RetryLater(_wait_of(trouble))
        case discord.HTTPException(code=code) if code in NOBODY_THERE:
            return Unreachable(f"code {code}")
        case discord.Forbidden(code=code) if code != NOT_OUR_MESSAGE:
            return Unreachable(f"code {code}")
        case discord.HTTPException(status=status, code=code):
            return Rejected(f"HTTP {status}, code {code}")
        case _:
            return Unanswered(type(trouble).__name__)


def _wait_of(trouble: discord.HTTPException) -> timedelta:
    try:
        return timedelta(seconds=float(trouble.response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return A_WHILE
