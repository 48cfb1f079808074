"""The server's HTTP side: a request comes in, an answer goes out."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from discord_server.asking import Answer, Asked, asked_in
from discord_server.errors import ApiError, not_found, unauthorized
from discord_server.faults import HungUp, Lost, Refused, Slow, Troubles
from discord_server.gateway import Gateway
from discord_server.judging import Judge
from discord_server.pacing import Pacing
from discord_server.routes import OPEN, ROUTES, Route
from discord_server.world import World

PREFIX = "/api/v10"
LARGEST = 60 * 1024 * 1024
ANYWHERE = "/{path:.*}"


@dataclass(slots=True, repr=False)
class Transport:
    """Carries requests to the routes."""

    world: World
    gateway: Gateway
    judge: Judge
    pacing: Pacing
    troubles: Troubles = field(default_factory=Troubles)
    asked: list[Asked] = field(default_factory=list)
    remembers: bool = True
    is_down: bool = False
    """While it is, every request finds nobody."""

    def application(self) -> web.Application:
        """What listens."""
        application = web.Application(client_max_size=LARGEST)
        application.router.add_get("/gateway", self.gateway.serve)
        application.router.add_get("/attachments/{channel}/{number}/{filename}", self.download)
        for key, route in ROUTES.items():
            method, template = key.split(" ")
            application.router.add_route(method, PREFIX + template, self._serving(template, route))
        application.router.add_route("*", ANYWHERE, self.refuse)
        return application

    def _serving(self, template: str, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            if self.is_down:
                return _hung_up(request)
            self.world.under_way += 1
            try:
                return await self._answered(request, template, route)
            except ConnectionResetError:
                return web.Response()  # The caller died in the middle of a sentence, and nobody reads this.
            finally:
                self.world.under_way -= 1

        return serve

    async def refuse(self, request: web.Request) -> web.StreamResponse:
        """There is no such route."""
        self.judge.blame(f"there is no route {request.method} {request.path}")
        return _refusal(not_found())

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Hand out a file."""
        file = self.world.files.get(int(request.match_info["number"]))
        if file is None or file.filename != request.match_info["filename"]:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.content_type)

    async def _answered(self, request: web.Request, template: str, route: Route) -> web.StreamResponse:
        try:
            asked = await asked_in(self.world, request, template)
        except ApiError as error:
            return _refusal(error)
        if self.remembers:
            self.asked.append(asked)
        match self.troubles.next(asked):
            case None:
                return await self._outcome(asked, route)
            case Refused(error, as_page):
                return _page(error) if as_page else _refusal(error)
            case Lost(error):
                await self._outcome(asked, route)
                return _refusal(error)
            case Slow(seconds):
                answer = await self._outcome(asked, route)
                await asyncio.sleep(seconds)
                return answer
            case HungUp(carried_out):
                if carried_out:
                    await self._outcome(asked, route)
                return _hung_up(request)

    async def _outcome(self, asked: Asked, route: Route) -> web.Response:
        if self.world.limits.latency:
            await asyncio.sleep(self.world.limits.latency)
        headers: dict[str, str] = {}
        try:
            if asked.by is None and asked.route not in OPEN:
                raise unauthorized()
            headers = self.pacing.check(asked)
            return _shown(self._carry_out(asked, route), headers)
        except ApiError as error:
            return _refusal(error, headers)
        except Exception as error:
            self.judge.blame(f"{asked.key} broke the test server: {error!r}")
            traceback.print_exc()
            return _refusal(ApiError(500, 0, f"500: Internal Server Error: {error!r}"))

    def _carry_out(self, asked: Asked, route: Route) -> Answer:
        self.judge.judge_request(asked.method, asked.route, asked.body, asked.query)
        answer = route(self.world, asked)
        self.judge.judge_response(asked.method, asked.route, answer.status, answer.body)
        return answer


def _shown(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.status == 204:
        return web.Response(status=204, headers=headers)
    return _json(answer.body, answer.status, headers)


def _refusal(error: ApiError, headers: dict[str, str] | None = None) -> web.Response:
    return _json(error.shape(), error.status, {**(headers or {}), **error.headers})


def _json(body: object, status: int, headers: dict[str, str]) -> web.Response:
    # Discord names no charset, and its library reads only what is named exactly so.
    typed = {**headers, "Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=typed)


def _page(error: ApiError) -> web.Response:
    page = f"<html><head><title>{error.status}</title></head><body><h1>{error.words}</h1></body></html>"
    return web.Response(text=page, status=error.status, content_type="text/html")


def _hung_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
