"""What the doctor finds on the line to Discord, against servers that answer one odd thing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from adapters.discord import checking
from adapters.discord.announcing import wanted_command
from adapters.discord.places import PERMISSIONS, SEND_IN_THREADS, SEND_MESSAGES, VIEW_CHANNEL
from bot.commands import COMMANDS
from bot.findings import Finding, Level
from bot.turn import Repertoire

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"
NOBODY = "ws://127.0.0.1:9"
HELLO = {"op": 10, "d": {"heartbeat_interval": 41250}}
LATER = (datetime.now(UTC) + timedelta(days=1)).isoformat()

Answer = Callable[[web.Request], web.StreamResponse]
THE_ROLE = {"id": "2", "permissions": str(PERMISSIONS)}
MEMBER: dict[str, Any] = {"roles": ["2"], "communication_disabled_until": None}
CHANNEL: dict[str, Any] = {"id": "3", "guild_id": "1", "name": "general", "permission_overwrites": []}
THREAD = {**CHANNEL, "id": "4", "name": "Ours", "parent_id": "3", "thread_metadata": {"locked": False}}
APPLICATION: dict[str, Any] = {"id": "9", "name": "Couple Rituals", "bot": {"username": "Couple Rituals"}, "flags": 0}
WELL: dict[str, Any] = {
    "/users/@me": {"id": "9"},
    "/applications/@me": APPLICATION,
    "/gateway/bot": {"url": "", "session_start_limit": {"remaining": 1000}},
    "/users/@me/guilds": [{"id": "1"}],
    "/channels/3": CHANNEL,
    "/channels/4": THREAD,
    "/guilds/1/members/9": MEMBER,
    "/guilds/1/roles": [{"id": "1", "permissions": "0"}, THE_ROLE],
}


class Doctored:
    """A look at a Discord where all is well, but for what a test changes."""

    def __init__(self, known: Repertoire) -> None:
        self.words = known.words
        self.tells = {**WELL, "/applications/9/commands": [wanted_command(one, known.words) for one in COMMANDS]}
        self.instead: dict[str, Answer] = {}
        self.hello: Any = HELLO
        self.asked: list[web.Request] = []

    async def finds(self, *, gateway_url: str = "") -> list[Finding]:
        async with self._running() as address:
            here = address.replace("http", "ws") + "/socket"
            return await checking.check(TOKEN, address, self.words, ["3", "4"], gateway_url=gateway_url or here)

    async def finds_amiss(self, *, gateway_url: str = "") -> list[Finding]:
        return [one for one in await self.finds(gateway_url=gateway_url) if one.level is not Level.FINE]

    async def _told(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if request.path in self.instead:
            return self.instead[request.path](request)
        return web.json_response(self.tells[request.path])

    async def _greets(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.hello is not None:
            await socket.send_json(self.hello)
        await socket.close()
        return socket

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[str]:
        application = web.Application()
        application.router.add_get("/socket", self._greets)
        application.router.add_get("/{any:.*}", self._told)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


@pytest.fixture
def doctored(known: Repertoire) -> Doctored:
    return Doctored(known)


async def test_all_is_well(doctored: Doctored) -> None:
    """Nothing is amiss; each question says who asks, as Discord wants it."""
    found = await doctored.finds()

    assert {one.level for one in found} == {Level.FINE}
    assert f"discord: its {len(COMMANDS)} commands are registered" in [one.what for one in found]
    assert {one.headers["Authorization"] for one in doctored.asked} == {f"Bot {TOKEN}"}
    assert all(one.headers["User-Agent"].startswith("DiscordBot (https://") for one in doctored.asked)


async def test_a_right_beside_what_it_needs(doctored: Doctored) -> None:
    """Whether times become events is said, and its absence is nothing amiss."""
    without = [one.what for one in await doctored.finds() if "events" in one.what]
    role = {**THE_ROLE, "permissions": str(PERMISSIONS | 1 << 44)}
    doctored.tells["/guilds/1/roles"] = [{"id": "1", "permissions": "0"}, role]
    found = [one for one in await doctored.finds() if "among the server's events" in one.what]

    assert without == []
    assert {one.level for one in found} == {Level.FINE}
    assert len(found) == 2


def answers(status: int, body: object) -> Answer:
    return lambda _: web.json_response(body, status=status)


def says(status: int, text: str) -> Answer:
    return lambda _: web.Response(status=status, text=text)


NO_ANSWER = "discord: it answers something that is no answer"
ODD: dict[str, tuple[str, Answer, str]] = {
    "wrong token": ("/users/@me", answers(401, {"code": 0}), "discord: the token is not accepted"),
    "some other site": ("/users/@me", says(404, "<html>"), "discord: no proper answer"),
    "nothing there": ("/applications/@me", answers(404, {}), "discord: it answers 404"),
    "forbidden": ("/guilds/1/roles", answers(403, {}), "discord: it answers 403"),
    "empty": ("/applications/@me", says(200, ""), NO_ANSWER),
    "a list": ("/applications/@me", answers(200, [1]), NO_ANSWER),
    "a sentence": ("/applications/@me", answers(200, "hello"), NO_ANSWER),
    "odd id": ("/applications/@me", answers(200, {"id": "me"}), NO_ANSWER),
    "odd bot": ("/applications/@me", answers(200, {"id": "1", "bot": "me"}), NO_ANSWER),
    "odd flags": ("/applications/@me", answers(200, {"id": "1", "flags": [1]}), NO_ANSWER),
    "odd limit": ("/gateway/bot", answers(200, {"session_start_limit": 5}), NO_ANSWER),
    "odd commands": ("/applications/9/commands", answers(200, [5]), NO_ANSWER),
    "no servers": ("/users/@me/guilds", answers(200, None), NO_ANSWER),
    "no server's channel": ("/channels/3", answers(200, {"id": "3", "type": 1}), NO_ANSWER),
    "odd roles": ("/guilds/1/roles", answers(200, ["2"]), NO_ANSWER),
    "slow down": ("/users/@me", answers(429, {"retry_after": 3}), "discord: it asks to slow down (429)"),
    "turned away": ("/users/@me", says(429, "error code: 1015"), "discord: it asks to slow down (429)"),
    "down": ("/users/@me", says(503, "<html>"), "discord: it answers 503"),
    "down later": ("/users/@me/guilds", says(500, ""), "discord: it answers 500"),
}


@pytest.mark.parametrize(("path", "answer", "said"), ODD.values(), ids=ODD)
async def test_odd_answers(doctored: Doctored, path: str, answer: Answer, said: str) -> None:
    """Each trouble is told apart, has a cure, and is no traceback; the token is in none of them."""
    doctored.instead[path] = answer
    found = await doctored.finds_amiss()

    assert [(one.level, one.what.startswith(said)) for one in found] == [(Level.WRONG, True)]
    assert found[0].cure
    assert TOKEN not in str(found)


@pytest.mark.parametrize(("ahead", "level"), [(-3600, Level.WRONG), (20, Level.LOOK), (0, Level.FINE)])
async def test_a_clock_that_is_off(doctored: Doctored, ahead: int, level: Level) -> None:
    """This machine's clock is held against the Date that Discord sends along."""
    dated = {"Date": format_datetime(datetime.now(UTC) - timedelta(seconds=ahead), usegmt=True)}
    doctored.instead["/users/@me"] = lambda _: web.json_response({}, headers=dated)
    (found,) = [one for one in await doctored.finds() if one.what.startswith("clock: ")]

    assert found.level is level


