"""Cadence in every zone, through every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cadence import Cadence, first_moment, instant, moment_of, next_due

DAILY = frozenset(range(7))
ZONES = sorted(available_timezones() - {"localtime"})
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(FIRST, LAST)
minutes = st.integers(0, 24 * 60 - 1)
cadences = st.builds(
    Cadence,
    st.frozensets(st.integers(0, 6), min_size=1),
    minutes,
    st.sampled_from([0, 0, 30, 390]),
    st.booleans(),
)


@cache
def offsets(zone: ZoneInfo, day: date) -> tuple[timedelta, timedelta]:
    """The zone's distance from UTC at the start and at the end of a UTC day."""
    start = datetime.combine(day, datetime.min.time(), UTC)
    return tuple((moment.astimezone(zone).utcoffset() or timedelta()) for moment in (start, start + timedelta(days=1)))


def days_with_a_change(zone: ZoneInfo) -> list[date]:
    """The days from 2024 to 2030 on which a zone's clocks change."""
    found = []
    day = FIRST
    while day < LAST:
        start, month_later = offsets(zone, day)[0], offsets(zone, min(day + timedelta(days=14), LAST))[0]
        ahead = [day + timedelta(days=step) for step in range(14)] if start != month_later else []
        found += [one for one in ahead if one <= LAST and len(set(offsets(zone, one))) > 1]
        day += timedelta(days=14)
    return found


def wall(moment: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment, UTC).astimezone(zone).replace(tzinfo=None)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether some instant shows this wall time: tried minute by minute around it, without fold or gap arithmetic."""
    guess = int(local.replace(tzinfo=UTC).timestamp())
    return any(wall(guess + step * 900, zone) == local for step in range(-4 * 15, 4 * 15 + 1))


@pytest.mark.parametrize("name", ZONES)
def test_once_for_each_chosen_date_around_every_change(name: str) -> None:
    """Around each change of a zone's clocks every date has one moment, in order, at the wanted time where it exists."""
    zone = ZoneInfo(name)
    for changed in days_with_a_change(zone):
        for at in (0, 30, 90, 120, 150, 180, 480, 1425):
            cadence = Cadence(DAILY, at)
            expected = [changed + timedelta(days=step) for step in range(-1, 3)]
            seen, after, moments = [], expected[0] - timedelta(days=1), []
            for _ in expected:
                due = next_due(cadence, [zone], "seed", after=after, not_before=0)
                assert due is not None
                seen, after, moments = [*seen, due.slot], due.slot, [*moments, due.moment]
                local = datetime.combine(due.slot, datetime.min.time()) + timedelta(minutes=at)
                if exists(local, zone):
                    assert wall(due.moment, zone) == local
                else:
                    assert local < wall(due.moment, zone) <= local + timedelta(days=1)

            assert seen == expected
            assert moments == sorted(set(moments))


@pytest.mark.parametrize(
    ("name", "day", "at", "shown"),
    [
        ("Europe/Berlin", "2026-03-29", 150, "2026-03-29 03:30"),
        ("Europe/Berlin", "2026-10-25", 150, "2026-10-25 02:30"),
        ("America/New_York", "2026-03-08", 150, "2026-03-08 03:30"),
        ("America/New_York", "2026-11-01", 90, "2026-11-01 01:30"),
        ("Europe/London", "2026-10-25", 90, "2026-10-25 01:30"),
        ("America/Santiago", "2026-09-06", 0, "2026-09-06 01:00"),
        ("Africa/Cairo", "2026-04-24", 0, "2026-04-24 01:00"),
        ("Australia/Lord_Howe", "2026-10-04", 135, "2026-10-04 02:45"),
        ("Asia/Kathmandu", "2026-07-01", 480, "2026-07-01 08:00"),
        ("Pacific/Apia", "2011-12-30", 480, "2011-12-31 08:00"),
    ],
)
def test_the_known_hard_nights(name: str, day: str, at: int, shown: str) -> None:
    """The nights on which common schedulers fire twice or not at all."""
    zone = ZoneInfo(name)
    moment = instant(date.fromisoformat(day), at, zone)

    assert wall(moment, zone) == datetime.fromisoformat(shown)


