"""What the server refuses, in Telegram's words, and what it makes of a text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from telegram_server.caller import Stage, staged
from telegram_server.errors import ApiError


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def say(stage: Stage, text: str, **parameters: Any) -> dict[str, Any]:
    told: dict[str, Any] = await stage.caller.call("sendMessage", chat_id=stage.group.id, text=text, **parameters)
    return told


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("source", "plain", "spans"),
    [
        ("<b>a</b> &lt;i&gt; &amp;", "a <i> &", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<u>x</u>", "😀x", [("underline", 2, 1)]),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ('<a href="https://t.me/x">here</a>', "here", [("text_link", 0, 4)]),
        ('<a href="nowhere">here</a>', "here", []),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span><s>y</s>', "xy", [("spoiler", 0, 1), ("strikethrough", 1, 1)]),
        ("/week and https://t.me/x", "/week and https://t.me/x", [("bot_command", 0, 5), ("url", 10, 14)]),
        ("<code>/week</code>", "/week", [("code", 0, 5)]),
        ("a && b &unknown; c", "a && b &unknown; c", []),
    ],
)
async def test_html_becomes_words_and_spans(
    stage: Stage, source: str, plain: str, spans: list[tuple[str, int, int]]
) -> None:
    """Markup is taken out, counted as Telegram counts, and what a client marks by itself is added."""
    told = await say(stage, source, parse_mode="HTML")

    assert told["text"] == plain
    assert [(one["type"], one["offset"], one["length"]) for one in told.get("entities", [])] == spans


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused(stage: Stage, source: str, complaint: str) -> None:
    """Markup that is not closed, not known or not escaped posts nothing."""
    with pytest.raises(ApiError) as refused:
        await say(stage, source, parse_mode="HTML")

    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"
    assert stage.server.transcript.posts("Couple Rituals") == []


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x", "parse_mode": "Dutch"}, "unsupported parse_mode"),
        ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "ENTITY_BOUNDS_INVALID"),
        ({"text": "<b>x</b>" * 101, "parse_mode": "HTML"}, "too many entities"),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": buttons([{"text": "A", "callback_data": "é" * 33}])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": buttons([{"text": "A", "url": "nowhere"}])}, "is invalid: Wrong HTTP URL"),
        ({"text": "x", "reply_markup": buttons([{"text": "A"}])}, "text buttons are unallowed"),
        ({"text": "x", "reply_markup": buttons([{"text": " ", "callback_data": "a"}])}, "must be non-empty"),
        ({"text": "x", "reply_markup": buttons([{"text": "A", "callback_data": "a"}] * 101)}, "markup is too long"),
    ],
)
async def test_what_cannot_be_posted(stage: Stage, parameters: dict[str, Any], complaint: str) -> None:
    """A text, a span, a place, a reply or a button that Telegram does not take is refused."""
    with pytest.raises(ApiError, match=complaint) as refused:
        await say(stage, **parameters)

    assert refused.value.code == 400


async def test_the_longest_that_fits(stage: Stage) -> None:
    """4096 units of text, 64 bytes in a button and 100 spans are taken."""
    markup = buttons([{"text": "A", "callback_data": "é" * 32}])
    told = await say(stage, "😀" * 2048, reply_markup=markup)
    styled = await say(stage, "<b>x</b>" * 100, parse_mode="HTML")

    assert told["reply_markup"] == markup
    assert len(styled["entities"]) == 100


async def test_edits(stage: Stage) -> None:
    """An edit without a keyboard removes it; one that changes nothing is refused, as is one of another's words."""
    told = await say(stage, "How?", reply_markup=buttons([{"text": "Good", "callback_data": "g"}]))
    where = {"chat_id": stage.group.id, "message_id": told["message_id"]}
    edited = await stage.caller.call("editMessageText", **where, text="How?")
    with pytest.raises(ApiError, match="message is not modified"):
        await stage.caller.call("editMessageText", **where, text="How?")
    theirs = stage.ann.writes("mine", stage.group)
    with pytest.raises(ApiError, match="message can't be edited"):
        await stage.caller.call("editMessageText", chat_id=stage.group.id, message_id=theirs.id, text="yours")
    with pytest.raises(ApiError, match="message to edit not found"):
        await stage.caller.call("editMessageText", chat_id=stage.group.id, message_id=999, text="x")

    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]


async def test_deleting(stage: Stage) -> None:
    """Own messages go for two days; others' only with rights, or in private."""
    told = await say(stage, "soon gone")
    where = {"chat_id": stage.group.id, "message_id": told["message_id"]}
    old = await say(stage, "too old")
    theirs = stage.ann.writes("mine", stage.group)
    alone = stage.ann.starts()
    await stage.caller.call("deleteMessage", **where)
    await stage.caller.call("deleteMessage", chat_id=stage.ann.id, message_id=alone.id)
    with pytest.raises(ApiError, match="message to delete not found"):
        await stage.caller.call("deleteMessage", **where)
    with pytest.raises(ApiError, match="message can't be deleted"):
        await stage.caller.call("deleteMessage", chat_id=stage.group.id, message_id=theirs.id)
    stage.server.clock.forward(48 * 3600 + 1)
    with pytest.raises(ApiError, match="message can't be deleted"):
        await stage.caller.call("deleteMessage", chat_id=stage.group.id, message_id=old["message_id"])

    assert [one.text for one in stage.ben.screen(stage.group)][1:] == ["too old", "mine"]


