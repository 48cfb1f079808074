"""What Discord's refusals mean for a delivery."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from adapters.discord.troubles import meaning_of, meant
from bot.errors import DeliveryError, Rejected, RetryLater, Unanswered, Unreachable

KINDS = {403: discord.Forbidden, 404: discord.NotFound}


def refused(status: int, code: int = 0, **headers: str) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="No", headers=headers)
    kind = discord.DiscordServerError if status >= 500 else KINDS.get(status, discord.HTTPException)
    return kind(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("trouble", "meaning"),
    [
        (refused(403, 50001), Unreachable),
        (refused(403, 50007), Unreachable),
        (refused(403, 50013), Unreachable),
        (refused(403, 50278), Unreachable),
        (refused(404, 10003), Unreachable),
        (refused(404, 10004), Unreachable),
        (refused(400, 50083), Unreachable),
        (refused(400, 160005), Unreachable),
        (refused(404, 10008), Rejected),
        (refused(403, 50005), Rejected),
        (refused(400, 50035), Rejected),
        (refused(429), RetryLater),
        (refused(400, 20028), RetryLater),
        (discord.RateLimited(31.0), RetryLater),
        (refused(401), Unanswered),
        (refused(500), Unanswered),
        (refused(503), Unanswered),
        (refused(403), Unanswered),
        (refused(404), Unanswered),
        (aiohttp.ClientConnectionError(), Unanswered),
        (ConnectionResetError(), Unanswered),
    ],
)
def test_each_refusal_has_its_meaning(trouble: Exception, meaning: type[DeliveryError]) -> None:
    """What means the place rests it, what passes is tried again, and only what is wrong with a post gives it up."""
    assert type(meaning_of(trouble)) is meaning


def test_how_long_to_wait_is_heeded() -> None:
    """The answer says it; where it does not, a while is waited."""
    told, untold = meaning_of(refused(429, **{"Retry-After": "7.5"})), meaning_of(refused(429))

    assert isinstance(told, RetryLater)
    assert isinstance(untold, RetryLater)
    assert told.after == timedelta(seconds=7.5)
    assert untold.after == timedelta(seconds=5)


async def test_who_hears_nothing_is_not_answered() -> None:
    """A request that hangs ends."""
    with pytest.raises(Unanswered):
        async with meant(0.01):
            await asyncio.Event().wait()


async def test_our_own_errors_pass() -> None:
    """What has its meaning keeps it."""
    with pytest.raises(Rejected):
        async with meant(1):
            raise Rejected("no words")
