"""How much two people do for a ritual, counted on the phones that the stories are played on."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.stage import temporary
from bot import wiring

STORIES = Path(__file__).parent.parent / "tests"
MOST_TAPS, MOST_MESSAGES = 12, 1


def measure(_: bool) -> Iterator[Figure]:
    """A check-in from its post to Ready, and a morning's appreciation."""
    with temporary() as folder:
        (taps, words), (presses, messages) = asyncio.run(_played(folder))
    against = f"besides {words} messages; every item answered, the warm lines shared, ready"
    yield Figure("a check-in, taps of each", str(taps), against, f"at most {MOST_TAPS}", taps <= MOST_TAPS)
    enough = messages <= MOST_MESSAGES and presses == 0
    yield Figure("an appreciation, messages", str(messages), f"and {presses} taps", f"at most {MOST_MESSAGES}", enough)


class Counted:
    """A phone, and how often it was used."""

    def __init__(self, phone: Any) -> None:
        self._phone = phone
        self.done = (0, 0)

    async def presses(self, label: str) -> None:
        """A tap."""
        self.done = (self.done[0] + 1, self.done[1])
        await self._phone.presses(label)

    async def says(self, words: str, *, in_room: bool = True) -> None:
        """A message."""
        self.done = (self.done[0], self.done[1] + 1)
        await self._phone.says(words, in_room=in_room)

    async def replies(self, words: str) -> None:
        """A message that replies."""
        self.done = (self.done[0], self.done[1] + 1)
        await self._phone.replies(words)


async def _played(folder: Path) -> tuple[tuple[int, int], tuple[int, int]]:
    sys.path.insert(0, str(STORIES))
    stories, checkins = (importlib.import_module(f"stories.{name}") for name in ("story", "checkins"))
    async with stories.told(folder, wiring.repertoire(stories.HOME)) as story:
        ann, _ = await story.paired()
        await story.comes("2026-03-02 08:00")
        morning = Counted(ann)
        await morning.replies("The tea you made")
        assert ann.last_own.mark is not None, "the reply was not recorded"
        await story.comes("2026-03-07 10:00")
        saturday = Counted(ann)
        await checkins.fill_in(saturday, right="The keys on Tuesday")
        await saturday.presses("Share the warm lines")
        await saturday.presses("Ready")
        await story.comes("2026-03-08 18:30")
        assert "Ann shared from the week:" in ann.screen, "nothing was shared"
    return saturday.done, morning.done
