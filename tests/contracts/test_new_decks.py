"""Decks that the program has never seen, from a host's folder: each lived through on the bare engine and everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from test_every_kind_of_item import recordings, speaks
from test_the_same_story import on_stage
from the_story import Phone, Stage, pair

from bot.turn import Repertoire
from bot.wiring import shelf

DECKS = Path(__file__).parents[1] / "decks"


@pytest.fixture(params=["bare engine", "playground", "telegram", "discord"])
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, known: Repertoire, migrated: Path
) -> AsyncIterator[Stage]:
    """Each platform in turn, with the folder beside the decks that ship, as a host has it; the two are in."""
    async with on_stage(request.param, tmp_path, replace(known, decks=shelf(DECKS)), migrated) as found:
        await pair(found)
        yield found


async def presses(stage: Stage, phone: Phone, *labels: str) -> None:
    """Press these one after the other."""
    for label in labels:
        await phone.presses(label)
        await stage.settles()


async def says(stage: Stage, phone: Phone, *words: str) -> None:
    """Say these to the bot in private one after the other."""
    for one in words:
        await phone.says(one, in_room=False)
        await stage.settles()


async def test_a_sealed_one_with_five_kinds_of_item(stage: Stage) -> None:
    """In writing, by a pick, in digits, by an emoji, by voice; in the evening by item, without what was kept."""
    ann, ben = stage.ann, stage.ben
    await says(stage, ann, "/rituals lamplight on")
    await stage.comes("2026-03-03 12:30")
    for phone, answer, face in ((ann, "They kneaded dough", "🐢"), (ben, "They held a railing", "🔥")):
        await presses(stage, phone, "Answer in private")
        await says(stage, phone, answer)
        await presses(stage, phone, "Rain")
        await says(stage, phone, "25", "3")
        await presses(stage, phone, face)
        await speaks(phone)
        await stage.settles()
        await presses(stage, phone, "Share the warm lines")
    before = ben.screen
    await stage.comes("2026-03-03 20:15")

    assert "This one is for a number from 0 to 20" in ann.screen
    assert "They kneaded dough" not in before
    for words in ("They kneaded dough", "They held a railing", "That was the day."):
        assert words in ann.screen
        assert words in ben.screen
    assert "🐢" not in before
    assert "🐢" in ben.screen
    assert recordings(ben) == []


async def test_a_walk_of_two_with_a_date(stage: Stage) -> None:
    """A gate for each, cards in turns, lines that both agree to, and a day on which they stand there again."""
    ann, ben = stage.ann, stage.ben
    await says(stage, ann, "/practice")
    await presses(stage, ann, "At the kitchen table", "Now is good")
    await presses(stage, ben, "Open", "Now is good")
    for phone in (ann, ben):
        await presses(stage, ann, "My card")
        await presses(stage, phone, "Next")
    unseen = ben.screen
    await presses(stage, ann, "A beginning")
    alone = ben.screen
    await ann.replies("Whoever cooks sits down afterwards")
    await stage.settles()
    await ben.presses("Write a line")
    await ben.submits("Sunday evenings are ours")
    await stage.settles()
    await presses(stage, ann, "Next")
    for phone in (ann, ben):
        await presses(stage, phone, "Say it in private", "Yes")
    await presses(stage, ben, "In two weeks")
    agreed = ann.screen
    await stage.comes("2026-03-16 10:00")

    assert "Begin with what is easy" in ann.screen
    assert "Whoever cooks does not …" in ann.screen
    assert alone == unseen
    assert "On Monday 16 March" in agreed
    for phone in (ann, ben):
        again = phone.screen.split("How has it gone?")[1]
        assert "Whoever cooks sits down afterwards" in again
        assert "Sunday evenings are ours" in again


async def test_an_open_one_with_a_window(stage: Stage) -> None:
    """Once within its two hours, a line before its question, answers in the chat, and a line for one who listens."""
    ann, ben = stage.ann, stage.ben
    await says(stage, ann, "/rituals window on")
    await stage.comes("2026-03-03 14:59")
    early = ben.screen
    await stage.comes("2026-03-03 17:00")
    came = ben.screen
    await ann.replies("A crow on the crane")
    await stage.settles()
    await ben.presses("Answer")
    await ben.submits("Washing on a line")
    await stage.settles()
    before, own = ben.screen, ann.screen
    await presses(stage, ann, "To listen well")

    assert "What do you see from where you sit?" not in early
    assert came.count("What do you see from where you sit?") == 1
    assert "Look up for a moment." in came or "A minute at the window." in came
    assert "A crow on the crane" in before
    assert "Washing on a line" in own
    assert len(ann.screen) > len(own)
    assert ben.screen == before
