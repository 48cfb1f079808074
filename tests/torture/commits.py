"""A bot that dies at one commit after the other, and is started again at once, as systemd would."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from bot_process import HERE, ROOT, BotProcess

SIDES = ("after", "before")
"""A life ends right after a commit, the next one right before one."""


@dataclass(slots=True)
class DyingBot(BotProcess):
    """The program, life after life, each of which ends at its first commit that writes; *noted* is called after each
    death, and says how far everything has got. Where that is no further, the next life lasts a commit longer.
    """

    noted: Callable[[], object] = tuple
    deaths: int = 0
    lasts: int = 1
    got: object = None
    keeper: asyncio.Task[None] | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        (self.folder / "config.toml").write_text(self.config)
        self._write_clock()
        self.keeper = asyncio.create_task(self._keep())
        await self._until_done()

    async def stop(self) -> None:
        if self.keeper is not None:
            self.keeper.cancel()
            await asyncio.gather(self.keeper, return_exceptions=True)
        if self.process is not None:
            # The life and the process that it was forked from.
            os.killpg(self.process.pid, signal.SIGKILL)
            await self.process.communicate()
        self.said = (self.folder / "log.txt").read_text().splitlines()

    async def _keep(self) -> None:
        with (self.folder / "log.txt").open("w") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(HERE / "counted_bot.py"),
                "turned",
                str(self.folder / "config.toml"),
                str(self.folder / "clock.txt"),
                *(["unhurried"] if self.unhurried else []),
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE)))},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        for side in itertools.cycle(SIDES):
            if await self._life(side) != -signal.SIGKILL:
                self.ended.set()
                return
            self.deaths += 1
            # What it sent with its last breath still arrives.
            await asyncio.sleep(0.05)
            before, self.got = self.got, self.noted()
            self.lasts = self.lasts + 1 if self.got == before else 1

    async def _life(self, side: str) -> int:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{side} {self.lasts + (side == 'before')}\n".encode())
        return int(await self.process.stdout.readline() or 1)

    async def _until_done(self) -> None:
        done = self.folder / "clock.done"
        async with asyncio.timeout(240):
            while not done.exists() or done.read_text() != str(self.turns):
                if self.ended.is_set():
                    raise AssertionError("the bot ended by itself:\n" + "\n".join(self.said[-20:]))
                await asyncio.sleep(0.01)
