"""A bot as python-telegram-bot would have it, which marks every message; called with URL TOKEN CONCURRENT."""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

MARK = "✍"


async def mark(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Set the mark, and do nothing else."""
    if update.message:
        await update.message.set_reaction(MARK)


def main(url: str, token: str, concurrent: int) -> None:
    """Run until stopped, as the library's documentation shows."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    application = builder.concurrent_updates(concurrent or False).build()
    application.add_handler(MessageHandler(filters.ALL, mark))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
