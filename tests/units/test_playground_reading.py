"""What the page sends: read as deeds, never a traceback, and told to the engine only as a platform would."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adapters.playground import reading
from adapters.playground.fields import Unreadable
from adapters.playground.places import place_of
from bot.events import Commanded, Edited, Pressed, Said, Snapshot, Submitted, Vanished, Voice, Words
from bot.posts import UNKNOWN, MessageRef, Token

OWN = MessageRef(place_of("us"), "5")
POST = MessageRef(place_of("us"), "4")

anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("id", "phone", "chat", "text", "message", "reply_to", "token", "answers", "name", "typed", "to", "holds")
DEEDS = ("say", "press", "submit", "rewrite", "erase", "complete", "turn", "start-over", "dance")


REASONS = ("", "malformed", "unknown", "empty", "too-long")


def reason(raw: str) -> str:
    """Why something is refused, if it is."""
    try:
        reading.deed(raw)
    except Unreadable as refused:
        return refused.why
    return ""


def said(**fields: Any) -> reading.Deed:
    """A deed as the page writes it."""
    return reading.deed(json.dumps({"id": "a1", "do": "say", "phone": "ann", "chat": "us", "text": "Hello", **fields}))


@given(some.text() | anything.map(json.dumps))
def test_whatever_is_sent_is_read_or_refused(raw: str) -> None:
    """Nothing that a page could send raises anything but Unreadable."""
    assert reason(raw) in REASONS


@given(some.sampled_from(DEEDS), some.dictionaries(some.sampled_from(FIELDS), anything))
def test_deeds_with_wrong_fields_are_refused(do: str, fields: dict[str, Any]) -> None:
    """A deed that is known, with fields of any kind, is read or refused too."""
    sent = {"id": "a1", "phone": "ann", "chat": "us", "text": "Hello", "answers": {}, "token": "", **fields, "do": do}

    assert reason(json.dumps(sent)) in REASONS


@pytest.mark.parametrize(
    "raw", ["", "nonsense", "[" * 100_000, "1" * 10_000, "[]", '"say"', "{}", '{"id": "", "do": "say"}']
)
def test_nonsense_is_malformed(raw: str) -> None:
    """Broken, endlessly nested or nameless messages are refused in one way."""
    with pytest.raises(Unreadable, match="malformed"):
        reading.deed(raw)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"do": "dance"}, "unknown"),
        ({"phone": "cleo"}, "malformed"),
        ({"chat": "ben"}, "malformed"),
        ({"text": "  \n "}, "empty"),
        ({"text": "x" * 20_001}, "too-long"),
        ({"reply_to": True}, "malformed"),
        ({"reply_to": 2**60}, "malformed"),
    ],
)
def test_each_refusal_has_its_reason(fields: dict[str, Any], why: str) -> None:
    """A third person, someone else's chat and too long a text are told apart, with the deed's id."""
    with pytest.raises(Unreadable) as refused:
        said(**fields)

    assert (refused.value.why, refused.value.id) == (why, "a1")


def test_half_characters_and_nuls_are_replaced() -> None:
    """What cannot be written as UTF-8 or into a database becomes a replacement mark."""
    deed = said(text="a\ud83db\x00")

    assert isinstance(deed, reading.Say)
    assert deed.text == "a\ufffdb\ufffd"


def event_of(deed: reading.Deed, own: MessageRef | None = OWN, about: MessageRef | None = None) -> object:
    """The event of a deed on a phone."""
    assert not isinstance(deed, reading.TurnClock | reading.StartOver)
    return reading.event(deed, own, about, 7)


def test_ambient_words_in_the_room_are_never_told() -> None:
    """In the shared chat the engine hears replies to its posts and nothing else."""
    assert event_of(said()) is None
    assert isinstance(event_of(said(reply_to=4), about=POST), Said)


def test_every_private_word_is_told() -> None:
    """In the private chat each message goes to the engine."""
    event = event_of(said(chat="ann"))

    assert isinstance(event, Said)
    assert (event.id, event.moment, event.parts, event.message) == ("a1", 7, (Words("Hello"),), OWN)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [("/week", "week", ""), ("/Rest  3 days ", "rest", "3 days"), ("/dance\nnow", "dance", "now")],
)
def test_commands_are_read_even_unknown_ones(text: str, name: str, words: str) -> None:
    """A command is told in the shared chat too, with what follows its name."""
    event = event_of(said(text=text))

    assert isinstance(event, Commanded)
    assert (event.name, event.words) == (name, words)


@pytest.mark.parametrize("text", ["/", "/ week", "//", "week", "/sch\u00f6n", "and/or"])
def test_other_slashes_are_words(text: str) -> None:
    """A slash alone makes no command."""
    assert reading.command(text) is None


@pytest.mark.parametrize("written", ["", "Join", "join-", "a" * 65, "x-1-\u00fc", "write-3; DROP TABLE message"])
def test_a_forged_token_is_unknown(written: str) -> None:
    """What is no token reaches the engine as one it answers kindly."""
    event = event_of(said(do="press", message=4, token=written), None, POST)

    assert isinstance(event, Pressed)
    assert event.token == UNKNOWN


def test_a_form_carries_words_and_choices() -> None:
    """Each field's answer is words or the place of an option."""
    event = event_of(said(do="submit", token="write-7", answers={"words": "Tea", "how": 1}), None, None)

    assert isinstance(event, Submitted)
    assert event.token == Token("write", 7)
    assert [(name, str(part)) for name, part in event.answers] == [
        ("words", "Words(text='Tea')"),
        ("how", "Picked(option=1)"),
    ]


def test_edits_and_deletions_name_their_message() -> None:
    """What a person changes or takes back is told with the message it is about."""
    edited = event_of(said(do="rewrite", message=5))
    vanished = event_of(said(do="erase", message=5))

    assert isinstance(edited, Edited)
    assert isinstance(vanished, Vanished)
    assert edited.message == vanished.message == OWN


@pytest.mark.parametrize(("holds", "part"), [("voice", Voice("a1", 4)), ("picture", Snapshot("a1"))])
def test_a_recording_is_made_up(holds: str, part: Voice | Snapshot) -> None:
    """It needs no words, and the deed's own id stands for it."""
    done = said(chat="ann", text="", holds=holds)
    assert isinstance(done, reading.Say)
    told = reading.event(done, OWN, None, 100)

    assert isinstance(told, Said)
    assert told.parts == (part,)


def test_nothing_else_can_be_held() -> None:
    """What no phone could record is refused, and so is a message that holds nothing."""
    assert reason(json.dumps({"id": "a1", "do": "say", "phone": "ann", "chat": "us", "holds": "film"})) == "malformed"
    assert reason(json.dumps({"id": "a1", "do": "say", "phone": "ann", "chat": "us", "text": ""})) == "empty"
