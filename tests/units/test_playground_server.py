"""The playground's server: who may ask, and that everything is done and shown once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playground_fakes import EchoWords, FakeMachine, RememberingEngine, file, form, picture, post

from adapters.playground.frontend import Playground
from adapters.playground.places import place_of
from bot.errors import Misconfigured, Rejected, Unreachable
from bot.events import Edited, Pressed, Said, Submitted, Vanished
from bot.posts import Ask, Choice, InRoom, MessageRef, Post, Show, Span, Token

HELLO = post("Begin?", Choice("More", Token("join", 1), privately=True))


class Table:
    """A playground that is running, and what it is made of."""

    def __init__(self, folder: Path) -> None:
        self.engine = RememberingEngine()
        self.machine = FakeMachine()
        self.folder = folder
        self.playground = Playground(self.engine, self.machine, EchoWords(), folder)
        self.address = ""

    async def start(self) -> None:
        """Listen on a free port."""
        self.address = await self.playground.start(0)

    async def restart(self) -> None:
        """Stop, and begin again over the same folder."""
        await self.playground.stop()
        self.playground = Playground(self.engine, self.machine, EchoWords(), self.folder)
        await self.start()

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """Open a page."""
        headers = {"Origin": self.address.rstrip("/")}
        async with aiohttp.ClientSession() as client, client.ws_connect(self.address + "live", headers=headers) as line:
            yield Page(line)


class Page:
    """What a browser would hold: the messages it was told, and what came of its deeds."""

    def __init__(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self.line = line
        self.messages: dict[int, dict[str, Any]] = {}
        self.kinds: list[str] = []

    async def hear(self, kind: str) -> dict[str, Any]:
        """Listen until something of a kind is told."""
        while True:
            told: dict[str, Any] = await self.line.receive_json(timeout=5)
            self.take_in(told)
            if told["kind"] == kind:
                return told

    def take_in(self, told: dict[str, Any]) -> None:
        """Remember what is told."""
        self.kinds.append(told["kind"])
        match told:
            case {"kind": "snapshot", "messages": messages}:
                self.messages = {one["number"]: one for one in messages}
            case {"kind": "message", "message": message}:
                self.messages[message["number"]] = message
            case {"kind": "gone", "number": number}:
                self.messages.pop(number, None)

    async def do(self, do: str, id: str = "a1", phone: str = "ann", **fields: Any) -> dict[str, Any]:
        """Do something and wait for what comes of it."""
        await self.line.send_json({"id": id, "do": do, "phone": phone, **fields})
        return dict((await self.hear("done"))["outcome"])

    def words(self, chat: str) -> list[str]:
        """What a chat shows."""
        return ["".join(span["words"] for span in one["text"]) for one in self.messages.values() if one["chat"] == chat]


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A running playground with an engine that remembers."""
    made = Table(tmp_path)
    await made.start()
    yield made
    await made.playground.stop()


async def test_one_key_is_delivered_once(table: Table) -> None:
    """A delivery that is tried again is the message that stands there, even after a restart."""
    async with table.page() as page:
        first = await table.playground.deliver(HELLO, place_of("us"), "k1")
        second = await table.playground.deliver(HELLO, place_of("us"), "k1")
        await page.hear("message")
    await table.restart()
    third = await table.playground.deliver(HELLO, place_of("us"), "k1")
    async with table.page() as page:
        await page.hear("snapshot")

        assert first == second == third
        assert len(page.messages) == 1


async def test_a_private_post_is_in_one_phone_only(table: Table) -> None:
    """What is for Ann stands in Ann's private chat."""
    await table.playground.deliver(HELLO, place_of("ann"), "k1")
    async with table.page() as page:
        await page.hear("snapshot")

        assert [one["chat"] for one in page.messages.values()] == ["ann"]


async def test_posts_change_and_go(table: Table) -> None:
    """A change shows other words; a removal may come twice; a change after it is refused."""
    ref = await table.playground.deliver(HELLO, place_of("us"), "k1")
    async with table.page() as page:
        await table.playground.change(ref, post("A quiet day."), "c1")
        await page.hear("message")
        assert page.words("us") == ["Morning appreciation\nA quiet day."]
        await table.playground.remove(ref)
        await table.playground.remove(ref)
        await page.hear("gone")

        assert page.messages == {}
    with pytest.raises(Rejected):
        await table.playground.change(ref, HELLO, "c1")


