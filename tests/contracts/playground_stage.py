"""The stories' phones on the playground: a real server, real websockets, no browser."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from fresh import database_in, key_in

from adapters.playground.frontend import Playground
from bot.clock import SettableClock, ShiftedClock
from bot.turn import Repertoire
from bot.turning import PlaygroundTime
from bot.wiring import core
from stories.story import BEGINNING, HOME


@dataclass(slots=True)
class PlaygroundPhone:
    """One person's phone, as the page would drive it."""

    name: str
    line: aiohttp.ClientWebSocketResponse
    ids: itertools.count[int]
    messages: dict[int, dict] = field(default_factory=dict)
    outcomes: dict[str, dict] = field(default_factory=dict)
    form: dict | None = None
    told: list[tuple[str, ...]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def user(self) -> str:
        return self.name.lower()

    @property
    def screen(self) -> str:
        """Everything that this person can read, oldest first."""
        mine = [one for _, one in sorted(self.messages.items()) if one["chat"] in ("us", self.user)]
        return "\n".join(f"{one['sender']}: {words_of(one)}" for one in mine)

    @property
    def labels(self) -> list[str]:
        """What can be pressed."""
        mine = [one for one in self.messages.values() if one["chat"] in ("us", self.user)]
        return [choice["label"] for one in mine for choice in one.get("choices", ())]

    def happened(self) -> list[tuple[str, ...]]:
        """Everything that came, changed and went before this person's eyes."""
        return [one for one in self.told if one[0] in ("us", self.user)]

    async def listens(self) -> None:
        async for heard in self.line:
            told = json.loads(heard.data)
            if told["kind"] == "snapshot":
                self.messages = {one["number"]: one for one in told["messages"]}
            elif told["kind"] == "message":
                self._takes(told["message"])
            elif told["kind"] == "gone":
                gone = self.messages.pop(told["number"], None)
                if gone is not None:
                    self.told.append((gone["chat"], "gone", words_of(gone)))
            elif "id" in told:
                self.outcomes[told["id"]] = told
            self.heard.set()

    def _takes(self, message: dict) -> None:
        what = "changed" if message["number"] in self.messages else "came"
        labels = [choice["label"] for choice in message.get("choices", ())]
        self.told.append(
            (message["chat"], what, words_of(message), *labels, str(message.get("quiet")), str(message.get("mark")))
        )
        self.messages[message["number"]] = message

    async def does(self, **deed: object) -> dict:
        known = f"{self.user}-{next(self.ids)}"
        await self.line.send_str(json.dumps({"id": known, "phone": self.user, **deed}))
        while known not in self.outcomes:
            await asyncio.wait_for(self.heard.wait(), 10)
            self.heard.clear()
        told = self.outcomes[known]
        assert told["kind"] == "done", told
        if "form" in told["outcome"]:
            self.form = {
                **told["outcome"]["form"],
                "chat": told["outcome"]["chat"],
                "message": told["outcome"]["message"],
            }
        return dict(told["outcome"])

    async def says(self, words: str, *, in_room: bool = True) -> None:
        await self.does(do="say", chat="us" if in_room else self.user, text=words, reply_to=0)

    async def sends(self, holds: str) -> None:
        """Send a voice note or a picture, made up, in private."""
        await self.does(do="say", chat=self.user, text="", reply_to=0, holds=holds)

    async def replies(self, words: str) -> None:
        posts = [one for one in self.messages.values() if one["chat"] == "us" and one["sender"] == "bot"]
        newest = max(one["number"] for one in posts)
        await self.does(do="say", chat="us", text=words, reply_to=newest)

    async def presses(self, label: str) -> None:
        for number in sorted(self.messages, reverse=True):
            message = self.messages[number]
            for choice in message.get("choices", ()):
                if choice["label"] == label and message["chat"] in ("us", self.user):
                    await self.does(do="press", message=number, token=choice["token"])
                    return
        raise AssertionError(f"{self.name} sees no {label!r} in\n{self.screen}")

    async def submits(self, words: str) -> None:
        assert self.form is not None
        form, self.form = self.form, None
        answers = {one["name"]: words for one in form["fields"]}
        await self.does(do="submit", chat=form["chat"], message=form["message"], token=form["token"], answers=answers)


def words_of(message: dict) -> str:
    return "".join(span["words"] for span in message["text"])


class NoScheduler:
    """In a story the clock is turned by hand, so nothing wakes by itself."""

    def __init__(self, turn: object) -> None:
        self.turn = turn

    async def aim(self) -> None:
        """Nothing to aim."""


@dataclass(slots=True)
class PlaygroundStage:
    """The playground with its two phones and its clock."""

    machine: PlaygroundTime
    ann: PlaygroundPhone
    ben: PlaygroundPhone

    async def comes(self, wall: str) -> None:
        """A moment comes, such as "2026-03-07 10:00" on the wall at home."""
        moment = int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(HOME)).timestamp())
        await self.machine.turn_to(moment)
        await self.settles()

    async def settles(self) -> None:
        """What was said has arrived on the phones."""
        await self.machine.turn_to(self.machine.now())
        await asyncio.sleep(0.1)


@asynccontextmanager
async def playground_stage(folder: Path, known: Repertoire) -> AsyncIterator[PlaygroundStage]:
    """A playground over a folder, at the stories' first moment."""
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    clock = ShiftedClock(SettableClock(beginning))
    async with core(database_in(folder), clock, known, key_in(folder)) as pieces:
        machine = PlaygroundTime(
            pieces.engine, pieces.courier, pieces.database, pieces.runner, clock, folder / "clock.json"
        )
        playground = Playground(machine.handle, machine, known.words, folder, zone=HOME)
        pieces.messengers["playground"] = playground
        address = (await playground.start()).rstrip("/")
        async with aiohttp.ClientSession() as http:
            ids = itertools.count(1)
            phones = [
                PlaygroundPhone(n, await http.ws_connect(address + "/live", origin=address), ids)
                for n in ("Ann", "Ben")
            ]
            ears = [asyncio.create_task(phone.listens()) for phone in phones]
            yield PlaygroundStage(machine, *phones)
            for phone in phones:
                await phone.line.close()
            await asyncio.gather(*ears)
        await playground.stop()