async def test_marks(stage: Stage) -> None:
    """One known mark at most, and only what the group allows."""
    message = stage.ann.writes("mine", stage.group)
    where = {"chat_id": stage.group.id, "message_id": message.id}
    seen = {"type": "emoji", "emoji": "👀"}
    await stage.caller.call("setMessageReaction", **where, reaction=[seen])
    for marks in ([{"type": "emoji", "emoji": "🥑"}], [seen, seen]):
        with pytest.raises(ApiError, match="REACTION"):
            await stage.caller.call("setMessageReaction", **where, reaction=marks)
    stage.group.allows_reactions("👍")
    with pytest.raises(ApiError, match="REACTION_INVALID"):
        await stage.caller.call("setMessageReaction", **where, reaction=[seen])

    assert message.reactions == ["👀"]


async def test_commands_and_descriptions(stage: Stage) -> None:
    """Names, descriptions, scopes and languages that Telegram does not take are refused."""
    good = {"command": "today", "description": "Today"}
    for commands, complaint in (
        ([good | {"command": "To-day"}], "BOT_COMMAND_INVALID"),
        ([good | {"description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([good] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ):
        with pytest.raises(ApiError, match=complaint):
            await stage.caller.call("setMyCommands", commands=commands)
    with pytest.raises(ApiError, match="language"):
        await stage.caller.call("setMyCommands", commands=[good], language_code="deu")
    await stage.caller.call("setMyCommands", commands=[good], scope={"type": "chat", "chat_id": stage.group.id})

    assert await stage.caller.call("getMyCommands") == []
    assert await stage.caller.call("getMyCommands", scope={"type": "chat", "chat_id": stage.group.id}) == [good]


async def test_pictures_and_files(stage: Stage) -> None:
    """A picture must be one, a caption is short, a link lives an hour, another bot's handle is worth nothing."""
    http, url = stage.caller.http, f"{stage.server.url}/bot{stage.bot.token}/sendPhoto"
    async with http.post(url, data={"chat_id": str(stage.group.id), "photo": BytesIO(b"no picture")}) as answer:
        refused = await answer.json()
    voice = stage.ann.sends_voice()
    handle = (await stage.caller.newest("message"))["voice"]["file_id"]
    path = (await stage.caller.call("getFile", file_id=handle))["file_path"]
    link = f"{stage.server.url}/file/bot{stage.bot.token}/{path}"
    fetched = (await http.get(link)).status
    stage.server.clock.forward(3601)
    late = (await http.get(link)).status
    with pytest.raises(ApiError, match="wrong file_id"):
        await stage.caller.call("getFile", file_id="AwAC1")
    with pytest.raises(ApiError, match="caption is too long"):
        await stage.caller.call("sendVoice", chat_id=stage.group.id, voice=handle, caption="x" * 1025)

    assert refused["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    assert (fetched, late) == (200, 404)
    assert voice.media is not None


@pytest.mark.parametrize("how", ["query", "urlencoded", "multipart", "json"])
async def test_every_way_to_give_parameters(stage: Stage, how: str) -> None:
    """Libraries differ in how they pack a request; objects may come as JSON text, and capitals do not matter."""
    markup = buttons([{"text": "Good", "callback_data": "g"}])
    packed = {"chat_id": str(stage.group.id), "text": "hello", "reply_markup": json.dumps(markup)}
    url = f"{stage.server.url}/bot{stage.bot.token}/SENDMESSAGE"
    request: dict[str, Any] = {
        "query": {"params": packed},
        "urlencoded": {"data": packed},
        "multipart": {"data": multipart(packed)},
        "json": {"json": packed | {"reply_markup": markup, "chat_id": stage.group.id}},
    }[how]
    async with stage.caller.http.request("GET" if how == "query" else "POST", url, **request) as answer:
        told = await answer.json()

    assert (told["ok"], told["result"]["text"]) == (True, "hello")
    assert told["result"]["reply_markup"] == markup


def multipart(packed: dict[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in packed.items():
        form.add_field(name, value)
    return form


async def test_strangers_and_unknown_methods(stage: Stage) -> None:
    """A token that nobody has is unauthorised, and a method that does not exist is not found."""
    async with stage.caller.http.get(f"{stage.server.url}/bot1:x/getMe") as answer:
        stranger = (answer.status, await answer.json())
    with pytest.raises(ApiError, match="method not found"):
        await stage.caller.call("sendHug")

    assert stranger == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
