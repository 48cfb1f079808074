"""The machine's clock is set forward and back under the running program, on Telegram. A minute, most of it pacing."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot_process import HERE as PROCESSES
from bot_process import ROOT
from clocks import CHECKIN, SHARED
from storage import SUNSET, TITLE, HeardBot, Morning, a_morning, moment, until
from telegram_server.transcript import Posted
from telegram_stage import TelegramPhone
from the_story import answer_the_form, pair

HERE = Path(__file__).parent
SWEPT = 1.5
"""Seconds within which the program has looked at the clock again; here it sweeps every second."""

PASSED_OVER = 80_000
"""Sweeps that APScheduler passes over in a second, one by one, when the clock is set forward."""


@dataclass(slots=True)
class SetBot(HeardBot):
    """The program on a machine whose clock is set, forward or back, and which nothing else wakes."""

    set_at: float = 0.0

    async def begin(self) -> None:
        (self.folder / "config.toml").write_text(self.config)
        self.write()
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, str(HERE / "clocks_bot.py"),
            str(self.folder / "config.toml"), str(self.folder / "clock.txt"),
            env={"PYTHONPATH": os.pathsep.join(map(str, (ROOT, PROCESSES)))},
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        await self.is_noted()

    async def turn_to(self, wanted: int) -> None:
        """Set the clock, and give the program time to notice and to say what is due."""
        jump = wanted - self.now
        if jump:
            self.now = wanted
            self.turns += 1
            self.write()
            await self.is_noted()
        looked = self.set_at + SWEPT + max(0, jump) / PASSED_OVER
        await asyncio.sleep(max(0.1, looked - time.monotonic()))
        await until(lambda: not self.waits_now(), 20, lambda: "\n".join(("something waits", *self.said)))

    def waits_now(self) -> int:
        """How many posts should be gone and are not."""
        now = self.now + int(time.monotonic() - self.set_at)
        asked = "SELECT count(*) FROM delivery WHERE sent_at = 0 AND given_up_at = 0 AND sends_after <= ?"
        with contextlib.closing(sqlite3.connect(self.database)) as opened:
            return int(opened.execute(asked, (now,)).fetchone()[0])

    async def is_noted(self) -> None:
        done = self.folder / "clock.done"
        await until(lambda: done.exists() and done.read_text() == str(self.turns), 20, lambda: "\n".join(self.said))
        self.set_at = time.monotonic()

    def write(self) -> None:
        fresh = self.folder / "clock.new"
        fresh.write_text(f"{self.now} {self.turns}")
        fresh.replace(self.folder / "clock.txt")


def prompts(morning: Morning) -> int:
    return morning.posts(TITLE)


def posted(morning: Morning, words: str) -> int:
    """How often the bot has posted something with these words in the group, taken away since or not."""
    mine = [one for one in morning.server.transcript if isinstance(one, Posted) and one.author == morning.bot.name]
    return sum(words in one.text for one in mine if one.chat == morning.group.id)


async def test_set_forward(tmp_path: Path) -> None:
    """By eight hours, three days and (switched off meanwhile) forty: no morning prompt in the afternoon, a few posts
    at most, and then everything as ever."""
    async with a_morning(tmp_path, kind=SetBot) as morning:
        await morning.begins()
        found = []
        for wall in ("2026-03-02 16:00", "2026-03-05 16:00", "2026-04-14 16:00"):
            before = len(morning.two[0].screen(morning.group))
            if wall > "2026-04":
                await morning.process.stop()
                morning.process.now = moment(wall)
                await morning.process.start()
            await morning.comes(wall)
            found.append((prompts(morning), len(morning.two[0].screen(morning.group)) - before))
        await morning.comes("2026-04-15 08:00")
        await until(lambda: prompts(morning) == 2, 40, lambda: f"no prompt\n{morning.told}")
        await morning.process.stop()

        assert [count for count, _ in found] == [1, 1, 1]
        assert max(more for _, more in found) <= 2
        assert morning.process.said == []


async def test_set_back(tmp_path: Path) -> None:
    """By an hour and by a day: what came does not come again, and the next day's comes at its time."""
    async with a_morning(tmp_path, kind=SetBot) as morning:
        await morning.begins()
        for wall in ("2026-03-02 07:10", "2026-03-02 08:00", "2026-03-02 22:00", "2026-03-03 08:00"):
            await morning.comes(wall)
        once = prompts(morning), posted(morning, SUNSET)
        for wall in ("2026-03-02 08:00", "2026-03-02 22:00", "2026-03-03 08:00", "2026-03-03 12:00"):
            await morning.comes(wall)
        still = prompts(morning), posted(morning, SUNSET)
        await morning.comes("2026-03-03 22:00")
        await until(lambda: posted(morning, SUNSET) == 2, 40, lambda: f"no sunset line\n{morning.told}")
        await morning.comes("2026-03-04 08:00")
        await until(lambda: prompts(morning) == 3, 40, lambda: f"no prompt\n{morning.told}")
        await morning.process.stop()

        assert once == still == (2, 1)
        assert morning.said_calmly(), morning.told


async def test_two_begin_after_it_was_set_back(tmp_path: Path) -> None:
    """A clock that was a day ahead is put right, and two come in: their first prompt comes the next morning."""
    async with a_morning(tmp_path, kind=SetBot, begins="2026-03-03 07:00") as morning:
        await morning.comes("2026-03-03 07:01")
        await morning.comes("2026-03-02 07:00")
        await morning.begins()
        await until(lambda: prompts(morning) == 1, 40, lambda: f"no prompt\n{morning.told}")
        await morning.process.stop()

        assert prompts(morning) == 1


@dataclass(slots=True)
class Stage:
    """The same morning as the story of a check-in needs it."""

    morning: Morning
    ann: TelegramPhone
    ben: TelegramPhone

    async def settles(self) -> None:
        await self.morning.settles()

    async def comes(self, wall: str) -> None:
        await self.morning.comes(wall)


async def test_set_back_and_forward_over_an_open_check_in(tmp_path: Path) -> None:
    """The check-in opens once, nothing of it is shared before the moment that was promised, and then once."""
    async with a_morning(tmp_path, kind=SetBot) as morning:
        phones = [TelegramPhone(morning.server, one, morning.group, morning.bot) for one in morning.two]
        stage = Stage(morning, *phones)
        morning.group.add_bot(morning.bot, by=morning.two[0])
        await pair(stage)
        await stage.comes("2026-03-07 10:00")
        await until(lambda: posted(morning, CHECKIN), 40, lambda: morning.told)
        await answer_the_form(stage, stage.ann, "You told me first")
        await stage.ann.presses("Share the warm lines")
        await stage.settles()
        for wall in ("2026-03-07 09:00", "2026-03-07 10:00", "2026-03-06 10:00", "2026-03-07 10:00"):
            await stage.comes(wall)
        for wall in ("2026-03-08 18:00", "2026-03-08 17:00", "2026-03-08 18:29"):
            await stage.comes(wall)
        early, opened = posted(morning, SHARED), posted(morning, "Answer in private; what you choose")
        await stage.comes("2026-03-08 18:30")
        await until(lambda: posted(morning, SHARED), 40, lambda: f"never shared\n{morning.told}")
        await stage.comes("2026-03-08 17:30")
        await stage.comes("2026-03-08 18:31")
        await morning.process.stop()

        assert (early, opened) == (0, 1)
        assert posted(morning, SHARED) == 1
        assert morning.said_calmly(), morning.told
