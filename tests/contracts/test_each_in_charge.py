"""On every platform: whatever one does alone, the other reads the same, and each has their own words in hand."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from test_the_same_story import on_stage
from the_story import Phone, Stage, answer_the_form, pair

from bot.turn import Repertoire

ALONE = (
    "/settings depth light", "/settings notes off", "/settings fewer off", "/settings notifications on", "/skip",
    "/rest 3 days", "/mine", "/mine tea", "/export", "/history", "/recover", "/timezone Berlin",
)  # fmt: skip
"""Everything of one's own that changes nothing which both can see."""

ASKED = ("/week", "/rituals", "/history", "/mine", "/settings", "/checkin", "/help", "/visit", "/hide")
"""What somebody who wants to know tries."""


async def presses(stage: Stage, phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.presses(label)
        await stage.settles()


async def says(stage: Stage, phone: Phone, words: str) -> None:
    await phone.says(words, in_room=False)
    await stage.settles()


async def uses_everything(stage: Stage) -> None:
    """Ben uses whatever is his alone, in private."""
    for words in ALONE:
        await says(stage, stage.ben, words)
    await says(stage, stage.ben, "/more")
    await presses(stage, stage.ben, "Support", "Remove this message")
    await says(stage, stage.ben, "/leave")
    await presses(stage, stage.ben, "Go quiet slowly", "Stay")


def chats_of(phone: Any) -> list[str]:
    """What stands in each chat of somebody's phone, in order."""
    room = getattr(phone, "group", None) or getattr(phone, "channel", None)
    if room is None:
        return [phone.screen]
    chats = [phone.user.screen(place) for place in (room, phone.bot)]
    return ["\n".join(getattr(one, "shown", None) or one.text for one in chat) for chat in chats]


def without_chance(read: str, known: Repertoire) -> str:
    """The same without what is drawn anew each time: codes, and which prompt of a deck comes."""
    for deck in known.decks.values():
        for prompt in deck.prompts:
            read = read.replace(prompt.text, f"(a prompt of {deck.title})")
    return re.sub(r"(/recover |[a-z]+-(?=[0-9a-z]{11,})|bot\?start=)\S+", r"\1(a code)", read)


async def what_ann_reads(stage: Stage, *, alone: bool) -> str:
    """All that is on Ann's phone after a week in which she answers everything and tries every command."""
    await pair(stage)
    await stage.comes("2026-03-02 08:00")
    await stage.ann.replies("The tea you made")
    if alone:
        await uses_everything(stage)
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, stage.ann, "You told me first")
    await presses(stage, stage.ann, "Share the warm lines", "Ready")
    for words in ASKED:
        await says(stage, stage.ann, words)
    await stage.comes("2026-03-08 18:30")
    await says(stage, stage.ann, "/history")
    return "\n".join(chats_of(stage.ann))


@pytest.mark.parametrize("platform", ["bare engine", "playground", "telegram", "discord"])
async def test_whatever_one_does_alone_the_other_reads_the_same(
    platform: str, tmp_path: Path, known: Repertoire, migrated: Path
) -> None:
    """Silent, or using every control there is: shared and private, text and order are the same for the other."""
    read = []
    for alone in (False, True):
        folder = tmp_path / str(alone)
        folder.mkdir()
        async with on_stage(platform, folder, known, migrated) as stage:
            read.append(without_chance(await what_ann_reads(stage, alone=alone), known))

    assert read[0] == read[1]
    assert "You told me first" in read[0]


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
    assert "Nothing yet" in stage.ben.screen
    assert "I'm resting from now on." in stage.ann.screen
    assert "Ben" not in last
