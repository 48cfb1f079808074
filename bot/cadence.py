"""When a ritual comes round."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

DAY = 24 * 60

LONGEST_WINDOW = 22 * 60
"""A clock may skip two hours in a night, so a longer window could put one date's moment behind the next one's."""

REMEMBERED = 1024
"""So many moments of so many clocks are remembered, as one is asked for again and again, for many couples."""

_WRITTEN = re.compile(r"([0-6]{0,7})@([0-9]{1,4})\+([0-9]{1,4})/(each|together)")


@dataclass(frozen=True, slots=True)
class Cadence:
    """Days (0 is Monday; none: only on request) and minutes after local midnight, or a window from then on."""

    days: frozenset[int]
    at: int
    window: int = 0
    together: bool = False

    def __post_init__(self) -> None:
        if not self.days <= frozenset(range(7)):
            raise ValueError(f"not days of the week: {sorted(self.days)}")
        if not 0 <= self.at < DAY or not 0 <= self.window <= LONGEST_WINDOW:
            raise ValueError(f"not a time or window of a day: {self.at}+{self.window}")

    def __str__(self) -> str:
        days = "".join(str(day) for day in sorted(self.days))
        return f"{days}@{self.at}+{self.window}/{'together' if self.together else 'each'}"

    @classmethod
    @cache
    def parse(cls, written: str) -> Cadence:
        """Read a cadence back from its written form; raises ValueError."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f"not a cadence: {written!r}")
        return cls(frozenset(map(int, found[1])), int(found[2]), int(found[3]), found[4] == "together")


@dataclass(frozen=True, slots=True)
class Due:
    """A chosen local date, and the moment (UTC seconds) at which it comes round."""

    slot: date
    moment: int


@lru_cache(maxsize=REMEMBERED)
def instant(day: date, minutes: int, zone: ZoneInfo) -> int:
    """When the clock on the wall shows this time; a skipped hour shifts it on, of a doubled one it is the first."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    return int(wall.replace(fold=0).astimezone(UTC).timestamp())


def moment_of(cadence: Cadence, day: date, zone: ZoneInfo, seed: str) -> int:
    """The moment on a date in a zone; in a window it is drawn from the seed and the date, so it stays the same."""
    drawn = 0
    if cadence.window:
        throw = hashlib.sha256(f"{seed}/{day.isoformat()}".encode()).digest()
        drawn = int.from_bytes(throw[:8]) % cadence.window
    return instant(day, cadence.at + drawn, zone)


def first_moment(cadence: Cadence, day: date, zones: Sequence[ZoneInfo], seed: str) -> int:
    """The earliest moment of a date over the zones (at least one)."""
    return min(moment_of(cadence, day, zone, seed) for zone in zones)


def next_due(
    cadence: Cadence,
    zones: Callable[[date], Sequence[ZoneInfo]],
    seed: str,
    *,
    after: date | None,
    not_before: int,
) -> Due | None:
    """The first chosen date later than *after* whose first moment, over its zones, is not before *not_before*."""
    if not cadence.days:
        return None
    # A zone is at most 14 hours from UTC and a window ends within two days, so earlier dates are over by then.
    day = datetime.fromtimestamp(not_before, UTC).date() - timedelta(days=3)
    if after is not None:
        day = max(day, after + timedelta(days=1))
    while True:
        if day.weekday() in cadence.days:
            moment = first_moment(cadence, day, zones(day), seed)
            if moment >= not_before:
                return Due(day, moment)
        day += timedelta(days=1)
