"""Rituals that are offered, taken up, and kept to two a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.events import Voice
from stories.chats import BarePhone
from stories.story import HOME, Story

MORNING, MEMORY, WINS = "Morning appreciation\n", "Shared memories\n", "Wins\n"


async def _takes(phone: BarePhone, title: str) -> None:
    await phone.says("/rituals")
    await phone.presses("More rituals")
    await phone.presses(title)
    await phone.presses("Switch on")


def _days(story: Story, title: str) -> list[str]:
    """On which days a ritual came, by the clock at home."""
    found = [one for one in story.chats.messages if one.author == "bot" and one.words.startswith(title)]
    return [datetime.fromtimestamp(one.at, ZoneInfo(HOME)).strftime("%a %d %H:%M") for one in found]


async def test_one_more_ritual(story: Story) -> None:
    """It is offered with what it is, comes at its time once it is switched on, and is answered like the others."""
    ann, ben = await story.paired()
    await ann.says("/rituals")
    await ann.presses("More rituals")
    offered = ann.last_post
    await ann.presses("Wins")
    await ann.presses("Switch on")
    await story.comes("2026-03-06 18:00")
    await ben.replies("The lamp works again")
    await story.comes("2026-03-15 12:00")
    await ben.says("/history", in_room=False)

    assert "Something that went right" in offered
    assert "Morning appreciation" not in offered
    assert _days(story, WINS) == ["Fri 06 18:00", "Fri 13 18:00"]
    assert "The lamp works again" in ben.last_post


async def test_what_is_never_taken_up_never_comes(story: Story) -> None:
    """Looking at the offers changes nothing."""
    ann, _ = await story.paired()
    await ann.says("/rituals")
    await ann.presses("More rituals")
    await ann.presses("Wins")
    await ann.presses("Back")
    again = ann.last_post
    await story.comes("2026-03-16 12:00")

    assert "Wins" not in again
    assert _days(story, WINS) == []


async def test_two_a_day_at_most(story: Story) -> None:
    """On a day for which three would ask, what comes seldom goes first; the quiet line asks nothing and stays."""
    ann, _ = await story.paired()
    for title in ("Shared memories", "Wins"):
        await _takes(ann, title)
    await ann.says("/rituals wins sun")
    await story.comes("2026-03-09 12:00")
    mornings = _days(story, MORNING)

    assert _days(story, MEMORY) == ["Sun 08 18:00"]
    assert _days(story, WINS) == ["Sun 08 18:00"]
    assert "Sat 07 08:00" in mornings
    assert "Sun 08 08:00" not in mornings
    assert "Mon 09 08:00" in mornings


async def test_the_week_shows_what_will_come(story: Story) -> None:
    """What gives way stands in no week."""
    ann, _ = await story.paired()
    for title in ("Shared memories", "Wins"):
        await _takes(ann, title)
    await ann.says("/rituals wins sun")
    await story.comes("2026-03-07 12:00")
    await ann.says("/week", in_room=False)
    sunday = ann.last_post.partition("Sun")[2].partition("Mon")[0]

    assert "Wins" in sunday
    assert "Morning appreciation" not in sunday


async def test_by_name(story: Story) -> None:
    """A ritual that one knows of is switched on in a line."""
    ann, _ = await story.paired()
    await ann.says("/rituals wins on")
    await story.comes("2026-03-06 18:00")

    assert _days(story, WINS) == ["Fri 06 18:00"]


@pytest.mark.parametrize(("command", "title"), [("memory", MEMORY), ("win", WINS), ("journal", "Open journal\n")])
async def test_on_request(story: Story, command: str, title: str) -> None:
    """One line brings a prompt to the chat, switched on or not, and nothing is switched on by it."""
    ann, ben = await story.paired()
    await ann.says(f"/{command}")
    await story.settles()
    came = ben.last_post
    await ben.replies("The week by the lake")
    await story.comes("2026-03-16 12:00")

    assert came.startswith(title)
    assert len(_days(story, title)) == 1
    assert any(one.mark for one in story.chats.messages if one.words == "The week by the lake")


async def test_a_voice_note_is_kept_as_a_pointer(story: Story) -> None:
    """It stays in the chat; what is on record is where it is, and its speaker takes that back alone."""
    ann, ben = await story.paired()
    await ann.says("/journal")
    await story.settles()
    post = next(one for one in reversed(ann.room) if one.words.startswith("Open journal"))
    await ann.replies_to(post, (Voice("handle-1", 41),))
    await ben.says("/history", in_room=False)
    past = ben.last_post
    await ann.says("/mine", in_room=False)
    await ann.presses(next(label for label in ann.labels if "voice" in label.lower()))
    await ann.presses("Delete")
    await ann.presses("Yes, delete")
    await ben.says("/history", in_room=False)

    assert "voice note" in past.lower()
    assert "voice note" not in ben.last_post.lower()
