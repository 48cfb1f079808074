"""On every platform: whatever one does alone, the other reads the same, and each has their own words in hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from journal import Journal
from test_the_same_story import on_stage
from the_story import Phone, Stage, answer_the_form, pair

from bot.turn import Repertoire

ALONE = (
    "/settings depth light", "/settings notes off", "/settings notes on", "/settings fewer off",
    "/settings notifications on", "/rest 3 days", "/rest off", "/mine", "/mine tea", "/export", "/history", "/recover",
    "/timezone Berlin",
)  # fmt: skip
"""Everything of one's own that changes nothing which both can see."""

ASKED = ("/week", "/rituals", "/history", "/mine", "/settings", "/checkin", "/question", "/help", "/visit", "/hide")
"""What somebody who wants to know tries."""


async def presses(stage: Stage, phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.presses(label)
        await stage.settles()


async def says(stage: Stage, phone: Phone, words: str) -> None:
    await phone.says(words, in_room=False)
    await stage.settles()


async def is_silent(stage: Stage, day: str) -> None:
    """Ben does nothing."""


async def skips(stage: Stage, day: str) -> None:
    """Ben leaves out whatever stands open, and says so in private."""
    await says(stage, stage.ben, "/skip")
    if "Leave it this week" in stage.ben.labels:
        await presses(stage, stage.ben, "Leave it this week")


async def keeps_everything(stage: Stage, day: str) -> None:
    """Ben answers in private, and keeps every line."""
    if day == "Saturday":
        await answer_the_form(stage, stage.ben, "Kept to myself")
        await presses(stage, stage.ben, "Keep all")


async def uses_everything(stage: Stage, day: str) -> None:
    """Ben uses whatever is his alone, in private."""
    if day != "Monday":
        await presses(stage, stage.ben, "Not this one", "Fewer of these")
        return
    await says(stage, stage.ben, "/settings")
    await presses(stage, stage.ben, "For you alone", "Something to practise", "Switch on", "Back")
    await says(stage, stage.ben, "/settings")
    await presses(stage, stage.ben, "For you alone", "Gratitude nudge", "Switch on", "Days", "Add Wednesday")
    for words in ALONE:
        await says(stage, stage.ben, words)
    await says(stage, stage.ben, "/more")
    await presses(stage, stage.ben, "Support", "Remove this message")
    await says(stage, stage.ben, "/leave")
    await presses(stage, stage.ben, "Go quiet slowly", "Stay")


Way = Callable[[Stage, str], Awaitable[None]]


async def what_happens_to_ann(stage: Stage, known: Repertoire, ben_lives: Way) -> Journal:
    """Ann's phone in a week in which she answers everything and tries every command."""
    await pair(stage)
    journal = Journal(stage, stage.ann, known)
    await journal.comes("2026-03-02 08:00")
    await stage.ann.replies("The tea you made")
    await stage.settles()
    await ben_lives(stage, "Monday")
    await journal.comes("2026-03-02 22:00")
    await journal.comes("2026-03-07 10:00")
    await ben_lives(stage, "Saturday")
    journal.turns("what Ben did")
    await answer_the_form(stage, stage.ann, "You told me first")
    await journal.presses("Share the warm lines", "Ready")
    for words in ASKED:
        await journal.says(words)
    await journal.comes("2026-03-08 18:30")
    await journal.says("/history")
    return journal


@pytest.mark.parametrize("platform", ["bare engine", "playground", "telegram", "discord"])
async def test_whatever_one_does_alone_the_other_reads_the_same(
    platform: str, tmp_path: Path, known: Repertoire, migrated: Path
) -> None:
    """Silent, skipping, keeping everything or using every control: text, order, changes and moments are the same."""
    written = []
    for way in (is_silent, skips, keeps_everything, uses_everything):
        folder = tmp_path / way.__name__
        folder.mkdir()
        async with on_stage(platform, folder, known, migrated) as stage:
            written.append((await what_happens_to_ann(stage, known, way)).pages)

    silent, *others = written
    for other in others:
        for page, as_silent in zip(other, silent, strict=True):
            assert page == as_silent
    assert "You told me first" in str(silent)
    assert ("what Ben did", []) in silent


@pytest.fixture(params=["bare engine", "playground", "telegram", "discord"])
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, known: Repertoire, migrated: Path
) -> AsyncIterator[Stage]:
    """Each platform in turn."""
    async with on_stage(request.param, tmp_path, known, migrated) as found:
        yield found


async def test_own_words_and_leaving(stage: Stage) -> None:
    """On every platform a copy is handed over, words are deleted, and who leaves is named nowhere."""
    await pair(stage)
    await stage.comes("2026-03-02 08:00")
    await stage.ben.replies("Your patience")
    await stage.settles()
    await says(stage, stage.ben, "/mine patience")
    listed = stage.ben.screen
    await says(stage, stage.ben, "/leave")
    await presses(stage, stage.ben, "At once", "Take a copy first", "Leave and delete my words")
    await says(stage, stage.ben, "/mine")
    last = stage.ann.screen.splitlines()[-1] if stage.ann.screen else ""

    assert "These hold what you looked for." in listed
    assert "your words are deleted" in stage.ben.screen
    assert "Nothing is kept here" in stage.ben.screen
    assert "I'm resting from now on." in stage.ann.screen
    assert "Ben" not in last