async def test_foreign_addresses_are_refused(table: Table) -> None:
    """A place that the playground does not have, or a message that cannot be, is a delivery error."""
    with pytest.raises(Unreachable):
        await table.playground.deliver(HELLO, InRoom("telegram", "us"), "k1")
    with pytest.raises(Rejected):
        await table.playground.change(MessageRef(place_of("us"), "x" * 40), HELLO, "c1")


async def test_a_deed_sent_again_is_done_and_shown_once(table: Table) -> None:
    """A page that missed the answer sends again, also after a restart, and gets the same outcome."""
    table.engine.answers["/start"] = Show(HELLO)
    deed = {"chat": "us", "text": "/start"}
    async with table.page() as page:
        first = await page.do("say", **deed)
        second = await page.do("say", **deed)
    await table.restart()
    async with table.page() as page:
        third = await page.do("say", **deed)

        assert first == second == third
        assert page.words("us") == ["/start", "Morning appreciation\nBegin?"]
    assert table.engine.asked == 1


async def test_a_deed_cut_off_before_it_was_settled_is_finished(table: Table) -> None:
    """Killed between the engine's commit and the chat's: sent again, it is shown once and acknowledged."""
    died = False

    async def die_once() -> None:
        nonlocal died
        died, dies = True, not died
        if dies:
            raise ConnectionResetError

    table.engine.before_answering = die_once
    async with table.page() as page:
        await page.line.send_json({"id": "a1", "do": "say", "phone": "ann", "chat": "ann", "text": "Tea"})
        assert (await page.hear("trouble"))["why"] == "failed"
        await page.do("say", chat="ann", text="Tea")

        assert page.words("ann") == ["Tea"]
        assert [one["mark"] for one in page.messages.values()] == ["recorded"]


async def test_an_acknowledgement_waits_for_the_engine(table: Table) -> None:
    """Nothing is acknowledged while the engine has not returned; the words are shown meanwhile."""
    gate = asyncio.Event()

    async def wait() -> None:
        await gate.wait()

    table.engine.before_answering = wait
    async with table.page() as page:
        await page.line.send_json({"id": "a1", "do": "say", "phone": "ann", "chat": "ann", "text": "Tea"})
        await page.line.send_str("nonsense")
        await page.hear("trouble")
        meanwhile = (page.words("ann"), list(page.kinds))
        gate.set()
        await page.hear("done")

        assert meanwhile[0] == ["Tea"]
        assert "done" not in meanwhile[1]


async def test_the_room_is_not_overheard(table: Table) -> None:
    """Ambient words are shown on both phones and never told; a reply to a post is told with its post."""
    ref = await table.playground.deliver(HELLO, place_of("us"), "k1")
    async with table.page() as page:
        await page.do("say", "a1", chat="us", text="Only for you")
        await page.do("say", "a2", chat="us", text="Tea", reply_to=int(ref.message))

        assert page.words("us")[1:] == ["Only for you", "Tea"]
    (event,) = table.engine.events
    assert isinstance(event, Said)
    assert event.reply_to == ref


async def test_only_told_messages_are_told_again(table: Table) -> None:
    """Edits and deletions reach the engine for messages it was given, and no others."""
    async with table.page() as page:
        await page.do("say", "a1", chat="us", text="Only for you")
        await page.do("say", "a2", chat="ann", text="Tea")
        ambient, told = sorted(page.messages)
        for number in (ambient, told):
            await page.do("rewrite", f"b{number}", message=number, text="Other words")
            assert page.messages[number]["edited"]
            await page.do("erase", f"c{number}", message=number)

        assert page.messages == {}
    assert [type(event) for event in table.engine.events] == [Said, Edited, Vanished]


async def test_a_private_answer_to_a_press_in_the_room_stays_private(table: Table) -> None:
    """What a press in the shared chat opens stands in the presser's private chat, in place or not."""
    table.engine.answers["join"] = Show(post("Before you decide."), privately=True, in_place=True)
    ref = await table.playground.deliver(HELLO, place_of("us"), "k1")
    async with table.page() as page:
        outcome = await page.do("press", phone="ben", message=int(ref.message), token="join-1")

        assert outcome == {"open": "ben"}
        assert page.words("ben") == ["Morning appreciation\nBefore you decide."]
        assert page.words("us") == ["Morning appreciation\nBegin?"]
        assert page.words("ann") == []


async def test_an_answer_in_place_changes_the_pressed_post(table: Table) -> None:
    """In place means that the pressed post becomes another."""
    table.engine.answers["join"] = Show(post("You're in."), in_place=True)
    ref = await table.playground.deliver(HELLO, place_of("ann"), "k1")
    async with table.page() as page:
        await page.do("press", message=int(ref.message), token="join-1")

        assert page.words("ann") == ["Morning appreciation\nYou're in."]


