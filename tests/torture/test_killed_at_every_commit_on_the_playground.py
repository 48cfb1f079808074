"""A week in the playground, with the program dying at one commit after the other."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import signal
import sqlite3
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot_process import HERE, ROOT
from commits import SIDES
from killed import DAY, NAMES, Page, next_morning, posts_of, recorded, text_of

HOUR = 3600
SHARED = "Ann shared from the week:"
SAID = [
    "A paper boat",
    "A stroll",
    "A stroll",
    "Kept to myself",
    "The tea you made",
    "You told me first",
    "Your patience",
]
SATURDAY = 5
NUDGED = "A note for later."


class DyingPage(Page):
    """The page over a program that dies whenever it has got on a little."""

    deaths = 0
    lasts = 1
    got: object = None

    async def start(self) -> None:
        if self.process is None:
            words = ("demo", "--no-browser", "--port", "0", "--data", str(self.folder), "--timezone", "UTC")
            self.sides = itertools.cycle(SIDES)
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(HERE / "counted_bot.py"),
                *words,
                env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE)))},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        assert self.process.stdin is not None
        side = next(self.sides)
        self.process.stdin.write(f"{side} {self.lasts + (side == 'before')}\n".encode())
        line = await self._hears(60)
        if line.startswith("-9"):
            await self._died()
            return
        self.address = line.split()[-1].rstrip("/")
        await self._hears(60)  # "Press Ctrl+C to stop."

    async def stop(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.communicate()

    async def _again(self) -> None:
        with contextlib.suppress(TimeoutError):
            if (await self._hears(0.3)).startswith("-9"):
                await self._died()

    async def _died(self) -> None:
        self.deaths += 1
        before, self.got = self.got, self._progress()
        self.lasts = self.lasts + 1 if self.got == before else 1
        await self.start()

    async def _hears(self, seconds: float) -> str:
        assert self.process is not None
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), seconds)).decode()

    def _progress(self) -> object:
        with contextlib.closing(sqlite3.connect(self.folder / "couple-rituals.db")) as database:
            try:
                sent = database.execute("SELECT count(*), sum(sent_at > 0) FROM delivery").fetchone()
            except sqlite3.OperationalError:
                return None  # It died before there were tables.
        return sent, len(self.acknowledged)

    async def opens(self, phone: str, label: str, words: str) -> None:
        """Open a form and send it off."""
        asked = await self.presses(phone, label)
        form = asked["form"]
        answers = {one["name"]: words for one in form["fields"]}
        await self.does(
            do="submit", phone=phone, chat=asked["chat"], message=asked["message"], token=form["token"], answers=answers
        )


async def pair(page: DyingPage) -> None:
    await page.says("ann", "us", "/start")
    for phone in NAMES:
        await page.presses(phone, "Tell me more")
        await page.presses(phone, "Join")
    await page.presses("ann", "Start")


async def fill_in(page: DyingPage, phone: str, built: str) -> None:
    await page.presses(phone, "Answer in private")
    for _ in range(3):
        await page.presses(phone, "Mostly")
    await page.says(phone, phone, built)
    await page.presses(phone, "Skip")
    await page.opens(phone, "Write", "A stroll")


async def what_else_there_is(page: DyingPage) -> None:
    """A question that one answers apart, two ideas of which one is picked, and nudges for one alone."""
    await page.says("ann", "ann", "/question")
    await page.says("ann", "ann", "A paper boat")
    await page.says("ann", "us", "/date")
    await page.presses("ben", "The first")
    await page.says("ben", "ben", "/settings")
    for label in ("For you alone", "Gratitude nudge", "Switch on"):
        await page.presses("ben", label)


def asks(folder: Path, question: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(folder / "couple-rituals.db")) as database:
        return database.execute(question).fetchall()


def next_saturday(now: int) -> int:
    """Midnight, UTC."""
    day = now // DAY + 1
    return (day + (SATURDAY - datetime.fromtimestamp(day * DAY, UTC).weekday()) % 7) * DAY


async def test_a_week_of_deaths_in_the_playground(tmp_path: Path) -> None:
    """Each answer is on record once, every prompt stands once, and the share moment comes at its time and once."""
    page = DyingPage(tmp_path, random.Random(1))
    try:
        await page.start()
        await pair(page)
        await page.looks()
        await page.does(do="turn", to=next_morning(page.now))
        await page.looks()
        await page.says("ann", "us", "The tea you made", page.newest("Morning appreciation")["number"])
        await page.opens("ben", "Answer", "Your patience")
        await what_else_there_is(page)
        saturday = next_saturday(page.now)
        await page.does(do="turn", to=saturday + 11 * HOUR)
        await fill_in(page, "ann", "You told me first")
        await page.presses("ann", "Share the warm lines")
        await fill_in(page, "ben", "Kept to myself")
        await page.presses("ben", "Keep all")
        await page.does(do="turn", to=saturday + DAY + 18 * HOUR)
        await page.looks()
        before = [text_of(one) for one in page.messages if one["chat"] in ("us", "ben")]
        await page.does(do="turn", to=saturday + DAY + 19 * HOUR)
        await page.looks()
    finally:
        await page.stop()

    shown = Counter(text_of(one) for one in page.messages if one["chat"] == "us")
    nudges = [one for one in page.messages if one["chat"] == "ben" and text_of(one).startswith(NUDGED)]
    ben_sees = "\n".join(text_of(one) for one in page.messages if one["chat"] in ("us", "ben"))
    ann_sees = "\n".join(text_of(one) for one in page.messages if one["chat"] in ("us", "ann"))
    assert page.deaths > 60
    assert sorted(recorded(tmp_path)) == SAID
    assert set(posts_of(tmp_path).values()) == {1}
    assert sum(count for text, count in shown.items() if SHARED in text) == 1
    assert 1 <= len(nudges) <= 2
    assert len(nudges) == len(asks(tmp_path, "SELECT id FROM occurrence WHERE deck = 'gratitude_nudge'"))
    assert len(asks(tmp_path, "SELECT id FROM occurrence WHERE picked != ''")) == 1
    assert sum(count for text, count in shown.items() if text.startswith("Date night")) == 1
    assert "You told me first" not in "\n".join(before)
    assert "You told me first" in ben_sees
    assert "Kept to myself" not in "\n".join(text_of(one) for one in page.messages if one["chat"] == "ann")
    assert "You told me first" in ann_sees
