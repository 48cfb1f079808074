"""What a choice is told about the couple: the day's last message, their half of the world, where they live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.decks import Prompt
from bot.turn import Repertoire
from stories.chats import BarePhone
from stories.story import Story, told

SUNSET = "digital_sunset"
PARTICULAR = "This one is for some evenings."


@asynccontextmanager
async def with_evenings(folder: Path, known: Repertoire, migrated: Path, **particular: object) -> AsyncIterator[Story]:
    """A story whose quiet line has one prompt for every evening and one for some."""
    plain = Prompt("ev-001", "Any evening.", 1, "light", ("one",))
    some = replace(plain, id="ev-002", text=PARTICULAR, tags=("two",), **particular)  # type: ignore[arg-type]
    deck = replace(known.decks[SUNSET], prompts=(plain, some), no_repeat_days=1)
    async with told(folder, replace(known, decks={**known.decks, SUNSET: deck}), migrated) as story:
        yield story


async def evenings(story: Story, ann: BarePhone) -> set[str]:
    """What the quiet lines of ten evenings said."""
    said = set()
    for _ in range(10):
        await story.passes(days=1)
        said |= {one.words.splitlines()[1] for one in ann.room if one.words.startswith("Digital sunset\n")}
    return said


@pytest.mark.parametrize("later", [True, False])
async def test_the_last_message_of_a_day(tmp_path: Path, known: Repertoire, migrated: Path, *, later: bool) -> None:
    """A line that promises to be the last comes only where nothing else is due that evening."""
    async with with_evenings(tmp_path, known, migrated, needs=("last_message_of_day",)) as story:
        ann, _ = await story.paired()
        await ann.says("/rituals journal on")
        await ann.says("/rituals journal every day")
        await ann.says(f"/rituals journal {'23:00' if later else '19:00'}")
        said = await evenings(story, ann)

    assert (PARTICULAR in said) is not later


@pytest.mark.parametrize(("place", "comes"), [("Berlin", False), ("Auckland", True)])
async def test_their_half_of_the_world(
    tmp_path: Path, known: Repertoire, migrated: Path, place: str, *, comes: bool
) -> None:
    """In February it is no summer in Berlin, and in Auckland it is."""
    async with with_evenings(tmp_path, known, migrated, season="summer") as story:
        story.clock.move_to(story.at("2027-02-01 07:00"))
        ann, _ = await story.paired(zones=(place, place), start=False)
        await ann.presses("Start")
        said = await evenings(story, ann)

    assert (PARTICULAR in said) is comes


@pytest.mark.parametrize("apart", [True, False])
async def test_where_they_live(tmp_path: Path, known: Repertoire, migrated: Path, *, apart: bool) -> None:
    """What is for two who live apart comes to them alone."""
    async with with_evenings(tmp_path, known, migrated, distance="only") as story:
        ann, _ = await story.paired(start=False)
        if apart:
            await ann.presses("We live apart")
        await ann.presses("Start")
        said = await evenings(story, ann)

    assert (PARTICULAR in said) is apart
