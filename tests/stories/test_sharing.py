"""Share moments: what appears, when, and what never does."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.posts import Token
from bot.turn import Repertoire
from stories.chats import ROOM, BarePhone
from stories.checkins import BUILT, NEXT, RIGHT, fill_in
from stories.story import Story, told


async def test_kept_lines_never_reach_the_other(story: Story) -> None:
    """What Ann keeps never reaches Ben, not even at the share moment."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Keep all")
    await story.comes("2026-03-10 12:00")

    assert BUILT not in ben.screen
    assert NEXT not in ben.screen


async def test_something_to_put_right_is_never_shared(story: Story) -> None:
    """The line about something to put right cannot be marked and is not among the warm ones."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann, right=RIGHT)
    await ann.presses("Share the warm lines")
    await ann.presses("Choose")
    forced = Token("mark", ann.find_choice("Done")[1].token.subject, "tc-repair_on")
    await ann.presses_token(forced, ann.find_choice("Done")[0])
    await story.comes("2026-03-10 12:00")

    assert RIGHT not in ben.screen
    assert BUILT in ben.screen


async def test_both_ready_with_lines_share_at_once(story: Story) -> None:
    """The moment comes early when both are ready and each marked a line."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    for partner in (ann, ben):
        await fill_in(partner)
        await partner.presses("Share the warm lines")
        await partner.presses("Ready")
    await story.settles()

    assert "Ann shared from the week:" in ben.room[-1].words
    assert ben.room[-1].at == story.at("2026-03-07 10:00")


async def test_ready_with_everything_kept_hastens_nothing(story: Story) -> None:
    """Who marked nothing does not bring the moment forward by being ready."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await ann.presses("Ready")
    await fill_in(ben)
    await ben.presses("Ready")
    await story.passes(hours=6)

    assert BUILT not in ben.room[-1].words


async def test_the_author_may_withdraw_until_the_moment(story: Story) -> None:
    """A line that was marked and kept again does not appear."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await ann.presses("Choose")
    await ann.presses("Keep: Built a bit of trust")
    await ann.presses("Done")
    await story.comes("2026-03-08 18:30")

    assert BUILT not in ben.screen
    assert NEXT in ben.screen


async def test_a_word_of_a_scale_goes_with_a_sentence(story: Story) -> None:
    """A scale's word appears with its author's sentence, or not at all."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Choose")
    await ann.presses("Share: Felt heard")
    await ann.submits("Thursday helped")
    await ann.presses("Done")
    await story.comes("2026-03-08 18:30")

    assert "Felt heard: Mostly\nThursday helped" in ben.screen


async def test_late_answers_are_kept_for_their_author(story: Story) -> None:
    """After the moment an answer is kept, and shared with nobody."""
    ann, ben = await story.paired()
    await story.comes("2026-03-08 18:30")
    await fill_in(ann)
    await story.passes(days=1)
    await ann.says("/history", in_room=False)

    assert "kept, for you" in ann.screen
    assert BUILT in ann.last_post
    assert BUILT not in ben.screen


async def test_a_sentence_stands_under_its_word_wherever_it_is_read(story: Story) -> None:
    """Before it is shared, in the preview and in one's own history, as in the shared post."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Choose")
    await ann.presses("Share: For next week")
    await ann.presses("Share: Felt heard")
    await ann.says("On Wednesday I did", in_room=False)
    await ann.presses("Done")
    preview = ann.last_post
    await ann.says("/history", in_room=False)
    history = ann.last_post
    await story.comes("2026-03-08 18:30")
    del ben

    for text in (preview, history, ann.room[-1].words):
        assert text.index("Felt heard") < text.index("On Wednesday I did") < text.index("For next week")


async def test_two_different_weeks_are_met_with_one_sentence(story: Story) -> None:
    """When both share one scale two steps apart, the post says that weeks can differ, and neither how nor how far."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    for partner, word in ((ann, "A little"), (ben, "Yes, all week")):
        await partner.presses("Answer in private")
        await partner.presses(word)
        for _ in range(5):
            await partner.presses("Skip")
        await partner.presses("Choose")
        await partner.presses("Share: Could count on it")
        await partner.submits("That was my week")
    await story.comes("2026-03-08 18:30")

    assert any(sentence in ann.room[-1].words for sentence in story.known.decks["trust_checkin"].sealed.differ)


async def test_a_hard_day_holds_the_moment_once(story: Story) -> None:
    """After "Not the day for it" the moment waits a day, marks are asked for again, and silence keeps."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-08 08:00")
    await ben.presses("Not the day for it")
    await story.comes("2026-03-08 20:00")
    held = ben.screen
    await ann.presses("Open")
    asked_again = ann.screen
    await story.comes("2026-03-09 21:00")

    assert "shared from the week" not in held
    assert "wait one more day" in asked_again
    assert "No lines this time" in ben.screen
    assert BUILT not in ben.screen


