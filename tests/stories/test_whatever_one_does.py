"""A property: whatever one does alone, in whatever order, the other's phone shows the same, at the same moments."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS
from bot.turn import Repertoire
from stories.alone import HARMLESS, TYPED, does
from stories.chats import ROOM, BarePhone
from stories.checkins import fill_in
from stories.story import Story, told

MOMENTS = ("2026-03-02 12:00", "2026-03-05 13:00", "2026-03-07 11:00", "2026-03-08 12:00")

deeds = st.tuples(st.integers(0, len(MOMENTS) - 1), st.sampled_from(TYPED + HARMLESS))
EVERY_COMMAND = [f"/{one.name}" for one in COMMANDS if one.name not in ("start", "today", "export")]


async def what_ann_sees(known: Repertoire, migrated: Path, done: list[tuple[int, str]]) -> list[tuple[object, ...]]:
    """Each message on Ann's phone: when, where, how, and how often it changed."""
    with tempfile.TemporaryDirectory() as folder:
        async with told(Path(folder), known, migrated) as story:
            ann, ben = await story.paired()
            await ann.says("/rituals question on")
            await ann.says("/rituals question thu")
            for number, moment in enumerate(MOMENTS):
                await story.comes(moment)
                if number == 1:
                    await ann.presses("Answer in private")
                    await ann.says("A word about today", in_room=False)
                    await ann.presses("Share it")
                if number == 2:
                    await fill_in(ann)
                    await ann.presses("Share the warm lines")
                for _, what in (deed for deed in done if deed[0] == number):
                    await does(ben, what)
                    await story.settles()
            await looks_everywhere(story, ann)
            seen = [one for one in story.chats.messages if one.ref.place in (ROOM, ann.private)]
            return [(one.at, one.ref.place, one.post.text, one.post.quiet, one.gone, one.changes) for one in seen]


async def looks_everywhere(story: Story, ann: BarePhone) -> None:
    """Ann tries every command, waits for the share moment and some days more, and looks back."""
    for command in EVERY_COMMAND:
        await ann.says(command, in_room=False)
    await story.comes("2026-03-12 12:00")
    await ann.says("/history", in_room=False)


@pytest.fixture(scope="module")
def silent(known: Repertoire, migrated: Path) -> list[tuple[object, ...]]:
    """Ann's phone after the same days, in which Ben does nothing."""
    return asyncio.run(what_ann_sees(known, migrated, []))


@settings(max_examples=5)
@given(done=st.lists(deeds, min_size=4, max_size=16))
def test_whatever_one_does_alone(
    known: Repertoire, migrated: Path, silent: list[tuple[object, ...]], done: list[tuple[int, str]]
) -> None:
    """Text, order, timing, sound, edits and removals are those of days in which Ben does nothing."""
    assert asyncio.run(what_ann_sees(known, migrated, done)) == silent
