"""At every level the log holds actions and ids, and never a word that anyone wrote."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from test_the_same_story import on_stage
from the_story import LINE, NAME, a_ritual_of_their_own, a_week

from bot import logs
from bot.turn import Repertoire

WRITTEN = ("The tea you made", "Your patience", "You told me first", "Kept to myself", "A stroll")
SAID = ("Noted, quietly", "Tell me more", "/recover ", "Ann", "Ben")
"""What the bot said to somebody, and who they are."""


@pytest.mark.parametrize("platform", ["playground", "telegram", "discord"])
async def test_a_week_at_the_most_talkative_level(
    platform: str,
    tmp_path: Path,
    known: Repertoire,
    migrated: Path,
    unhandled: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither what they wrote nor what was said to them is in the log of a week, recovery codes among it."""
    logs.set_up("DEBUG")
    logging.getLogger("bot").debug("at work")
    async with on_stage(platform, tmp_path, known, migrated) as stage:
        await a_week(stage)
    log = capsys.readouterr().err

    assert "at work" in log
    assert [words for words in (*WRITTEN, *SAID) if words in log] == []


@pytest.mark.parametrize("platform", ["playground", "telegram", "discord"])
async def test_a_ritual_of_their_own(
    platform: str,
    tmp_path: Path,
    known: Repertoire,
    migrated: Path,
    unhandled: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nor is a line that one added, or the name of what they made."""
    logs.set_up("DEBUG")
    logging.getLogger("bot").debug("at work")
    async with on_stage(platform, tmp_path, known, migrated) as stage:
        await a_ritual_of_their_own(stage)
    log = capsys.readouterr().err

    assert "at work" in log
    assert [words for words in (LINE, NAME, "It purred", *SAID) if words in log] == []
