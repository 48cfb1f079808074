"""What a person sees after an interaction, in time, as Discord's requests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from adapters.discord.conversation import Conversation, replaces
from adapters.discord.exchange import Exchange
from adapters.discord.places import private, ref, room
from adapters.discord.reading import Heard, Origin
from bot.events import Commanded, Completing, Event, Person, Pressed, Submitted
from bot.posts import (
    Answer,
    Ask,
    Choice,
    Done,
    Field,
    Form,
    Mark,
    MessageRef,
    Picture,
    Place,
    Post,
    Show,
    Silence,
    Span,
    Suggestions,
    Token,
)
from bot.turn import Repertoire

ANN = Person("discord", "101", "Ann", "en-US")
CHANNEL, DIRECT = room(600), private(101)
POST = Post((Span("Hello"),), (Choice("Yes", Token("yes")),))
LONG = Post((Span("word " * 500),), (Choice("Yes", Token("yes")),))
FORM = Form(Token("say", 5), "In your own words", (Field("words", "What?"),))
HIDDEN = 64


@dataclass(slots=True)
class Ears:
    """A stand-in for Discord that notes each request and answers as it was told to, and well after that."""

    answers: list[tuple[int, dict] | None] = field(default_factory=list)
    heard: list[tuple[str, str, dict]] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        body: dict = {}
        if request.content_type == "multipart/form-data":
            body = json.loads((await request.post())["payload_json"])
        elif request.can_read_body:
            body = await request.json()
        self.heard.append((request.method, request.path.replace("/1/secret", ""), body))
        answer = self.answers.pop(0) if self.answers else (200, {})
        if answer is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return web.json_response(answer[1], status=answer[0])

    @property
    def kinds(self) -> list[int]:
        return [body["type"] for _, path, body in self.heard if path.endswith("/callback")]


@dataclass(slots=True)
class Voice:
    """A Sender that remembers."""

    application: str = "901"
    said: list[tuple[Place, Any]] = field(default_factory=list)

    async def say(self, post: Post, to: Place, key: str) -> MessageRef:
        self.said.append((to, post))
        return ref(to, 1)

    async def send(self, made: list[Any], to: Place, key: str, *, first: int = 0) -> MessageRef:
        self.said += [(to, message.payload["content"]) for message in made]
        return ref(to, 1)


@dataclass(slots=True)
class Table:
    """A conversation with its ears and its voice, and what the engine will say."""

    ears: Ears
    voice: Voice
    line: aiohttp.ClientSession
    url: str
    words: Any

    async def hears(self, event: Event, answer: Answer | Exception, origin: Origin, *, slow: bool = False) -> None:
        async def decide(_: Event) -> Answer:
            if slow:
                await asyncio.sleep(0.05)
            if isinstance(answer, Exception):
                raise answer
            return answer

        in_room = event.place == CHANNEL
        behind = origin is not Origin.NOTHING
        exchange = Exchange(self.line, self.url, "1", "secret", "901", behind=behind, hides=in_room)
        talk = Conversation(decide, self.voice, self.words, 0.01 if slow else 5.0)  # type: ignore[arg-type]
        await talk.take(Heard(event, origin), exchange)


@asynccontextmanager
async def laid(words: Any) -> AsyncIterator[Table]:
    ears = Ears()
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", ears.hear)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as line:
        yield Table(ears, Voice(), line, f"http://127.0.0.1:{runner.addresses[0][1]}", words)
    await runner.cleanup()


@pytest.fixture
async def table(known: Repertoire) -> AsyncIterator[Table]:
    """A conversation over real HTTP."""
    async with laid(known.words) as found:
        yield found


def pressed(place: Place = CHANNEL) -> Pressed:
    return Pressed(id="i1", moment=0, place=place, person=ANN, message=ref(place, 8), token=Token("yes"))


def commanded(place: Place = CHANNEL) -> Commanded:
    return Commanded(id="i1", moment=0, place=place, person=ANN, name="week")


def submitted(place: Place = CHANNEL) -> Submitted:
    return Submitted(id="i1", moment=0, place=place, person=ANN, token=FORM.token, answers=())


@pytest.mark.parametrize(
    ("origin", "privately", "in_place", "is_replaced"),
    [
        (Origin.NOTHING, False, True, False),
        (Origin.NOTHING, True, True, False),
        (Origin.PUBLIC, False, True, True),
        (Origin.PUBLIC, False, False, False),
        (Origin.PUBLIC, True, True, False),
        (Origin.EPHEMERAL, True, False, True),
        (Origin.EPHEMERAL, True, True, True),
        (Origin.EPHEMERAL, False, True, True),
        (Origin.EPHEMERAL, False, False, False),
        (Origin.PRIVATE, True, True, True),
        (Origin.PRIVATE, True, False, False),
    ],
)
def test_what_takes_the_place_of_what(origin: Origin, privately: bool, in_place: bool, is_replaced: bool) -> None:
    """What is for one person never stands where all can see it, and does not pile up where only they can."""
    assert replaces(Show(POST, privately=privately, in_place=in_place), origin) is is_replaced


@pytest.mark.parametrize(
    ("event", "origin", "show", "kind", "flags"),
    [
        (pressed(), Origin.PUBLIC, Show(POST), 4, 0),
        (pressed(), Origin.PUBLIC, Show(POST, privately=True), 4, HIDDEN),
        (pressed(), Origin.PUBLIC, Show(POST, privately=True, in_place=True), 4, HIDDEN),
        (pressed(), Origin.PUBLIC, Show(POST, in_place=True), 7, 0),
        (pressed(), Origin.EPHEMERAL, Show(POST, privately=True), 7, 0),
        (pressed(DIRECT), Origin.PRIVATE, Show(POST, privately=True), 4, 0),
        (pressed(DIRECT), Origin.PRIVATE, Show(POST, privately=True, in_place=True), 7, 0),
        (submitted(), Origin.EPHEMERAL, Show(POST, privately=True, in_place=True), 7, 0),
        (commanded(), Origin.NOTHING, Show(POST), 4, 0),
        (commanded(), Origin.NOTHING, Show(POST, privately=True), 4, HIDDEN),
        (commanded(DIRECT), Origin.NOTHING, Show(POST, privately=True), 4, 0),
    ],
)
async def test_a_post_is_shown(table: Table, event: Event, origin: Origin, show: Show, kind: int, flags: int) -> None:
    """In one answer, of the kind that its place wants, for the eyes that it is for."""
    await table.hears(event, show, origin)
    ((method, path, body),) = table.ears.heard

    assert (method, path) == ("POST", "/interactions/callback")
    assert (body["type"], body["data"]["flags"] & HIDDEN) == (kind, flags)
    assert body["data"]["content"] == "Hello"
    assert body["data"]["components"][0]["components"][0]["label"] == "Yes"


async def test_a_long_post_goes_on(table: Table) -> None:
    """In public as messages of the channel; for one person as follow-ups for them alone; the last has the choices."""
    await table.hears(pressed(), Show(LONG), Origin.PUBLIC)
    public = table.ears.heard.pop()
    await table.hears(pressed(), Show(LONG, privately=True), Origin.EPHEMERAL)
    (_, _, first), (_, path, second) = table.ears.heard

    assert "components" not in public[2]["data"]
    assert [to for to, _ in table.voice.said] == [CHANNEL]
    assert first["type"] == 7
    assert first["data"]["components"] == []
    assert path == "/webhooks/901/secret"
    assert second["flags"] & HIDDEN
    assert second["components"]


async def test_a_picture_goes_along(table: Table) -> None:
    """An answer with a file is a form."""
    await table.hears(commanded(), Show(Post((Span("See"),), picture=Picture(b"png", "A tree"))), Origin.NOTHING)
    ((_, _, body),) = table.ears.heard

    assert body["data"]["attachments"] == [{"id": 0, "filename": "picture.png", "description": "A tree"}]


async def test_a_form_opens(table: Table) -> None:
    """A press and a command are answered by a modal at once."""
    await table.hears(pressed(), Ask(FORM, privately=True), Origin.EPHEMERAL)
    await table.hears(commanded(), Ask(FORM), Origin.NOTHING)

    assert table.ears.kinds == [9, 9]
    assert table.ears.heard[0][2]["data"]["custom_id"] == "form:say-5"


async def test_a_form_after_a_form_waits_for_a_press(table: Table) -> None:
    """Discord opens no modal after a modal, so a choice stands between."""
    await table.hears(submitted(), Ask(FORM, privately=True), Origin.PUBLIC)
    ((_, _, body),) = table.ears.heard

    assert (body["type"], body["data"]["flags"] & HIDDEN) == (4, HIDDEN)
    assert body["data"]["components"][0]["components"][0]["custom_id"] == "say-5"


@pytest.mark.parametrize(
    ("event", "origin", "answer", "kind"),
    [
        (submitted(), Origin.PUBLIC, Done(Mark.RECORDED), 4),
        (pressed(), Origin.PUBLIC, Done(Mark.RECORDED), 6),
        (pressed(), Origin.PUBLIC, Silence(), 6),
        (submitted(), Origin.PUBLIC, Silence(), 6),
        (commanded(), Origin.NOTHING, Silence(), 4),
    ],
)
async def test_what_is_recorded_is_acknowledged(
    table: Table, event: Event, origin: Origin, answer: Answer, kind: int
) -> None:
    """A form and a command with a line for the person alone, a press with a button that rests."""
    await table.hears(event, answer, origin)
    ((_, _, body),) = table.ears.heard

    assert body["type"] == kind
    assert kind == 6 or (body["data"]["content"], body["data"]["flags"] & HIDDEN) == ("Noted.", HIDDEN)


async def test_suggestions(table: Table) -> None:
    """What the words could become, at most twenty-five of at most a hundred characters."""
    typing = Completing(id="i1", moment=0, place=CHANNEL, person=ANN, name="timezone", typed="L")
    await table.hears(typing, Suggestions(("Lisbon", *("x" * 200 for _ in range(30)))), Origin.NOTHING)
    ((_, _, body),) = table.ears.heard
    found = body["data"]["choices"]

    assert body["type"] == 8
    assert found[0] == {"name": "Lisbon", "value": "Lisbon"}
    assert len(found) == 25
    assert len(found[1]["name"]) == 100


async def test_a_slow_engine_on_a_press(table: Table) -> None:
    """Discord hears in time that the answer comes; the message changes, or a new one follows, as it would have."""
    await table.hears(pressed(), Show(POST, in_place=True), Origin.PUBLIC, slow=True)
    await table.hears(pressed(), Show(POST, privately=True), Origin.PUBLIC, slow=True)
    await table.hears(pressed(), Ask(FORM), Origin.PUBLIC, slow=True)
    told = [(method, path) for method, path, _ in table.ears.heard]
    (_, _, changed), _, (_, _, followed), _, (_, _, declined) = table.ears.heard[1:]

    assert table.ears.kinds == [6, 6, 6]
    assert told[1::2] == [
        ("PATCH", "/webhooks/901/secret/messages/@original"),
        ("POST", "/webhooks/901/secret"),
        ("POST", "/webhooks/901/secret"),
    ]
    assert changed["content"] == "Hello"
    assert followed["flags"] & HIDDEN
    assert "Another press" in declined["content"]
    assert declined["flags"] & HIDDEN


async def test_a_slow_engine_on_a_command(table: Table) -> None:
    """What waits is hidden; what is for all is posted, and what waited is taken away."""
    await table.hears(commanded(), Show(POST, privately=True), Origin.NOTHING, slow=True)
    await table.hears(commanded(), Show(POST), Origin.NOTHING, slow=True)
    told = [(method, path) for method, path, _ in table.ears.heard]
    waiting = [body["data"]["flags"] for _, path, body in table.ears.heard if path.endswith("callback")]

    assert table.ears.kinds == [5, 5]
    assert waiting == [HIDDEN, HIDDEN]
    assert told[1] == ("PATCH", "/webhooks/901/secret/messages/@original")
    assert told[3] == ("DELETE", "/webhooks/901/secret/messages/@original")
    assert table.voice.said == [(CHANNEL, POST)]


async def test_an_engine_that_fails(table: Table) -> None:
    """The person hears that nothing was kept, and what may help; never a traceback."""
    await table.hears(pressed(), RuntimeError("the disk is full of words"), Origin.PUBLIC)
    ((_, _, body),) = table.ears.heard

    assert "haven't kept it" in body["data"]["content"]
    assert "disk" not in body["data"]["content"]
    assert body["data"]["flags"] & HIDDEN


@pytest.mark.parametrize("code", [10062, 40060, 50027, 10015])
async def test_too_late_leaves_no_trace(table: Table, code: int, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever is gone, or was answered before, is not told again; one line for whoever debugs."""
    caplog.set_level("DEBUG", "adapters")
    table.ears.answers = [(404, {"code": code, "message": "Unknown"})]
    await table.hears(pressed(), Show(POST), Origin.PUBLIC)

    assert len(table.ears.heard) == 1
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("DEBUG", None)]
    assert "secret" not in caplog.text


@pytest.mark.parametrize("first", [(502, {}), (429, {"retry_after": 0.01}), None])
async def test_an_answer_is_tried_again(table: Table, first: tuple[int, dict] | None) -> None:
    """A first answer cannot be given twice, so it is tried again where it may not have arrived."""
    table.ears.answers = [first]
    await table.hears(pressed(), Show(POST), Origin.PUBLIC)

    assert table.ears.kinds == [4, 4]


async def test_a_follow_up_is_not_tried_again(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    """It could stand there twice."""
    table.ears.answers = [(200, {}), (502, {}), (200, {})]
    await table.hears(pressed(), Show(LONG, privately=True), Origin.PUBLIC)

    assert [path for _, path, _ in table.ears.heard] == ["/interactions/callback", "/webhooks/901/secret"]
    assert "was not shown" in caplog.text
    assert "word" not in caplog.text