async def test_presses_that_go_elsewhere(doctored: Doctored) -> None:
    """An application may send commands and presses to an address of its own; then the bot hears none."""
    doctored.tells["/applications/@me"] = {**APPLICATION, "interactions_endpoint_url": "https://example.org"}
    (found,) = await doctored.finds_amiss()

    assert found.level is Level.WRONG
    assert "https://discord.com/developers/applications/9/information" in found.cure


async def test_few_starts_are_left(doctored: Doctored) -> None:
    """Whoever connects anew again and again is told before Discord ends it."""
    doctored.tells["/gateway/bot"] = {"url": "", "session_start_limit": {"remaining": 7}}
    (found,) = await doctored.finds_amiss()

    assert found.level is Level.LOOK
    assert "only 7 times more today" in found.what


@pytest.mark.parametrize("hello", [None, [], {"op": 10, "d": None}, {"op": 0}])
async def test_a_gateway_that_is_none(doctored: Doctored, hello: object) -> None:
    """Whatever takes the call and does not greet as Discord does is no gateway."""
    doctored.hello = hello
    (found,) = await doctored.finds_amiss()

    assert found.level is Level.WRONG
    assert found.what.startswith("discord: the gateway: ")


async def test_nobody_at_the_gateway(doctored: Doctored) -> None:
    """The API may be reached where the gateway is not; what is wrong beside it is said all the same."""
    doctored.tells["/channels/4"] = {**THREAD, "thread_metadata": {"locked": True}}
    gateway, thread = await doctored.finds_amiss(gateway_url=NOBODY)

    assert gateway.what == "discord: the gateway: no connection (refused, or no way there)"
    assert "gateway_url" in gateway.cure
    assert thread.what == "discord: in #Ours it may not write, as the thread is locked"


