"""The methods by which a bot receives what happened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call, Method
from telegram_server.errors import conflict
from telegram_server.inbox import Update

if TYPE_CHECKING:
    from telegram_server.accounts import Bot
    from telegram_server.world import World

LONGEST_POLL = 50
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
UNDER_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(world: World, call: Call) -> list[dict[str, Any]]:
    """Hand out what waits, or wait for something to happen."""
    bot = call.bot
    if bot.webhook is not None:
        raise conflict(UNDER_WEBHOOK)
    poll = _begin(bot)
    _confirm(bot, call)
    if call.given.get("allowed_updates") is not None:
        bot.inbox.allowed = tuple(call.shape("allowed_updates") or ())
    limit = min(max(call.integer("limit", 100), 1), 100)
    updates = await _waited(bot, poll, min(call.integer("timeout"), LONGEST_POLL))
    if call.gone():
        return []
    bot.inbox.hand_out(updates[:limit])
    return [update.shape() for update in updates[:limit]]


def _begin(bot: Bot) -> int:
    """A newer poll ends the one that still waits."""
    bot.poll += 1
    bot.inbox.filled.set()
    return bot.poll


def end_polls(bot: Bot) -> None:
    """Nobody polls any more."""
    _begin(bot)


def _confirm(bot: Bot, call: Call) -> None:
    offset = call.integer("offset")
    if offset > 0:
        bot.inbox.confirm(offset)
    elif offset < 0:
        bot.inbox.keep_last(-offset)


async def _waited(bot: Bot, poll: int, seconds: float) -> list[Update]:
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while not (updates := bot.inbox.waiting()) and (left := until - loop.time()) > 0:
        await _filled(bot, left)
        if bot.poll != poll:
            raise conflict(OTHER_POLLER if bot.webhook is None else "terminated by setWebhook request")
    return updates


async def _filled(bot: Bot, seconds: float) -> None:
    bot.polls_waiting += 1
    try:
        await asyncio.wait_for(bot.inbox.filled.wait(), seconds)
    except TimeoutError:
        pass  # Nothing happened, which is an answer too.
    finally:
        bot.polls_waiting -= 1


METHODS: dict[str, Method] = {"getUpdates": get_updates}
