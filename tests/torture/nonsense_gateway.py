"""A gateway of Discord's that passes on whatever it is given, and an API that is content with everything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from nonsense import written
from nonsense_discord import CHANNEL, GUILD, ME

HELLO, IDENTIFY, RESUME = 10, 2, 6
COMES_WITHIN = 20.0
EVERYTHING = str((1 << 50) - 1)


@dataclass(slots=True, eq=False)
class Gateway:
    """Lets the bot in, and keeps count of how often it came."""

    where: str = ""
    greetings: list[int] = field(default_factory=list)
    number: int = 0
    line: web.WebSocketResponse | None = None

    @property
    def urls(self) -> dict[str, str]:
        return {"api_url": f"http://{self.where}/api/v10", "gateway_url": f"ws://{self.where}/gateway/"}

    async def tell(self, kind: Any, told: Any) -> None:
        """Dispatch an event."""
        self.number += 1
        await self.say(written({"op": 0, "t": kind, "s": self.number, "d": told}))

    async def tell_all(self, events: Iterable[tuple[str, Any]]) -> None:
        """Dispatch several events."""
        for kind, told in events:
            await self.tell(kind, told)

    async def say(self, frame: str | bytes) -> None:
        """Send a frame as it is, to whoever is there."""
        assert await self.until(lambda: self.line is not None and not self.line.closed, COMES_WITHIN), "nobody came"
        assert self.line is not None
        await (self.line.send_str(frame) if isinstance(frame, str) else self.line.send_bytes(frame))

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(compress=False, timeout=0.2)
        await line.prepare(request)
        await line.send_json({"op": HELLO, "d": {"heartbeat_interval": 60_000}})
        async for heard in line:
            greeting = json.loads(heard.data) if heard.type is WSMsgType.TEXT else {}
            if greeting.get("op") in (IDENTIFY, RESUME):
                self.greetings.append(greeting["op"])
                self.line = line
                await (self._begin() if greeting["op"] == IDENTIFY else self.tell("RESUMED", {}))
        return line

    async def _begin(self) -> None:
        ready = {"user": itself(), "guilds": [{"id": str(GUILD), "unavailable": True}], "session_id": "one"}
        await self.tell("READY", ready | {"resume_gateway_url": "ws://x/", "application": {"id": "901", "flags": 0}})
        everyone = {"id": str(GUILD), "name": "@everyone", "permissions": EVERYTHING}
        channel = {"id": str(CHANNEL), "type": 0, "name": "us", "position": 0}
        guild = {"id": str(GUILD), "name": "Us", "unavailable": False, "member_count": 3, "roles": [everyone]}
        await self.tell("GUILD_CREATE", guild | {"channels": [channel], "members": [{"user": itself(), "roles": []}]})

    async def _answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if path == "oauth2/applications/@me":
            application = {"name": "r", "description": "", "bot_public": True, "bot_require_code_grant": False}
            return _json(application | {"id": "901", "icon": None, "verify_key": "k", "flags": 0, "owner": itself()})
        if path.endswith("/commands") or (path.endswith("/messages") and request.method == "GET"):
            return _json([])
        if path.startswith("guilds/"):
            return _json({"id": path.split("/")[1], "approximate_member_count": 3})
        if path.startswith("channels/") and request.method == "GET":
            return _json({"id": path.split("/")[1], "type": 1, "recipients": [itself() | {"id": "101", "bot": False}]})
        return _json(itself())

    async def until(self, is_so: Callable[[], object], seconds: float) -> bool:
        """Wait for something that will be so in a moment; tells whether it was."""
        ends = asyncio.get_running_loop().time() + seconds
        while not is_so():
            if asyncio.get_running_loop().time() > ends:
                return False
            await asyncio.sleep(0.002)
        return True


def itself() -> dict[str, Any]:
    return {"id": str(ME), "username": "rituals", "discriminator": "0", "avatar": None, "bot": True}


def _json(told: Any) -> web.Response:
    # The library reads JSON only where the header says nothing more.
    return web.Response(body=json.dumps(told).encode(), headers={"Content-Type": "application/json"})


@asynccontextmanager
async def gateway() -> AsyncIterator[Gateway]:
    found = Gateway()
    application = web.Application()
    application.router.add_get("/gateway/", found._connect)
    application.router.add_route("*", "/api/v10/{path:.*}", found._answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found.where = f"127.0.0.1:{runner.addresses[0][1]}"
        yield found
    finally:
        if found.line is not None:
            await found.line.close()
        await runner.cleanup()
