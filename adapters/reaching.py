"""Asks a platform something by hand, and says in a sentence why it could not be asked.

For looking at a set-up only: the libraries hide the answers' Date, by which this machine's clock is checked.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.errors import Unanswered
from bot.findings import Finding, fine, look, wrong

SECONDS = 10
SLOW_CLOCK, WRONG_CLOCK = 5, 60
NETWORK = "Check this machine's network (and api_url in config.toml, where one is set)."


class NotAsked(Unanswered):
    """A platform could not be asked; *cure* is what to do about it."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(why)
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: its HTTP status, what it says, and how far this machine's clock is from the platform's (seconds)."""

    status: int
    body: Any
    skew: float


@dataclass(frozen=True, slots=True)
class Line:
    """A way to ask one platform."""

    session: aiohttp.ClientSession
    whose: str

    async def ask(
        self, method: str, url: str, *, data: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Told:
        """One request; raises NotAsked where there is no proper answer. Neither address nor headers are ever told."""
        try:
            async with self.session.request(method, url, data=data, headers=headers) as answer:
                if answer.status >= 500:
                    raise self.trouble(answer.status)
                return Told(answer.status, await _body(answer), _skew(answer.headers.get("Date")))
        except (TimeoutError, aiohttp.ClientError, ValueError) as trouble:
            # Without "from": the library's message has the address, and perhaps a token in it.
            raise _unreached(trouble) from None

    async def first_word(self, url: str) -> Any:
        """What is said first on a websocket; raises NotAsked where nothing is."""
        try:
            async with self.session.ws_connect(url) as socket:
                return await socket.receive_json(timeout=SECONDS)
        except (TimeoutError, aiohttp.ClientError, TypeError, ValueError) as trouble:
            raise _unreached(trouble) from None

    def trouble(self, status: int) -> NotAsked:
        """An answer that is the platform's own trouble."""
        return NotAsked(f"it answers {status}", f"That is {self.whose}'s trouble, not yours: try again in a minute.")

    def odd(self) -> NotAsked:
        """An answer that the platform would not give."""
        return NotAsked("it answers something that is no answer", NETWORK)

    def clock(self, skew: float) -> Finding:
        """How far this machine's clock is from the platform's, in seconds; ahead is positive."""
        if abs(skew) <= SLOW_CLOCK:
            return fine(f"clock: as {self.whose}'s")
        said = f"clock: {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} {self.whose}'s"
        cure = "Let the system set its clock from the network (for example `timedatectl set-ntp true`)."
        return wrong(said, cure) if abs(skew) > WRONG_CLOCK else look(said, cure)


@asynccontextmanager
async def line_to(whose: str) -> AsyncIterator[Line]:
    """A way to ask a platform, which is named as people name it."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
        yield Line(session, whose)


async def _body(answer: aiohttp.ClientResponse) -> Any:
    if answer.status == 429 and answer.content_type != "application/json":
        return None  # Who asked far too often is turned away by whatever stands before the API.
    return await answer.json(content_type=None)


def _skew(dated: str | None) -> float:
    return time.time() - parsedate_to_datetime(dated).timestamp() if dated else 0.0


def _unreached(trouble: Exception) -> NotAsked:
    match trouble:
        case TimeoutError():
            return NotAsked(f"no answer within {SECONDS} s", NETWORK)
        case aiohttp.ClientConnectorDNSError():
            return NotAsked("no connection (its address is not found: no DNS)", NETWORK)
        case aiohttp.ClientSSLError():
            return NotAsked("no secure connection (TLS)", "Check this machine's clock, its certificates and any proxy.")
        case aiohttp.ClientConnectorError():
            return NotAsked("no connection (refused, or no way there)", NETWORK)
        case _:
            return NotAsked(f"no proper answer ({type(trouble).__name__})", NETWORK)
