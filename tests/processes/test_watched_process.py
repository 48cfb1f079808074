"""The program as its own process, watched by systemd and asked at its port; asked to stop, it loses nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from bot_process import ROOT
from telegram_server import Bot, Group, TelegramServer, User
from telegram_server.faults import Fault

from stories.on_record import words_on_record

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
LISTENING, THIS_MACHINE = "0A", "0100007F"
"""As proc(5) writes them."""

WITHIN = 10.0
"""Seconds that systemd and Docker wait after they have asked it to stop."""


class Systemd:
    """Hears what a service says of itself."""

    def __init__(self, folder: Path) -> None:
        self.address = folder / "notify"
        self.heard: list[str] = []
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.bind(str(self.address))
        self._line.setblocking(False)

    async def hears(self, words: str, times: int = 1) -> None:
        async with asyncio.timeout(30):
            while self.heard.count(words) < times:
                self.heard.append((await asyncio.get_running_loop().sock_recv(self._line, 100)).decode())

    def close(self) -> None:
        self._line.close()


@asynccontextmanager
async def service(
    folder: Path, server: TelegramServer, systemd: Systemd
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`couple-rituals run` as a unit of systemd, and the address of its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "config.toml").write_text(
        f'couples = "open"\n[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n[health]\nport = {port}\n'
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml"),
        env={"PYTHONPATH": str(ROOT), "NOTIFY_SOCKET": str(systemd.address), "WATCHDOG_USEC": "1000000"},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        await systemd.hears("READY=1")
        yield process, f"http://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
        systemd.close()


def listens_on(pid: int) -> list[tuple[str, int]]:
    """The addresses and ports that a process listens on."""
    sockets = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    found = []
    for family in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{family}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == LISTENING and f"socket:[{rest[5]}]" in sockets:
                address, port = local.split(":")
                found.append((address, int(port, 16)))
    return found


async def asked(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        return answer.status, await answer.text()


async def stopped(process: asyncio.subprocess.Process) -> tuple[float, int | None, str]:
    """Ask it to stop; how many seconds that took, its exit code, and what it said."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), 60)
    return time.monotonic() - began, process.returncode, said.decode()


async def until_seen(server: TelegramServer, one: User, label: str, where: Group | Bot) -> None:
    await server.until(lambda: any(label in shown.labels for shown in one.screen(where)), 30)


async def pair(server: TelegramServer, bot: Bot, group: Group, two: tuple[User, User]) -> None:
    """Both come in, and the rituals begin."""
    group.add_bot(bot, by=two[0])
    for one in two:
        await until_seen(server, one, "Tell me more", group)
        one.taps("Tell me more", group)
        await until_seen(server, one, "Join", bot)
        one.taps("Join", bot)
    await until_seen(server, two[0], "Start", group)
    two[0].taps("Start", group)


async def test_watched(tmp_path: Path) -> None:
    """It says when it is ready, gives signs of life, and tells at its port how it is, without a name or a word."""
    async with TelegramServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot, group = server.add_bot(TOKEN, "couple_rituals_bot"), server.add_group("Us", *two)
        systemd = Systemd(tmp_path)
        async with service(tmp_path, server, systemd) as (process, address):
            await systemd.hears("WATCHDOG=1", times=2)
            await pair(server, bot, group, two)
            ports = listens_on(process.pid)
            health, numbers = await asked(f"{address}/healthz"), await asked(f"{address}/metrics")
            took, code, said = await stopped(process)
            await systemd.hears("STOPPING=1")

    assert ports == [(THIS_MACHINE, int(address.rpartition(":")[2]))]
    assert health[0] == numbers[0] == 200
    assert json.loads(health[1]) == {
        "well": True, "schedule": "turning", "database": "answers", "platforms": {"telegram": "running"},
    }  # fmt: skip
    assert 'couple_rituals_platform_running{platform="telegram"} 1.0' in numbers[1]
    assert "Ann" not in numbers[1] + health[1]
    assert took < WITHIN
    assert code == 0
    assert "Traceback" not in said


async def test_asked_to_stop_while_the_platform_hangs(tmp_path: Path) -> None:
    """Within ten seconds it is gone; what was said meanwhile is on record once, when it is back."""
    async with TelegramServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot, group = server.add_bot(TOKEN, "couple_rituals_bot"), server.add_group("Us", *two)
        said: list[str] = []
        async with service(tmp_path, server, Systemd(tmp_path)) as (process, _):
            await pair(server, bot, group, two)
            two[0].commands("/today", group)
            await until_seen(server, two[0], "Not the day for it", group)
            prompt = two[0].screen(group)[-1]
            for method in ("sendMessage", "setMessageReaction", "editMessageText"):
                server.fail(method, Fault.slow(60), times=1000)
            for number in range(10):
                for one in two:
                    said.append(f"{one.name}, line {number}")
                    one.writes(said[-1], group, reply_to=prompt)
            await asyncio.sleep(0.1)
            took, code, log = await stopped(process)
        server.transport.troubles.planned.clear()
        (tmp_path / "notify").unlink()
        async with service(tmp_path, server, Systemd(tmp_path)) as (process, _):
            await server.until(lambda: not bot.inbox.pending, 30)
            await stopped(process)

    recorded = words_on_record(tmp_path / "data" / "couple-rituals.db", tmp_path / "couple-rituals.key")
    assert took < WITHIN
    assert code == 0, log
    assert "Traceback" not in log
    assert sorted(recorded) == sorted(said)
