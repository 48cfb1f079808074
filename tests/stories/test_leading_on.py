"""Who wrote something to put right is offered, the next morning and alone, to start a repair."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.turn import Repertoire
from stories.chats import BarePhone
from stories.checkins import RIGHT, fill_in
from stories.story import Story, told


async def _through(story: Story, phone: BarePhone, right: str) -> None:
    await story.comes("2026-03-07 10:00")
    await fill_in(phone, right=right)
    await phone.presses("Keep all")


async def test_the_next_morning(story: Story) -> None:
    """A covered note, silent, without a word of what was written; a press begins with the gate in private."""
    ann, ben = await story.paired()
    await _through(story, ann, RIGHT)
    first = len(ann.own)
    await story.comes("2026-03-08 09:59")
    before = len(ann.own)
    await story.comes("2026-03-08 10:00")
    covered = ann.own[-1]
    neutral, quiet = covered.words, covered.post.quiet
    await ann.presses("Open")
    opened = covered.words
    labels = [choice.label for choice in covered.post.choices]
    seen = len(ben.own)
    await ann.presses("Start a repair")
    await story.settles()

    assert before == first
    assert neutral == "A note for later."
    assert quiet
    assert opened.startswith("Yesterday you wrote down something to put right.")
    assert RIGHT not in opened
    assert labels == ["Start a repair"]
    assert "How is now?" in ann.last_post
    assert len(ben.own) == seen + 1


def test_the_other_reads_nothing_of_it(
    known: Repertoire, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whether Ann wrote such a line changes nothing on Ben's phone in the days that follow."""
    seen = [asyncio.run(_bens_week(tmp_path_factory.mktemp("story"), known, migrated, right)) for right in ("", RIGHT)]

    assert seen[0] == seen[1]


async def _bens_week(folder: Path, known: Repertoire, migrated: Path, right: str) -> list[tuple[str, ...]]:
    async with told(folder, known, migrated) as story:
        ann, ben = await story.paired()
        await _through(story, ann, right)
        await story.passes(days=3)
        return ben.happened()


@pytest.mark.parametrize("why", ["skipped", "deleted", "rests", "no notes"])
async def test_nothing_comes(story: Story, why: str) -> None:
    """Not to who wrote nothing, took it back, rests, or wishes for no notes."""
    ann, _ = await story.paired()
    await _through(story, ann, "" if why == "skipped" else RIGHT)
    if why == "deleted":
        await ann.says(f"/mine {RIGHT[:8]}", in_room=False)
        await ann.presses(next(one for one in ann.labels if RIGHT[:8] in one))
        await ann.presses("Delete")
        await ann.presses("Yes, delete")
    elif why == "rests":
        await ann.says("/rest 3 days", in_room=False)
    elif why == "no notes":
        await ann.says("/settings nudges off", in_room=False)
    before = len([one for one in ann.own if one.words == "A note for later."])
    await story.passes(days=2)

    assert len([one for one in ann.own if one.words == "A note for later."]) == before


async def test_a_changed_line_is_offered_once(story: Story) -> None:
    """The form gone through again the same day leads to one note."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann, right=RIGHT)
    before = sum(one.words == "A note for later." for one in ann.own)
    await ann.presses("Change my answers")
    for _ in range(3):
        await ann.presses("Mostly")
    for words in ("You waited", "The keys, and the tone", "A walk"):
        await ann.says(words, in_room=False)
    await story.passes(days=3)

    assert sum(one.words == "A note for later." for one in ann.own) == before + 1
