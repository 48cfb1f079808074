"""Whatever one does alone, drawn anew for each seed, the other's phone shows the same on each platform."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_each_in_charge import is_silent, what_happens_to_ann
from test_the_same_story import on_stage
from the_story import Stage

from bot.turn import Repertoire
from stories.alone import HARMLESS, TYPED, does

SEEDS = range(4)
A_DAY = 12
"""Deeds that Ben does on each of two days."""


class Drawn:
    """Ben's days as a seed draws them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.done: list[str] = []

    async def __call__(self, stage: Stage, day: str) -> None:
        """Type this and press that, each as it may come."""
        for _ in range(A_DAY):
            self.done.append(self.chance.choice(TYPED + HARMLESS))
            await does(stage.ben, self.done[-1])
            await stage.settles()


@pytest.mark.parametrize("platform", ["playground", "telegram", "discord"])
async def test_whatever_one_does(platform: str, tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Text, order, sound, changes and moments are those of a week in which Ben does nothing."""
    ways = [is_silent, *(Drawn(seed) for seed in SEEDS)]
    written = []
    for number, way in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with on_stage(platform, folder, known, migrated) as stage:
            written.append((await what_happens_to_ann(stage, known, way)).pages)

    silent, *others = written
    for way, other in zip(ways[1:], others, strict=True):
        assert other == silent, way.done
