"""When both are awake, and when what they share appears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cadence import instant

WAKES, SLEEPS = 8 * 60 + 30, 21 * 60 + 30
"""The waking window in local minutes; two such windows of 13 hours always overlap by at least two."""

SUNDAY, EVENING = 6, 18 * 60 + 30
A_DAY = 86400


def share_moment(openings: Sequence[int], couple_zone: ZoneInfo, zones: Sequence[ZoneInfo]) -> int:
    """The first moment at least a day after the later opening, from Sunday 18:30 on, when both are awake."""
    return first_waking(max(_sunday_evening(min(openings), couple_zone), max(openings) + A_DAY), zones)


def held(moment: int, zones: Sequence[ZoneInfo]) -> int:
    """The first waking moment a day later."""
    return first_waking(moment + A_DAY, zones)


def first_waking(moment: int, zones: Sequence[ZoneInfo]) -> int:
    """The first moment, from *moment* on, that lies inside everybody's waking window."""
    while True:
        later = max(_waking_in(moment, zone) for zone in zones)
        if later == moment:
            return moment
        moment = later


def is_quiet(moment: int, zone: ZoneInfo, quiet_from: int, quiet_to: int) -> bool:
    """Whether a moment lies in quiet hours, given in local minutes; they may cross midnight."""
    wall = datetime.fromtimestamp(moment, zone)
    minutes = wall.hour * 60 + wall.minute
    if quiet_from <= quiet_to:
        return quiet_from <= minutes < quiet_to
    return minutes >= quiet_from or minutes < quiet_to


def _waking_in(moment: int, zone: ZoneInfo) -> int:
    """The moment itself where it is waking time, otherwise the next morning's start."""
    day: date = datetime.fromtimestamp(moment, zone).date()
    if moment < instant(day, WAKES, zone):
        return instant(day, WAKES, zone)
    if moment < instant(day, SLEEPS, zone):
        return moment
    return instant(day + timedelta(days=1), WAKES, zone)


def _sunday_evening(moment: int, zone: ZoneInfo) -> int:
    day = datetime.fromtimestamp(moment, UTC).astimezone(zone).date()
    day += timedelta(days=(SUNDAY - day.weekday()) % 7)
    evening = instant(day, EVENING, zone)
    return evening if evening >= moment else instant(day + timedelta(days=7), EVENING, zone)