async def test_a_timeout(doctored: Doctored) -> None:
    """A bot that a server silenced has its rights and can use none of them; one that is over counts no more."""
    doctored.tells["/guilds/1/members/9"] = {**MEMBER, "communication_disabled_until": LATER}
    silenced = await doctored.finds_amiss()
    doctored.tells["/guilds/1/members/9"] = {**MEMBER, "communication_disabled_until": "2026-01-01T00:00:00+00:00"}
    over = await doctored.finds_amiss()

    assert [one.level for one in silenced] == [Level.WRONG, Level.WRONG]
    assert "Remove Timeout" in silenced[0].cure
    assert over == []


async def test_many_servers(doctored: Doctored) -> None:
    """Discord lists two hundred at once, so more are not counted."""
    counted = {}
    for count in (0, 1, 2, 200):
        doctored.tells["/users/@me/guilds"] = [{"id": str(number)} for number in range(count)]
        counted[count] = {one.what.partition("discord: it is in ")[2] for one in await doctored.finds()} - {""}

    assert counted == {0: {"no server yet"}, 1: {"1 server"}, 2: {"2 servers"}, 200: {"200 servers or more"}}


def overwrite(of: str, *, allow: int = 0, deny: int = 0) -> dict[str, str]:
    return {"id": of, "allow": str(allow), "deny": str(deny)}


ALL_FINE: dict[str, Level] = {}
RULES: dict[str, tuple[int, list[dict[str, str]], dict[str, Level]]] = {
    "the channel takes from all, and gives back to the role": (
        PERMISSIONS,
        [overwrite("1", deny=SEND_MESSAGES), overwrite("2", allow=SEND_MESSAGES)],
        ALL_FINE,
    ),
    "what is said about the bot alone comes last": (
        PERMISSIONS,
        [overwrite("9", deny=SEND_MESSAGES), overwrite("2", allow=SEND_MESSAGES)],
        {"in #general it may not write": Level.WRONG},
    ),
    "in a thread only the right to write in threads counts": (
        PERMISSIONS & ~SEND_IN_THREADS,
        [],
        {"in #general it may not write in threads": Level.LOOK, "in #Ours it may not write in threads": Level.WRONG},
    ),
    "other people's rules are theirs": (PERMISSIONS, [overwrite("8", deny=PERMISSIONS)], ALL_FINE),
    "who tends everything may do everything": (1 << 3, [overwrite("9", deny=PERMISSIONS)], ALL_FINE),
    "who does not see it has no right in it": (
        PERMISSIONS,
        [overwrite("1", deny=VIEW_CHANNEL)],
        {f"in #{name} it may not see the channel": Level.WRONG for name in ("general", "Ours")},
    ),
}


@pytest.mark.parametrize(("role", "overwrites", "amiss"), RULES.values(), ids=RULES)
async def test_how_rights_are_counted(
    doctored: Doctored, role: int, overwrites: list[dict[str, str]], amiss: dict[str, Level]
) -> None:
    """Roles first, then what the channel says of all, of roles and of the bot; a thread goes by its channel."""
    doctored.tells["/guilds/1/roles"] = [{"id": "1", "permissions": "0"}, {**THE_ROLE, "permissions": str(role)}]
    doctored.tells["/channels/3"] = {**CHANNEL, "permission_overwrites": overwrites}
    found = await doctored.finds_amiss()

    assert {one.what.removeprefix("discord: "): one.level for one in found} == amiss
