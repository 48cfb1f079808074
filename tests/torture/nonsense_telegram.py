"""Well-formed updates as Telegram's own description has them, and a door that hands them out as raw as they come."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from nonsense import SECRET
from telegram_server.official import DESCRIPTION, SHAPES, Description, Field, read_description

BOT, NAME = 7_000_000_001, "ritual_bot"
KINDS = ("message",) * 6 + ("callback_query",) * 2 + ("edited_message", "my_chat_member")
"""What the bot asks for, as often as it matters."""

LIKELY = {
    **dict.fromkeys(("from", "data", "message"), 0.95),
    **dict.fromkeys(("text", "language_code", "url"), 0.6),
    **dict.fromkeys(("reply_to_message", "entities", "photo", "voice", "caption"), 0.25),
    **dict.fromkeys(("is_topic_message", "message_thread_id", "edit_date", "username"), 0.15),
    **dict.fromkeys(("new_chat_members", "left_chat_member", "sender_chat", "via_bot"), 0.04),
    **dict.fromkeys(("migrate_to_chat_id", "migrate_from_chat_id"), 0.03),
}
"""How often a field is there that may be left out and that the bot reads; the others are there now and then."""

WORDS = (
    f"{SECRET} and so on",
    f"/start {SECRET}",
    "/start join-1",
    "/today",
    f"/today@{NAME}",
    "/checkin@another_bot",
    f"/timezone {SECRET}",
    "/settings",
    "/mine",
    "/leave",
    "write-1",
    "scale-1-2",
    "share-2-all",
    "mine-3",
    f"https://t.me/{NAME}?start=write-1&field=words",
)
DATE = 1_795_384_421


@dataclass(frozen=True, slots=True)
class Pool:
    """The people and the chats that updates are about."""

    people: Sequence[int] = (11, 22, 33)
    chats: Sequence[int] = (-500, -1_001_234_567_890, 11, 22)
    messages: Sequence[int] = (0, 1, 10, 12)
    me: int = BOT
    name: str = NAME
    words: Sequence[str] = WORDS


@dataclass(slots=True)
class Shapes:
    """Draws well-formed updates, described or stored; needs both files."""

    chance: random.Random
    pool: Pool = field(default_factory=Pool)
    described: Description = field(default_factory=lambda: read_description(DESCRIPTION))
    stored: list[dict[str, Any]] = field(
        default_factory=lambda: list(json.loads(SHAPES.read_text())["updates"].values())
    )

    @staticmethod
    def are_here() -> bool:
        return DESCRIPTION.exists() and SHAPES.exists()

    def update(self) -> dict[str, Any]:
        """An update without its number."""
        if self.chance.random() < 0.2:
            return self.chance.choice(self.stored)
        if self.chance.random() < 0.9:
            kind = self.chance.choice(KINDS)
            return {kind: self._of(self.described.things["update"].fields[kind].kind, 0)}
        return self._of("Update", 0)

    def _of(self, kind: str, depth: int, name: str = "") -> Any:
        if kind.startswith("Array of "):
            count = self.chance.choice((0, 1, 1, 2)) if depth < 5 else 0
            return [self._of(kind.removeprefix("Array of "), depth + 1, name) for _ in range(count)]
        kinds = re.split(r", | or | and ", kind)
        if len(kinds) > 1:
            return self._of(self.chance.choice(kinds), depth, name)
        thing = self.described.things.get(kind.lower())
        if thing is None or kind == "InputFile":
            return self._plain(kind, name)
        if thing.variants:
            return self._of(self.chance.choice(thing.variants), depth, name)
        fields = {one: told for one, told in thing.fields.items() if self._is_told(one, told, depth)}
        return {one: self._field(one, told, kind, depth) for one, told in fields.items()} | self._chat(kind)

    def _chat(self, kind: str) -> dict[str, Any]:
        """A chat's number tells of which type it is."""
        if kind != "Chat" or self.chance.random() < 0.05:
            return {}
        number = self.chance.choice(self.pool.chats)
        return {"id": number, "type": "private" if number > 0 else "supergroup" if number < -(10**9) else "group"}

    def _is_told(self, name: str, told: Field, depth: int) -> bool:
        if told.required:
            return True
        return depth < 4 and self.chance.random() < LIKELY.get(name, 0.01)

    def _field(self, name: str, told: Field, owner: str, depth: int) -> Any:
        if told.allowed:
            return self.chance.choice(sorted(told.allowed))
        if name == "id" and told.kind == "Integer":
            return self.chance.choice(self.pool.chats if owner == "Chat" else self._someone())
        return self._of(told.kind, depth + 1, name)

    def _someone(self) -> Sequence[int]:
        """A person, or, as one who is replied to, often the bot."""
        return self.pool.people if self.chance.random() < 0.6 else (self.pool.me,)

    def _plain(self, kind: str, name: str) -> Any:
        match kind:
            case "Integer" if name in ("message_id", "message_thread_id"):
                return self.chance.choice(self.pool.messages)
            case "Integer" if name.endswith("date"):
                return DATE + self.chance.randrange(1000)
            case "Integer":
                return self.chance.choice((0, 1, 2, 60, -500))
            case "Boolean":
                return self.chance.random() < 0.1
            case "True":
                return True
            case "String" if name == "url":
                return self.chance.choice([one for one in self.pool.words if one.startswith("https:")])
            case "Float":
                return self.chance.random() * 90
            case "RichText":
                return SECRET
            case _:
                return self.chance.choice(self.pool.words)


