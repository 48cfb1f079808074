"""When both are awake, and when what they share appears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cadence import instant

WAKES, SLEEPS = 8 * 60 + 30, 21 * 60 + 30
"""The waking window in local minutes.

Two windows of 13 hours in days of 24 overlap by at least two hours: neither fits into the other's night of eleven.
In the night when a clock is turned back a night may last longer, so there the next day's windows may be the first.
"""

SUNDAY, EVENING = 6, 18 * 60 + 30
A_MINUTE, A_DAY = 60, 86400


def share_moment(openings: Sequence[int], couple_zone: ZoneInfo, zones: Sequence[ZoneInfo]) -> int:
    """The first whole minute a day after the later opening, from Sunday 18:30 on, when both are awake."""
    earliest = max(_sunday_evening(min(openings), couple_zone), max(openings) + A_DAY)
    return first_waking(-(-earliest // A_MINUTE) * A_MINUTE, zones)


def held(moment: int, zones: Sequence[ZoneInfo]) -> int:
    """The first waking moment a day later."""
    return first_waking(moment + A_DAY, zones)


def first_waking(moment: int, zones: Sequence[ZoneInfo]) -> int:
    """The first moment, from *moment* on, inside both waking windows; without zones the moment itself."""
    if len(zones) > 2:
        # Three windows need not overlap, and then the search would never end.
        raise ValueError(f"a couple has two waking windows, not {len(zones)}")
    while True:
        later = max((_waking_in(moment, zone) for zone in zones), default=moment)
        if later == moment:
            return moment
        moment = later


def is_quiet(moment: int, zone: ZoneInfo, quiet_from: int, quiet_to: int) -> bool:
    """Whether a moment lies in quiet hours, given in local minutes; they may cross midnight; equal ones are none."""
    wall = datetime.fromtimestamp(moment, zone)
    minutes = wall.hour * 60 + wall.minute
    if quiet_from <= quiet_to:
        return quiet_from <= minutes < quiet_to
    return minutes >= quiet_from or minutes < quiet_to


def _waking_in(moment: int, zone: ZoneInfo) -> int:
    """The moment itself where it is waking time, otherwise the next morning's start."""
    day = datetime.fromtimestamp(moment, zone).date()
    if moment < instant(day, WAKES, zone):
        return instant(day, WAKES, zone)
    if moment < instant(day, SLEEPS, zone):
        return moment
    return instant(day + timedelta(days=1), WAKES, zone)


def _sunday_evening(moment: int, zone: ZoneInfo) -> int:
    """The first Sunday 18:30 in a zone that is not before the moment."""
    day = datetime.fromtimestamp(moment, zone).date()
    day += timedelta(days=(SUNDAY - day.weekday()) % 7)
    evening = instant(day, EVENING, zone)
    return evening if evening >= moment else instant(day + timedelta(days=7), EVENING, zone)
