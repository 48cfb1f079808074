"""Guided walks for two: they begin only if both say now, and end without a trace whenever either likes."""

from __future__ import annotations

import pytest

from stories.chats import BarePhone
from stories.story import Story

DECLINED = "Not starting now. It can wait for another time."


async def _say_now(phone: BarePhone, role: str) -> None:
    await phone.presses("Now is okay")
    await phone.presses(role)


async def _opens(phone: BarePhone) -> None:
    """The invitation comes as a neutral line."""
    await phone.presses("Open")


async def _both_begin(story: Story) -> tuple[BarePhone, BarePhone]:
    ann, ben = await story.paired()
    await ann.says("/repair", in_room=False)
    await story.settles()
    await _say_now(ann, "I'd like to own something")
    await _opens(ben)
    await _say_now(ben, "Something hurt me")
    await story.settles()
    return ann, ben


async def test_from_the_invitation_to_the_end(story: Story) -> None:
    """Both say now, each step comes twice, either presses Next, and afterwards each may keep something alone."""
    ann, ben = await _both_begin(story)
    begun = ann.last_post
    for at in range(9):
        await (ann, ben)[at % 2].presses("Next")
        await story.settles()
    end = ann.screen
    await ann.presses("Open")
    await ann.says("Write before leaving late", in_room=False)
    await ann.presses("Skip")
    await story.passes(days=7, minutes=1)
    await ann.presses("Open")

    assert "One topic, one speaker at a time" in begun
    assert "That's it. Thank you both." in end
    assert "A week ago you wanted to try: Write before leaving late" in ann.screen
    assert "Write before leaving late" not in ben.screen


async def test_whoever_says_yes_second_has_nothing_to_wait_for(story: Story) -> None:
    """The first reads until when the invitation stands; the second, that it goes on in the chat."""
    ann, ben = await _both_begin(story)

    assert "It begins in the chat once you both say now." in ann.own[-1].words
    assert "It goes on in the chat." in ben.own[-1].words
    assert "isn't so by" not in ben.screen


async def test_a_small_plan_with_a_day(story: Story) -> None:
    """At the fourth step each writes what they will try; on the day they chose one quiet line asks both, once."""
    ann, ben = await _both_begin(story)
    for _ in range(7):
        await ann.presses("Next")
        await story.settles()
    no_day_yet = list(ann.labels)
    await ann.replies("I write before I leave", to="Step 4 of 5")
    await ben.replies("I ask before I sigh", to="Step 4 of 5")
    await story.settles()
    await ben.presses("In two weeks")
    await story.settles()
    ending = ann.screen
    await ann.presses("Next")
    await story.settles()
    await story.comes("2026-03-16 09:59")
    waiting = ann.screen
    await story.comes("2026-03-16 10:00")
    asked = next(one for one in reversed(ann.room) if one.words.startswith("Putting things right"))
    words = asked.words
    await story.passes(days=9)

    assert "In two weeks" not in no_day_yet
    assert "Step 5 of 5" in ending
    assert "Each of you wanted to try" not in waiting
    assert "Each of you wanted to try" in words
    assert "I write before I leave" in words
    assert "I ask before I sigh" in words
    assert asked.post.quiet
    assert not any(one.at > asked.at and one.words.startswith("Putting") for one in ann.room)


async def test_a_changed_plan_does_not_lead_through_the_end_again(story: Story) -> None:
    """Change it leads back to the plan alone; with another day chosen it stands again, and nobody is asked for more."""
    ann, ben = await _both_begin(story)
    for _ in range(7):
        await ann.presses("Next")
        await story.settles()
    await ann.replies("I write before I leave", to="Step 4 of 5")
    await story.settles()
    await ann.presses("In two weeks")
    await ann.presses("Next")
    await story.passes(days=15)
    private = len(ben.own)
    await ben.presses("Change it")
    await ben.replies("I ask before I sigh", to="Step 4 of 5")
    await story.settles()
    await ann.presses("In a month")
    await story.settles()
    standing = next(one.words for one in reversed(ann.room) if one.words.startswith("Putting things right"))

    assert "I ask before I sigh" in standing
    assert "you're both asked how it suits" in standing
    assert len(ben.own) == private


