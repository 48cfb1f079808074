"""When both are awake, and when what they share appears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cadence import instant

WAKES, SLEEPS = 8 * 60 + 30, 21 * 60 + 30
"""The waking window in local minutes.

Two windows of 13 hours in days of 24 overlap by at least two hours: neither fits into the other's night of eleven.
In the night when a clock is turned back a night may last longer, so there the next day's windows may be the first.
"""

SUNDAY, EVENING = 6, 18 * 60 + 30
A_MINUTE, AN_HOUR, A_DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Sharing:
    """When what the two share appears: from a time of day on, on Sundays or any day, so many hours after it opened."""

    at: int
    weekly: bool
    least_hours: int


WEEKLY = Sharing(EVENING, weekly=True, least_hours=24)


def share_moment(
    openings: Sequence[int], couple_zone: ZoneInfo, zones: Sequence[ZoneInfo], sharing: Sharing = WEEKLY
) -> int:
    """The first whole minute when both are awake, long enough after the later opening.

    Weekly it comes from Sunday's time on. Otherwise it comes in the evening, on the couple's clock, that suits both
    first; where their nights leave none, from the first evening on.
    """
    begins = _from(min(openings), couple_zone, sharing)
    earliest = max(openings) + sharing.least_hours * AN_HOUR
    found = first_waking(_whole(max(begins, earliest)), zones)
    if sharing.weekly or _is_evening(found, couple_zone, sharing):
        return found
    later = first_waking(_from(earliest, couple_zone, sharing), zones)
    return later if _is_evening(later, couple_zone, sharing) else found


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


def _from(moment: int, zone: ZoneInfo, sharing: Sharing) -> int:
    """The first time of day, on a Sunday or any day, in a zone that is not before the moment."""
    days = 7 if sharing.weekly else 1
    day = datetime.fromtimestamp(moment, zone).date()
    day += timedelta(days=(SUNDAY - day.weekday()) % days)
    evening = instant(day, sharing.at, zone)
    return evening if evening >= moment else instant(day + timedelta(days=days), sharing.at, zone)


def _is_evening(moment: int, zone: ZoneInfo, sharing: Sharing) -> bool:
    """Whether the clock in a zone shows that time of day, or a later one."""
    return moment >= instant(datetime.fromtimestamp(moment, zone).date(), sharing.at, zone)


def _whole(moment: int) -> int:
    """The first whole minute from a moment on."""
    return -(-moment // A_MINUTE) * A_MINUTE
