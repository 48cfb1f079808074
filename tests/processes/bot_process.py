"""A bot in a process of its own, to start, to turn its clock, and to kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(slots=True)
class BotProcess:
    """The program over a folder with its config.toml and database."""

    folder: Path
    config: str
    now: int
    unhurried: bool = False
    turns: int = 0
    process: asyncio.subprocess.Process | None = None
    said: list[str] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "couple-rituals.db"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        (self.folder / "config.toml").write_text(self.config)
        self._write_clock()
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(HERE / "turned_bot.py"),
            str(self.folder / "config.toml"),
            str(self.folder / "clock.txt"),
            *(["unhurried"] if self.unhurried else []),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.PIPE,
        )
        await self._until_done()

    async def turn_to(self, moment: int) -> None:
        """Turn the clock, and wait until what was due has been said."""
        self.begin_turn(moment)
        await self._until_done()

    def begin_turn(self, moment: int) -> None:
        self.now = max(self.now, moment)
        self.turns += 1
        self._write_clock()

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        await self._end()

    async def stop(self) -> None:
        if self.process is not None and self.alive:
            self.process.terminate()
            await self._end()

    async def next_moment(self) -> int | None:
        """When something is due next, read from the database without the program."""
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            found = database.execute("SELECT min(next_due_at) FROM ritual").fetchone()[0]
            shares = database.execute(
                "SELECT min(shares_at) FROM occurrence WHERE state = 'open' AND shares_at > 0"
            ).fetchone()[0]
        return min((one for one in (found, shares) if one), default=None)

    async def _end(self) -> None:
        assert self.process is not None
        _, errors = await self.process.communicate()
        self.said += errors.decode().splitlines()

    async def _until_done(self) -> None:
        done = self.folder / "clock.done"
        async with asyncio.timeout(30):
            while not done.exists() or done.read_text() != str(self.turns):
                if not self.alive:
                    await self._end()
                    raise AssertionError("the bot ended:\n" + "\n".join(self.said[-20:]))
                await asyncio.sleep(0.005)

    def _write_clock(self) -> None:
        fresh = self.folder / "clock.new"
        fresh.write_text(f"{self.now} {self.turns}")
        fresh.replace(self.folder / "clock.txt")
