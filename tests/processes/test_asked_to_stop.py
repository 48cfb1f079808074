"""The program is asked to stop (SIGTERM) in the middle of it: within ten seconds it is gone, and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from bot_process import ROOT
from discord_killed import TOKEN, config
from discord_server import DiscordServer, GuildChannel, Message, User
from discord_server.faults import Fault
from killed import Page, next_morning, recorded

from stories.on_record import words_on_record

WITHIN = 10.0
"""Seconds that systemd and Docker wait after they have asked it to stop."""

LINES = 40


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`couple-rituals run` over a folder."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml"),
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def stopped(process: asyncio.subprocess.Process) -> tuple[float, int | None, str]:
    """Ask it to stop; how many seconds that took, its exit code, and what it said."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), 60)
    return time.monotonic() - began, process.returncode, (said or b"").decode()


async def prompted(server: DiscordServer, channel: GuildChannel, two: tuple[User, User]) -> Message:
    """Both come in, the rituals begin, and one asks for a prompt."""
    await server.until(lambda: any(one.labels for one in two[0].screen(channel)), 30)
    for one in two:
        for label in ("Tell me more", "Join"):
            await one.taps(label, channel)
    await server.until(lambda: any("Start" in one.labels for one in two[0].screen(channel)), 30)
    await two[0].taps("Start", channel)
    await two[0].calls("today", in_=channel)
    found = await server.until(
        lambda: next((one for one in two[0].screen(channel) if "Not the day for it" in one.labels), None), 30
    )
    assert isinstance(found, Message)
    return found


async def test_on_discord_while_it_hangs(tmp_path: Path) -> None:
    """What was said meanwhile is on record once, when the program is back."""
    async with DiscordServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot = server.add_bot(TOKEN)
        channel = server.add_guild("Us", *two).add_channel("general")
        (tmp_path / "config.toml").write_text(config(server))
        said: list[str] = []
        async with running(tmp_path) as process:
            await server.until(lambda: bot.identified, 30)
            channel.guild.add_bot(bot)
            prompt = await prompted(server, channel, two)
            server.fail("*", Fault.slow(60), times=1000)
            for number in range(10):
                for one in two:
                    said.append(f"{one.name}, line {number}")
                    one.writes(said[-1], reply_to=prompt)
            await asyncio.sleep(0.1)
            took, code, log = await stopped(process)
        server.transport.troubles.planned.clear()
        async with running(tmp_path) as process:
            await server.until(lambda: len(on_record(tmp_path)) >= len(said), 30)
            await stopped(process)

    assert took < WITHIN
    assert code == 0, log
    assert "Traceback" not in log
    assert sorted(on_record(tmp_path)) == sorted(said)


def on_record(folder: Path) -> list[str]:
    return words_on_record(folder / "data" / "couple-rituals.db", folder / "couple-rituals.key")


async def offered(page: Page, label: str) -> None:
    """Wait until the chat shows a choice."""
    async with asyncio.timeout(30):
        while not any(choice["label"] == label for one in page.messages for choice in one.get("choices", ())):
            await page.looks()
            await asyncio.sleep(0.05)


async def sent(page: Page, deeds: dict[str, dict[str, object]], *, stop_at: str = "") -> set[str]:
    """Send all of them without a wait, and ask the program to stop in the middle; which of them it acknowledged."""
    assert page.process is not None
    acknowledged: set[str] = set()
    async with aiohttp.ClientSession() as http, http.ws_connect(page.address + "/live", origin=page.address) as line:
        for name, deed in deeds.items():
            with contextlib.suppress(ConnectionError):
                await line.send_str(json.dumps({"id": name, **deed}))
            if name == stop_at:
                page.process.send_signal(signal.SIGTERM)
        while acknowledged < set(deeds):
            heard = await line.receive(30)
            if heard.type is not aiohttp.WSMsgType.TEXT:
                break
            told = json.loads(heard.data)
            if told["kind"] == "done":
                acknowledged.add(told["id"])
    return acknowledged


async def test_in_the_playground_while_they_write(tmp_path: Path) -> None:
    """What was acknowledged is on record; what was not is sent again, and is on record once like the rest."""
    page = Page(tmp_path, random.Random(1))
    await page.start()
    try:
        await page.says("ann", "us", "/start")
        for phone in ("ann", "ben"):
            await page.presses(phone, "Tell me more")
            await page.presses(phone, "Join")
        await offered(page, "Start")
        await page.presses("ann", "Start")
        await page.does(do="turn", to=next_morning(page.now))
        await offered(page, "Not the day for it")
        prompt = page.newest("Morning appreciation")["number"]
        words = {f"said-{number}": f"line {number}" for number in range(LINES)}
        say = {"do": "say", "phone": "ann", "chat": "us", "reply_to": prompt}
        deeds = {name: {**say, "text": text} for name, text in words.items()}
        began = time.monotonic()
        acknowledged = await sent(page, deeds, stop_at=f"said-{LINES // 2}")
        assert page.process is not None, "it was started"
        await asyncio.wait_for(page.process.communicate(), 60)
        took, code = time.monotonic() - began, page.process.returncode
        kept = recorded(tmp_path)
        await page.start()
        again = await sent(page, deeds)
    finally:
        await page.kill_after(0)
        assert page.process is not None, "it was started"
        await page.process.communicate()

    assert took < WITHIN
    assert code == 0
    assert {words[one] for one in acknowledged} <= set(kept)
    assert len(kept) == len(set(kept))
    assert again == set(deeds)
    assert sorted(recorded(tmp_path)) == sorted(words.values())
