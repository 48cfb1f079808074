"""A morning on Telegram over a disk that makes trouble, and what the program says of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bot_process import ROOT, BotProcess
from telegram_killed import TOKEN, config
from telegram_server import Bot, Group, Message, TelegramServer, User

from stories.on_record import words_on_record
from stories.story import BEGINNING, HOME

TITLE = "Morning appreciation\n"
SUNSET = "Digital sunset\n"
INSIDES = (" ", "Traceback", "which led to", "sqlite3.", "sqlalchemy.")
"""How lines begin that tell a host nothing."""

MOST_LINES = 12
"""More than these, within the seconds that a trouble here lasts, is a storm."""


@dataclass(slots=True)
class HeardBot(BotProcess):
    """The program, whose lines are read as it says them: a pipe that nobody reads would hold it up."""

    listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        # A slotted dataclass is made anew, so super() without words would look for the old one.
        starting = asyncio.create_task(self.begin())
        while self.process is None or not self.alive:
            if starting.done():
                break
            await asyncio.sleep(0.005)
        self.listening = asyncio.create_task(self._listen())
        await starting

    async def begin(self) -> None:
        """Start it and wait until it is there."""
        await BotProcess.start(self)

    async def _listen(self) -> None:
        assert self.process is not None
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.said.append(line.decode().rstrip())

    async def _end(self) -> None:
        assert self.process is not None
        await self.process.wait()
        if self.listening is not None:
            await self.listening


@dataclass(slots=True)
class Morning:
    """Two people in a group before the morning's prompt, and a bot whose storage fails."""

    server: TelegramServer
    bot: Bot
    group: Group
    two: tuple[User, User]
    process: HeardBot
    said: list[str] = field(default_factory=list)

    async def settles(self) -> None:
        """Everything that was done has reached the bot, and what follows has reached the chat."""
        while self.bot.inbox.pending:
            await self.server.until(lambda: not self.bot.inbox.pending, 60)
            await asyncio.sleep(0.02)
        await self.process.turn_to(self.process.now)

    async def begins(self) -> None:
        """The two come in, and the first morning's prompt stands in the group."""
        self.group.add_bot(self.bot, by=self.two[0])
        await self.settles()
        for one in self.two:
            one.taps("Tell me more", self.group)
            await self.settles()
            one.taps("Join", self.bot)
            await self.settles()
        self.two[0].taps("Start", self.group)
        await self.settles()
        await self.comes("2026-03-02 08:00")

    async def comes(self, wall: str) -> None:
        """A moment comes, without what lies on the way."""
        await self.process.turn_to(moment(wall))
        await self.settles()

    async def lives_on(self) -> None:
        """The trouble is over: what can be mended in this life is, and another life begins and ends."""
        with contextlib.suppress(AssertionError):
            await until(lambda: not self.waiting, 15, str)
        await self.process.stop()
        await self.process.start()
        await self.settles()
        await self.process.stop()

    def both_write(self, when: str, times: int = 2) -> None:
        """Both answer the newest prompt."""
        for number in range(times):
            for one in self.two:
                self.said.append(f"{one.name}, {when}, line {number}")
                one.writes(self.said[-1], self.group, reply_to=self.prompt)

    @property
    def prompt(self) -> Message:
        seen = self.two[0].screen(self.group)
        return next(one for one in reversed(seen) if one.text.startswith(TITLE))

    @property
    def recorded(self) -> list[str]:
        return words_on_record(self.process.database, self.key_file)

    @property
    def key_file(self) -> Path:
        return self.process.folder / "couple-rituals.key"

    @property
    def told(self) -> str:
        """Everything that the program said of its own accord."""
        return "\n".join(self.process.said)

    @property
    def waiting(self) -> int:
        """How many posts are not yet noted as sent."""
        return self._count("sent_at = 0 AND given_up_at = 0")

    @property
    def tried(self) -> int:
        """How many posts were tried in vain and are to be tried again."""
        return self._count("sent_at = 0 AND given_up_at = 0 AND attempts > 0")

    def posts(self, title: str) -> int:
        """How many posts that begin like this stand in the group."""
        return sum(one.text.startswith(title) for one in self.two[0].screen(self.group))

    def is_on_record_once(self) -> bool:
        """Whether everything that the two wrote is on record, each line once."""
        return sorted(self.recorded) == sorted(self.said)

    def _count(self, which: str) -> int:
        with contextlib.closing(sqlite3.connect(self.process.database)) as opened:
            return int(opened.execute(f"SELECT count(*) FROM delivery WHERE {which}").fetchone()[0])

    def said_calmly(self) -> bool:
        """Whether what the program said can be read by a host: a line now and then, and nothing of its insides."""
        insides = [line for line in self.process.said if line.startswith(INSIDES) or "(what it says" in line]
        return not insides and len(self.process.said) <= MOST_LINES

    async def hears(self, words: str, seconds: float = 30) -> None:
        """Wait until the program says these words."""
        await until(lambda: words in self.told, seconds, lambda: f"never said: {words!r}\n{self.told[-3000:]}")


def moment(wall: str) -> int:
    return int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())


async def until(holds: Callable[[], object], seconds: float, why: Callable[[], str]) -> None:
    """Wait for something that happens in another program."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - another program rings no bell
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(why()) from None


@asynccontextmanager
async def a_morning(
    folder: Path, more: str = "", *, kind: type[HeardBot] = HeardBot, begins: str = BEGINNING
) -> AsyncIterator[Morning]:
    """Ann and Ben, a group, and the program that is started; *more* is added to its config.toml."""
    async with TelegramServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot = server.add_bot(TOKEN, "couple_rituals_bot")
        process = kind(folder, config(server) + more, moment(begins), unhurried=True)
        morning = Morning(server, bot, server.add_group("Us", *two), two, process)
        try:
            await process.start()
            for file in (folder / "config.toml", process.database):
                # As a host has them, so that doctor finds nothing but the trouble of the test.
                file.chmod(0o600)
            yield morning
        finally:
            if process.alive:
                await process.kill()


@contextmanager
def a_disk(folder: Path, size: str) -> Iterator[Path]:
    """A small disk of its own at *folder*, where this machine lets us have one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = _mounts("-t", "tmpfs", "-o", f"size={size},mode=700", "couple-rituals-test", str(folder))
    if not made:
        pytest.skip("a small disk needs root and the right to mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mounts(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


def turn_read_only(disk: Path, *, on: bool) -> None:
    """Nobody may write there, not even root; or everybody again."""
    assert _mounts("-o", f"remount,{'ro' if on else 'rw'}", str(disk)), "the disk is in use"


def fill(disk: Path) -> Path:
    """Write until there is no room left; returns what took it."""
    ballast = disk / "somebody-elses-pictures"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as handle:
        while handle.write(bytes(4096)):
            pass
    return ballast


def wrongs(doctor: subprocess.CompletedProcess[str]) -> str:
    """What the doctor finds wrong with the disk, the database and the copies, with the cures."""
    assert not doctor.stderr, doctor.stderr
    found, keeps = [], False
    for line in doctor.stdout.splitlines():
        if not line.startswith(" "):
            keeps = line.startswith("wrong")
        if keeps:
            found.append(line)
    return "\n".join(found)


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """What a command said when it could not do its work: a sentence of its own, and an exit code that says no."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr, result.stderr
    sentences = [line for line in result.stderr.splitlines() if line.startswith("couple-rituals: ")]
    assert len(sentences) == 1, result.stderr
    return sentences[0]


def asked(*words: str, folder: Path, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """The command line, run to its end over this folder's config.toml."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words, "--config", str(folder / "config.toml")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