async def test_nobody_presses_in_someone_elses_chat(table: Table) -> None:
    """A press on a post that is not on the presser's phone, or has gone, never reaches the engine."""
    ref = await table.playground.deliver(HELLO, place_of("ann"), "k1")
    async with table.page() as page:
        for number in (int(ref.message), 999):
            deed = {"id": "x", "do": "press", "phone": "ben", "message": number, "token": "join-1"}
            await page.line.send_json(deed)
            assert (await page.hear("trouble"))["why"] == "gone"
    assert table.engine.events == []


async def test_nobody_changes_someone_elses_words(table: Table) -> None:
    """What Ann wrote is hers to change and to take back."""
    async with table.page() as page:
        await page.do("say", chat="us", text="Tea")
        (number,) = page.messages
        for do in ("rewrite", "erase"):
            await page.line.send_json({"id": do, "do": do, "phone": "ben", "message": number, "text": "Coffee"})
            assert (await page.hear("trouble"))["why"] == "gone"

        assert page.words("us") == ["Tea"]


async def test_a_form_comes_back_with_its_post(table: Table) -> None:
    """A form is a sheet for the presser, and its answers come with its token."""
    table.engine.answers["write"] = Ask(form())
    ref = await table.playground.deliver(post("?", Choice("Write", Token("write", 7))), place_of("us"), "k1")
    async with table.page() as page:
        asked = await page.do("press", "a1", message=int(ref.message), token="write-7")
        fields = {"chat": asked["chat"], "message": asked["message"], "token": asked["form"]["token"]}
        marked = await page.do("submit", "a2", **fields, answers={"words": "Tea"})

    assert marked == {"mark": "recorded"}
    pressed, submitted = table.engine.events
    assert isinstance(pressed, Pressed)
    assert isinstance(submitted, Submitted)
    assert (submitted.token, submitted.message) == (Token("write", 7), None)


async def test_completions_come_from_the_engine(table: Table) -> None:
    """What is being typed behind a command is completed by the engine, each time anew."""
    async with table.page() as page:
        first = await page.do("complete", chat="us", name="timezone", typed="Li")
        second = await page.do("complete", chat="us", name="timezone", typed="Lis")

    assert (first, second) == ({"suggestions": ["Lisbon", "Lima"]}, {"suggestions": ["Lisbon"]})


