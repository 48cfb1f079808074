"""The same story, told on the bare engine and on each platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from discord_stage import discord_stage
from playground_stage import playground_stage
from telegram_stage import telegram_stage
from the_story import (
    Phone,
    Stage,
    a_date,
    a_day_of_theirs,
    a_line_for_one_alone,
    a_pause,
    a_question,
    a_repair,
    a_ritual_of_their_own,
    a_week,
    an_agreement,
    an_assessment,
    another_prompt,
    highs_and_lows,
    offers,
    pair,
    side_by_side,
    something_to_practise,
    two_ideas,
)

from bot.turn import Repertoire
from stories.story import Story, told


@dataclass(slots=True)
class BareStage:
    """The bare engine as a stage."""

    story: Story
    ann: Phone
    ben: Phone

    async def comes(self, wall: str) -> None:
        await self.story.comes(wall)

    async def settles(self) -> None:
        await self.story.settles()


@asynccontextmanager
async def on_stage(platform: str, folder: Path, known: Repertoire, migrated: Path) -> AsyncIterator[Stage]:
    """One platform's stage."""
    if platform == "playground":
        async with playground_stage(folder, known) as playground:
            yield playground
    elif platform == "telegram":
        async with telegram_stage(folder, known) as telegram:
            yield telegram
    elif platform == "discord":
        async with discord_stage(folder, known) as discord:
            yield discord
    else:
        async with told(folder, known, migrated) as story:
            yield BareStage(story, story.person("Ann"), story.person("Ben"))


@pytest.fixture(params=["bare engine", "playground", "telegram", "discord"])
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, known: Repertoire, migrated: Path
) -> AsyncIterator[Stage]:
    """Each platform in turn."""
    async with on_stage(request.param, tmp_path, known, migrated) as found:
        yield found


async def test_a_week(stage: Stage) -> None:
    """Pairing, a morning by reply and by form, a tap, a check-in apart and shared together, and what is remembered."""
    await a_week(stage)


async def test_a_repair(stage: Stage) -> None:
    """An invitation, two yeses in private, five steps in the chat, and a line that one keeps alone."""
    await a_repair(stage)


async def test_a_question(stage: Stage) -> None:
    """Opened by a command, answered apart in writing and in a form, with a guess, and shared by both at once."""
    await a_question(stage)


async def test_a_pause(stage: Stage) -> None:
    """Called alone in private; the chat reads until when, and each may move it, unseen."""
    await a_pause(stage)


async def test_an_agreement(stage: Stage) -> None:
    """Two write together, each says yes in private, and on a day that they chose their lines are there again."""
    await an_agreement(stage)


async def test_a_date(stage: Stage) -> None:
    """A picked idea, a time that one sets and the other moves in writing, a file for a calendar, and a quiet line."""
    await a_date(stage)


async def test_two_ideas(stage: Stage) -> None:
    """Asked for by one, let be and taken back, picked and changed by either; both read the same at each step."""
    await two_ideas(stage)


async def test_an_assessment(stage: Stage) -> None:
    """Seven lines alone, stopped halfway and begun anew, to a goal that its author shows."""
    await an_assessment(stage)


async def test_a_ritual_of_their_own(stage: Stage) -> None:
    """A line is added unseen; a ritual is made alone, started for both, answered, handed on as a file, and deleted."""
    await a_ritual_of_their_own(stage)


async def test_another_prompt(stage: Stage) -> None:
    """The reason for a prompt, in private, and another one in the same post."""
    await another_prompt(stage)


async def test_offers(stage: Stage) -> None:
    """A walk now, a break by a name of its own, and a quiet day: nothing is asked and nothing kept."""
    await offers(stage)


async def test_side_by_side(stage: Stage) -> None:
    """Its length is picked in private; the chat reads until when, a line halfway, and its end, whoever ended it."""
    await side_by_side(stage)


async def test_highs_and_lows(stage: Stage) -> None:
    """Answered in the chat; a line for whoever listens, in private, of which the other reads nothing."""
    await highs_and_lows(stage)


async def test_a_line_for_one_alone(stage: Stage) -> None:
    """Switched on by presses, brought covered, made fewer, with a moment in one's own words; the other sees nothing."""
    await a_line_for_one_alone(stage)


async def test_a_day_of_theirs(stage: Stage) -> None:
    """Marked by one in the chat and taken out by the other: both read which day it is, and that there is none."""
    await a_day_of_theirs(stage)


async def test_something_to_practise(stage: Stage) -> None:
    """Two check-ins with one line low lead to a practice, covered, for who asked for it; the other reads nothing."""
    await something_to_practise(stage)


async def test_an_unknown_command_and_a_bystanders_silence(stage: Stage) -> None:
    """What is not known is said in private; ambient words are left alone."""
    await pair(stage)
    await stage.ann.says("/frobnicate")
    await stage.ann.says("did you feed the cat")
    await stage.settles()

    assert "/help lists" in stage.ann.screen
    assert "/help lists" not in stage.ben.screen


async def test_words_are_shown_literally(stage: Stage) -> None:
    """Markup and mentions stay what they are."""
    words = "<b>bold</b> **stars** @everyone &amp; شكراً 🫖"
    await pair(stage)
    await stage.comes("2026-03-02 08:00")
    await stage.ann.presses("Answer")
    await stage.ann.submits(words)
    await stage.settles()

    assert f"Ann\n{words}" in stage.ben.screen or f"Ann: {words}" in stage.ben.screen


async def test_what_each_decides_alone(stage: Stage) -> None:
    """Settings by choices and by words, More and its removal: in private, and nothing of it before the other."""
    await pair(stage)
    before = stage.ben.screen
    await stage.ann.says("/settings", in_room=False)
    await stage.settles()
    for label in ("How deep", "Light", "Back", "Quiet hours", "Other hours"):
        await stage.ann.presses(label)
        await stage.settles()
    await stage.ann.submits("21:15 - 6:45")
    await stage.settles()
    await stage.ann.presses("Back")
    await stage.settles()
    settings = stage.ann.screen
    await stage.ann.says("/more", in_room=False)
    await stage.settles()
    await stage.ann.presses("Support")
    await stage.settles()
    card = stage.ann.screen
    await stage.ann.presses("Remove this message")
    await stage.settles()

    assert "Quiet hours: 21:15 to 06:45" in settings
    assert "Prompts: light ones" in settings
    assert "a person can help" in card
    assert "a person can help" not in stage.ann.screen
    assert stage.ann.screen.count("/more") == settings.count("/more")
    assert stage.ben.screen == before


async def test_a_private_note_is_covered_and_opened(stage: Stage) -> None:
    """A phone's lock screen reads a neutral line; a press puts the note in its place."""
    await pair(stage)
    await stage.ben.says("/timezone New York", in_room=False)
    await stage.settles()
    await stage.comes("2026-03-02 15:00")
    covered = stage.ben.screen
    await stage.ben.presses("Open")
    await stage.settles()

    assert covered.count("A note for later.") == 1
    assert stage.ben.screen.count("Morning appreciation") == covered.count("Morning appreciation") + 1
    assert "A note for later." not in stage.ben.screen
