"""Share moments and quiet hours, in any two zones."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cadence import instant
from bot.waking import A_DAY, first_waking, held, is_quiet, share_moment

zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
BERLIN, TOKYO, LOS_ANGELES = (ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"))


def minutes_of(moment: int, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(moment, zone)
    return local.hour * 60 + local.minute


def awake(moment: int, zone: ZoneInfo) -> bool:
    return 8 * 60 + 30 <= minutes_of(moment, zone) < 21 * 60 + 30


@given(zones, zones, days, st.integers(0, 1439))
@settings(max_examples=400, deadline=None)
def test_both_are_awake_and_had_a_day(one: ZoneInfo, other: ZoneInfo, day: date, at: int) -> None:
    """In any two zones the moment exists, both are awake, a day has passed, and it is not put off for long."""
    openings = [instant(day, at, one), instant(day, at, other)]
    moment = share_moment(openings, one, [one, other])

    assert awake(moment, one)
    assert awake(moment, other)
    assert moment >= max(openings) + A_DAY
    assert moment <= max(openings) + 9 * A_DAY


def test_the_usual_weekend() -> None:
    """Opened on Saturday at ten, shared on Sunday at half past six."""
    opening = instant(date(2026, 3, 7), 600, BERLIN)

    assert share_moment([opening] * 2, BERLIN, [BERLIN] * 2) == instant(date(2026, 3, 8), 18 * 60 + 30, BERLIN)


def test_one_in_berlin_one_in_tokyo() -> None:
    """Sunday evening in Berlin is night in Tokyo, so it appears on Tokyo's Monday morning that Berlin is awake for."""
    openings = [instant(date(2026, 3, 7), 600, zone) for zone in (BERLIN, TOKYO)]
    moment = share_moment(openings, BERLIN, [BERLIN, TOKYO])

    assert moment == instant(date(2026, 3, 9), 8 * 60 + 30, BERLIN)


def test_opened_on_a_sunday_waits_a_whole_day() -> None:
    """A check-in asked for on Sunday at noon is shared on Monday, a day later."""
    opening = instant(date(2026, 3, 8), 720, BERLIN)

    assert share_moment([opening] * 2, BERLIN, [BERLIN] * 2) == opening + A_DAY


@given(zones, zones, st.integers(1_704_067_200, 1_924_991_999))
@settings(max_examples=200, deadline=None)
def test_the_first_waking_moment_is_the_first(one: ZoneInfo, other: ZoneInfo, moment: int) -> None:
    """No earlier quarter of an hour would have found both awake."""
    found = first_waking(moment, [one, other])
    tried = range(moment, found, 900)

    assert not any(awake(earlier, one) and awake(earlier, other) for earlier in tried)
    assert held(moment, [one, other]) >= moment + A_DAY


@pytest.mark.parametrize(
    ("wall", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("07:29", True), ("07:30", False)]
)
def test_quiet_hours_cross_midnight(wall: str, quiet: bool) -> None:
    """From ten at night to half past seven in the morning."""
    moment = int(datetime.fromisoformat(f"2026-05-05 {wall}").replace(tzinfo=LOS_ANGELES).timestamp())

    assert is_quiet(moment, LOS_ANGELES, 22 * 60, 7 * 60 + 30) is quiet
