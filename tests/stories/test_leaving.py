"""One of the two leaves, alone; the other reads one sentence and learns nothing else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.posts import Show
from stories.chats import BarePhone
from stories.checkins import BUILT, fill_in
from stories.story import HOME, Story

SENTENCE = "I'm resting from now on."


async def leaves(phone: BarePhone, *labels: str) -> None:
    await phone.says("/leave", in_room=False)
    for label in labels:
        await phone.presses(label)


async def test_at_once(story: Story) -> None:
    """The room reads one sentence, everything stops for both, and nothing marked is shared any more."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ben)
    await ben.presses("Share the warm lines")
    await leaves(ben, "At once", "Leave all as it is")
    await story.settles()
    last = ann.room[-1].words
    await story.comes("2026-08-01 12:00")

    assert last.startswith(SENTENCE)
    assert "Nothing that is written here is recorded" in last
    assert ann.room[-1].words == last
    assert BUILT not in ann.screen
    assert "Ben" not in last
    assert "once a quarter" not in "\n".join(one.words for one in (*ann.own, *ben.own))


async def test_nothing_is_recorded_after_the_end(story: Story) -> None:
    """A reply in the chat is let go, and what is asked for says that it is over."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await leaves(ben, "At once", "Leave all as it is")
    await story.settles()
    before = len(ann.room)
    await ann.replies("The tea", to="Morning appreciation")
    await ann.says("/today")
    await ann.says("/mine", in_room=False)

    assert len(ann.room) == before + 2
    assert "I'm resting here." in ann.screen
    assert "Nothing is kept here" in ann.last_post


async def test_with_a_copy_and_with_deletion(story: Story) -> None:
    """A copy first, then every word of one's own goes; the other's stay theirs."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea")
    await ben.replies("Your patience")
    await leaves(ben, "At once", "Take a copy first")
    copy = ben.last_answer
    await ben.presses("Leave and delete my words")
    await story.settles()
    await ben.says("/mine", in_room=False)
    await ann.says("/mine", in_room=False)

    assert isinstance(copy, Show)
    assert copy.post.file is not None
    assert "Nothing is kept here" in ben.last_post
    assert any("The tea" in choice.label for choice in ann.own[-1].post.choices)


async def test_slowly(story: Story) -> None:
    """To the other it is a wish for fewer posts, until it ends like any other stop; it can be taken back."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 14:07")
    before = ann.screen
    await leaves(ben, "Go quiet slowly", "Leave and delete my words")
    unnoticed = ann.screen == before
    await story.comes("2026-03-16 11:00")
    mornings = sum(one.words.startswith("Morning appreciation\n") for one in ann.room)
    running = ann.room[-1].words
    await story.comes("2026-03-16 12:30")
    await ben.presses("Open")

    assert unnoticed
    assert 8 <= mornings <= 12
    assert SENTENCE not in running
    assert ann.room[-1].words.startswith(SENTENCE)
    assert story_time(ann.room[-1].at) == "12:00"
    assert "your words are deleted from my records" in ben.screen


async def test_slowly_and_back(story: Story) -> None:
    """Who stays after all is in as before."""
    ann, ben = await story.paired()
    await leaves(ben, "Go quiet slowly", "Leave all as it is")
    await leaves(ben, "Stay")
    await story.comes("2026-04-01 12:00")

    assert SENTENCE not in ann.screen


async def test_for_thirty_days_each_takes_a_copy(story: Story) -> None:
    """Both can export, and after that nobody is known here any more."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea")
    await leaves(ben, "At once", "Leave all as it is")
    await story.comes("2026-03-30 12:00")
    await ann.says("/export", in_room=False)
    handed = ann.last_answer
    await story.comes("2026-04-02 12:00")
    await ann.says("/export", in_room=False)

    assert isinstance(handed, Show)
    assert handed.post.file is not None
    assert isinstance(ann.last_answer, Show)
    assert ann.last_answer.post.file is None


async def test_beginning_anew(story: Story) -> None:
    """In the same chat, the same two or others; nothing of what was comes back."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea")
    await leaves(ben, "At once", "Leave all as it is")
    await story.settles()
    again = await story.paired()
    await story.comes("2026-03-05 12:00")
    await again[0].says("/history", in_room=False)

    assert again[0].room[-1].words.startswith(("Morning", "Digital"))
    assert "The tea" not in again[0].last_post


async def test_leaving_alone_before_the_other_came(story: Story) -> None:
    """Who began alone can leave, and the chat is free."""
    ann = story.person("Ann")
    await ann.says("/start")
    await ann.presses("Tell me more")
    await ann.presses("Join")
    await leaves(ann, "At once", "Leave and delete my words")
    await story.settles()
    ann, ben = await story.paired()

    assert "Start" not in [choice.label for choice in ben.room[-1].post.choices]


@pytest.mark.parametrize("label", ["At once", "Go quiet slowly"])
async def test_stay(story: Story, label: str) -> None:
    """One button always leads out of it."""
    ann, ben = await story.paired()
    before = ann.screen
    await leaves(ben, label, "Stay")
    await story.comes("2026-03-02 08:30")

    assert ann.screen.startswith(before)
    assert "Morning appreciation" in ann.room[-1].words


async def test_a_copy_of_nothing(story: Story) -> None:
    """Whoever has deleted everything is told so, instead of being handed an empty file."""
    _, ben = await story.paired()
    await ben.says("/export", in_room=False)

    assert isinstance(ben.last_answer, Show)
    assert ben.last_answer.post.file is None
    assert "nothing to hand over" in ben.last_post


def story_time(moment: int) -> str:
    """The time on the wall at home."""
    return datetime.fromtimestamp(moment, ZoneInfo(HOME)).strftime("%H:%M")
