"""The methods that set, remove and show the bot's own address for updates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.receiving import end_polls
from telegram_server.webhooks import Webhook

if TYPE_CHECKING:
    from telegram_server.accounts import Bot
    from telegram_server.world import World

LOCAL = ("127.0.0.1", "localhost")


async def set_webhook(world: World, call: Call) -> bool:
    """Carry updates to this address from now on; an empty address means none."""
    url = call.text("url")
    if not url:
        return await delete_webhook(world, call)
    _check(call, url)
    await _remove(call.bot)
    _remember(call)
    most = call.integer("max_connections", 40)
    call.bot.webhook = Webhook(world, call.bot, url, call.text("secret_token"), most)
    end_polls(call.bot)
    call.bot.webhook.start()
    return True


def _check(call: Call, url: str) -> None:
    # Telegram itself takes https alone; this server calls nobody but this machine.
    if urlsplit(url).hostname not in LOCAL:
        raise bad_request("bad webhook: the test server calls this machine only")
    if call.has("secret_token") and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", call.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= call.integer("max_connections", 40) <= 100:
        raise bad_request("wrong max_connections")


def _remember(call: Call) -> None:
    if call.given.get("allowed_updates") is not None:
        call.bot.inbox.allowed = tuple(call.shape("allowed_updates") or ())
    if call.flag("drop_pending_updates"):
        call.bot.inbox.pending = []


async def _remove(bot: Bot) -> None:
    webhook, bot.webhook = bot.webhook, None
    if webhook is not None:
        await webhook.stop()


async def delete_webhook(world: World, call: Call) -> bool:
    """Carry nothing any more."""
    await _remove(call.bot)
    _remember(call)
    return True


def get_webhook_info(world: World, call: Call) -> dict[str, Any]:
    """Where updates are carried, and what went wrong last."""
    bot = call.bot
    told: dict[str, Any] = {"url": "", "has_custom_certificate": False}
    told["pending_update_count"] = len(bot.inbox.waiting())
    bot.inbox.filled.set()
    told |= {"allowed_updates": list(bot.inbox.allowed)} if bot.inbox.allowed else {}
    return told | (bot.webhook.info() if bot.webhook else {})


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