async def test_nonsense_neither_ends_the_line_nor_is_logged(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a page sends is answered, and the line stays open."""
    async with table.page() as page:
        for nonsense in ("", "[]", '{"id": "a", "do": "dance"}', "[" * 5000):
            await page.line.send_str(nonsense)
            assert (await page.hear("trouble"))["why"] in ("malformed", "unknown")
        await page.line.send_bytes(b"\x00")
        assert (await page.hear("trouble"))["why"] == "malformed"

        assert await page.do("say", chat="us", text="still here") == {}
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


async def test_long_and_strange_words_arrive_as_they_are(table: Table) -> None:
    """10,000 emoji, right-to-left words and markup come back letter for letter."""
    texts = ["\U0001f600" * 10_000, "\u05e9\u05dc\u05d5\u05dd", "<script>alert(1)</script> @everyone *x*"]
    async with table.page() as page:
        for at, text in enumerate(texts):
            await page.do("say", f"a{at}", chat="ann", text=text)

        assert page.words("ann") == texts


async def test_the_clock_turns_and_tells(table: Table) -> None:
    """A turn lives through what is due on the way; each phone has its zone; a moment that is past changes nothing."""
    table.machine.known_zones = {"ben": "America/New_York"}
    start = table.machine.now()

    async def on_the_way(moment: int) -> None:
        await table.playground.deliver(HELLO, place_of("us"), f"k{moment}")

    table.machine.on_the_way = on_the_way
    async with table.page() as page:
        await page.do("turn", "a1", to=start + 3600)
        await page.do("turn", "a1", to=start + 3600)
        clock = await page.hear("clock")
        while clock["now"] == start or clock["turning"]:
            clock = await page.hear("clock")

        assert (clock["now"], clock["next"]) == (start + 3600, table.machine.coming)
        assert clock["zones"] == {"ann": "Europe/Berlin", "ben": "America/New_York"}
        assert len(page.words("us")) == 1


async def test_a_turn_too_far_is_refused(table: Table) -> None:
    """Nobody waits for a thousand years to pass."""
    async with table.page() as page:
        await page.line.send_json({"id": "a1", "do": "turn", "to": 2**50})

        assert (await page.hear("trouble"))["why"] == "too-far"


async def test_starting_over_happens_once(table: Table) -> None:
    """Both phones are empty afterwards, and the same wish sent again starts nothing new."""
    await table.playground.deliver(HELLO, place_of("us"), "k1")
    async with table.page() as page:
        await page.do("start-over")
        await page.do("start-over")

        assert page.messages == {}
    assert table.machine.fresh_starts == 1


async def test_two_partners_are_not_made_to_wait_for_each_other(table: Table) -> None:
    """Deeds on the two phones reach the engine at the same time; those on one phone come in order."""
    both = asyncio.Barrier(2)

    async def meet() -> None:
        async with asyncio.timeout(3):
            await both.wait()

    table.engine.before_answering = meet
    async with table.page() as page:
        for user in ("ann", "ben"):
            await page.line.send_json({"id": user, "do": "say", "phone": user, "chat": user, "text": "Tea"})
        done = {(await page.hear("done"))["id"] for _ in range(2)}

    assert done == {"ann", "ben"}


async def test_pictures_and_files_are_handed_out(table: Table) -> None:
    """A picture is shown as one; a file is only ever downloaded."""
    said = Post((Span("Here"),), picture=picture(), file=file())
    ref = await table.playground.deliver(said, place_of("ann"), "k1")
    start = f"{table.address}attachments/{ref.message}/"
    async with (
        aiohttp.ClientSession() as client,
        client.get(start + "picture") as seen,
        client.get(start + "file") as had,
    ):
        assert (seen.content_type, await seen.read()) == ("image/png", picture().content)
        assert (had.content_type, await had.read()) == ("application/octet-stream", b"kept")
        assert had.headers["Content-Disposition"].startswith("attachment")


async def test_the_page_may_load_nothing_from_elsewhere(table: Table) -> None:
    """The page is served with a policy that allows no foreign and no inline script."""
    async with aiohttp.ClientSession() as client, client.get(table.address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        page = await answer.text()

    assert policy.startswith("default-src 'self'; ")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert 'src="http' not in page
    assert "style=" not in page


@pytest.mark.parametrize("path", ["", "live", "page/app.js", "attachments/1/file", "nothing"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:{port}", "127.0.0.1:1", "localhost"])
async def test_a_foreign_host_is_refused(table: Table, host: str, path: str) -> None:
    """A page elsewhere whose name points here gets nothing (DNS rebinding)."""
    port = table.address.rstrip("/").rsplit(":", 1)[1]
    headers = {"Host": host.format(port=port)}
    async with aiohttp.ClientSession() as client, client.get(table.address + path, headers=headers) as answer:
        assert answer.status == 403


async def test_localhost_is_at_home(table: Table) -> None:
    """Both names of this machine are fine."""
    port = table.address.rstrip("/").rsplit(":", 1)[1]
    async with (
        aiohttp.ClientSession() as client,
        client.get(table.address, headers={"Host": f"localhost:{port}"}) as answer,
    ):
        assert answer.status == 200


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
async def test_a_foreign_origin_gets_no_line(table: Table, origin: str | None) -> None:
    """Only a page that came from here may open a websocket."""
    port = table.address.rstrip("/").rsplit(":", 1)[1]
    headers = {"Origin": origin.format(port=port)} if origin else {}
    async with aiohttp.ClientSession() as client:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect(table.address + "live", headers=headers)

    assert refused.value.status == 403


async def test_a_taken_port_is_said_clearly(table: Table, tmp_path: Path) -> None:
    """The sentence says what happened and names the option that helps."""
    port = int(table.address.rstrip("/").rsplit(":", 1)[1])
    (tmp_path / "second").mkdir()
    second = Playground(table.engine, table.machine, EchoWords(), tmp_path / "second")

    with pytest.raises(Misconfigured, match=f"Port {port} is taken.*--port"):
        await second.start(port)


async def test_a_port_that_cannot_be_is_said_clearly(table: Table, tmp_path: Path) -> None:
    """A number that is no port is refused in a sentence too."""
    (tmp_path / "second").mkdir()
    second = Playground(table.engine, table.machine, EchoWords(), tmp_path / "second")

    with pytest.raises(Misconfigured, match="Port 70000 cannot be used"):
        await second.start(70000)


async def test_it_listens_on_this_machine_only(table: Table) -> None:
    """The address is the loopback's."""
    assert table.address.startswith("http://127.0.0.1:")
