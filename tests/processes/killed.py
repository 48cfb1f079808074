"""A week in the playground without a browser, while somebody keeps killing the program."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import signal
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import aiohttp

from stories.on_record import words_on_record

NAMES = ("ann", "ben")
TRIES = 400
DAY = 86400


class Page:
    """The page's websocket: it sends deeds, and sends again what was not acknowledged."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.process: asyncio.subprocess.Process | None = None
        self.address = ""
        self.messages: list[dict] = []
        self.now = 0
        self.acknowledged: set[str] = set()
        self.kills = 0
        self._ids = itertools.count(1)

    async def start(self) -> None:
        words = ("-m", "bot", "demo", "--no-browser", "--port", "0", "--data", str(self.folder), "--timezone", "UTC")
        self.process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
        assert self.process.stdout is not None
        self.address = (await asyncio.wait_for(self.process.stdout.readline(), 60)).decode().split()[-1].rstrip("/")

    async def kill_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.kills += 1

    async def does(self, *, risky: bool = False, **deed: object) -> dict:
        """Do a deed until it is acknowledged; *risky* has somebody kill the program meanwhile."""
        sent = json.dumps({"id": f"deed-{next(self._ids)}", **deed})
        killer = asyncio.create_task(self.kill_after(self.chance.uniform(0, 0.12))) if risky else None
        for _ in range(TRIES):
            with contextlib.suppress(aiohttp.ClientError, ConnectionError, EOFError):
                outcome = await self._once(sent)
                if killer is not None:
                    await killer
                if self.process is None or self.process.returncode is not None or killer is not None:
                    await self._again()
                return outcome
            await self._again()
        raise AssertionError(f"never acknowledged: {sent}")

    async def _again(self) -> None:
        assert self.process is not None
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.process.wait(), 0.3)
        if self.process.returncode is not None:
            await self.process.communicate()
            await self.start()

    async def _once(self, sent: str) -> dict:
        wanted = json.loads(sent)["id"]
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(self.address + "/live", origin=self.address) as line,
        ):
            first = json.loads((await line.receive(20)).data or "null")
            if first is None:
                raise EOFError
            self.messages, self.now = first["messages"], first["now"]
            await line.send_str(sent)
            async for heard in line:
                told = json.loads(heard.data)
                if told.get("id") == wanted:
                    assert told["kind"] == "done", told
                    self.acknowledged.add(wanted)
                    return dict(told["outcome"])
        raise EOFError

    async def looks(self) -> None:
        """See how the phones stand now."""
        await self.does(do="complete", phone="ann", chat="us", name="rituals", typed="")

    async def presses(self, phone: str, label: str, *, risky: bool = False) -> dict:
        await self.looks()
        for message in reversed(self.messages):
            for choice in message.get("choices", ()):
                if choice["label"] == label and message["chat"] in ("us", phone):
                    return await self.does(
                        do="press", phone=phone, message=message["number"], token=choice["token"], risky=risky
                    )
        raise AssertionError(f"{phone} sees no {label!r}")

    async def says(self, phone: str, chat: str, text: str, reply_to: int = 0, *, risky: bool = False) -> dict:
        return await self.does(do="say", phone=phone, chat=chat, text=text, reply_to=reply_to, risky=risky)

    def newest(self, words: str) -> dict:
        """The newest post of the bot in the room that begins with these words."""
        return next(one for one in reversed(self.messages) if one["chat"] == "us" and text_of(one).startswith(words))


def text_of(message: dict) -> str:
    return "".join(span["words"] for span in message["text"])


def next_morning(now: int) -> int:
    """Half past eight of the day after, UTC, whatever the time of day at which the test runs."""
    return (now // DAY + 1) * DAY + 8 * 3600 + 1800


async def live_on(page: Page, days: int) -> list[str]:
    """Pair, then answer every morning while the program is killed again and again; returns what was said."""
    await page.start()
    await page.says("ann", "us", "/start", risky=True)
    for phone in NAMES:
        await page.presses(phone, "Tell me more", risky=True)
        await page.presses(phone, "Join", risky=True)
    await page.presses("ann", "Start")
    said = []
    for day in range(days):
        await page.looks()
        await page.does(do="turn", to=next_morning(page.now), risky=True)
        await page.looks()
        morning = page.newest("Morning appreciation")
        for phone in NAMES:
            said.append(f"day {day} by {phone}")
            await page.says(phone, "us", said[-1], morning["number"], risky=True)
    await page.looks()
    return said


def recorded(folder: Path) -> list[str]:
    """The words of every reply in the database, read without the program."""
    return words_on_record(folder / "couple-rituals.db", folder / "couple-rituals.key")


def posts_of(folder: Path) -> Counter[int]:
    """How many messages of the room each occurrence has."""
    with sqlite3.connect(folder / "couple-rituals.db") as database:
        found = database.execute(
            "SELECT o.id, d.message FROM occurrence o JOIN delivery d ON d.subject = o.id "
            "WHERE d.view = 'occurrence' AND d.act = 'post' AND d.room > 0"
        ).fetchall()
    return Counter(occurrence for occurrence, _ in found)


async def check_kills(page: Page, days: int) -> None:
    """Live through days of kill -9: each reply is on record once, each prompt stands once, each word is shown once."""
    said = await live_on(page, days)
    await page.kill_after(0)
    assert page.process is not None
    await page.process.communicate()
    shown = Counter(text_of(message) for message in page.messages if message["chat"] == "us")

    assert page.kills > 3 * days
    assert sorted(recorded(page.folder)) == sorted(said)
    assert set(posts_of(page.folder).values()) == {1}
    assert {words: shown[words] for words in said} == dict.fromkeys(said, 1)
    mornings = [words for words in shown if words.startswith("Morning appreciation\n")]
    assert len(mornings) >= days
    assert max(shown[words] for words in mornings) == 1
