"""What the doctor finds on the line to Telegram, against servers that answer one odd thing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from adapters import reaching
from adapters.telegram import checking
from bot.findings import Finding, Level

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ME = {"id": 1, "username": "couple_rituals_bot", "can_join_groups": True, "can_read_all_group_messages": False}


@asynccontextmanager
async def telegram(answer: Callable[[str], web.Response]) -> AsyncIterator[str]:
    """A server that answers each method like this; its address."""

    async def told(request: web.Request) -> web.Response:
        return answer(request.path.rpartition("/")[2])

    application = web.Application()
    application.router.add_post("/{any:.*}", told)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


def well(method: str, **results: object) -> web.Response:
    """All is well, but for what *results* says."""
    result = {"getMe": ME, "getWebhookInfo": {"url": "", "pending_update_count": 0}, "getUpdates": [], **results}
    return web.json_response({"ok": True, "result": result[method]})


async def found_at(answer: Callable[[str], web.Response]) -> list[Finding]:
    async with telegram(answer) as address:
        return await checking.check(TOKEN, address, running=False)


@pytest.mark.parametrize(
    ("ahead", "level"), [(-3600, Level.WRONG), (-20, Level.LOOK), (0, Level.FINE), (90, Level.WRONG)]
)
async def test_a_clock_that_is_off(ahead: int, level: Level) -> None:
    """This machine's clock is held against the Date that Telegram sends along."""

    def dated(method: str) -> web.Response:
        response = well(method)
        response.headers["Date"] = format_datetime(datetime.now(UTC) - timedelta(seconds=ahead), usegmt=True)
        return response

    (found,) = [one for one in await found_at(dated) if one.what.startswith("clock: ")]

    assert found.level is level
    assert ("behind" in found.what, "ahead" in found.what) == (ahead < 0, ahead > 0)


def refused(code: int, words: str = "") -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": words}, status=code)


def only_there(where: str, method: str, answer: web.Response) -> web.Response:
    return answer if method == where else well(method)


TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
ODD: dict[str, tuple[Callable[[str], web.Response], str]] = {
    "wrong token": (lambda _: refused(401), "telegram: the token is not accepted"),
    "no such bot": (lambda _: refused(404), "telegram: the token is not accepted"),
    "some other site": (lambda _: web.Response(status=404, text="<html>"), "telegram: no proper answer"),
    "empty": (lambda _: web.Response(), "telegram: it answers something that is no answer"),
    "a list": (lambda _: web.json_response([1]), "telegram: it answers something that is no answer"),
    "odd code": (lambda _: web.json_response({"error_code": "x"}), "telegram: it answers something that is no answer"),
    "odd date": (lambda _: web.json_response({}, headers={"Date": "today"}), "telegram: no proper answer"),
    "slow down": (lambda _: refused(429), "telegram: it answers 429"),
    "down": (lambda _: web.Response(status=503, text="<html>"), "telegram: it answers 503"),
    "down later": (lambda method: well(method) if method == "getMe" else refused(500), "telegram: it answers 500"),
    "no updates": (lambda method: only_there("getUpdates", method, refused(403)), "telegram: it answers 403"),
    "two pollers": (
        lambda method: only_there("getUpdates", method, refused(409, TERMINATED)),
        "telegram: another program takes in",
    ),
}


@pytest.mark.parametrize(("answer", "said"), ODD.values(), ids=ODD)
async def test_odd_answers(answer: Callable[[str], web.Response], said: str) -> None:
    """Each trouble is told apart, has a cure, and is no traceback; the token is in none of them."""
    found = await found_at(answer)

    assert [one.what.startswith(said) for one in found if one.level is Level.WRONG] == [True]
    assert all(one.cure for one in found if one.level is Level.WRONG)
    assert TOKEN not in str(found)


async def test_a_webhook_that_fails() -> None:
    """Its last failure and what waits are told, and no second poller is looked for behind it."""
    asked: list[str] = []

    def hooked(method: str) -> web.Response:
        asked.append(method)
        info = {"url": "https://x", "pending_update_count": 7, "last_error_message": "Connection refused"}
        return well(method, getWebhookInfo=info)

    (found,) = [one for one in await found_at(hooked) if one.level is not Level.FINE]

    assert found.level is Level.LOOK
    assert "(7 wait; the last attempt failed: Connection refused)" in found.what
    assert asked == ["getMe", "getWebhookInfo"]


async def test_lines_that_lead_nowhere() -> None:
    """Nobody there and no TLS are told apart."""
    async with telegram(well) as address:
        nobody = await checking.check(TOKEN, "http://127.0.0.1:9", running=False)
        no_tls = await checking.check(TOKEN, address.replace("http", "https"), running=False)

    assert [one.what for one in nobody] == ["telegram: no connection (refused, or no way there)"]
    assert [one.what for one in no_tls] == ["telegram: no secure connection (TLS)"]


async def test_a_silent_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes the call and says nothing is not waited for without end."""
    # Only how long it waits; whoever asks has no reason to choose that.
    monkeypatch.setattr(reaching, "SECONDS", 0.1)
    done = asyncio.Event()

    async def silence(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(silence, "127.0.0.1", 0) as server:
        found = await checking.check(TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", running=False)
        done.set()

    assert [one.what for one in found] == ["telegram: no answer within 0.1 s"]
