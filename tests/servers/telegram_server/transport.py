"""The server's HTTP side: a request comes in, an envelope goes out."""

from __future__ import annotations

import asyncio
import inspect
import json
import traceback
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from telegram_server.calls import Call, Method
from telegram_server.errors import ApiError, unknown_method, unknown_token
from telegram_server.faults import HungUp, Refused, Slow, Troubles
from telegram_server.judging import Judge
from telegram_server.pacing import Pacing
from telegram_server.requests import call_of
from telegram_server.world import World

LARGEST_UPLOAD = 60 * 1024 * 1024


@dataclass(slots=True, repr=False)
class Transport:
    """Carries requests to the methods."""

    world: World
    methods: dict[str, Method]
    judge: Judge
    pacing: Pacing
    troubles: Troubles = field(default_factory=Troubles)
    calls: list[Call] = field(default_factory=list)
    remembers: bool = True

    def application(self) -> web.Application:
        """What listens."""
        application = web.Application(client_max_size=LARGEST_UPLOAD)
        application.router.add_route("*", "/file/bot{token}/{path:.+}", self.download)
        application.router.add_route("*", "/bot{rest:.+}", self.serve)
        return application

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        try:
            call = await call_of(self.world, request)
        except ApiError as error:
            return _refusal(error)
        except ConnectionResetError:
            return web.Response()  # The caller died in the middle of a sentence, and nobody reads this.
        if self.remembers:
            self.calls.append(call)
        return await self._answered(request, call)

    async def _answered(self, request: web.Request, call: Call) -> web.StreamResponse:
        match self.troubles.next(call):
            case None:
                return await self._outcome(call)
            case Refused(error, as_page):
                return _page(error) if as_page else _refusal(error)
            case Slow(seconds):
                answer = await self._outcome(call)
                await asyncio.sleep(seconds)
                return answer
            case HungUp(carried_out):
                answer = await self._outcome(call) if carried_out else web.Response()
                if request.transport is not None:
                    request.transport.abort()
                return answer

    async def _outcome(self, call: Call) -> web.Response:
        try:
            answer = json.dumps({"ok": True, "result": await self.carry_out(call)})
            return web.Response(text=self.troubles.garble(answer), content_type="application/json")
        except ApiError as error:
            return _refusal(error)
        except Exception as error:
            self.judge.blame(f"{call.method} broke the test server: {error!r}")
            traceback.print_exc()
            return _refusal(ApiError(500, f"Internal Server Error: {error!r}"))

    async def carry_out(self, call: Call) -> Any:
        """Do what the method does, judged before and after."""
        method = self.methods.get(call.method.lower())
        if method is None:
            raise unknown_method()
        if self.world.limits.latency and call.method.lower() != "getupdates":
            await asyncio.sleep(self.world.limits.latency)
        self.judge.judge_call(call)
        self.pacing.check(call)
        result = method(self.world, call)
        if inspect.isawaitable(result):
            result = await result
        self.judge.judge_result(call, result)
        return result

    async def download(self, request: web.Request) -> web.Response:
        """Hand out a file to a bot that asked for it with getFile not long ago."""
        bot = self.world.bots.get(request.match_info["token"])
        if bot is None:
            return _refusal(unknown_token())
        file = self.world.offered.get((bot.id, request.match_info["path"]))
        if file is None or self.world.clock.now() - file[1] > self.world.limits.file_link_lives:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=file[0].content, content_type="application/octet-stream")


def _refusal(error: ApiError) -> web.Response:
    return web.json_response(error.shape(), status=error.code)


def _page(error: ApiError) -> web.Response:
    title = f"{error.code} {error.description}"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return web.Response(text=page, status=error.code, content_type="text/html")
