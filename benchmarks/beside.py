"""Programs beside this one, and what they take."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "servers"))


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process: now, and the most there ever was."""

    now: float
    peak: float


@dataclass(frozen=True, slots=True)
class Running:
    """A bot at work."""

    process: asyncio.subprocess.Process

    def memory(self) -> Memory:
        """What the system says of its memory."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        found = {line.partition(":")[0]: line.split() for line in lines}
        return Memory(int(found["VmRSS"][1]) / 1024, int(found["VmHWM"][1]) / 1024)


@asynccontextmanager
async def process(*words: str) -> AsyncIterator[Running]:
    """A Python program beside this one, until the block ends."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Running(started)
    finally:
        started.send_signal(signal.SIGTERM)
        await started.wait()
