"""Bytes overwritten in the database: between two lives, while the two write, and within somebody's sealed words.
Forty seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from pathlib import Path

from storage import a_morning, asked, refusal, until, wrongs

from stories.checkins import fill_in
from stories.story import Story

TABLES = ("alembic_version", "couple", "delivery", "ritual", "reply")


def damage(database: Path, table: str) -> None:
    """Overwrite the first page of a table in the file."""
    with contextlib.closing(sqlite3.connect(database)) as opened:
        page = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = opened.execute("PRAGMA page_size").fetchone()[0]
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


async def test_damaged_between_two_lives(tmp_path: Path) -> None:
    """Wherever it is damaged, the program does not go on with it and says what to do, and doctor finds it."""
    (tmp_path / "whole").mkdir()
    async with a_morning(tmp_path / "whole") as morning:
        await morning.begins()
        morning.both_write("before", times=1)
        await morning.settles()
        await morning.process.stop()
        for table in TABLES:
            folder = shutil.copytree(tmp_path / "whole", tmp_path / table)
            damage(folder / "data" / "couple-rituals.db", table)
            said = refusal(await asyncio.to_thread(asked, "run", folder=folder))

            assert "damaged" in said, table
            assert "backup" in said, table
        # Once is enough: it takes some seconds to ask Telegram whether the bot runs elsewhere.
        found = await asyncio.to_thread(asked, "doctor", folder=tmp_path / TABLES[-1])

        assert found.returncode == 1
        assert "damaged" in wrongs(found)
        assert "backup" in wrongs(found)


async def test_damaged_while_they_write(tmp_path: Path) -> None:
    """What had a mark comes back with the copy, what had none comes by itself after it; log and doctor say so."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.both_write("before")
        await morning.settles()
        await morning.process.stop()
        copied = await asyncio.to_thread(asked, "backup", str(tmp_path / "a.copy"), folder=tmp_path)
        await morning.process.start()
        await morning.process.turn_to(morning.process.now)
        damage(morning.process.database, "reply")
        morning.both_write("while it is damaged")
        await morning.hears("damaged")
        await asyncio.sleep(2)
        found = await asyncio.to_thread(asked, "doctor", folder=tmp_path)
        await morning.process.stop()
        for file in morning.process.database.parent.glob("couple-rituals.db*"):
            file.rename(tmp_path / f"damaged-{file.name}")
        restored = await asyncio.to_thread(asked, "restore", str(tmp_path / "a.copy"), folder=tmp_path)
        heard = list(morning.process.said)
        await morning.process.start()
        await morning.settles()
        await morning.process.stop()

        assert copied.returncode == restored.returncode == 0, restored.stderr
        assert morning.is_on_record_once()
        assert found.returncode == 1
        assert "damaged" in wrongs(found)
        assert "Restore it from a backup" in "\n".join(heard)
        assert morning.said_calmly(), morning.told


def harm_words(database: Path) -> None:
    """Overwrite the last bytes of every answer, as a disk may that forgets: SQLite itself cannot tell."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.execute("UPDATE reply SET body = CAST(substr(body, 1, length(body) - 4) || x'00000000' AS BLOB)")


async def test_words_that_do_not_open_hold_up_no_message(tmp_path: Path) -> None:
    """Who asks for them hears something, what the other writes meanwhile is on record, and doctor finds them."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.both_write("before", times=1)
        await morning.settles()
        harm_words(morning.process.database)
        morning.two[0].commands("/mine", morning.bot)
        await asyncio.sleep(1)
        morning.two[1].writes("After it", morning.group, reply_to=morning.prompt)
        found = await asyncio.to_thread(asked, "doctor", folder=tmp_path)
        await until(lambda: answers_in(morning.process.database) == 3, 15, lambda: f"not on record\n{morning.told}")
        await morning.settles()
        heard = morning.two[0].screen(morning.bot)
        await morning.process.stop()

        assert heard[-1].author is morning.bot
        assert found.returncode == 1
        assert wrongs(found), found.stdout


def answers_in(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as opened:
        return int(opened.execute("SELECT count(*) FROM reply").fetchone()[0])


async def test_words_that_do_not_open_stop_no_ritual(story: Story) -> None:
    """The share moment comes and the prompts go on, for these two and so for everybody else."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    harm_words(story.folder / "story.db")
    await fill_in(ben)
    await ben.presses("Share the warm lines")
    await story.comes("2026-03-08 19:00")
    await story.comes("2026-03-09 09:00")

    shown = [one.words for one in story.chats.messages if one.at >= story.at("2026-03-08 18:30")]

    assert any("Ben shared from the week:" in words for words in shown)
    assert any(words.startswith("Digital sunset\n") for words in shown)
