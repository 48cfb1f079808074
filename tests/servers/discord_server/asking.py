"""A request as the routes see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from discord_server.errors import ApiError, Wrong, invalid_form, unauthorized
from discord_server.limits import LARGEST_REQUEST

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.world import World


@dataclass(frozen=True, slots=True)
class Upload:
    """A file beside the JSON."""

    filename: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back."""

    body: Any = None
    status: int = 200


NOTHING_TO_SAY = Answer(None, 204)


@dataclass(slots=True, eq=False, kw_only=True)
class Asked:
    """One request: the route's own template, what stands in its place, and what was sent along."""

    method: str
    route: str
    named: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    uploads: Mapping[str, Upload]
    by: Bot | None
    at: float

    @property
    def bot(self) -> Bot:
        """Who asks; raises 401 for a token that nobody has."""
        if self.by is None:
            raise unauthorized()
        return self.by

    @property
    def key(self) -> str:
        """The route with its method, such as "GET /users/@me"."""
        return f"{self.method} {self.route}"

    @property
    def given(self) -> dict[str, Any]:
        """The body, where it is an object."""
        return self.body if isinstance(self.body, dict) else {}

    def number(self, name: str) -> int:
        """An id in the path; raises 400 for what is none."""
        written = self.named[name]
        if not written.isdecimal():
            raise invalid_form([Wrong((name,), f'Value "{written}" is not snowflake.', "NUMBER_TYPE_COERCE")])
        return int(written)

    def asked_for(self, name: str) -> int:
        """A number behind the question mark; 0 where there is none."""
        written = self.query.get(name, "0")
        if not written.isdecimal():
            raise invalid_form([Wrong((name,), f'Value "{written}" is not int.', "NUMBER_TYPE_COERCE")])
        return int(written)


async def asked_in(world: World, request: web.Request, route: str) -> Asked:
    """What somebody asks; raises 400 for a body that cannot be read."""
    body, uploads = await _body(request)
    token = request.headers.get("Authorization", "").removeprefix("Bot ")
    return Asked(
        method=request.method,
        route=route,
        named=dict(request.match_info),
        query=dict(request.query),
        body=body,
        uploads=uploads,
        by=world.bots.get(token),
        at=world.clock.now(),
    )


async def _body(request: web.Request) -> tuple[Any, dict[str, Upload]]:
    if not request.can_read_body:
        return None, {}
    if request.content_type == "application/json":
        return _read(await request.read()), {}
    if request.content_type != "multipart/form-data":
        raise ApiError(400, 50109, "The request body contains invalid JSON.")
    form = await request.post()
    uploads = {
        name: Upload(one.filename, one.content_type, one.file.read())
        for name, one in form.items()
        if isinstance(one, web.FileField)
    }
    if sum(len(one.content) for one in uploads.values()) > LARGEST_REQUEST:
        raise ApiError(413, 40005, "Request entity too large")
    return _read(form.get("payload_json", "null")), uploads


def _read(written: Any) -> Any:
    try:
        return json.loads(written or b"null")
    except ValueError as problem:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from problem
