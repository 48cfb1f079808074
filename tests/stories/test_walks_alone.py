"""Guided walks that one partner goes alone: resumed, stopped without a trace, and never seen by the other."""

from __future__ import annotations

from bot.posts import LARGEST_ID
from bot.store import Store
from stories.chats import PLATFORM, BarePhone
from stories.story import Story

OFTEN, HARDLY = "Often", "Hardly"


async def _on_record(story: Story, name: str) -> int:
    """How many answers of somebody's are on record."""
    found = await story.reads(lambda store: _answers(store, name))
    assert isinstance(found, int)
    return found


def _answers(store: Store, name: str) -> int:
    who = store.people.who(PLATFORM, name.lower())
    assert who is not None
    return len(store.replies.of_partner(who.partner.id, LARGEST_ID))


async def _assesses(phone: BarePhone, picks: list[str], area: str) -> str:
    """All the way to where one picks an area; returns what was there already."""
    await phone.says("/assess", in_room=False)
    await phone.presses("Next")
    for pick in picks:
        await phone.presses(pick)
    best = phone.last_post
    await phone.presses("Next")
    await phone.presses(area)
    return best


async def test_seven_lines_and_a_goal(story: Story) -> None:
    """Two areas that are there already are named, one picks where to try something, and is asked about it later."""
    ann, ben = await story.paired()
    await ann.says("/assess", in_room=False)
    await ann.presses("Next")
    for pick in (HARDLY, OFTEN, HARDLY, "Nearly always", HARDLY, HARDLY, HARDLY):
        await ann.presses(pick)
    best = ann.last_post
    await ann.presses("Next")
    await ann.presses("Listening")
    idea = ann.last_post
    await ann.presses("Next")
    await ann.says("When we disagree, I say it back once", in_room=False)
    await ann.presses("Show it in the chat")
    await story.settles()
    seen = ben.screen
    await story.passes(days=14, minutes=1)
    await ann.presses("Open")

    assert "openness and naming feelings" in best
    assert "say back what I heard" in idea
    assert "Ann\nWhen we disagree, I say it back once" in seen
    assert "Your goal was: When we disagree, I say it back once Keep it" in ann.screen
    assert "Your goal was" not in ben.screen


async def test_nothing_for_now(story: Story) -> None:
    """Who wants to try nothing is through, and is never asked about a goal."""
    ann, _ = await story.paired()
    best = await _assesses(ann, [HARDLY] * 7, "Nothing for now")
    end = ann.last_post
    await story.passes(days=30)

    assert "That was all" in end
    assert "What is there already, you know best" in best
    assert "Your goal was" not in ann.screen


async def test_resumed_after_days_and_a_restart(story: Story) -> None:
    """Wherever one was, the command leads back there, at every step."""
    ann, _ = await story.paired()
    await ann.says("/assess", in_room=False)
    await ann.presses("Next")
    for _ in range(7):
        here = ann.last_post
        await story.restarts()
        await story.passes(hours=20)
        await ann.says("/assess", in_room=False)

        assert ann.last_post == here

        await ann.presses(OFTEN)

    assert "What seems to be there already" in ann.last_post


async def test_stopped_without_a_trace(story: Story) -> None:
    """At any step "Stop here" ends it, and what was picked and written is gone."""
    ann, ben = await story.paired()
    before = ben.screen
    await ann.says("/practice", in_room=False)
    await ann.presses("Finding the word")
    await ann.presses("Low")
    await ann.presses("Sad")
    kept = await _on_record(story, "Ann")
    await ann.presses("Stop here")
    gone = await _on_record(story, "Ann")
    await ann.says("/practice", in_room=False)

    assert kept == 2
    assert gone == 0
    assert "Go on: Finding the word" not in ann.labels
    assert ben.screen == before


async def test_the_other_never_hears_of_it(story: Story) -> None:
    """Neither the chat, nor the past, nor what is open, nor a press tells that somebody went a walk alone."""
    ann, ben = await story.paired()
    before = ben.screen
    await ann.says("/practice", in_room=False)
    await ann.presses("Is this still good for me?")
    await ann.presses("Next")
    _, choice = ann.find_choice("Sometimes")
    await ann.presses("Sometimes")
    await ben.says("/skip", in_room=False)
    skipped = ben.last_post
    await ben.presses_token(choice.token, ben.find_choice("Tell me more")[0])
    pressed = ben.last_post
    await ben.says("/history", in_room=False)
    past = ben.last_post
    await ben.says("/practice", in_room=False)

    assert ben.screen.startswith(before)
    assert "still good" not in skipped
    assert "does nothing now" in pressed
    assert "still good" not in past
    assert "Go on: Is this still good for me?" not in ben.labels


async def test_ones_own_words_stay_ones_own(story: Story) -> None:
    """What was written stands in /mine with its step, can be deleted there, and is then never asked about."""
    ann, _ = await story.paired()
    await _assesses(ann, [OFTEN] * 7, "Time")
    await ann.presses("Next")
    await ann.says("Phone in the hall on Tuesdays", in_room=False)
    await ann.says("/mine", in_room=False)
    await ann.presses(next(label for label in ann.labels if "Phone in the hall" in label))
    one = ann.last_post
    await ann.presses("Delete")
    await ann.presses("Yes, delete")
    await story.passes(days=15)

    assert "My goal" in one
    assert "Your goal was" not in ann.screen
