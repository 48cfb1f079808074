"""What the server says has the shape that Telegram's own description and examples give."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import telegram
from telegram_server.caller import Stage, staged
from telegram_server.errors import ApiError
from telegram_server.official import DESCRIPTION, SHAPES, Description, read_description

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the official description of the Bot API is not beside the repository"
)
Told = dict[str, Any]


@pytest.fixture
def official() -> Description:
    return read_description(DESCRIPTION)


@pytest.fixture
def examples() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return found


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(is_super=True) as made:
        yield made


def outline(value: Any) -> Any:
    """Which fields there are and of which kind, whatever they hold."""
    match value:
        case dict():
            return {name: outline(one) for name, one in value.items()}
        case list():
            return [outline(one) for one in value[:1]]
        case _:
            return type(value).__name__


def plainly(update: Told) -> Told:
    """The outline of an update, without what its message replies to: a supergroup's chain has a number besides."""
    left_out = ("update_id", "reply_to_message", "message_thread_id")
    told = {kind: value for kind, value in update.items() if kind not in left_out}
    return {
        kind: {name: outline(one) for name, one in value.items() if name not in left_out}
        for kind, value in told.items()
    }


def test_official_examples_agree_with_the_description(official: Description, examples: dict[str, Any]) -> None:
    """Every example of an update and of a result is what the description allows."""
    wrong = [official.wrong_in("Update", {"update_id": 1} | one) for one in examples["updates"].values()]
    wrong += [official.wrong_in_result(method, one) for method, one in examples["results"].items()]

    assert len(wrong) == 60
    assert not any(wrong)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda told: told["message"].update(mood="good"), "no field 'mood'"),
        (lambda told: told["message"].pop("date"), "'date' is missing"),
        (lambda told: told["message"].update(date="now"), "is no Integer"),
        (lambda told: told["message"]["chat"].update(type="couple"), "is none of"),
        (lambda told: told["message"].update(entities=[{"type": "bold", "offset": 0}]), "'length' is missing"),
    ],
)
def test_the_judge_notices(
    official: Description, examples: dict[str, Any], change: Callable[[Told], object], complaint: str
) -> None:
    """An invented, missing or wrong field of an update is noticed."""
    update = {"update_id": 1} | examples["updates"]["message: private /start deep link"]
    change(update)

    assert any(complaint in one for one in official.wrong_in("Update", update))


async def test_updates_have_the_examples_outline(stage: Stage, examples: dict[str, Any]) -> None:
    """What happens in a group and in private is told with the very fields of the examples."""
    ann, ben, group, known = stage.ann, stage.ben, stage.group, examples["updates"]
    asked = await stage.caller.call(
        "sendMessage",
        chat_id=group.id,
        text="How was your day?",
        reply_markup={"inline_keyboard": [[{"text": "Good", "callback_data": "m:1:g"}]]},
    )
    question = group.messages[asked["message_id"]]
    ann.starts(payload="join_AbC-1")
    ben.commands("/today@couple_rituals_bot", in_=group)
    answer = ben.writes("fine", in_=group, reply_to=question)
    ben.edits(answer, "fine!")
    ann.sends_voice()
    ann.sends_photo(caption="us")
    ben.presses(question, "Good")
    group.anonymous_admin_writes("/settings")
    ann.blocks()
    group.promotes(stage.bot)
    got = await stage.caller.updates()

    expected = [
        known["message: private /start deep link"],
        known["message: group command with @bot"],
        known["message: group reply to the bot (ForceReply answer)"],
        known["edited_message"],
        known["message: voice"],
        known["message: photo"],
        known["callback_query"],
        known["message: anonymous admin"],
        known["my_chat_member: user blocked the bot (private)"],
        known["my_chat_member: bot promoted"],
    ]
    assert [plainly(one) for one in got] == [plainly(one) for one in expected]


async def test_a_wrong_request_is_refused_loudly() -> None:
    """A parameter that the description does not know is refused and remembered, as is one that is missing."""
    async with staged(clean=False) as stage:
        with pytest.raises(ApiError, match="unknown parameter 'mood'"):
            await stage.caller.call("sendMessage", chat_id=stage.group.id, text="hello", mood="good")
        with pytest.raises(ApiError, match="'user_id' is missing"):
            await stage.caller.call("getChatMember", chat_id=stage.group.id)

        assert len(stage.server.violations) == 2
        with pytest.raises(AssertionError, match="mood"):
            stage.server.assert_clean()


async def test_a_library_reads_every_example(stage: Stage, examples: dict[str, Any]) -> None:
    """python-telegram-bot parses each injected example and keeps nothing aside but what is newer than itself."""
    for one in examples["updates"].values():
        stage.server.inject(dict(one))
    parsed = [telegram.Update.de_json(one) for one in await stage.caller.updates()]

    assert len(parsed) == len(examples["updates"])
    assert not any(one.api_kwargs for one in parsed)
