"""Share moments come when both are awake."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cadence import instant
from bot.waking import Sharing, first_waking, held, is_quiet, share_moment

A_DAY = 86400
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
moments = st.integers(1704067200, 1924991999)  # 2024 to 2030
SATURDAYS = st.integers(0, 364).map(lambda week: date(2024, 1, 6) + timedelta(weeks=week))


def awake(moment: int, clocks: list[ZoneInfo]) -> bool:
    """Whether each clock shows 08:30 to 21:29."""
    return all("08:30" <= datetime.fromtimestamp(moment, clock).strftime("%H:%M") < "21:30" for clock in clocks)


def searched(moment: int, clocks: list[ZoneInfo]) -> int:
    """The first whole minute when all are awake, looked for minute by minute."""
    while not awake(moment, clocks):
        moment += 60
    return moment


def at(written: str, name: str) -> int:
    """The moment of a wall time such as "2026-05-03 18:30" in a zone."""
    return int(datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(name)).timestamp())


@pytest.mark.parametrize(
    ("couple", "other", "shown"),
    [
        ("Europe/Berlin", "Europe/Berlin", "2026-05-03 16:30"),  # Sunday 18:30 for both
        ("Europe/Berlin", "America/New_York", "2026-05-03 16:30"),  # 18:30 and 12:30
        ("Europe/Berlin", "America/Los_Angeles", "2026-05-03 17:00"),  # 24 hours after ten in the west: 19:00 there
        ("Europe/Berlin", "Asia/Tokyo", "2026-05-04 06:30"),  # 18:30 is night there: Monday 08:30 and 15:30
        (
            "Europe/London",
            "Pacific/Auckland",
            "2026-05-04 07:30",
        ),  # 08:30 there is 21:30 here, too late: 08:30 and 19:30
    ],
)
def test_the_weekly_check_in_is_shared(couple: str, other: str, shown: str) -> None:
    """Opened on Saturday at each one's ten o'clock, it is shared from Sunday evening on, when both are awake."""
    clocks = [ZoneInfo(couple), ZoneInfo(other)]
    openings = [instant(date(2026, 5, 2), 600, clock) for clock in clocks]
    moment = share_moment(openings, clocks[0], clocks)

    assert datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M") == shown


def test_opened_on_sunday_evening_it_waits_a_week() -> None:
    """After Sunday 18:30 the next Sunday is the first that follows."""
    berlin = ZoneInfo("Europe/Berlin")
    opened = at("2026-05-03 18:31", "Europe/Berlin")

    assert share_moment([opened, opened], berlin, [berlin, berlin]) == at("2026-05-10 18:30", "Europe/Berlin")


def test_opened_at_that_very_moment_it_waits_a_day() -> None:
    """Sunday 18:30 itself still counts as this Sunday, and a full day passes."""
    berlin = ZoneInfo("Europe/Berlin")
    opened = at("2026-05-03 18:30", "Europe/Berlin")

    assert share_moment([opened, opened], berlin, [berlin, berlin]) == at("2026-05-04 18:30", "Europe/Berlin")


def test_the_first_opening_chooses_the_sunday() -> None:
    """One opening before and one after Sunday 18:30: the day after the later one, not a week on."""
    berlin = ZoneInfo("Europe/Berlin")
    openings = [at("2026-05-03 19:00", "Europe/Berlin"), at("2026-05-03 18:00", "Europe/Berlin")]

    assert share_moment(openings, berlin, [berlin, berlin]) == at("2026-05-04 19:00", "Europe/Berlin")


@given(SATURDAYS, zones, zones)
def test_a_weekly_share_moment_is_the_first_that_suits(saturday: date, one: ZoneInfo, other: ZoneInfo) -> None:
    """For any two zones it is the first minute a day after both opened, from Sunday 18:30 on, when both are awake."""
    clocks = [one, other]
    openings = [instant(saturday, 600, clock) for clock in clocks]
    sunday = instant(saturday + timedelta(days=1), 1110, one)
    moment = share_moment(openings, one, clocks)

    assert moment == searched(max(sunday, max(openings) + A_DAY), clocks)
    assert moment <= max(openings) + 3 * A_DAY


@given(moments, st.integers(0, 2 * A_DAY), zones, zones, zones)
def test_any_share_moment_comes_within_days(
    first: int, later: int, home: ZoneInfo, one: ZoneInfo, other: ZoneInfo
) -> None:
    """Opened whenever: a day at least, eight days and a bit at most, a whole minute, both awake."""
    moment = share_moment([first + later, first], home, [one, other])

    assert awake(moment, [one, other])
    assert moment % 60 == 0
    assert A_DAY <= moment - (first + later) <= 8 * A_DAY + 2 * 3600


AT_EVENING = Sharing(20 * 60 + 30, weekly=False, least_hours=3)
evenings = st.builds(Sharing, st.integers(8 * 60 + 30, 21 * 60 + 29), st.just(False), st.integers(0, 48))


@pytest.mark.parametrize(
    ("couple", "other", "shown"),
    [
        ("Europe/Berlin", "Europe/Berlin", "2026-05-02 18:30"),  # 20:30 for both
        ("Europe/Berlin", "America/New_York", "2026-05-02 19:00"),  # three hours after noon there: 21:00 and 15:00
        ("Europe/Berlin", "America/Los_Angeles", "2026-05-03 18:30"),  # noon there is too late here: the next evening
        ("Europe/Berlin", "Asia/Tokyo", "2026-05-03 06:30"),  # no evening suits both: 08:30 and 15:30
    ],
)
def test_the_question_of_the_day_is_shared(couple: str, other: str, shown: str) -> None:
    """Opened at each one's noon, it is shared in the first evening that suits both, or when both are next awake."""
    clocks = [ZoneInfo(couple), ZoneInfo(other)]
    openings = [instant(date(2026, 5, 2), 720, clock) for clock in clocks]
    moment = share_moment(openings, clocks[0], clocks, AT_EVENING)

    assert datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M") == shown


