"""A port on this machine that tells how the program is: /healthz for whoever restarts it, /metrics for Prometheus."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import Misconfigured

HOSTS = ("127.0.0.1", "localhost")
OK, UNAVAILABLE = 200, 503

Answers = Callable[[], Awaitable[tuple[bool, Mapping[str, object]]]]


@asynccontextmanager
async def listening(port: int, healthz: Answers, metrics: Callable[[], Awaitable[bytes]]) -> AsyncIterator[int]:
    """Answer on 127.0.0.1 as long as it lasts, and hand over the port (0 takes a free one); raises Misconfigured."""

    async def health(_: web.Request) -> web.Response:
        is_well, told = await healthz()
        return web.json_response(told, status=OK if is_well else UNAVAILABLE)

    async def numbers(_: web.Request) -> web.Response:
        # Prometheus' text format names its version and its character set (prometheus.io, "Exposition formats").
        form = "text/plain; version=0.0.4; charset=utf-8"
        return web.Response(body=await metrics(), headers={"Content-Type": form})

    app = web.Application(middlewares=[_only_this_machine])
    app.router.add_get("/healthz", health)
    app.router.add_get("/metrics", numbers)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        yield await _port(runner, port)
    finally:
        await runner.cleanup()


async def _port(runner: web.AppRunner, port: int) -> int:
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as taken:
        raise Misconfigured(
            f"Port {port} cannot be listened on ({taken.strerror}). "
            "Give [health] in config.toml another port, or 0 for none."
        ) from taken
    return int(runner.addresses[0][1])


@web.middleware
async def _only_this_machine(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A page elsewhere could have its own name point here (DNS rebinding)."""
    if request.host.rpartition(":")[0] not in HOSTS and request.host not in HOSTS:
        raise web.HTTPForbidden(text="127.0.0.1 only")
    return await handler(request)
