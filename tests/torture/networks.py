"""A line between the bot and its platform that can be bad in every way, and a resolver that can be gone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bot_process import ROOT, BotProcess

HERE = Path(__file__).parent
NAME = "platform.test"
"""What the bot calls its platform, where names have to be looked up."""


class Mode(Enum):
    """How the line is."""

    GOOD = "good"
    REFUSES = "refuses"
    CUTS = "cuts"
    """Whoever comes is let in and cut off after the first words."""

    SILENT = "silent"
    """Half-open: everything is taken, nothing comes through, and nobody hangs up."""


@dataclass(slots=True)
class Line:
    """Forwards bytes on this machine, as long as it is good."""

    to: int
    port: int = 0
    mode: Mode = Mode.GOOD
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def turns(self, mode: Mode) -> None:
        """From now on it is like this; what is under way is cut, but where it falls silent."""
        self.mode = mode
        if mode is Mode.SILENT:
            return
        for task in self.under_way:
            task.cancel()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.under_way.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._carry(reader, writer)
        finally:
            self.under_way.discard(task)
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mode is Mode.REFUSES:
            return
        if self.mode is Mode.CUTS:
            await reader.read(100)
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        try:
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
        finally:
            back.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        was_silent = False
        while data := await reader.read(65536):
            was_silent = was_silent or self.mode is Mode.SILENT
            if not was_silent:
                writer.write(data)
                await writer.drain()
        if was_silent:
            await asyncio.Event().wait()
        raise ConnectionResetError


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    """A line to a server on this machine."""
    line = Line(port)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        for task in list(line.under_way):
            task.cancel()
        await asyncio.gather(*line.under_way, return_exceptions=True)
        await server.wait_closed()


class NetworkedBot(BotProcess):
    """The program, which finds its platform by a name, and notices a silent line within seconds and not a minute."""

    async def start(self) -> None:
        (self.folder / "config.toml").write_text(self.config)
        self._write_clock()
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(HERE / "networked_bot.py"),
            str(self.folder / "config.toml"),
            str(self.folder / "clock.txt"),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE.parent / "processes")))},
            stderr=asyncio.subprocess.PIPE,
        )
        await self._until_done()

    def loses_names(self) -> None:
        (self.folder / "nameless").touch()

    def finds_names(self) -> None:
        (self.folder / "nameless").unlink()