async def test_whoever_speaks_gets_their_card(story: Story) -> None:
    """The speaker's and the listener's cards go to who they are for, alone; who was hurt reads a card of their own."""
    ann, ben = await _both_begin(story)
    await ann.presses("Next")
    await story.settles()
    ann_speaks = "Ann\u2069 speaks" in ann.last_post
    seen = []
    for _ in range(2):
        await ben.presses("My card")
        seen.append(ben.last_post)
        await ann.presses("Next")
        await story.settles()
    listening, speaking = seen if ann_speaks else seen[::-1]

    assert "Only listen" in listening
    assert "You don't have to make it smaller than it was" in speaking
    assert "Only listen" not in ann.screen
    assert "smaller than it was" not in ann.screen


@pytest.mark.parametrize("answer", ["silent", "Later", "Not this one", "stopped", "undecided"])
async def test_not_now_looks_the_same(story: Story, answer: str) -> None:
    """Half an hour after the invitation the chat reads one line, whatever the other did, at the same moment."""
    ann, ben = await story.paired()
    await ann.says("/repair", in_room=False)
    await story.settles()
    await _say_now(ann, "Not sure")
    before = ann.happened()
    if answer != "silent":
        await _opens(ben)
        await ben.presses({"stopped": "Now is okay", "undecided": "Now is okay"}.get(answer, answer))
    if answer == "stopped":
        await ben.presses("Stop here")
    await story.passes(minutes=29)
    waiting = ann.happened()
    await story.passes(minutes=1)

    assert waiting == before
    assert ann.last_post == f"Putting things right\n{DECLINED}"
    assert len(ann.happened()) == len(before) + 1


async def test_stopped_by_either(story: Story) -> None:
    """The chat reads that it stopped and not by whom; nothing is kept, and a press on what has passed does nothing."""
    ann, ben = await _both_begin(story)
    await ann.presses("Next")
    await story.settles()
    message, choice = ann.find_choice("Next")
    await ben.presses("Stop here")
    await story.settles()
    stopped = message.words
    await ann.presses_token(choice.token, message)
    await story.settles()

    assert "Stopped here. That's fine." in stopped
    assert "Ben" not in stopped
    assert message.words == stopped
    assert message.post.choices == ()


async def test_both_press_next_at_once(story: Story) -> None:
    """The second press of the same "Next" moves nothing on."""
    ann, ben = await _both_begin(story)
    message, choice = ann.find_choice("Next")
    await ann.presses_token(choice.token, message)
    once = message.words
    await ben.presses_token(choice.token, message)
    await story.settles()

    assert "Step 1 of 5" in once
    assert message.words == once


async def test_resumed_after_a_restart_at_every_step(story: Story) -> None:
    """Hours and a restart between any two steps lose nothing."""
    ann, ben = await _both_begin(story)
    places = []
    for _ in range(9):
        places.append(next(one.words for one in ann.room if one.words.startswith("Putting things right")))
        await story.restarts()
        await story.passes(hours=1)
        await ben.presses("Next")
        await story.settles()

    assert len(set(places)) == 9


async def test_once_at_a_time(story: Story) -> None:
    """A second /repair leads to the one that is under way."""
    ann, ben = await _both_begin(story)
    posts = len(ann.room)
    await ben.says("/repair", in_room=False)
    await story.settles()

    assert "One topic, one speaker" in ben.last_post
    assert len(ann.room) == posts


async def test_somebody_who_rests_is_not_asked(story: Story) -> None:
    """Whoever wished for silence gets no invitation, which the other cannot tell from a no."""
    ann, ben = await story.paired()
    await ben.says("/rest", in_room=False)
    await ben.presses("Me, a day")
    before = len(ben.own)
    await ann.says("/repair", in_room=False)
    await story.settles()
    await _say_now(ann, "Not sure")
    await story.passes(minutes=31)

    assert len(ben.own) == before
    assert DECLINED in ann.last_post
