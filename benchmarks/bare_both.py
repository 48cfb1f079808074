"""Both libraries in one process, each with its constant; called with TELEGRAM_URL TOKEN API_URL GATEWAY_URL TOKEN."""

from __future__ import annotations

import asyncio
import signal
import sys

from telegram.ext import Application, MessageHandler, filters

from benchmarks.bare_discord_bot import Bare, point_at
from benchmarks.bare_telegram_bot import mark


async def main(url: str, telegram_token: str, api_url: str, gateway_url: str, discord_token: str) -> None:
    """Run both until stopped."""
    point_at(api_url, gateway_url)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    telegram = Application.builder().token(telegram_token).base_url(f"{url}/bot").build()
    telegram.add_handler(MessageHandler(filters.ALL, mark))
    async with telegram, Bare() as discord:
        await telegram.start()
        assert telegram.updater is not None, "the builder makes one"
        await telegram.updater.start_polling()
        living = asyncio.create_task(discord.start(discord_token))
        await stopped.wait()
        living.cancel()
        await telegram.updater.stop()
        await telegram.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:6]))
