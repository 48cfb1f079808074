"""What a test can make go wrong, and the server as a program of its own."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram_server import OFFICIAL_PACE, Fault, Limits
from telegram_server.caller import Stage, staged
from telegram_server.errors import ApiError


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def say(stage: Stage, text: str) -> dict[str, Any]:
    told: dict[str, Any] = await stage.caller.call("sendMessage", chat_id=stage.group.id, text=text)
    return told


def said(stage: Stage) -> list[str]:
    return [one.text for one in stage.server.transcript.posts("Couple Rituals")]


async def test_a_fault_meets_so_many_calls(stage: Stage) -> None:
    """Only the named method fails, in the named chat, that often, after as many calls that work."""
    stage.server.fail("sendMessage", Fault.too_many(3), times=2, chat=stage.group.id, after=1)
    stage.ann.starts()
    await say(stage, "one")
    await stage.caller.call("sendMessage", chat_id=stage.ann.id, text="elsewhere")
    for _ in range(2):
        with pytest.raises(ApiError) as refused:
            await say(stage, "two")
        assert refused.value.parameters == {"retry_after": 3}
    await stage.caller.call("sendChatAction", chat_id=stage.group.id, action="typing")
    await say(stage, "three")

    assert said(stage) == ["one", "elsewhere", "three"]


@pytest.mark.parametrize(("carried_out", "left"), [(False, []), (True, ["hello"])])
async def test_the_line_breaks(stage: Stage, carried_out: bool, left: list[str]) -> None:
    """A caller who hears nothing cannot know whether the message was posted."""
    stage.server.fail("sendMessage", Fault.hang_up(carried_out=carried_out))
    with pytest.raises(aiohttp.ClientError):
        await say(stage, "hello")

    assert said(stage) == left


async def test_slow_answers(stage: Stage) -> None:
    """The message is there long before its answer."""
    stage.server.fail("sendMessage", Fault.slow(0.1))
    began = time.monotonic()
    waiting = asyncio.create_task(say(stage, "hello"))
    await stage.server.until(lambda: said(stage))
    posted = time.monotonic() - began
    await waiting

    assert posted < 0.1 <= time.monotonic() - began


async def test_pages_instead_of_json(stage: Stage) -> None:
    """A 502 comes from in front of Telegram, as a page."""
    stage.server.fail("*", Fault.server_error(502))
    async with stage.caller.http.get(f"{stage.server.url}/bot{stage.bot.token}/getMe") as answer:
        page = await answer.text()

    assert (answer.status, answer.content_type) == (502, "text/html")
    assert "Bad Gateway" in page


async def test_the_official_pace() -> None:
    """One message a second in a chat, twenty a minute in a group; who is faster must wait and is counted."""
    async with staged(limits=OFFICIAL_PACE) as stage:
        await say(stage, "one")
        with pytest.raises(ApiError) as second:
            await say(stage, "two")
        for number in range(19):
            stage.server.clock.forward(1.01)
            await say(stage, str(number))
        stage.server.clock.forward(1.01)
        with pytest.raises(ApiError) as minute:
            await say(stage, "twenty-one")
        stage.server.clock.forward(41)
        await say(stage, "again")

        assert second.value.parameters == {"retry_after": 1}
        assert minute.value.parameters is not None
        assert 35 <= minute.value.parameters["retry_after"] <= 41
        assert stage.server.too_fast == 2


async def test_the_same_in_a_quick_world() -> None:
    """Without limits nothing is refused, and latency is for every call."""
    async with staged(limits=Limits(latency=0.02)) as stage:
        began = time.monotonic()
        await say(stage, "one")
        await say(stage, "two")

        assert time.monotonic() - began >= 0.04
        assert stage.server.too_fast == 0


async def test_a_program_of_its_own() -> None:
    """Another program starts the server, plays Ann and Ben over HTTP, and reads what they see."""
    deeds = [
        {"does": "add_bot", "token": "1:a", "username": "couple_rituals_bot"},
        {"does": "add_user", "name": "Ann"},
        {"does": "add_group", "title": "Us", "people": ["Ann"]},
        {"who": "Us", "does": "add_bot", "bot": "couple_rituals_bot"},
        {"who": "Ann", "does": "commands", "text": "/today@couple_rituals_bot", "in_": "Us"},
        {"does": "fail", "method": "getMe", "fault": {"kind": "too_many", "retry_after": 2}},
        {"who": "Ann", "does": "screen", "in_": "Us"},
        {"who": "clock", "does": "forward", "seconds": 60},
        {"does": "transcript"},
    ]
    command = (sys.executable, "-m", "telegram_server", "--transcript")
    program = await asyncio.create_subprocess_exec(*command, cwd=Path(__file__).parent, stdout=asyncio.subprocess.PIPE)
    assert program.stdout is not None
    told = json.loads(await program.stdout.readline())
    async with aiohttp.ClientSession() as http:
        done = (await (await http.post(told["control"], json=deeds)).json())["done"]
        refused = await http.get(f"{told['url']}/bot1:a/getMe")
        wrong = await http.post(told["control"], json={"who": "Nobody", "does": "writes"})
        complaint = (await wrong.json())["error"]
    program.terminate()
    await program.communicate()

    assert [one["text"] for one in done[6]] == ["", "/today@couple_rituals_bot"]
    assert [one["what"] for one in done[8]] == ["Posted", "Posted"]
    assert (refused.status, wrong.status, program.returncode) == (429, 400, 0)
    assert "Nobody" in complaint
