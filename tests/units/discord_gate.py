"""A stand-in for Discord's gateway and for what a bot asks when it comes; no rules of Discord's, only its words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from discord_payloads import CHANNEL, GUILD, ME, Payload, user

HELLO, DISPATCH, RECONNECT = 10, 0, 7
IDENTIFY, RESUME = 2, 6
EVERYTHING = (1 << 50) - 1


@dataclass(slots=True, eq=False)
class Gate:
    """Notes who comes in and what is asked; *refuses* is the close code for whoever comes."""

    url: str = ""
    knows_token: bool = True
    refuses: int = 0
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    greetings: list[Payload] = field(default_factory=list)
    history: list[Payload] = field(default_factory=list)
    told: list[Payload] = field(default_factory=list)
    line: web.WebSocketResponse | None = None
    runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        return f"http://{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://{self.url}/gateway/"

    def greeted(self, op: int) -> list[Payload]:
        return [one["d"] for one in self.greetings if one["op"] == op]

    def calls(self, method: str, path: str) -> list[Any]:
        return [body for called, where, body in self.asked if (called, where) == (method, path)]

    @property
    def received(self) -> list[str]:
        """The messages that bear a mark of ours since."""
        return [path.split("/")[3] for method, path, _ in self.asked if method == "PUT" and "/reactions/" in path]

    async def tell(self, kind: str, told: Payload) -> None:
        """Dispatch an event; one that nobody hears is told to whoever resumes."""
        event = {"op": DISPATCH, "t": kind, "s": len(self.told) + 1, "d": told}
        self.told.append(event)
        if self.line is not None and not self.line.closed:
            await self.line.send_str(json.dumps(event))

    async def drop(self) -> None:
        """The connection breaks."""
        assert self.line is not None
        await self.line.close(code=4000)

    async def begin(self, port: int = 0) -> None:
        application = web.Application()
        application.router.add_get("/gateway/", self._connect)
        application.router.add_route("*", "/api/v10/{path:.*}", self._answer)
        self.runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.url = f"127.0.0.1:{self.runner.addresses[0][1]}"

    async def end(self) -> None:
        """Nobody is at home any more."""
        if self.line is not None:
            await self.line.close()
        if self.runner is not None:
            await self.runner.cleanup()

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"op": HELLO, "d": {"heartbeat_interval": 60_000}})
        async for heard in line:
            if heard.type is not WSMsgType.TEXT:
                continue
            greeting = json.loads(heard.data)
            if greeting["op"] in (IDENTIFY, RESUME):
                self.greetings.append(greeting)
                await self._let_in(line, greeting)
        return line

    async def _let_in(self, line: web.WebSocketResponse, greeting: Payload) -> None:
        if self.refuses:
            await line.close(code=self.refuses)
            return
        self.line = line
        if greeting["op"] == RESUME:
            for event in self.told[greeting["d"]["seq"] :]:
                await line.send_str(json.dumps(event))
            await self.tell("RESUMED", {})
            return
        self.told = []
        ready = {
            "user": user(ME, "rituals", bot=True),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "one",
            "resume_gateway_url": self.gateway_url,
            "application": {"id": "901", "flags": 0},
        }
        await self.tell("READY", ready)
        await self.tell("GUILD_CREATE", server(self.history))

    async def _answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.method, path, body))
        if not self.knows_token:
            return _json({"code": 0, "message": "401: Unauthorized"}, 401)
        if path == "oauth2/applications/@me":
            return _json(APPLICATION)
        if path == f"channels/{CHANNEL}/messages" and request.method == "GET":
            return _json(self.history[::-1])
        if path.endswith("/commands"):
            return _json([])
        if path.startswith("guilds/"):
            return _json({"id": path.split("/")[1], "approximate_member_count": 3})
        return _json(user(ME, "rituals", bot=True))

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait for something that will be so in a moment."""
        for _ in range(1000):
            if is_so():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it never came")


APPLICATION = {
    "id": "901",
    "name": "rituals",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "k",
    "flags": 0,
    "owner": user(1, "host"),
}


def server(history: list[Payload]) -> Payload:
    """A server with one channel, whose newest message is known."""
    newest = history[-1]["id"] if history else None
    everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str(EVERYTHING)}
    channel = {"id": str(CHANNEL), "type": 0, "name": "us", "position": 0, "last_message_id": newest}
    itself = {"user": user(ME, "rituals", bot=True), "roles": [], "flags": 0}
    return {
        "id": str(GUILD),
        "name": "Us",
        "unavailable": False,
        "member_count": 3,
        "roles": [everyone],
        "channels": [channel],
        "members": [itself],
    }


def _json(told: Any, status: int = 200) -> web.Response:
    # The library reads JSON only where the header says nothing more.
    return web.Response(body=json.dumps(told).encode(), status=status, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def gate() -> AsyncIterator[Gate]:
    found = Gate()
    await found.begin()
    try:
        yield found
    finally:
        await found.end()
