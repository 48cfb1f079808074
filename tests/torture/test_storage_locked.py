"""Another program holds the database for longer than the bot waits for it: while the two write, while a post goes out,
at the start. A minute and a half, nearly all of it the five seconds that each try waits for the lock.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import SUNSET, a_morning, asked, moment, refusal, until, wrongs
from telegram_server.faults import Fault


@contextmanager
def held(database: Path, how: str = "BEGIN EXCLUSIVE") -> Iterator[None]:
    """Another program keeps the database to itself."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as holder:
        holder.execute(how)
        yield
        holder.execute("ROLLBACK")


async def test_held_while_they_write(tmp_path: Path) -> None:
    """What had a mark stays; what had none comes once the other is done, by itself; log and doctor say who waits."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.both_write("before")
        await morning.settles()
        with held(morning.process.database):
            morning.both_write("while it is held")
            await morning.hears("Another program is using the database")
            kept, found = morning.recorded, await asyncio.to_thread(asked, "doctor", folder=tmp_path)
        await morning.settles()
        await morning.process.stop()

        assert morning.is_on_record_once()
        assert sorted(kept) == sorted(line for line in morning.said if "before" in line)
        assert morning.said_calmly(), morning.told
        assert found.returncode == 1
        assert "nother program" in wrongs(found), found.stdout


async def test_held_while_a_post_goes_out(tmp_path: Path) -> None:
    """That it arrived is noted once the other is done, it is not posted again, and the next posts come."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.server.fail("sendMessage", Fault.slow(1.0))
        morning.process.begin_turn(moment("2026-03-02 22:00"))
        await morning.server.until(lambda: morning.posts(SUNSET), 30)
        with held(morning.process.database):
            # The answer that says where the post stands comes now, and its note waits for five seconds.
            await asyncio.sleep(8)
        await morning.lives_on()

        assert morning.posts(SUNSET) == 1
        assert morning.said_calmly(), morning.told


async def test_held_while_a_post_waits_for_its_next_try(tmp_path: Path) -> None:
    """Once the other is done, the post is brought in the same life, and the program says so calmly."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.server.fail("sendMessage", Fault.server_error(500))
        morning.process.begin_turn(moment("2026-03-02 22:00"))
        await until(lambda: morning.tried, 30, lambda: "nothing was tried")
        with held(morning.process.database):
            # The next try after five seconds, what to bring and when to look again: each waits for five.
            await asyncio.sleep(18)
        await until(lambda: morning.posts(SUNSET), 15, lambda: f"the post never came\n{morning.told}")
        await morning.process.stop()

        assert morning.posts(SUNSET) == 1
        assert morning.said_calmly(), morning.told


async def test_held_at_the_start(tmp_path: Path) -> None:
    """The program says who is in the way and ends; started again afterwards, it has everything."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.both_write("before")
        await morning.settles()
        await morning.process.stop()
        with held(morning.process.database):
            morning.both_write("while it was away")
            said = refusal(await asyncio.to_thread(asked, "run", folder=tmp_path))
        await morning.process.start()
        await morning.settles()
        await morning.process.stop()

        assert "Another program is using the database" in said
        assert morning.is_on_record_once()
