"""Nobody loses their way: what is pressed by the way leaves open what was to be done."""

from __future__ import annotations

import pytest

from stories.chats import BarePhone
from stories.checkins import fill_in
from stories.story import Story


async def test_more_leaves_the_question_before_a_yes_standing(story: Story) -> None:
    """Who reads on before saying yes can still say it, also once that message is removed."""
    ann = story.person("Ann")
    await ann.says("/start")
    await ann.presses("Tell me more")
    await ann.presses("More")
    await ann.presses("Remove this message")
    await ann.presses("Join")

    assert "You're in." in ann.screen


@pytest.mark.parametrize("in_room", [True, False])
async def test_the_start_is_found_behind_change_more(story: Story, in_room: bool) -> None:
    """The plan that was opened to change more of it can still be started, in the room and in private."""
    ann, ben = await story.paired(start=False)
    await ann.presses("Change more")
    if not in_room:
        await ann.says("/rituals", in_room=False)
    await ann.presses("Start")
    await story.comes("2026-03-03 12:00")

    assert any(one.words.startswith("Morning appreciation\n") for one in ben.room)
    assert "Start" not in ann.labels


async def test_living_apart_is_said_later(story: Story) -> None:
    """Either may say it at any time, both see it, and a visit can be planned then."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await ann.says("/visit 5-8 march")
    refused = ann.last_post
    await ann.says("/rituals", in_room=False)
    await ann.presses("We live apart")
    await story.settles()
    await ann.says("/visit 5-8 march")

    assert "/rituals has a button" in refused
    assert "You live apart" in ben.screen
    assert "A visit:" in ben.screen


async def test_a_private_note_says_where_an_answer_goes(story: Story) -> None:
    """Written in private, it stands in the shared chat: the note says so before it is answered."""
    _, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-02 15:00")
    await ben.presses("Open")

    assert "An answer goes to your shared chat" in ben.last_post


def screen_with(phone: BarePhone, words: str) -> str:
    """The newest private message that holds these words."""
    return next(one.words for one in reversed(phone.own) if words in one.words)


async def test_choosing_shows_where_each_line_goes(story: Story) -> None:
    """A press tells what it does, and above it stands how it is now."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 11:00")
    await fill_in(ann)
    explained = ann.last_post
    await ann.presses("Choose")
    before = screen_with(ann, "Which lines")
    await ann.presses("Share: Built a bit of trust")
    after = screen_with(ann, "Which lines")

    assert "The warm lines: " in explained
    assert "Ready means" in explained
    assert "appears in the shared chat" not in before
    assert "Built a bit of trust: stays with you" in before
    assert "Built a bit of trust: appears in the shared chat" in after


async def test_what_is_added_after_the_share_moment_is_said_to_stay(story: Story) -> None:
    """Changing one's answers then begins with that."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 11:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-08 20:00")
    await ann.presses("Change my answers")

    assert "1 of " in screen_with(ann, "What you add now is kept, for you.")


async def test_looking_back_before_the_share_moment(story: Story) -> None:
    """A line that is marked and has not appeared yet is said to be that, and is not called kept."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 11:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await ann.says("/history", in_room=False)
    await ben.says("/history", in_room=False)

    assert "(marked to share)" in ann.last_post
    assert "(marked to share)" not in ben.screen


async def test_own_words_are_paged_both_ways(story: Story) -> None:
    """From earlier words there is a way back, and a word of a scale stands with what it answered."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 11:00")
    await fill_in(ann)
    for words in ("one", "two", "three"):
        await ann.replies(words, to="Morning appreciation")
    await ann.says("/mine", in_room=False)
    newest = ann.labels[:6]
    await ann.presses("Earlier")
    earlier = ann.labels
    await ann.presses("Back")

    assert any(": Mostly" in label for label in (*newest, *earlier))
    assert "Back" in earlier
    assert ann.labels[:6] == newest


async def test_from_rest_back_to_the_settings(story: Story) -> None:
    """Rest, opened from the settings, leads back to them."""
    ann, _ = await story.paired()
    await ann.says("/settings", in_room=False)
    await ann.presses("Rest")
    await ann.presses("Back")

    assert "Quiet hours" in ann.labels


async def test_a_ritual_tells_no_time_that_falls_into_a_rest(story: Story) -> None:
    """While both rest, a ritual names no next time before the end of it."""
    ann, _ = await story.paired()
    await ann.says("/rest", in_room=False)
    await ann.presses("Both of us, a week")
    await ann.says("/rituals morning", in_room=False)

    assert "Morning appreciation" in ann.last_post
    assert "Next: " not in ann.last_post
