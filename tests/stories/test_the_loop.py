"""The ritual loop: pairing, mornings, sunsets, the check-in."""

from __future__ import annotations

from stories.story import Story


async def test_nothing_starts_without_two_yeses(story: Story) -> None:
    """One yes alone starts nothing and posts nothing."""
    ann, ben = story.person("Ann"), story.person("Ben")
    await ann.says("/start")
    await ann.presses("Tell me more")
    await ann.presses("Join")
    await story.passes(days=3)

    assert "Morning appreciation" not in ben.screen


async def test_each_yes_is_given_in_private(story: Story) -> None:
    """The question before a yes is read by the one who pressed, and by nobody else."""
    ann, ben = story.person("Ann"), story.person("Ben")
    await ann.says("/start")
    await ann.presses("Tell me more")

    assert "Before you decide" in ann.screen
    assert "Before you decide" not in ben.screen


async def test_the_plan_is_shown_and_changed_before_it_starts(story: Story) -> None:
    """Both see one plan, either changes it, and nothing comes before Start."""
    ann, ben = await story.paired(start=False)
    await ben.presses("Only Mon, Wed, Fri mornings")
    await story.passes(days=2)

    assert "Mon, Wed, Fri, 08:00" in ann.screen
    assert "Good morning" not in ann.screen


async def test_a_morning_with_both_replies(story: Story) -> None:
    """The morning prompt comes at eight; both reply, and each reply gets a neutral mark."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.replies("The tea you made")
    await ben.replies("Your patience on the phone")

    assert ann.room[-3].at == story.at("2026-03-02 08:00")
    assert [message.mark.value for message in ann.room[-2:] if message.mark] == ["recorded", "recorded"]


async def test_the_sunset_line_is_silent_and_takes_one_tap(story: Story) -> None:
    """At ten a quiet line closes the day; a tap is noted for its giver alone."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 22:00")
    line = ann.room[-1]
    before = ben.screen
    await ann.presses("Phones down")

    assert line.post.quiet
    assert "Noted, quietly." in ann.screen
    assert ben.screen == before


async def test_one_sunset_line_stands_at_a_time(story: Story) -> None:
    """Yesterday's sunset line is gone when today's comes."""
    ann, _ = await story.paired()
    await story.comes("2026-03-04 22:30")

    assert sum("Digital sunset\n" in message.words for message in ann.room) == 1


async def test_the_checkin_is_answered_apart_and_shared_together(story: Story) -> None:
    """Sealed answers appear together at the share moment, and not before."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    for partner, words in ((ann, "You told me first"), (ben, "You came back early")):
        await partner.presses("Answer in private")
        for _ in range(3):
            await partner.presses("Mostly")
        await partner.says(words, in_room=False)
        await partner.presses("Skip")
        await partner.says("A walk", in_room=False)
        await partner.presses("Share the warm lines")
    before = ben.screen
    await story.comes("2026-03-08 18:30")

    assert "You told me first" not in before
    assert "You told me first" in ben.screen
    assert "You came back early" in ann.screen
    assert ann.room[-1].at == story.at("2026-03-08 18:30")


async def test_history_shows_own_words_and_what_was_shared(story: Story) -> None:
    """Kept lines stay with their author; shared ones are there for both."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await ann.presses("Answer in private")
    await ann.presses("A little")
    await ann.says("/history", in_room=False)
    await ben.says("/history", in_room=False)

    assert "Could count on it: A little" in ann.last_post
    assert "A little" not in ben.last_post
