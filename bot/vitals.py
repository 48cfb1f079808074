"""How the running program is: what it counts about itself, in memory, and whether it is well.

Nothing here knows a couple, a partner or a word, and nothing counts what people do, so that no number tells of an
answer that is sealed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

WELL_FOR = 120.0
"""Seconds since the last turn of the schedule after which something hangs; it turns every 30."""

ANSWERS_WITHIN = 10.0
"""Seconds that the database may take to answer; it waits 5 for another program's lock."""


class Brought(StrEnum):
    """What became of a try to bring a post."""

    SENT = "sent"
    TRIED_AGAIN = "tried_again"
    GIVEN_UP = "given_up"


class Standing(StrEnum):
    """How a platform stands."""

    RUNNING = "running"
    WAITING = "waiting"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many posts wait that should have gone, and since how many seconds the oldest does."""

    waiting: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """Whether the program does its work; a platform that does not answer is the platform's trouble, not its own."""

    turning: bool
    database: bool
    platforms: dict[str, Standing]

    @property
    def is_well(self) -> bool:
        """Whether there is nothing that a new start would cure."""
        stands = not self.platforms or any(one is not Standing.GIVEN_UP for one in self.platforms.values())
        return self.turning and self.database and stands


@dataclass(slots=True)
class Vitals:
    """What the pieces tell of themselves as they work."""

    brought: Counter[Brought] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    platforms: dict[str, Standing] = field(default_factory=dict)
    units: int = 0
    unit_seconds: float = 0.0
    turned_at: float = field(default_factory=time.monotonic)

    def note_brought(self, outcome: Brought) -> None:
        self.brought[outcome] += 1

    def note_turn(self) -> None:
        self.turned_at = time.monotonic()

    def note_unit(self, seconds: float) -> None:
        """A unit of work that nobody's deed caused took so long, waiting included."""
        self.units += 1
        self.unit_seconds += seconds

    def note_platform(self, name: str, standing: Standing) -> None:
        self.platforms[name] = standing

    async def look(self, ask: Callable[[], Awaitable[object]]) -> Wellbeing:
        """How it is now; *ask* asks the database something."""
        return Wellbeing(
            turning=time.monotonic() - self.turned_at < WELL_FOR,
            database=await _answers(ask),
            platforms=dict(self.platforms),
        )


class CountingErrors(logging.Handler):
    """Counts what is logged as an error, by its action."""

    def __init__(self, vitals: Vitals) -> None:
        super().__init__(logging.ERROR)
        self._vitals = vitals

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self._vitals.errors[getattr(record, "action", "other")] += 1


async def _answers(ask: Callable[[], Awaitable[object]]) -> bool:
    try:
        await asyncio.wait_for(ask(), ANSWERS_WITHIN)
    except Exception:
        # Whatever it is, it is told where it happens; here only that there is something.
        return False
    return True
