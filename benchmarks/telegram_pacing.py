"""Posts due at once on Telegram: they leave as fast as Telegram allows and no faster, and answers go first."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.stage import STEP, committed, insertion, prepared, raw, row, temporary
from benchmarks.telegram_stage import TOKEN, our_bot
from bot.model import Delivery

POSTS, MANY_POSTS = 300, 3_000
ALLOWED = 30
"""Messages a second, in all."""

ASKED = 5
"""How often a person asks for something while the posts wait."""


def measure(large: bool) -> Iterator[Figure]:
    """Against a server that enforces the official limits."""
    posts = MANY_POSTS if large else POSTS
    with temporary() as folder:
        took, too_fast, waited = asyncio.run(_posted(folder, posts))
    rate = (posts - 1) / took
    yield at_least(f"telegram, {posts:,} posts due", rate / ALLOWED, 0.95, f"the allowed {ALLOWED}/s ({rate:.1f}/s)")
    yield at_most("telegram, refused as too fast", too_fast, 0, "", "a server that enforces 1, 20 and 30")
    yield at_most("telegram, answer while posts wait", waited, 1.5, "s", f"the longest of {ASKED}")


async def _posted(folder: Path, posts: int) -> tuple[float, int, float]:
    from telegram_server import OFFICIAL_PACE, TelegramServer

    async with TelegramServer.running(checks=False, remembers=False, limits=OFFICIAL_PACE) as server:
        bot = server.add_bot(TOKEN, "measured_bot")
        cleo = server.add_user("Cleo")
        groups = [server.add_group(f"Us {number}", cleo) for number in range(posts)]
        for group in groups:
            group.add_bot(bot, by=cleo)
        bot.inbox.pending.clear()
        database = _database(folder / "due.db", [group.id for group in groups])
        async with our_bot(folder, server.url, database):
            asking = asyncio.create_task(_asks(cleo, bot, posts / ALLOWED))
            times = await _times(groups)
            waited = await asking
        return max(times) - min(times), server.too_fast, waited


async def _times(groups: list) -> list[float]:  # type: ignore[type-arg]
    """When each group's post came; looked at seldom, because the server has to answer beside it."""
    times: list[float] = []
    waiting = list(groups)
    while waiting:
        left = [group for group in waiting if not any(m.text for m in group.messages.values())]
        times += [time.perf_counter()] * (len(waiting) - len(left))
        waiting = left
        await asyncio.sleep(0.1)
    return times


async def _asks(cleo, bot, span: float) -> float:  # type: ignore[no-untyped-def]
    """Ask for help in private now and then; the longest wait for the answer (seconds)."""
    waits = []
    for _ in range(ASKED):
        await asyncio.sleep(span / (ASKED + 1))
        before, began = len(cleo.screen(bot)), time.perf_counter()
        cleo.commands("/help", bot)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30):
                while len(cleo.screen(bot)) < before + 2:  # noqa: ASYNC110 - the server rings no bell
                    await asyncio.sleep(0.005)
        waits.append(time.perf_counter() - began)
    return max(waits)


def _database(file: Path, groups: list[int]) -> Path:
    """Couples whose plan is to be posted, all at once."""
    now = int(time.time())
    prepared(file, len(groups))
    with raw(file) as connection, committed(connection):
        for number, group in enumerate(groups, 1):
            at = number * STEP
            connection.execute("UPDATE room SET platform = 'telegram', chat = ? WHERE id = ?", (str(group), at + 1))
            due = row(Delivery, id=at + 50, key=f"plan/{at}", couple=at, room=at + 1, view="plan", subject=at)
            connection.execute(insertion(Delivery), due | {"sends_after": now})
    return file
