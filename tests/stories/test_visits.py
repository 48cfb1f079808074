"""Two who live apart meet for some days."""

from __future__ import annotations

import pytest

from stories.chats import BarePhone
from stories.checkins import fill_in
from stories.story import Story

ZONES = ("Berlin", "New York")


async def living_apart(story: Story) -> tuple[BarePhone, BarePhone]:
    ann, ben = await story.paired(zones=ZONES, start=False)
    await ann.presses("We live apart")
    await ann.presses("Start")
    await story.settles()
    return ann, ben


async def test_one_clock_on_the_days_of_a_visit(story: Story) -> None:
    """Everything comes by the clock of one place, without private notes; before and after each has their own."""
    ann, ben = await living_apart(story)
    await ann.says("/visit 5-8 march")
    await ben.presses("By the clock of New York")
    await story.comes("2026-03-12 23:00")
    mornings = [
        story_time(one.at) for one in ann.room if one.words.startswith("Morning appreciation\n") and one.author == "bot"
    ]
    notes = [story_time(one.at) for one in ben.own if one.words == "A note for later."]

    assert [one for one in mornings if "03-05" <= one <= "03-09"] == [
        "03-05 14:00", "03-06 14:00", "03-07 14:00", "03-08 13:00",
    ]  # fmt: skip
    assert "03-04 08:00" in mornings
    assert not any("03-05 08" <= one <= "03-08 23" for one in notes)


async def test_a_check_in_during_a_visit(story: Story) -> None:
    """It opens, is spoken of and is shared by the one clock that holds."""
    ann, ben = await living_apart(story)
    await ann.says("/visit 5-9 march")
    await ben.presses("By the clock of New York")
    await story.comes("2026-03-07 17:00")
    invitation = next(one for one in ann.room if one.words.startswith("Weekly"))
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    told = ann.last_post
    await story.comes("2026-03-08 23:59")
    shared = [story_time(one.at) for one in ann.room if "Ann shared from the week" in one.words]

    assert story_time(invitation.at) == "03-07 16:00"
    assert "in your shared chat: Sunday 18:30." in invitation.words
    assert "on Sunday 18:30." in told
    assert shared == ["03-08 23:30"]


async def test_the_week_before_a_visit_has_both_clocks(story: Story) -> None:
    """A share moment that falls before they meet is told on each one's clock."""
    ann, _ = await living_apart(story)
    await ann.says("/visit 9-12 march")
    await story.comes("2026-03-07 17:00")
    invitation = next(one for one in ann.room if one.words.startswith("Weekly"))

    assert "(\u2068Ann\u2069)" in invitation.words
    assert "(\u2068Ben\u2069)" in invitation.words


async def test_prompts_for_one_place(story: Story) -> None:
    """On those days no prompt speaks of the distance."""
    ann, _ = await living_apart(story)
    await ann.says("/visit 1 june - 30 september")
    await story.comes("2026-09-30 23:00")
    deck = {prompt.text: prompt for prompt in story.known.decks["morning_appreciation"].prompts}
    came = [
        deck[text]
        for one in ann.room
        for text in deck
        if one.words.startswith("Morning appreciation\n") and text in one.words and one.on >= "2026-06-01"
    ]

    assert came
    assert not any(prompt.distance == "only" for prompt in came)


async def test_the_week_names_the_clock_of_a_visit(story: Story) -> None:
    """On those days a time stands with the place whose clock it is."""
    ann, _ = await living_apart(story)
    await ann.says("/visit 5-6 march")
    await ann.says("/week", in_room=False)
    told = ann.last_post

    assert told.count("08:00 in Berlin · Morning appreciation") == 2
    assert "08:00 · Morning appreciation" in told


async def test_a_countdown_only_if_both_like_it(story: Story) -> None:
    """One wish alone shows nothing."""
    ann, ben = await living_apart(story)
    await ann.says("/visit 9-12 march")
    await ann.presses("Count the days")
    await story.comes("2026-03-04 09:00")
    alone = "Days until you meet" in ann.screen
    await ben.presses("Count the days")
    await story.comes("2026-03-05 09:00")

    assert not alone
    assert "Days until you meet: 4" in ann.room[-1].words


async def test_called_off(story: Story) -> None:
    """Either may; each one's own clock holds again."""
    ann, ben = await living_apart(story)
    await ann.says("/visit 5-8 march")
    await ben.presses("No visit after all")
    await story.comes("2026-03-06 15:00")

    assert "called off" in ann.screen
    assert story_time(ann.room[-1].at).startswith("03-06 08")


@pytest.mark.parametrize(("words", "said"), [("soon", "I didn't get that date"), ("", "/visit 12-19 June")])
async def test_how_to_say_it(story: Story, words: str, said: str) -> None:
    """What was not understood is said, with what works."""
    ann, _ = await living_apart(story)
    await ann.says(f"/visit {words}".strip())

    assert said in ann.screen


async def test_who_lives_in_one_place_has_no_visits(story: Story) -> None:
    """It says so, and changes nothing."""
    ann, _ = await story.paired()
    await ann.says("/visit 5-8 march")

    assert "You two live in one place" in ann.screen


def story_time(moment: int) -> str:
    """A moment on the wall in Berlin."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(moment, ZoneInfo("Europe/Berlin")).strftime("%m-%d %H:%M")
