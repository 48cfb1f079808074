"""How updates wait, are handed out, confirmed and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram_server import Limits
from telegram_server.caller import Stage, staged
from telegram_server.errors import ApiError
from telegram_server.transcript import Confirmed, HandedOut

Told = dict[str, Any]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(limits=Limits(webhook_first_delay=0.01)) as made:
        yield made


def texts(updates: list[Told]) -> list[str]:
    return [one["message"]["text"] for one in updates]


async def test_updates_stay_until_confirmed(stage: Stage) -> None:
    """What was handed out comes again until a higher offset confirms it; numbers only grow."""
    for word in ("one", "two", "three"):
        stage.ann.writes(word)
    call = stage.caller.call
    first = await call("getUpdates", limit=2)
    again = await call("getUpdates")
    rest = await call("getUpdates", offset=first[-1]["update_id"] + 1)

    assert (texts(first), texts(again), texts(rest)) == (["one", "two"], ["one", "two", "three"], ["three"])
    numbers = [one["update_id"] for one in again]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    noted = [(type(one), one.update) for one in stage.server.transcript if isinstance(one, HandedOut | Confirmed)]
    assert noted[-8:] == [
        *((HandedOut, one) for one in numbers[:2]),
        *((HandedOut, one) for one in numbers),
        *((Confirmed, one) for one in numbers[:2]),
        (HandedOut, numbers[2]),
    ]


async def test_negative_offset_keeps_the_newest(stage: Stage) -> None:
    """An offset below nothing forgets all but the last ones."""
    for word in ("one", "two", "three"):
        stage.ann.writes(word)
    got = await stage.caller.call("getUpdates", offset=-1)

    assert texts(got) == ["three"]
    assert texts(await stage.caller.call("getUpdates")) == ["three"]


async def test_a_poll_waits(stage: Stage) -> None:
    """A poll with a timeout comes back as soon as something happens, and empty when nothing does."""
    waiting = asyncio.create_task(stage.caller.updates(timeout=5))
    await stage.server.until(stage.server.is_polled)
    stage.ann.writes("hello")

    assert texts(await waiting) == ["hello"]
    assert await stage.caller.updates(timeout=0) == []


async def test_who_has_hung_up_is_given_nothing(stage: Stage) -> None:
    """A poller that was killed while it waited does not count as having been given anything."""
    url = f"{stage.server.url}/bot{stage.bot.token}/getUpdates?timeout=5"
    with pytest.raises(TimeoutError):
        await stage.caller.http.get(url, timeout=aiohttp.ClientTimeout(total=0.1))
    await asyncio.sleep(0.05)  # The server's end of the line has to notice.
    handed_out = len(stage.server.transcript)
    stage.ann.writes("hello")
    await asyncio.sleep(0.05)

    assert not any(isinstance(one, HandedOut) for one in stage.server.transcript[handed_out:])


async def test_allowed_updates_apply_when_something_happens(stage: Stage) -> None:
    """The list is remembered, holds for what comes and not for what already waits; without one, some are kept back."""
    stage.group.promotes(stage.bot)
    stage.ben.reacts(stage.ann.writes("hello", stage.group), "❤")
    default = await stage.caller.updates(allowed_updates=["message", "message_reaction"])
    stage.ben.reacts(stage.ann.writes("again", stage.group), "❤")
    stage.group.demotes(stage.bot)
    named = await stage.caller.updates()

    assert [list(one)[1] for one in default] == ["my_chat_member", "message"]
    assert [list(one)[1] for one in named] == ["message", "message_reaction"]


@pytest.mark.parametrize(("passed", "left"), [(149, ["message", "callback_query"]), (151, ["message"]), (86_401, [])])
async def test_updates_expire(stage: Stage, passed: float, left: list[str]) -> None:
    """A press is forgotten after 150 seconds, a message after a day."""
    markup = {"inline_keyboard": [[{"text": "Good", "callback_data": "g"}]]}
    await stage.caller.call("sendMessage", chat_id=stage.group.id, text="How?", reply_markup=markup)
    stage.ann.writes("hello")
    stage.ann.taps("Good", stage.group)
    stage.server.clock.forward(passed)

    assert [list(one)[1] for one in await stage.caller.updates()] == left


async def test_injected_updates_come_as_they_are(stage: Stage) -> None:
    """An update that nobody can parse waits among the others."""
    stage.server.inject({"message": {"message_id": "not a number"}})
    stage.ann.writes("hello")
    bad, good = await stage.caller.updates()

    assert bad["message"] == {"message_id": "not a number"}
    assert good["update_id"] == bad["update_id"] + 1


@asynccontextmanager
async def hooked(stage: Stage, answers: list[web.Response], **options: Any) -> AsyncIterator[list[Told]]:
    """A webhook that answers so, then well, and remembers what it got."""
    got: list[Told] = []

    async def hook(request: web.Request) -> web.Response:
        got.append(await request.json())
        return answers.pop(0) if answers else web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await stage.caller.call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", **options)
    try:
        yield got
        await stage.caller.call("deleteWebhook")
    finally:
        await runner.cleanup()


async def test_a_webhook_tries_again(stage: Stage) -> None:
    """What the bot did not take comes again, and what is behind it in the same chat waits; other chats do not."""
    async with hooked(stage, [web.Response(status=500), web.Response(status=500)]) as got:
        stage.ann.writes("one")
        stage.ann.writes("two")
        await stage.server.until(lambda: len(got) == 4)
        info = await stage.caller.call("getWebhookInfo")
        with pytest.raises(ApiError, match="webhook is active"):
            await stage.caller.updates()

    assert texts(got) == ["one", "one", "one", "two"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 0


async def test_one_stuck_chat_holds_up_no_other(stage: Stage) -> None:
    """While one chat's message is refused, another chat's goes through."""
    async with hooked(stage, [web.Response(status=500)] * 2) as got:
        stage.ann.writes("refused")
        await stage.server.until(lambda: got)
        stage.server.world.limits = Limits(webhook_first_delay=60)
        stage.ben.writes("goes through")
        await stage.server.until(lambda: "goes through" in texts(got))

    assert texts(got).count("goes through") >= 1


async def test_a_webhook_may_answer_with_a_method(stage: Stage) -> None:
    """The method in the answer's body is carried out."""
    stage.ann.starts()
    await stage.caller.updates()
    reply = web.json_response({"method": "sendMessage", "chat_id": stage.ann.id, "text": "by the way"})
    async with hooked(stage, [reply]):
        stage.ann.writes("hello")
        await stage.server.until(lambda: stage.ann.screen()[-1].text == "by the way")

    assert stage.server.transcript.posts("Couple Rituals")[-1].text == "by the way"
