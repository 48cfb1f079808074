"""The server as a program of its own, without checks: `python -m telegram_server --port 0`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from telegram_server.limits import Limits
from telegram_server.server import TelegramServer


def main() -> None:
    """Listen until the program is told to stop; the first line says where, as JSON."""
    parser = argparse.ArgumentParser(prog="telegram_server", description="A Telegram Bot API for tests.")
    parser.add_argument("--port", type=int, default=0, help="where to listen on this machine; 0 chooses a free port")
    parser.add_argument("--latency", type=float, default=0, help="seconds that every call takes at least")
    parser.add_argument("--transcript", action="store_true", help="remember what became visible")
    asyncio.run(listen(parser.parse_args()))


async def listen(wanted: argparse.Namespace) -> None:
    """Run the server until SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    server = TelegramServer.running(
        checks=False,
        limits=Limits(latency=wanted.latency),
        port=wanted.port,
        remembers=wanted.transcript,
        controlled=True,
    )
    async with server as running:
        print(json.dumps({"url": running.url, "control": f"{running.url}/control"}), flush=True)
        await stopped.wait()


main()
