"""Who may ask the playground anything: pages it served itself, on this machine."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

HOSTS = ("127.0.0.1", "localhost")

_HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host: a page elsewhere could have its own name point here (DNS rebinding)."""
    if request.host not in _own_hosts(request):
        raise web.HTTPForbidden(text="127.0.0.1 only")
    return await handler(request)


def is_own_page(request: web.Request) -> bool:
    """Whether a websocket is opened by a page that came from here."""
    return request.headers.get("Origin") in {f"http://{host}" for host in _own_hosts(request)}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load nothing from elsewhere, run nothing inline, and stand in no frame."""
    response.headers.update(_HEADERS)
    # Some browsers do not count a websocket to the same host as 'self'.
    connect = f"connect-src 'self' ws://{request.host}" if request.host in _own_hosts(request) else ""
    rules = [
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
    response.headers["Content-Security-Policy"] = "; ".join([*rules, connect] if connect else rules)


def _own_hosts(request: web.Request) -> set[str]:
    address = request.transport.get_extra_info("sockname") if request.transport else None
    port = address[1] if address else 0
    return {f"{host}:{port}" for host in HOSTS} | (set(HOSTS) if port == 80 else set())