async def silent(ben: BarePhone) -> None:
    """Ben does nothing."""


async def skipped(ben: BarePhone) -> None:
    """Ben leaves this one out."""
    await ben.presses("Answer in private")
    await ben.presses("Leave it this week")


async def kept_everything(ben: BarePhone) -> None:
    """Ben answers all and keeps all."""
    await fill_in(ben, right=RIGHT)
    await ben.presses("Keep all")


async def kept_and_ready(ben: BarePhone) -> None:
    """Ben answers all, marks nothing, and says that he is ready."""
    await fill_in(ben, right=RIGHT)
    await ben.presses("Ready")


async def withdrew(ben: BarePhone) -> None:
    """Ben marks his lines and then keeps them after all."""
    await fill_in(ben, right=RIGHT)
    await ben.presses("Share the warm lines")
    await ben.presses("Keep all")


async def decided_alone(ben: BarePhone) -> None:
    """Ben uses everything that is his alone, and answers nothing."""
    for words in ("depth light", "notes off", "notifications on", "language english"):
        await ben.says(f"/settings {words}", in_room=False)
    for words in ("/skip", "/rest 3 days", "/mine", "/mine tea", "/export", "/history"):
        await ben.says(words, in_room=False)
    await ben.says("/more", in_room=False)
    for label in ("Support", "Remove this message"):
        await ben.presses(label)
    await ben.says("/leave", in_room=False)
    for label in ("At once", "Stay"):
        await ben.presses(label)
    await ben.says("/settings", in_room=False)
    await ben.presses("A new recovery code")


REASONS = (silent, skipped, kept_everything, kept_and_ready, withdrew, decided_alone)


EVERY_COMMAND = tuple(f"/{one.name}" for one in COMMANDS if one.name not in ("start", "export", "today"))


async def _what_ann_sees(
    folder: Path, known: Repertoire, migrated: Path, ben_does: Callable[[BarePhone], Awaitable[None]]
) -> list:
    async with told(folder, known, migrated) as story:
        ann, ben = await story.paired()
        await story.comes("2026-03-07 10:00")
        await ben_does(ben)
        await fill_in(ann)
        await ann.presses("Share the warm lines")
        await ann.presses("Ready")
        for command in EVERY_COMMAND:
            await ann.says(command, in_room=False)
        await story.comes("2026-03-16 12:00")
        await ann.says("/history", in_room=False)
        places = (ROOM, ann.private)
        seen = [one for one in story.chats.messages if one.ref.place in places]
        return [(one.at, one.ref.place, one.post.text, one.post.quiet, one.gone, one.changes) for one in seen]


@pytest.mark.parametrize(("one", "other"), list(itertools.pairwise(REASONS)))
async def test_the_reason_of_an_absence_cannot_be_told(
    tmp_path: Path, known: Repertoire, migrated: Path, one: Callable, other: Callable
) -> None:
    """All that Ann can see, its timing included, is the same whether Ben was silent, skipped or kept everything."""
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with_one = await _what_ann_sees(tmp_path / "one", known, migrated, one)
    with_other = await _what_ann_sees(tmp_path / "other", known, migrated, other)

    assert with_one == with_other
    assert any(BUILT in "".join(span.text for span in text) for _, _, text, _, _, _ in with_one)


async def test_no_two_choices_of_one_screen_read_alike(story: Story) -> None:
    """On every screen of the check-in each choice says something of its own."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Choose")
    for message in story.chats.messages:
        labels = [choice.label for choice in message.post.choices]

        assert len(labels) == len(set(labels))
    await ann.presses("Done")
    await ann.presses("Change my answers")
    labels = [choice.label for choice in ann.own[-1].post.choices]

    assert "Leave it this week" in labels
    assert len(labels) == len(set(labels))


async def test_what_both_have_read_stays_as_they_read_it(story: Story) -> None:
    """After the share moment no old button and no typed sentence rewrites or takes away a shared line."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    occurrence = ann.find_choice("Choose")[1].token.subject
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-08 19:00")
    await ann.presses_token(Token("say", occurrence, "tc-built"), ann.own[-1])
    await ann.submits("Something else entirely")
    await ann.presses_token(Token("checkin", occurrence, "anew"), ann.own[-1])
    for _ in range(3):
        await ann.presses("Skip")
    await ann.presses("Skip")
    await ben.says("/history", in_room=False)

    assert "stays as it was" in ann.screen
    assert BUILT in ben.last_post
    assert "Something else entirely" not in ben.screen