def test_a_doubled_hour_is_taken_once_and_the_first_time() -> None:
    """On the autumn night in Berlin half past two comes once, in summer time."""
    zone = ZoneInfo("Europe/Berlin")
    moment = instant(date(2026, 10, 25), 150, zone)

    assert datetime.fromtimestamp(moment, UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_in_nuuk_the_chosen_date_is_not_the_one_of_the_instant() -> None:
    """Where 23:30 of one night does not exist, the slot stays the chosen date."""
    due = next_due(Cadence(DAILY, 23 * 60 + 30), [ZoneInfo("America/Nuuk")], "s", after=date(2026, 3, 27), not_before=0)

    assert due is not None
    assert due.slot == date(2026, 3, 28)


@given(cadences)
def test_a_cadence_is_written_and_read_back(cadence: Cadence) -> None:
    """What the database holds is what was meant."""
    assert Cadence.parse(str(cadence)) == cadence


@pytest.mark.parametrize("written", ["", "7@480+0/each", "0@1440+0/each", "0@480+0/all", "0@480", "x"])
def test_what_is_not_a_cadence_is_refused(written: str) -> None:
    """A damaged row is noticed, not guessed at."""
    with pytest.raises(ValueError, match="not a"):
        Cadence.parse(written)


@given(cadences, zones, zones, days)
@settings(max_examples=300, deadline=None)
def test_walking_on_meets_every_chosen_date_once(cadence: Cadence, one: ZoneInfo, other: ZoneInfo, start: date) -> None:
    """Whichever two zones a couple lives in, each chosen date comes once and in order."""
    after, met = start, []
    for _ in range(10):
        due = next_due(cadence, [one, other], "seed", after=after, not_before=0)
        assert due is not None
        met.append(due.slot)
        after = due.slot
    reach = [start + timedelta(days=step) for step in range(1, (after - start).days + 1)]

    assert met == [day for day in reach if day.weekday() in cadence.days]


@given(cadences, zones, days, st.integers(0, 4000))
@settings(max_examples=200, deadline=None)
def test_a_moment_that_has_passed_is_not_given_again(cadence: Cadence, zone: ZoneInfo, start: date, away: int) -> None:
    """After a long absence the next date is the first whose moment has not passed, and none before it is left."""
    not_before = instant(start, 0, ZoneInfo("UTC")) + away * 86400
    due = next_due(cadence, [zone], "seed", after=start, not_before=not_before)

    assert due is not None
    assert due.moment >= not_before
    assert due.slot > start
    earlier = [due.slot - timedelta(days=step) for step in range(1, 8)]
    assert all(
        first_moment(cadence, day, [zone], "seed") < not_before
        for day in earlier
        if day > start and day.weekday() in cadence.days
    )


@given(cadences, zones, days, st.text(max_size=8))
@settings(deadline=None)
def test_a_random_moment_is_stable_and_inside_its_window(
    cadence: Cadence, zone: ZoneInfo, day: date, seed: str
) -> None:
    """The draw depends on the seed and the date alone, so a restart changes nothing."""
    moment = moment_of(cadence, day, zone, seed)
    first = instant(day, cadence.at, zone)

    assert moment == moment_of(cadence, day, zone, seed)
    assert first - 7200 <= moment <= first + (cadence.window + 180) * 60


def test_a_window_is_used_in_its_whole_width() -> None:
    """Over a year the draws reach both ends of the window."""
    cadence, zone = Cadence(DAILY, 600, 390), ZoneInfo("UTC")
    drawn = [(moment_of(cadence, FIRST + timedelta(days=step), zone, "s") // 60) % 1440 for step in range(366)]

    assert min(drawn) < 620
    assert max(drawn) > 970
    assert len(set(drawn)) > 150


@given(cadences, st.lists(zones, min_size=2, max_size=6), days)
@settings(max_examples=200, deadline=None)
def test_a_change_of_zone_doubles_and_loses_no_date(cadence: Cadence, travels: list[ZoneInfo], start: date) -> None:
    """A partner who moves between zones meets each chosen date once, whichever way they travel."""
    after, met = start, []
    for zone in travels * 2:
        due = next_due(cadence, [zone], "seed", after=after, not_before=0)
        assert due is not None
        met.append(due.slot)
        after = due.slot
    reach = [start + timedelta(days=step) for step in range(1, (after - start).days + 1)]

    assert met == [day for day in reach if day.weekday() in cadence.days]


def test_on_request_means_never_by_itself() -> None:
    """No days, no next time."""
    assert next_due(Cadence(frozenset(), 480), [ZoneInfo("UTC")], "s", after=None, not_before=0) is None
