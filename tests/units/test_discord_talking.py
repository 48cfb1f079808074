"""What a person sees after they wrote something on Discord."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from discord_payloads import ME, message, reply, told

from adapters.discord.hearing import Noted, heard
from adapters.discord.places import private, ref, room
from adapters.discord.talking import Talk
from bot.errors import DeliveryError, Rejected, RetryLater, Unreachable
from bot.events import Event
from bot.posts import Answer, Ask, Done, Field, Form, Mark, MessageRef, Place, Post, Show, Silence, Span, Token
from bot.turn import Repertoire

POST = Post((Span("This one has closed."),))
CHANNEL, DIRECT = room(600), private(101)
WRITTEN = ref(CHANNEL, 801)


@dataclass(slots=True)
class Voice:
    """A Sender that remembers, and that fails first as it was told to."""

    troubles: list[DeliveryError] = field(default_factory=list)
    said: list[tuple[Place, Post, str]] = field(default_factory=list)
    remarks: list[tuple[str, MessageRef]] = field(default_factory=list)
    received: list[MessageRef] = field(default_factory=list)

    async def say(self, post: Post, to: Place, key: str) -> MessageRef:
        if self.troubles:
            raise self.troubles.pop(0)
        self.said.append((to, post, key))
        return ref(to, 1)

    async def receive(self, about: MessageRef) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.received.append(about)

    async def remark(self, words: str, about: MessageRef, key: str) -> None:
        self.remarks.append((words, about))


@pytest.fixture
def voice() -> Voice:
    """What the bot says."""
    return Voice()


async def take(voice: Voice, known: Repertoire, answer: Answer, noted: Noted | None = None) -> None:
    async def decide(_: Event) -> Answer:
        return answer

    found = noted or heard(told(reply("The tea")), ME)
    assert found is not None
    await Talk(decide, voice, known.words).take(found)  # type: ignore[arg-type]


async def test_a_reply_that_is_recorded_bears_the_mark(voice: Voice, known: Repertoire) -> None:
    """The mark and nothing else."""
    await take(voice, known, Done(Mark.RECORDED))

    assert voice.received == [WRITTEN]
    assert not voice.said
    assert not voice.remarks


async def test_what_is_for_one_person_is_a_direct_message(voice: Voice, known: Repertoire) -> None:
    """Nothing of it stands in the channel; the event's id is its key, so that it comes once."""
    await take(voice, known, Show(POST, privately=True))

    assert voice.said == [(DIRECT, POST, "m801")]
    assert not voice.remarks


async def test_closed_direct_messages(voice: Voice, known: Repertoire) -> None:
    """A line in the channel says that there is something to say, and not what."""
    voice.troubles = [Unreachable("code 50007")]
    await take(voice, known, Show(POST, privately=True))
    ((words, about),) = voice.remarks

    assert about == WRITTEN
    assert "yours are closed to me" in words
    assert "This one has closed" not in words


async def test_a_reply_that_cannot_be_read(voice: Voice, known: Repertoire) -> None:
    """Whoever answered without the mention hears why it is not kept; a bystander hears nothing."""
    hidden = heard(told(reply("", pings=False)), ME)
    await take(voice, known, Silence(), hidden)
    silent = list(voice.remarks)
    await take(voice, known, Show(POST, privately=True), hidden)

    assert silent == []
    assert "doesn't mention me" in voice.remarks[0][0]
    assert not voice.said


async def test_a_question_after_words(voice: Voice, known: Repertoire) -> None:
    """No modal follows a message, so a choice stands there that opens it."""
    form = Form(Token("zone", 0, "typed"), "Your clock", (Field("words", "Where?"),))
    await take(voice, known, Ask(form, privately=True), heard(told(message("/timezone"), private=True), ME))
    ((to, post, _),) = voice.said

    assert to == DIRECT
    assert post.choices[0].token == form.token


async def test_what_is_not_taken_now_is_said_later(voice: Voice, known: Repertoire) -> None:
    """Discord may ask to slow down."""
    voice.troubles = [RetryLater(timedelta(seconds=0)), RetryLater(timedelta(seconds=0))]
    await take(voice, known, Done(Mark.RECORDED))

    assert voice.received == [WRITTEN]


async def test_what_is_refused_is_one_line_in_the_log(
    voice: Voice, known: Repertoire, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody who wrote something sees a failure of the mark, and nobody's words are logged."""
    voice.troubles = [Rejected("HTTP 400, code 30010")]
    await take(voice, known, Done(Mark.RECORDED))

    assert [record.exc_info for record in caplog.records] == [None]
    assert "30010" in caplog.text
    assert "tea" not in caplog.text
