"""The open pages: each has a line to the server, and hears everything in the same order."""

from __future__ import annotations

import asyncio
import json

from aiohttp import WSCloseCode, web

from adapters.playground.writing import Json

LONGEST_QUEUE = 5000
"""A page that has fallen so far behind is let go; it comes back and gets the whole state."""


class Line:
    """One page's websocket; saying something never waits."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self._unsent: asyncio.Queue[Json] = asyncio.Queue(LONGEST_QUEUE)
        self._behind = False

    def say(self, words: Json) -> None:
        """Send something after everything that was said before."""
        if self._unsent.full():
            self._behind = True
        else:
            self._unsent.put_nowait(words)

    async def send(self) -> None:
        """Send what is said until the page is gone or has fallen behind."""
        while not self.socket.closed and not self._behind:
            words = await self._unsent.get()
            await self.socket.send_str(json.dumps(words))
        await self.socket.close(code=WSCloseCode.TRY_AGAIN_LATER)


class Lines:
    """All open pages."""

    def __init__(self) -> None:
        self._open: set[Line] = set()

    def add(self, line: Line) -> None:
        """A page has opened."""
        self._open.add(line)

    def discard(self, line: Line) -> None:
        """A page has closed."""
        self._open.discard(line)

    def tell(self, words: Json) -> None:
        """Say something to every open page."""
        for line in self._open:
            line.say(words)

    async def close(self) -> None:
        """Hang up on every page."""
        for line in list(self._open):
            await line.socket.close(code=WSCloseCode.GOING_AWAY)
