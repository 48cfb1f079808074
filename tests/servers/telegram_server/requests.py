"""How a request carries a method and its parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from telegram_server.calls import Call
from telegram_server.errors import bad_request, unknown_method, unknown_token
from telegram_server.files import Upload
from telegram_server.world import World


async def call_of(world: World, request: web.Request) -> Call:
    """The call in a request to /bot<token>/<method>; parameters may come in four ways, also mixed."""
    token, _, method = request.path.removeprefix("/bot").partition("/")
    if token not in world.bots:
        raise unknown_token()
    if not method:
        raise unknown_method()
    given: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    for name, value in (await _body(request)).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            given[name] = value
    return Call(world.bots[token], method, given, uploads, lambda: _hung_up(request))


async def _body(request: web.Request) -> Mapping[str, Any]:
    if not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        return await request.post()
    try:
        given = json.loads(await request.read() or b"{}")
    except ValueError as problem:
        raise bad_request("can't parse JSON object") from problem
    if not isinstance(given, dict):
        raise bad_request("expected an object in the request")
    return given


def _hung_up(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()
