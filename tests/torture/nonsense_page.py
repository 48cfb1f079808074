"""Well-formed deeds of the playground's page, and a page that only counts what is answered."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from nonsense import SECRET

WORDS = (f"{SECRET} and so on", "/today", f"/timezone {SECRET}", "/mine", "/settings", f"/start {SECRET}", "x")
TOKENS = ("write-1", "scale-1-2", "share-2-all", "mine-3", SECRET)
DOES = ("say", "say", "say", "press", "press", "submit", "rewrite", "erase", "complete")


@dataclass(slots=True)
class Deeds:
    """Draws well-formed deeds; *messages* are numbers that may stand on the page."""

    chance: random.Random
    messages: Sequence[int] = range(20)
    tokens: Sequence[str] = TOKENS
    does: Sequence[str] = DOES
    phones: Sequence[str] = ("ann", "ben")
    count: int = 0

    def deed(self) -> dict[str, Any]:
        """A deed with an id of its own, or now and then with the last one's."""
        self.count += self.chance.random() < 0.97
        phone = self.chance.choice(self.phones)
        told = {"id": f"n{self.count}", "do": self.chance.choice(self.does), "phone": phone}
        told |= {"chat": self.chance.choice(("us", phone)), "message": self.chance.choice(self.messages)}
        return told | self._more(told["do"])

    def _more(self, do: str) -> dict[str, Any]:
        words, token = self.chance.choice(WORDS), self.chance.choice(self.tokens)
        match do:
            case "say":
                return {"text": words, "reply_to": self.chance.choice((0, *self.messages))}
            case "rewrite":
                return {"text": words}
            case "press":
                return {"token": token}
            case "submit":
                return {"token": token, "answers": {"words": words, "how": 1}}
            case "complete":
                return {"name": "timezone", "typed": words}
            case "turn":
                return {"to": self.chance.choice((0, 1_795_417_200, 1_795_417_200 + 86400, 2**52))}
            case _:
                return {}


@dataclass(slots=True, eq=False)
class Page:
    """Counts the answers by their kind, and keeps those to deeds that are asked about."""

    line: aiohttp.ClientWebSocketResponse
    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, str] = field(default_factory=dict)
    answered: int = 0

    async def listens(self) -> None:
        async for heard in self.line:
            told = json.loads(heard.data)
            if told["kind"] in ("done", "trouble"):
                self.answered += 1
                self.kinds[told.get("why", "done")] += 1
                self.outcomes[told["id"]] = told["kind"]

    async def is_answered(self, count: int, seconds: float) -> bool:
        """Whether so many deeds were answered, within so many seconds."""
        ends = asyncio.get_running_loop().time() + seconds
        while self.answered < count:
            if asyncio.get_running_loop().time() > ends:
                return False
            await asyncio.sleep(0.002)
        return self.answered == count


@asynccontextmanager
async def page(address: str) -> AsyncIterator[Page]:
    origin = address.rstrip("/")
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{origin}/live", origin=origin) as line:
        found = Page(line)
        ears = asyncio.create_task(found.listens())
        try:
            yield found
        finally:
            await line.close()
            await ears


class StillTime:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.moment = 1_795_417_200

    def now(self) -> int:
        return self.moment

    async def next_moment(self) -> int | None:
        return None

    async def turn_to(self, moment: int) -> None:
        self.moment = moment

    async def zones(self) -> dict[str, str]:
        return {}

    async def start_over(self) -> None:
        """Nothing to forget."""
