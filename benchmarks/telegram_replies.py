"""Replies recorded and receipted on Telegram, by the real process, against a bare bot that sets the same mark."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.beside import Memory, Running
from benchmarks.figures import Figure, at_least, at_most, median, percentile
from benchmarks.stage import SLOT, STEP, committed, insertion, prepared, raw, row, temporary
from benchmarks.telegram_stage import BARE_TOKEN, TOKEN, bare_bot, our_bot
from bot.model import Delivery, Occurrence

GROUPS = 50
BURST = 2_000
REPEATED = 3
ALONE = 200
"""How many replies come one after the other, for the time that each takes."""

CONCURRENT = (0, 8, 32)
SLOW_CONCURRENT = (8, 32)
"""Over a real line a bot that does one after the other is no match."""

SLOWER = 5
"""Over a real line so many times fewer replies are enough."""

DAY = 86400


@dataclass(frozen=True, slots=True)
class Measured:
    """What one bot did: replies a second in bursts, seconds for each alone, and its memory."""

    rate: float
    alone: list[float]
    idle: Memory
    peak: Memory


def measure(_: bool) -> Iterator[Figure]:
    """At no latency, and at that of a real line."""
    with temporary() as folder:
        for latency in (0.0, 0.06):
            yield from _figures(asyncio.run(_side_by_side(folder, latency)), latency)


def _figures(measured: tuple[Measured, Measured, int], latency: float) -> Iterator[Figure]:
    ours, bare, best = measured
    line = f"at {latency * 1000:.0f} ms"
    against = f"bare python-telegram-bot, {best or 1} at once ({ours.rate:,.0f}/s against {bare.rate:,.0f}/s)"
    yield at_least(f"telegram replies {line}", ours.rate / bare.rate, 2, against)
    for share in (50, 99):
        mine, its = (percentile(one.alone, share) * 1000 for one in (ours, bare))
        yield at_most(f"telegram reply {line}, p{share}", mine / its, 3, "x", f"{mine:.1f} ms against {its:.1f} ms")
    if not latency:
        said = f"{ours.idle.now:.0f} MB against {bare.idle.now:.0f} MB"
        yield at_most("telegram memory, idle", ours.idle.now - bare.idle.now, 40, "MB", said)
        said = f"{ours.peak.peak:.0f} MB against {bare.peak.peak:.0f} MB"
        yield at_most("telegram memory, peak", ours.peak.peak - bare.peak.peak, 25, "MB", said)


async def _side_by_side(folder: Path, latency: float) -> tuple[Measured, Measured, int]:
    at_best = SLOW_CONCURRENT if latency else CONCURRENT
    tried = {at_once: await _measured(folder, latency, at_once) for at_once in at_best}
    best = max(tried, key=lambda at_once: tried[at_once].rate)
    return await _measured(folder, latency, None), tried[best], best


async def _measured(folder: Path, latency: float, concurrent: int | None) -> Measured:
    """One bot, in groups of its own; ours where *concurrent* is nothing."""
    async with _groups(folder, latency, ours=concurrent is None) as (groups, url, database):
        running: AbstractAsyncContextManager[Running]
        running = our_bot(folder, url, database) if concurrent is None else bare_bot(url, concurrent)
        async with running as bot:
            await groups.one_each()
            idle = bot.memory()
            fewer = SLOWER if latency else 1
            alone = [await groups.alone() for _ in range(ALONE // fewer)]
            rates = [BURST // fewer / await groups.burst(BURST // fewer) for _ in range(REPEATED)]
            return Measured(median(rates), alone, idle, bot.memory())


class Groups:
    """Groups with an open post each, whose people reply."""

    def __init__(self, pairs: list[tuple[object, object]]) -> None:
        self._pairs = pairs
        self._said = 0

    async def one_each(self) -> None:
        """Everybody once, so that all is warm."""
        await self._until_marked([self._reply() for _ in self._pairs])

    async def alone(self) -> float:
        """Seconds from a reply to its mark."""
        return await self._until_marked([self._reply()])

    async def burst(self, replies: int) -> float:
        """Seconds from many replies at once to the last mark."""
        began = time.perf_counter()
        said = [self._reply() for _ in range(replies)]
        await self._until_marked(said, often=0.01)
        return time.perf_counter() - began

    def _reply(self) -> object:
        self._said += 1
        user, post = self._pairs[self._said % len(self._pairs)]
        return user.writes(f"Thank you, for the {self._said}th time", post.chat, reply_to=post)  # type: ignore[attr-defined]

    async def _until_marked(self, said: list, often: float = 0.0005) -> float:  # type: ignore[type-arg]
        began = time.perf_counter()
        for one in said:
            while not one.marks:  # noqa: ASYNC110 - the server rings no bell
                await asyncio.sleep(often)
        return time.perf_counter() - began


@asynccontextmanager
async def _groups(folder: Path, latency: float, *, ours: bool) -> AsyncIterator[tuple[Groups, str, Path]]:
    import aiohttp
    from telegram_server import Limits, TelegramServer
    from telegram_server.caller import Caller

    limits = Limits(latency=latency)
    async with (
        TelegramServer.running(checks=False, remembers=False, limits=limits) as server,
        aiohttp.ClientSession() as http,
    ):
        token = TOKEN if ours else BARE_TOKEN
        bot = server.add_bot(token, "measured_bot")
        caller = Caller(http, server.url, token)
        pairs, rows = [], []
        for number in range(1, GROUPS + 1):
            user = server.add_user("Ann")
            group = server.add_group(f"Us {number}", user)
            group.add_bot(bot, by=user)
            sent = await caller.call("sendMessage", chat_id=group.id, text="Three things today.")
            post = next(one for one in user.screen(group) if one.id == sent["message_id"])
            pairs.append((user, post))
            rows.append((number, group.id, user.id, post.id))
        bot.inbox.pending.clear()
        database = _database(folder / f"{time.monotonic_ns()}.db", rows)
        yield Groups(pairs), server.url, database


def _database(file: Path, rows: list[tuple[int, int, int, int]]) -> Path:
    """Couples with one open post each, in the server's groups."""
    now = int(time.time())
    prepared(file, GROUPS, ["morning_appreciation"], now + DAY)
    with raw(file) as connection, committed(connection):
        for number, group, user, message in rows:
            at = number * STEP
            connection.execute("UPDATE room SET platform = 'telegram', chat = ? WHERE id = ?", (str(group), at + 1))
            connection.execute("UPDATE account SET platform = 'telegram', user = ? WHERE id = ?", (str(user), at + 21))
            connection.execute(insertion(Occurrence), _occurrence(at, now))
            connection.execute(insertion(Delivery), _post(at, message, now))
    return file


def _occurrence(at: int, now: int) -> dict[str, object]:
    opened = row(Occurrence, id=at + 40, ritual=at + 31, couple=at, deck="morning_appreciation", slot=SLOT, day=SLOT)
    return opened | {"prompt": "ma-001", "due_at": now, "closes_at": now + DAY}


def _post(at: int, message: int, now: int) -> dict[str, object]:
    post = row(Delivery, id=at + 50, key=f"occurrence/{at + 40}/{at + 1}", couple=at, room=at + 1, view="occurrence")
    return post | {"subject": at + 40, "message": str(message), "sends_after": now, "sent_at": now}
