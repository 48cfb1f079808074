"""The bot as its own process, with a resolver that a test can take away: `python networked_bot.py CONFIG CLOCK`.

While a file "nameless" lies beside CLOCK, no name can be looked up; otherwise those in ".test" are this machine.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path
from typing import Any

import turned_bot
from discord.state import ConnectionState

from adapters.telegram import intake

A_POLL = 3
"""Seconds that a question for news stands open on Telegram; a line that fell silent is noticed ten seconds after."""

A_HEARTBEAT = 6.0
"""Seconds without a sign after which Discord's line counts as silent, instead of the library's sixty."""


def resolve_by(nameless: Path) -> None:
    plain = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        if nameless.exists() and host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return plain("127.0.0.1" if str(host).endswith(".test") else host, *rest, **named)

    socket.getaddrinfo = getaddrinfo


def miss_a_heartbeat_early() -> None:
    plain = ConnectionState.__init__

    def begin(state: ConnectionState, *rest: Any, **options: Any) -> None:
        plain(state, *rest, **options)
        state.heartbeat_timeout = A_HEARTBEAT

    ConnectionState.__init__ = begin  # type: ignore[method-assign]


if __name__ == "__main__":
    clock = Path(sys.argv[2])
    resolve_by(clock.with_name("nameless"))
    intake.POLL_SECONDS = A_POLL
    miss_a_heartbeat_early()
    turned_bot.keep_no_pace()
    asyncio.run(turned_bot.main(Path(sys.argv[1]), clock))
