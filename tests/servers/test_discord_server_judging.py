"""What the Discord test server refuses, and what it says of its own answers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from discord_server import rules
from discord_server.errors import ApiError
from discord_server.judging import CALLBACK, Judge
from discord_server.official import DESCRIPTION, Description, read_description
from discord_server.rules_examples import MESSAGE, MESSAGES, REFUSED, TAKEN, button, post, row
from jsonschema_rs import Registry

with_the_description = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the official description is not beside the repository"
)


def judges() -> list[Judge]:
    """One that goes by the rules alone, and one that has the description, where it is."""
    return [Judge(None), *([Judge(read_description(DESCRIPTION))] if DESCRIPTION.exists() else [])]


def places(body: Any) -> Iterator[dict[str, Any]]:
    """Every object inside."""
    if isinstance(body, dict):
        yield body
    for one in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from places(one)


@pytest.mark.parametrize(("method", "route", "body"), TAKEN)
def test_what_discord_takes(method: str, route: str, body: Any) -> None:
    """What is right is right with the description and without."""
    for judge in judges():
        judge.judge_request(method, route, body, {})

        assert judge.violations == []


@pytest.mark.parametrize(("method", "route", "words", "body"), REFUSED)
def test_what_discord_refuses(method: str, route: str, words: str, body: Any) -> None:
    """Each rule beside the description bites and says where; with the description it is refused as well."""
    for judge in judges():
        with pytest.raises(ApiError) as refused:
            judge.judge_request(method, route, body, {})

        assert (refused.value.status, refused.value.code) == (400, 50035)
        assert judge.violations
        assert judge.description is not None or any(words in one for one in judge.violations), judge.violations


@with_the_description
@pytest.mark.parametrize(("method", "route", "body"), TAKEN)
def test_invented_fields(method: str, route: str, body: Any) -> None:
    """A field that nobody knows is refused by its name, however deep it stands."""
    description = read_description(DESCRIPTION)
    for number, _ in enumerate(places(body)):
        invented = deepcopy(body)
        list(places(invented))[number]["ephemeral"] = True
        wrong = description.wrong_in_request(method, route, invented)

        assert any("ephemeral" in str(one) for one in wrong)


@with_the_description
def test_what_is_said() -> None:
    """Of several ways to be right the nearest is told, and a long text does not hide what is wrong with it."""
    judge = Judge(read_description(DESCRIPTION))
    for body in (post(row(button(style=22))), {"content": "x" * 5000}):
        with pytest.raises(ApiError):
            judge.judge_request("POST", MESSAGES, body, {})
    with pytest.raises(ApiError):
        judge.judge_request("POST", f"{MESSAGES}/bulk-delete", {"messages": ["1", "2"], "silent": True}, {})
    with pytest.raises(ApiError):
        judge.judge_request("GET", MESSAGES, {"limit": 1}, {})

    style, content, deletion, nothing = judge.violations
    assert "components.0.components.0.style: 22 is none of [1, 2, 3, 4, 5, 6]" in style
    assert content.endswith("is longer than 4000 characters")
    assert len(content) < 400
    assert "'silent' was unexpected" in deletion
    assert "takes nothing" in nothing


@with_the_description
def test_what_stands_behind_the_question_mark() -> None:
    """Parameters have to be known and right; texts are read as what they should be."""
    judge = Judge(read_description(DESCRIPTION))
    judge.judge_request("GET", MESSAGES, None, {"limit": "100", "after": "1574344296075624447"})
    judge.judge_request("POST", CALLBACK, {"type": 6}, {"with_response": "1"})

    assert judge.violations == []
    for query in ({"limit": "101"}, {"limit": "many"}, {"since": "yesterday"}, {"after": "yesterday"}):
        with pytest.raises(ApiError, match="Invalid Form Body"):
            judge.judge_request("GET", MESSAGES, None, query)
        assert next(iter(query)) in judge.violations[-1]


@with_the_description
def test_own_answers() -> None:
    """An answer without what it promises, with more, of another kind or with a wrong time is noted, not refused."""
    judge = Judge(read_description(DESCRIPTION))
    emoji = {"id": None, "name": "❤"}
    judge.judge_response("GET", "/gateway", 200, {"url": "ws://127.0.0.1/gateway"})
    judge.judge_response("PUT", MESSAGE + "/reactions/{emoji_name}/@me", 204, None)

    assert judge.violations == []
    for status, body in ((200, {}), (200, {"url": "ws://127.0.0.1", "shards": 1}), (204, None), (200, {"url": 1})):
        judge.judge_response("GET", "/gateway", status, body)
    judge.judge_response("PUT", MESSAGE + "/reactions/{emoji_name}/@me", 204, emoji)
    judge.judge_response("GET", MESSAGES + "/pins", 200, {"items": [{"pinned_at": "now"}], "has_more": False})

    complaints = '"url" is a required', "'shards' was unexpected", "204 is none of", "1 is not of", "nothing in it"
    for words in (*complaints, '"now" is not a "date-time"', '"message" is a required'):
        assert any("own answer" in one and words in one for one in judge.violations), judge.violations


@with_the_description
def test_own_messages() -> None:
    """A message that the gateway tells is noted where the description has it otherwise."""
    judge = Judge(read_description(DESCRIPTION))
    judge.judge_message("MESSAGE_CREATE", {"id": "7", "content": "Hello", "member": {}})

    assert any("own MESSAGE_CREATE" in one and '"author" is a required' in one for one in judge.violations)
    assert any("'member' was unexpected" in one for one in judge.violations)


def test_two_ways_at_once() -> None:
    """What is right in two ways although only one may be is wrong."""
    schema = {"oneOf": [{"type": "integer"}, {"minimum": 0}]}
    asked = {"requestBody": {"content": {"application/json": {"schema": schema}}}}
    description = Description({"/x": {"post": asked}}, Registry([]))

    assert "more than one" in str(description.wrong_in_request("POST", "/x", 1))
    assert description.wrong_in_request("POST", "/x", -1) == []


@pytest.mark.parametrize(
    ("kind", "has_message", "answer"),
    [
        (5, True, 9),
        (2, False, 6),
        (2, False, 7),
        (2, False, 8),
        (3, True, 8),
        (4, False, 4),
        (5, False, 6),
        (3, True, 3),
    ],
)
def test_which_answer_does_not_fit(kind: int, has_message: bool, answer: int) -> None:
    """No form after a form, nothing to update behind a command, suggestions for words being typed only."""
    assert rules.wrong_answer(kind, has_message, answer)


@pytest.mark.parametrize(
    ("kind", "has_message", "answer"),
    [
        (2, False, 4),
        (2, False, 5),
        (2, False, 9),
        (3, True, 9),
        (3, True, 6),
        (3, True, 7),
        (5, True, 7),
        (4, False, 8),
    ],
)
def test_which_answer_fits(kind: int, has_message: bool, answer: int) -> None:
    """Words or a form for a command, a change for a press and for a form that a press opened."""
    assert rules.wrong_answer(kind, has_message, answer) is None
