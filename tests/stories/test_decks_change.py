"""A host changes their decks while the bot runs."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.lookout import Lookout
from bot.shelf import Shelf
from bot.turn import Repertoire
from bot.wiring import CONTENT
from stories.story import Story, told

TEA = """
[deck]
id = "evening_tea"
title = "Evening tea"
about = "Two cups, and a line each."
kind = "open"
days = "mon tue wed"
at = "16:00"
patience_minutes = 60
closes_after_hours = 8
no_repeat_days = 21

[[prompt]]
id = "te-001"
text = "Two cups, no agenda."
depth = 1
mood = "light"
tags = ["base"]
"""


@dataclass(slots=True)
class Host:
    """Whoever writes decks into a folder while a story is told."""

    folder: Path
    story: Story
    lookout: Lookout
    moment: int = 1

    async def writes(self, text: str, name: str = "tea") -> None:
        file = self.folder / f"{name}.toml"
        file.write_text(text)
        # Two changes within one tick of the disk's clock would look alike.
        self.moment += 1
        os.utime(file, (self.moment, self.moment))
        await self.lookout.look()

    async def removes(self, name: str = "tea") -> None:
        (self.folder / f"{name}.toml").unlink()
        await self.lookout.look()


@pytest.fixture
async def host(tmp_path: Path, known: Repertoire, migrated: Path) -> AsyncIterator[Host]:
    own = tmp_path / "rituals"
    own.mkdir()
    shelf = Shelf(CONTENT / "en", own)
    async with told(tmp_path, replace(known, decks=shelf), migrated) as story:
        yield Host(own, story, Lookout(shelf, story.engine))


def _posts(story: Story) -> list[str]:
    return [one.words for one in story.chats.messages if one.author == "bot" and one.words.startswith("Evening tea\n")]


async def test_a_new_deck_is_offered_at_once(host: Host) -> None:
    """Nobody restarts anything: the file is there, and so is the ritual."""
    ann, _ = await host.story.paired()
    await host.writes(TEA)
    await ann.says("/rituals")
    await ann.presses("More rituals")
    await ann.presses("Evening tea")
    await ann.presses("Switch on")
    await host.story.comes("2026-03-03 16:30")

    assert len(_posts(host.story)) == 2


async def test_a_broken_one_leaves_the_last_good_version(host: Host, caplog: pytest.LogCaptureFixture) -> None:
    """The ritual goes on as it was, the log names file, key and reason once, and the next good version is taken."""
    ann, _ = await host.story.paired()
    await host.writes(TEA)
    await ann.says("/rituals tea on")
    with caplog.at_level(logging.INFO, "bot.lookout"):
        await host.writes(TEA.replace('kind = "open"', 'kind = "opne"'))
        await host.lookout.look()
    await host.story.comes("2026-03-02 16:30")
    await host.writes(TEA.replace("Two cups, no agenda.", "Two cups, and the window."))
    await host.story.comes("2026-03-03 16:30")

    told_of = [one.getMessage() for one in caplog.records]
    assert len(told_of) == 1
    assert "tea.toml: deck.kind: 'opne' is not one of" in told_of[0]
    assert "Two cups, no agenda." in _posts(host.story)[0]
    assert "Two cups, and the window." in _posts(host.story)[1]


async def test_a_deck_that_goes_sleeps_and_wakes_when_it_is_back(host: Host) -> None:
    """Taking the file away posts nothing more; putting it back needs no press of anybody's."""
    ann, _ = await host.story.paired()
    await host.writes(TEA)
    await ann.says("/rituals tea on")
    await host.removes()
    await host.story.comes("2026-03-04 12:00")
    without = len(_posts(host.story))
    await host.writes(TEA)
    await host.story.comes("2026-03-05 12:00")

    assert without == 0
    assert len(_posts(host.story)) == 1


async def test_a_deck_that_was_away_at_a_start_wakes_at_the_next(host: Host, tmp_path: Path) -> None:
    """A ritual whose deck was gone for a while comes again once the program starts with it."""
    ann, _ = await host.story.paired()
    await host.writes(TEA)
    await ann.says("/rituals tea on")
    await host.removes()
    await host.story.comes("2026-03-04 12:00")
    (host.folder / "tea.toml").write_text(TEA)
    decks = host.lookout.shelf.changed()
    assert decks is not None
    host.lookout.shelf.put(decks)
    await host.story.engine.go_by_new_rules()
    await host.story.comes("2026-03-05 12:00")

    assert len(_posts(host.story)) == 1
