"""One interaction's answer: within three seconds, once, and later only through a token that still holds.

Made by hand on a connection of its own: the library tries a follow-up again that may have arrived, and it queues
answers behind other requests.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import aiohttp

from adapters.discord.places import PLATFORM
from adapters.discord.troubles import ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION
from adapters.discord.widgets import EPHEMERAL, NO_PREVIEWS, Message, Payload, multipart
from bot.errors import Rejected, Unanswered

MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9
TOKEN_IS_OVER, UNKNOWN_WEBHOOK = 50027, 10015
TOO_LATE = frozenset({UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, TOKEN_IS_OVER, UNKNOWN_WEBHOOK})
"""Codes after which there is nobody left to tell; what was done is recorded all the same."""

TRIES = 2
A_MOMENT = 0.3
LONGEST_PAUSE = 1.0

TOKEN = re.compile(r"[\w.=-]+", re.ASCII)

logger = logging.getLogger(__name__)


class Promise(Enum):
    """What was promised in time, because the answer was not."""

    NOTHING = "nothing yet"
    UPDATE = "the message may change later"
    MESSAGE = "a message stands there and waits for its words"


@dataclass(slots=True)
class Exchange:
    """The answer to one interaction; *behind* tells whether a message was pressed, *hides*: in a channel."""

    line: aiohttp.ClientSession
    api_url: str
    id: str
    token: str = field(repr=False)
    application: str
    behind: bool
    hides: bool
    promise: Promise = Promise.NOTHING

    def __post_init__(self) -> None:
        # It becomes a part of an address.
        if not TOKEN.fullmatch(str(self.token)):
            raise ValueError("no interaction's token")

    async def say(self, message: Message, *, hidden: bool) -> bool:
        """A new message; *hidden*: for this person alone. False where it is too late to say it so."""
        match self.promise:
            case Promise.NOTHING:
                return await self._answer(MESSAGE, _for(message, hidden=hidden))
            case Promise.UPDATE:
                return await self.follow_up(message, hidden=hidden)
            case Promise.MESSAGE:
                return await self._change(message)

    async def update(self, message: Message) -> bool:
        """Other words in the place of the message that was pressed; False where it is too late for that."""
        if self.promise is Promise.NOTHING:
            return await self._answer(UPDATE, message.changed(flags=NO_PREVIEWS))
        return await self._change(message)

    async def ask(self, modal: Payload) -> bool:
        """Open a modal; False where it is too late, as only the first answer can be one."""
        if self.promise is not Promise.NOTHING:
            return False
        await self._answer(MODAL, Message(modal))
        return True

    async def suggest(self, words: tuple[str, ...]) -> None:
        """What the word being typed could become."""
        choices = [{"name": word[:100], "value": word[:100]} for word in words[:25]]
        await self._answer(SUGGEST, Message({"choices": choices}))

    async def rest(self) -> None:
        """Nothing to see: the button rests."""
        if self.promise is Promise.NOTHING:
            await self._answer(LATER_UPDATE, None)

    async def promise_more(self) -> None:
        """Tell Discord in time that the answer comes."""
        if self.behind:
            await self._answer(LATER_UPDATE, None)
            self.promise = Promise.UPDATE
        else:
            await self._answer(LATER_MESSAGE, Message({"flags": EPHEMERAL if self.hides else 0}))
            self.promise = Promise.MESSAGE

    async def follow_up(self, message: Message, *, hidden: bool) -> bool:
        """One more message; tried once, because Discord cannot tell a second try from a first."""
        told = _for(message, hidden=hidden)
        return await self._request("POST", f"/webhooks/{self.application}/{self.token}", told.payload, told, tries=1)

    async def vanish(self) -> None:
        """Take the message that was pressed away."""
        await self.rest()
        await self.take_back()

    async def take_back(self) -> None:
        """Take away the message that waits, or that was pressed."""
        await self._request("DELETE", f"/webhooks/{self.application}/{self.token}/messages/@original", None, None)

    async def _answer(self, kind: int, message: Message | None) -> bool:
        body = {"type": kind} if message is None else {"type": kind, "data": message.payload}
        return await self._request("POST", f"/interactions/{self.id}/{self.token}/callback", body, message)

    async def _change(self, message: Message) -> bool:
        path = f"/webhooks/{self.application}/{self.token}/messages/@original"
        told = message.changed(flags=NO_PREVIEWS)
        return await self._request("PATCH", path, told.payload, told)

    async def _request(
        self, method: str, path: str, body: Payload | None, message: Message | None, *, tries: int = TRIES
    ) -> bool:
        """True where it arrived, False where nobody waits for it any more."""
        while True:
            pause, tries = A_MOMENT, tries - 1
            try:
                status, told = await self._try(method, path, body, message)
            except (OSError, aiohttp.ClientError) as trouble:
                if not tries:
                    # Without "from": the library's message has the address, and the token in it.
                    raise Unanswered(type(trouble).__name__) from None
            else:
                if status < 500 and status != 429:
                    return _is_heard(status, told)
                if not tries:
                    raise Unanswered(f"HTTP {status}")
                pause = min(LONGEST_PAUSE, float(told.get("retry_after", A_MOMENT)))
            await asyncio.sleep(pause)

    async def _try(
        self, method: str, path: str, body: Payload | None, message: Message | None
    ) -> tuple[int, dict[str, Any]]:
        files = message.files if message else ()
        sent: dict[str, Any] = {"data": multipart(body, files)} if body and files else {"json": body}
        async with self.line.request(method, f"{self.api_url}{path}", **sent) as answer:
            return answer.status, _json(await answer.text())


def _for(message: Message, *, hidden: bool) -> Message:
    return message.changed(flags=message.payload.get("flags", 0) | EPHEMERAL) if hidden else message


def _is_heard(status: int, told: dict[str, Any]) -> bool:
    code = int(told.get("code", 0))
    if code in TOO_LATE:
        logger.debug("an interaction was over (%d)", code, extra={"action": "interaction_over"})
        # Who was answered twice has the first answer.
        return code == ALREADY_ACKNOWLEDGED
    if status >= 400:
        raise Rejected(f"{PLATFORM}: HTTP {status}, code {code}")
    return True


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