@given(moments, st.integers(0, A_DAY), zones, zones, zones, evenings)
def test_an_evening_suits_both(
    first: int, later: int, home: ZoneInfo, one: ZoneInfo, other: ZoneInfo, sharing: Sharing
) -> None:
    """Whenever it opened: both awake, never before the hours are over or before the first evening, at most days on."""
    moment = share_moment([first + later, first], home, [one, other], sharing)
    opened = datetime.fromtimestamp(first, home)
    evening = instant(opened.date(), sharing.at, home)

    assert awake(moment, [one, other])
    assert moment % 60 == 0
    assert moment >= first + later + sharing.least_hours * 3600
    assert moment >= (evening if evening >= first else first)
    assert moment - (first + later + sharing.least_hours * 3600) <= 2 * A_DAY + 4 * 3600


@given(moments, zones, evenings)
def test_two_on_one_clock_share_in_the_evening(first: int, home: ZoneInfo, sharing: Sharing) -> None:
    """Where one clock holds for both it is always an evening: from its time on, and before they sleep."""
    moment = share_moment([first], home, [home, home], sharing)
    shown = datetime.fromtimestamp(moment, home)

    assert sharing.at <= shown.hour * 60 + shown.minute < 21 * 60 + 30


@given(moments, zones, zones)
def test_the_first_waking_moment_is_the_first(moment: int, one: ZoneInfo, other: ZoneInfo) -> None:
    """Looked for minute by minute, the same moment is found; it comes within a day and two hours."""
    whole = moment // 60 * 60
    found = first_waking(whole, [one, other])

    assert found == searched(whole, [one, other])
    assert found - whole <= A_DAY + 2 * 3600


def test_two_waking_windows_meet_at_every_distance() -> None:
    """However far apart two clocks are, both are awake for at least two hours of a day."""
    start = at("2026-06-01 00:00", "UTC")
    fixed = [ZoneInfo(f"Etc/GMT{hours:+d}") for hours in range(-14, 13)]
    for clock in fixed:
        together = sum(awake(start + minute * 60, [fixed[0], clock]) for minute in range(1440))

        assert together >= 120


@given(moments, zones, zones)
def test_what_is_held_comes_a_day_later(moment: int, one: ZoneInfo, other: ZoneInfo) -> None:
    """Held once, a share moment waits a day and then for both to be awake."""
    whole = moment // 60 * 60

    assert held(whole, [one, other]) == searched(whole + A_DAY, [one, other])


def test_a_waking_moment_is_not_moved() -> None:
    """Inside both windows nothing is rounded; the end of a window is outside it."""
    berlin = ZoneInfo("Europe/Berlin")
    last = at("2026-05-03 21:29", "Europe/Berlin") + 59

    assert first_waking(last, [berlin]) == last
    assert first_waking(last + 1, [berlin]) == at("2026-05-04 08:30", "Europe/Berlin")
    assert first_waking(7, []) == 7


def test_three_windows_are_refused() -> None:
    """Three people around the world need not be awake together, so nobody waits for that for ever."""
    with pytest.raises(ValueError, match="two waking windows"):
        first_waking(0, [ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/London"), ZoneInfo("America/Denver")])


@given(moments, zones, st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_are_those_on_the_wall(moment: int, zone: ZoneInfo, start: int, length: int) -> None:
    """Every minute from the first to the last is quiet, over midnight too, and no other; equal ends are none."""
    quiet = {(start + step) % 1440 for step in range(length)}
    wall = datetime.fromtimestamp(moment, zone)

    assert is_quiet(moment, zone, start, (start + length) % 1440) == (wall.hour * 60 + wall.minute in quiet)


@pytest.mark.parametrize(("clock", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("07:00", False)])
def test_a_night_is_quiet(clock: str, quiet: bool) -> None:
    """From ten in the evening to seven in the morning."""
    moment = at(f"2026-05-03 {clock}", "Europe/Berlin")

    assert is_quiet(moment, ZoneInfo("Europe/Berlin"), 1320, 420) is quiet
