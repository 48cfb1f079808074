"""A Telegram of this machine's own, and bots as processes of their own beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.beside import ROOT, Running, process

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - the test server's own
BARE_TOKEN = "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - the test server's own


@asynccontextmanager
async def our_bot(folder: Path, url: str, database: Path) -> AsyncIterator[Running]:
    """`couple-rituals run` over a prepared database."""
    file = folder / "config.toml"
    told = f'database = "{database}"\ncouples = "open"\nlog_level = "WARNING"\n'
    file.write_text(f'{told}[telegram]\ntoken = "{TOKEN}"\napi_url = "{url}"\n', encoding="utf-8")
    async with process("-m", "bot", "run", "--config", str(file)) as running:
        yield running


@asynccontextmanager
async def bare_bot(url: str, concurrent: int) -> AsyncIterator[Running]:
    """The library's own way, with so many updates at once."""
    words = (str(ROOT / "benchmarks" / "bare_telegram_bot.py"), url, BARE_TOKEN, str(concurrent))
    async with process(*words) as running:
        yield running
