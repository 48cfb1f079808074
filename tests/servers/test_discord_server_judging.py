"""What the Discord test server refuses, and what it says of its own answers."""

from __future__ import annotations

from typing import Any

import pytest
from discord_server import rules
from discord_server.errors import ApiError
from discord_server.judging import CALLBACK, Judge
from discord_server.official import DESCRIPTION, read_description

MESSAGES = "/channels/{channel_id}/messages"
COMMANDS = "/applications/{application_id}/commands"


def button(label: str = "Answer", custom_id: str = "write-1", **more: object) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id, **more}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


def modal(*fields: dict[str, Any], title: str = "Answer") -> dict[str, Any]:
    data = {"title": title, "custom_id": "form:write-1", "components": list(fields)}
    return {"type": 9, "data": data}


def field(name: str = "words", **more: object) -> dict[str, Any]:
    return {"type": 18, "label": "Words", "component": {"type": 4, "custom_id": name, "style": 2, **more}}


def command(**more: object) -> dict[str, Any]:
    return {"name": "week", "type": 1, "description": "What comes", **more}


GOOD = [
    ("POST", MESSAGES, {"content": "x" * 2000, "components": [row(button())], "nonce": "n", "enforce_nonce": True}),
    ("POST", CALLBACK, modal(*(field(str(number)) for number in range(5)))),
    ("POST", CALLBACK, {"type": 4, "data": {"content": "x", "flags": 64}}),
    ("POST", CALLBACK, {"type": 6}),
    ("PUT", COMMANDS, [command()]),
]
BAD = [
    ("POST", MESSAGES, {"content": "x" * 2001}),
    ("POST", MESSAGES, {"content": "x", "nonce": "n" * 26}),
    ("POST", MESSAGES, {"content": "x", "enforce_nonce": True}),
    ("POST", MESSAGES, {"content": "x", "flags": 1 << 9}),
    ("POST", MESSAGES, {"content": "x", "components": [row(button(), button())]}),
    ("POST", MESSAGES, {"content": "x", "components": [row(button(label="x" * 81))]}),
    ("POST", MESSAGES, {"content": "x", "components": [row()]}),
    ("POST", MESSAGES, {"content": "x", "components": [row(*(button(custom_id=str(n)) for n in range(6)))]}),
    ("POST", MESSAGES, {"content": "x", "components": [row(button(custom_id=str(n))) for n in range(6)]}),
    ("POST", MESSAGES, {"content": "x", "components": [row({"type": 2, "style": 5, "label": "x", "custom_id": "y"})]}),
    ("POST", CALLBACK, modal()),
    ("POST", CALLBACK, modal(*(field(str(number)) for number in range(6)))),
    ("POST", CALLBACK, modal(field(), field())),
    ("POST", CALLBACK, modal(field(), title="x" * 46)),
    ("POST", CALLBACK, modal(field(value="too long", max_length=3))),
    ("PUT", COMMANDS, [command(name="Week")]),
    ("PUT", COMMANDS, [command(description="")]),
    ("PUT", COMMANDS, [command(), command()]),
    ("PUT", COMMANDS, [command(description_localizations={"en": "What comes"})]),
]


@pytest.mark.parametrize(("method", "route", "body"), GOOD)
def test_what_discord_takes(method: str, route: str, body: object) -> None:
    """What is right is right with the description and without."""
    judge = Judge(read_description(DESCRIPTION) if DESCRIPTION.exists() else None)
    judge.judge_request(method, route, body, {})

    assert judge.violations == []


@pytest.mark.parametrize(("method", "route", "body"), BAD)
def test_what_discord_refuses(method: str, route: str, body: object) -> None:
    """Each rule beside the description bites, and says so."""
    judge = Judge(None)
    with pytest.raises(ApiError) as refused:
        judge.judge_request(method, route, body, {})

    assert refused.value.code == 50035
    assert judge.violations


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="the official description is not beside the repository")
def test_invented_fields_and_missing_ones() -> None:
    """A field that the description does not know is refused, and an answer without one that it promises is noted."""
    judge = Judge(read_description(DESCRIPTION))
    with pytest.raises(ApiError):
        judge.judge_request("POST", MESSAGES, {"content": "x", "ephemeral": True}, {})
    judge.judge_response("GET", "/users/@me", 200, {"id": "1"})
    judge.judge_response("GET", "/users/@me", 204, None)

    assert "ephemeral" in judge.violations[0]
    assert len(judge.violations) > 2


def test_which_answer_fits_which_interaction() -> None:
    """No form after a form, nothing to update behind a command, suggestions for words being typed only."""
    assert rules.wrong_answer(5, True, 9)
    assert rules.wrong_answer(2, False, 7)
    assert rules.wrong_answer(2, False, 8)
    assert rules.wrong_answer(4, False, 4)
    assert rules.wrong_answer(5, False, 6)
    assert not rules.wrong_answer(3, True, 9)
    assert not rules.wrong_answer(5, True, 7)
    assert not rules.wrong_answer(4, False, 8)
