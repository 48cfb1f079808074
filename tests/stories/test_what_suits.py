"""Which prompts suit each of the two: said alone, unseen by the other."""

from __future__ import annotations

import pytest

from bot.posts import Token
from stories.story import Story


async def test_said_by_choices(story: Story) -> None:
    """One question for both, form and time; each press shows what stands now, and the way back."""
    ann, ben = await story.paired()
    before = ben.happened()
    await ann.says("/settings", in_room=False)
    usual = ann.last_post
    await ann.presses("What suits me")
    await ann.presses("Voice")
    await ann.presses("Five minutes")
    chosen = ann.last_post
    left = [choice.label for choice in ann.own[-1].post.choices]
    await ann.presses("Back")

    assert "What suits you: any form, any length" in usual
    assert chosen.startswith("What suits you: a voice note, five minutes")
    assert "Voice" not in left
    assert "Any form" in left
    assert "What suits you: a voice note, five minutes" in ann.last_post
    assert ben.happened() == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("form doing", "something to do, any length"),
        ("time 20", "any form, twenty minutes"),
        ("form any", "any form, any length"),
        ("suits talking", "something to talk about, any length"),
    ],
)
async def test_said_in_a_line(story: Story, typed: str, shown: str) -> None:
    """What one types has the same effect."""
    ann, _ = await story.paired()
    await ann.says(f"/settings {typed}", in_room=False)
    await ann.says("/settings", in_room=False)

    assert f"What suits you: {shown}" in ann.last_post


@pytest.mark.parametrize("value", ["fit_dancing", "fit_3", "fit_", "fit_form"])
async def test_nothing_else(story: Story, value: str) -> None:
    """A forged choice changes nothing."""
    ann, _ = await story.paired()
    await ann.says("/settings", in_room=False)
    await ann.presses_token(Token("wish", 0, value), ann.own[-1])
    await ann.says("/settings", in_room=False)

    assert "What suits you: any form, any length" in ann.last_post


async def test_the_reason_names_none_of_it(story: Story) -> None:
    """Whatever suits them, /why says what it says to everybody; the first morning is the same for all."""
    ann, ben = await story.paired()
    await ben.says("/settings form talking", in_room=False)
    await ben.says("/settings time 1", in_room=False)
    await story.comes("2026-03-02 08:30")
    first = next(one.words for one in reversed(ann.room) if one.words.startswith("Morning appreciation"))
    await story.comes("2026-03-06 08:30")
    await ann.says("/why", in_room=False)

    assert story.known.decks["morning_appreciation"].prompts[0].text in first
    assert ann.last_post.rpartition("\n\n")[2] in (
        "It hadn't come lately, and chance did the rest.",
        "Every so often one comes with room for hard feelings, whatever the days are like.",
        "It belongs to these days of the year or the week.",
    )
