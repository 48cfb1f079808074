"""Every kind of item, lived through: asked, answered wrongly and rightly, changed, shared, kept, looked back at."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.events import Part, Voice, Words
from bot.posts import Recorded, Show
from bot.turn import Repertoire
from stories.chats import BarePhone
from stories.every_kind import NUMBER, OTHER_EMOJI, SEEN, SPOKEN, WORDS, answer_all, every_kind
from stories.story import Story, told


@pytest.fixture
async def story(tmp_path: Path, known: Repertoire, migrated: Path) -> AsyncIterator[Story]:
    """A stage on which the deck of every kind is known."""
    async with told(tmp_path, every_kind(known, tmp_path), migrated) as stage:
        yield stage


async def at_item(story: Story, kind: str) -> tuple[BarePhone, BarePhone]:
    """Ann is asked the item of a kind."""
    ann, ben = await story.paired()
    await ann.says("/question", in_room=False)
    while f"What {kind}?" not in ann.last_post:
        await ann.presses("Skip")
    return ann, ben


async def test_every_kind_is_shared_line_by_line(story: Story) -> None:
    """A pick as its label, a number and an emoji as they are, words as a quotation, and recordings themselves."""
    ann, ben = await story.paired()
    await answer_all(ann)
    await story.settles()
    await ann.presses("Share the warm lines")
    await story.restarts()
    before = ben.screen
    await story.comes("2026-03-02 20:00")
    shared = next(one.words for one in ben.room if one.words.startswith("Every kind\n\nAnn:"))

    for line in ("The choice: A sofa", f"The text\n{WORDS}", "The number: 7", f"The emoji: {OTHER_EMOJI}"):
        assert line in shared
        assert line not in before
    assert "The voice: A voice note." in shared
    assert "The scale" not in shared
    assert [one.post.recorded for one in ben.room if one.post.recorded] == [
        Recorded("bare", SEEN.handle, is_voice=False),
        Recorded("bare", SPOKEN.handle, is_voice=True),
    ]


async def test_what_is_kept_is_nowhere(story: Story) -> None:
    """Kept recordings are passed on to nobody, and nobody reads of them."""
    ann, ben = await story.paired()
    await answer_all(ann)
    await ann.presses("Keep all")
    await story.comes("2026-03-03 11:00")

    assert "Nothing this time." in ben.screen
    assert "A sofa" not in ben.screen
    assert not any(one.post.recorded for one in story.chats.messages)


async def test_one_line_of_many(story: Story) -> None:
    """A pick that one chose may be shared without a sentence, and nothing else with it."""
    ann, ben = await story.paired()
    await answer_all(ann)
    await ann.presses("Choose")
    await ann.presses("Share: The choice")
    await ann.presses("Done")
    await story.comes("2026-03-02 20:00")

    assert "The choice: A sofa" in ben.screen
    assert WORDS not in ben.screen


WRONG: list[tuple[str, Part, str]] = [
    ("text", SPOKEN, "This one is for words"),
    ("number", Words("about seven"), "a number from 1 to 10"),
    ("number", Words("11"), "a number from 1 to 10"),
    ("number", Words("-3"), "a number from 1 to 10"),
    ("number", SEEN, "a number from 1 to 10"),
    ("emoji", Words("happy"), "an emoji, or up to three"),
    ("emoji", Words("🦦🦦🦦🦦"), "an emoji, or up to three"),
    ("voice", Words("I'd rather write"), "for a voice note"),
    ("voice", SEEN, "for a voice note"),
    ("picture", SPOKEN, "for a picture"),
]


@pytest.mark.parametrize(("kind", "wrong", "answer"), WRONG)
async def test_another_kind_of_answer(story: Story, kind: str, wrong: Part, answer: str) -> None:
    """What cannot be the answer is not kept, and the line says what works; the item still waits."""
    ann, _ = await at_item(story, kind)
    await ann.sends(wrong)
    said = ann.last_post
    right = {"text": Words(WORDS), "number": Words(NUMBER), "emoji": Words("☀️ 🌧️"), "voice": SPOKEN, "picture": SEEN}
    await ann.sends(right[kind])
    await ann.says("/mine", in_room=False)

    assert answer in said
    assert "haven't kept that" in said
    assert sum(" · " in label for label in ann.labels) == 1


async def test_changed_before_the_moment(story: Story) -> None:
    """Each answer can be given anew, and what is shared is the last one."""
    ann, ben = await story.paired()
    await answer_all(ann)
    await ann.presses("Share the warm lines")
    await ann.presses("Change my answers")
    for label in ("A little", "Sea"):
        await ann.presses(label)
    for words in ("A short one", "8,5"):
        await ann.says(words, in_room=False)
    await ann.presses("☀️")
    await ann.sends(Voice("note-2", 3))
    await ann.presses("Skip")
    await story.comes("2026-03-02 20:00")

    for line in ("The choice: Sea", "A short one", "The number: 8,5", "The emoji: ☀️"):
        assert line in ben.screen
    assert WORDS not in ben.screen
    assert "The picture" not in ben.screen
    assert [one.post.recorded for one in ben.room if one.post.recorded] == [Recorded("bare", "note-2", is_voice=True)]


async def test_answered_in_a_form(story: Story) -> None:
    """A number and an emoji are written in a form too, which says what it takes; a recording has none."""
    ann, _ = await at_item(story, "number")
    await ann.presses("Write")
    hint = ann.form.fields[0].hint if ann.form else ""
    await ann.submits("12")
    declined = ann.last_post
    await ann.presses("Write")
    await ann.submits("10")
    await ann.presses("Write")
    await ann.submits(OTHER_EMOJI)
    asked = next(one for one in ann.own if "What voice?" in one.words)

    assert hint == "1 to 10"
    assert "a number from 1 to 10" in declined
    assert [choice.label for choice in asked.post.choices] == ["Skip"]


async def test_an_edited_number_is_still_a_number(story: Story) -> None:
    """A message that is changed, and a change in /mine, are held to what the item asks."""
    ann, _ = await at_item(story, "number")
    await ann.says("4", in_room=False)
    number = ann.last_own
    await ann.presses("Skip")
    ann.last_own = number
    await ann.edits("five")
    declined = ann.last_post
    ann.last_own = number
    await ann.edits("5")
    await ann.says("/mine", in_room=False)
    await ann.presses(next(label for label in ann.labels if label.endswith("· 5")))
    await ann.presses("Change")
    await ann.submits("fifty")
    again = ann.last_post
    await ann.says("6", in_room=False)

    assert "a number from 1 to 10" in declined
    assert "a number from 1 to 10" in again
    assert "\n6\n" in ann.last_post


async def test_looked_back_at(story: Story) -> None:
    """/history, /mine and /export show each as it reads; of recordings that there is one, and no handle."""
    ann, _ = await story.paired()
    await answer_all(ann)
    await ann.says("/history", in_room=False)
    history = ann.last_post
    await ann.says("/mine", in_room=False)
    labels = " ".join(ann.labels)
    await ann.says("/export", in_room=False)
    assert isinstance(ann.last_answer, Show)
    assert ann.last_answer.post.file is not None
    packed = zipfile.ZipFile(io.BytesIO(ann.last_answer.post.file.content))
    exported = {one["item"]: one["words"] for one in json.loads(packed.read("my-words.json"))["words"]}

    for shown in ("A sofa", WORDS, "7", OTHER_EMOJI, "A voice note.", "A picture."):
        assert shown in history
        assert shown in labels or shown == WORDS
        assert shown in exported.values()
    assert exported["The choice"] == "A sofa"
    assert SPOKEN.handle not in history + labels + str(exported)


async def test_a_recording_that_is_deleted(story: Story) -> None:
    """Deleted in /mine, a shared recording is taken out of the chat, and out of the shared lines."""
    ann, ben = await story.paired()
    await answer_all(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-02 20:00")
    await ann.says("/mine", in_room=False)
    await ann.presses(next(label for label in ann.labels if "voice" in label))
    for label in ("Delete", "Yes, delete"):
        await ann.presses(label)
    await story.settles()

    assert [one.post.recorded for one in ben.room if one.post.recorded] == [
        Recorded("bare", SEEN.handle, is_voice=False)
    ]
    assert "The voice" not in ben.screen


async def test_both_at_once(story: Story) -> None:
    """Both go through it at the same time; each frame has each one's own."""
    ann, ben = await story.paired()
    await answer_all(ann)
    await answer_all(ben)
    for phone in (ann, ben):
        await phone.presses("Share the warm lines")
        await phone.presses("Ready")
    await story.settles()

    assert ann.screen.count("The choice: A sofa") == ben.screen.count("The choice: A sofa")
    assert sum(one.post.recorded is not None for one in ann.room) == 4