@dataclass(slots=True, eq=False)
class Door:
    """A Bot API that hands out batches of raw updates as they are, and is content with whatever the bot does.

    As with Telegram, updates with a number below the offset are confirmed and the others are handed out again.
    """

    url: str = ""
    waiting: list[tuple[int, str]] = field(default_factory=list)
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    asked: dict[str, int] = field(default_factory=dict)
    cuts: bool = False
    """Whether the next batch breaks off in the middle, as behind a bad proxy."""

    def put(self, number: int, raw: str) -> None:
        """An update waits to be fetched; *number* is what the bot has to go beyond for it to be confirmed."""
        self.waiting.append((number, raw))
        self.filled.set()

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        self.asked[method] = self.asked.get(method, 0) + 1
        match method:
            case "getUpdates":
                return self._whole_or_cut(",".join(await self._updates(int(request.query["offset"]))))
            case "getMe":
                return _told(json.dumps({"id": BOT, "is_bot": True, "first_name": "Ritual", "username": NAME}))
            case "getChatMemberCount":
                return _told("3")
            case "getMyCommands":
                return _told("[]")
            case _ if method.startswith("send"):
                return _told(json.dumps({"message_id": 1, "date": DATE, "chat": {"id": 1, "type": "private"}}))
            case _:
                return _told("true")

    def _whole_or_cut(self, batch: str) -> web.Response:
        cuts, self.cuts = self.cuts and bool(batch), False
        return _told(f"[{batch[:-9] if cuts else batch + ']'}")

    async def _updates(self, offset: int) -> list[str]:
        self.waiting = [one for one in self.waiting if one[0] >= offset]
        if not self.waiting:
            self.filled.clear()
            self.polled.set()
            await self.filled.wait()
        return [raw for _, raw in self.waiting[:100]]

    async def is_empty(self, seconds: float) -> bool:
        """Whether the bot took in all that waited, within so many seconds."""
        self.polled.clear()
        try:
            await asyncio.wait_for(self.polled.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _told(result: str) -> web.Response:
    return web.Response(text=f'{{"ok":true,"result":{result}}}', content_type="application/json")


@asynccontextmanager
async def door() -> AsyncIterator[Door]:
    found = Door()
    application = web.Application(client_max_size=2**30)
    application.router.add_route("*", "/{path:.*}", found._serve)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield found
    finally:
        found.filled.set()
        await runner.cleanup()
