"""A ritual comes round once on each chosen local date, in every time zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cadence import DAY, LONGEST_WINDOW, Cadence, Due, first_moment, instant, moment_of, next_due

NAMES = sorted(available_timezones())
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
EVERY_DAY = frozenset(range(7))
ODD_TIMES = (0, 30, 119, 150, 179, 480, 1410, 1470)

cadences = st.builds(
    Cadence, st.frozensets(st.integers(0, 6)), st.integers(0, DAY - 1), st.integers(0, LONGEST_WINDOW), st.booleans()
)
zones = st.sampled_from(NAMES).map(ZoneInfo)
dates = st.dates(FIRST, LAST)


def always(*zones: ZoneInfo) -> Callable[[date], Sequence[ZoneInfo]]:
    """The same clocks on every date."""
    return lambda _: zones


def midnight_utc(day: date) -> int:
    """A date's midnight in UTC."""
    return (day - date(1970, 1, 1)).days * 86400


def offset_at(moment: int, zone: ZoneInfo) -> int:
    """How many seconds a zone's clock is ahead of UTC at a moment."""
    ahead = datetime.fromtimestamp(moment, zone).utcoffset()
    assert ahead is not None
    return int(ahead.total_seconds())


def wall_at(moment: int, zone: ZoneInfo) -> int:
    """What the clock on the wall shows, in seconds since 1970-01-01 00:00 of the wall."""
    return moment + offset_at(moment, zone)


def expected(day: date, minutes: int, zone: ZoneInfo) -> int:
    """The moment for a wall time, found by trying the offsets in force around it."""
    wall = midnight_utc(day) + minutes * 60
    offsets = {offset_at(wall + hours * 3600, zone) for hours in (-15, 0, 13)}
    fitting = [wall - offset for offset in offsets if offset_at(wall - offset, zone) == offset]
    # Nothing fits in a gap: there the offset before the change still counts, which shifts the time on by the gap.
    return min(fitting, default=wall - offset_at(wall - max(offsets), zone))


@cache
def changes(name: str) -> tuple[int, ...]:
    """The moments of 2024 to 2030 at which a zone's clock is turned."""
    zone, found = ZoneInfo(name), []
    weeks = range(midnight_utc(FIRST), midnight_utc(LAST) + 7 * 86400, 7 * 86400)
    offsets = [offset_at(moment, zone) for moment in weeks]
    for low, high, before, after in zip(weeks, weeks[1:], offsets, offsets[1:], strict=False):
        if before != after:
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset_at(middle, zone) == before else (low, middle)
            found.append(high)
    return tuple(found)


def gaps(name: str) -> set[int]:
    """The sizes of what is skipped when a zone's clock is turned forward; 0 for the ordinary day."""
    zone = ZoneInfo(name)
    return {max(0, offset_at(change, zone) - offset_at(change - 1, zone)) for change in changes(name)} | {0}


@cache
def clocks() -> tuple[str, ...]:
    """One name for each clock that some zone keeps from 2024 to 2030; twins run alike, so one stands for all."""
    return tuple({(offset_at(midnight_utc(FIRST), ZoneInfo(name)), changes(name)): name for name in NAMES}.values())


def nights(name: str) -> set[date]:
    """The local dates around each change of a zone's clock, and a few ordinary ones."""
    days = {date(2024, 2, 29), date(2027, 6, 30), date(2030, 12, 31)}
    for change in changes(name):
        day = datetime.fromtimestamp(change, UTC).date()
        days |= {day + timedelta(days=step) for step in range(-1, 2)}
    return days


def walk(cadence: Cadence, zone: ZoneInfo, first: date, steps: int) -> Iterator[Due]:
    """What comes round from a date on, each one asked for as the bot does: after the last, from its moment on."""
    after, moment = first - timedelta(days=1), instant(first, 0, zone) - 7200
    for _ in range(steps):
        due = next_due(cadence, always(zone), "7", after=after, not_before=moment)
        assert due is not None
        yield due
        after, moment = due.slot, due.moment


@given(cadences)
def test_a_cadence_is_written_and_read_back(cadence: Cadence) -> None:
    """What the database holds is the same cadence."""
    assert Cadence.parse(str(cadence)) == cadence


def test_the_written_form_stays() -> None:
    """Rows written by an earlier version can still be read."""
    cadence = Cadence.parse("024@480+90/together")

    assert cadence == Cadence(frozenset({0, 2, 4}), 480, 90, together=True)
    assert str(Cadence(EVERY_DAY, 480)) == "0123456@480+0/each"


@pytest.mark.parametrize(
    ("days", "at", "window"),
    [({7}, 0, 0), ({-1}, 0, 0), ({0}, -1, 0), ({0}, 1440, 0), ({0}, 0, -1), ({0}, 0, LONGEST_WINDOW + 1)],
)
def test_a_cadence_refuses_to_be_wrong(days: set[int], at: int, window: int) -> None:
    """There is no eighth day, no 24:00 and no window longer than a short day."""
    with pytest.raises(ValueError, match="not"):
        Cadence(frozenset(days), at, window)


@given(st.text() | st.from_regex(r"[0-9]{0,9}@[0-9]{1,5}\+[0-9]{1,5}/(each|together|none)"))
def test_reading_a_cadence_only_ever_refuses(written: str) -> None:
    """Whatever the column holds, it is a cadence or a ValueError."""
    try:
        cadence = Cadence.parse(written)
    except ValueError:
        return

    assert Cadence.parse(str(cadence)) == cadence


@pytest.mark.parametrize(
    ("name", "day", "minutes", "utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 150, "2026-03-29T01:30"),  # 02:30 is skipped: 03:30 summer time
        ("Europe/Berlin", date(2026, 10, 25), 150, "2026-10-25T00:30"),  # 02:30 comes twice: the first
        ("Europe/London", date(2026, 10, 25), 90, "2026-10-25T00:30"),
        ("America/New_York", date(2026, 11, 1), 90, "2026-11-01T05:30"),
        ("America/New_York", date(2026, 3, 8), 150, "2026-03-08T07:30"),
        ("America/Santiago", date(2026, 9, 6), 0, "2026-09-06T04:00"),  # midnight is skipped: 01:00
        ("Africa/Cairo", date(2026, 4, 24), 30, "2026-04-23T22:30"),  # 00:30 is skipped: 01:30
        ("Africa/Cairo", date(2026, 4, 23), DAY + 30, "2026-04-23T22:30"),  # the same, from the evening before
        ("Australia/Lord_Howe", date(2026, 10, 4), 135, "2026-10-03T15:45"),  # a gap of half an hour: 02:45
        ("Australia/Lord_Howe", date(2026, 4, 5), 105, "2026-04-04T14:45"),
        ("Pacific/Apia", date(2011, 12, 30), 480, "2011-12-30T18:00"),  # the date was skipped: 08:00 a day on
        ("Asia/Kathmandu", date(2026, 6, 1), 480, "2026-06-01T02:15"),
        ("America/Nuuk", date(2026, 3, 28), 1410, "2026-03-29T01:30"),  # 23:30 is skipped: 00:30 of the next date
        ("America/Nuuk", date(2026, 10, 24), 1410, "2026-10-25T00:30"),
        ("Antarctica/Troll", date(2026, 3, 29), 120, "2026-03-29T02:00"),  # a gap of two hours: 04:00
    ],
)
def test_a_wall_time_is_this_moment(name: str, day: date, minutes: int, utc: str) -> None:
    """Skipped times shift on by the gap, and of doubled ones the first counts."""
    moment = instant(day, minutes, ZoneInfo(name))

    assert datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M") == utc


def test_wall_times_hold_around_every_change_of_every_clock() -> None:
    """In every zone, from 2024 to 2030, the clock shows the wanted time unless that time is skipped."""
    checked = skipped = 0
    for name in clocks():
        zone, shifts = ZoneInfo(name), gaps(name)
        for day, minutes in product(nights(name), ODD_TIMES):
            moment = instant(day, minutes, zone)
            shifted = wall_at(moment, zone) - midnight_utc(day) - minutes * 60
            checked += 1
            skipped += shifted > 0

            assert moment == expected(day, minutes, zone), (name, day, minutes)
            assert shifted in shifts, (name, day, minutes)

    assert checked > 10_000
    assert skipped > 100


@pytest.mark.parametrize("written", ["0123456@150+0/each", "0123456@0+0/each", "0123456@1410+1320/each"])
def test_each_date_comes_once_around_every_change_of_every_clock(written: str) -> None:
    """In every zone each chosen date comes round once, in order, and never before the one before it."""
    cadence = Cadence.parse(written)
    for name in clocks():
        for change in changes(name):
            first = datetime.fromtimestamp(change, UTC).date() - timedelta(days=3)
            came = list(walk(cadence, ZoneInfo(name), first, 6))

            assert [due.slot for due in came] == [first + timedelta(days=step) for step in range(6)], name
            assert [due.moment for due in came] == sorted(due.moment for due in came)


@pytest.mark.parametrize("days", [EVERY_DAY, frozenset({0, 2, 4}), frozenset({6})])
@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "America/Nuuk", "Asia/Gaza"]
)
def test_seven_years_bring_each_chosen_date_once(name: str, days: frozenset[int]) -> None:
    """From 2024 to 2030 there is no date too many and none too few."""
    chosen = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
    chosen = [day for day in chosen if day.weekday() in days]
    came = list(walk(Cadence(days, 30), ZoneInfo(name), FIRST, len(chosen)))

    assert [due.slot for due in came] == chosen
    assert all(due.moment == expected(due.slot, 30, ZoneInfo(name)) for due in came)


def test_the_skipped_date_of_apia_still_comes() -> None:
    """Samoa had no 30 December 2011; its slot comes at the next date's time and blocks nothing."""
    came = list(walk(Cadence(EVERY_DAY, 480), ZoneInfo("Pacific/Apia"), date(2011, 12, 29), 3))

    assert [due.slot.day for due in came] == [29, 30, 31]
    assert came[1].moment == came[2].moment


def test_the_slot_is_the_chosen_date_though_the_clock_shows_the_next() -> None:
    """In Nuuk 23:30 falls away in one night of spring: the ritual comes at 00:30 and keeps its date."""
    nuuk = ZoneInfo("America/Nuuk")
    due = next_due(Cadence(EVERY_DAY, 1410), always(nuuk), "7", after=date(2026, 3, 27), not_before=0)

    assert due is not None
    assert due.slot == date(2026, 3, 28)
    assert datetime.fromtimestamp(due.moment, nuuk).date() == date(2026, 3, 29)


def test_on_request_never_comes_round() -> None:
    """Without days there is nothing to wait for."""
    assert next_due(Cadence(frozenset(), 480), always(ZoneInfo("UTC")), "7", after=None, not_before=0) is None


def test_the_earliest_of_two_clocks_opens_a_date() -> None:
    """A ritual at each one's own 08:00 begins where it is morning first."""
    tokyo, bogota = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Bogota")
    moment = first_moment(Cadence(EVERY_DAY, 480), date(2026, 5, 4), [bogota, tokyo], "7")

    assert moment == instant(date(2026, 5, 4), 480, tokyo)


def test_the_longest_window_ends_before_the_next_one_begins() -> None:
    """Even when a clock is turned between them, a date's last minute is not after the next date's first."""
    for name in clocks():
        zone = ZoneInfo(name)
        for day, at in product(nights(name), (0, 30, 150, 1439)):
            last, following = instant(day, at + LONGEST_WINDOW - 1, zone), instant(day + timedelta(days=1), at, zone)

            assert last <= following, (name, day, at)


def test_a_late_moment_far_in_the_west_is_not_overlooked() -> None:
    """Asked for at its own moment a date is found, though in UTC it is two dates later by then."""
    west, day = ZoneInfo("Pacific/Pago_Pago"), date(2026, 5, 4)
    cadence = Cadence(EVERY_DAY, 1439, LONGEST_WINDOW)
    for seed in map(str, range(30)):
        moment = moment_of(cadence, day, west, seed)

        assert next_due(cadence, always(west), seed, after=None, not_before=moment) == Due(day, moment)


class CountedZone(ZoneInfo):
    """A zone that counts how often it is asked."""

    asked = 0

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The zone's answer, counted."""
        type(self).asked += 1
        return super().utcoffset(when)


@pytest.mark.parametrize("days", [{3}, {0, 1, 2, 3, 4, 5, 6}])
def test_years_of_silence_are_jumped_over(days: set[int]) -> None:
    """After years without the bot the next date is found within a few looks at the calendar."""
    zone = CountedZone("Europe/Berlin")
    CountedZone.asked = 0
    floor = midnight_utc(date(2030, 5, 1))
    due = next_due(Cadence(frozenset(days), 480), always(zone), "7", after=date(2024, 1, 1), not_before=floor)

    assert due is not None
    assert due.moment >= floor > due.moment - 7 * 86400
    assert 0 < CountedZone.asked <= 40


@given(
    cadences.filter(lambda one: bool(one.days)), st.lists(zones, min_size=1, max_size=2), dates, st.integers(0, 86400)
)
def test_the_next_is_the_first_that_is_not_too_early(
    cadence: Cadence, clocks: list[ZoneInfo], day: date, second: int
) -> None:
    """Looked for date by date from three weeks before, the same one is found."""
    floor = midnight_utc(day) + second
    near = [day + timedelta(days=step) for step in range(-21, 21)]
    moments = [(one, first_moment(cadence, one, clocks, "7")) for one in near if one.weekday() in cadence.days]
    wanted = next(Due(one, moment) for one, moment in moments if moment >= floor)

    assert next_due(cadence, always(*clocks), "7", after=None, not_before=floor) == wanted
    assert next_due(cadence, always(*clocks), "7", after=date(2000, 1, 1), not_before=floor) == wanted


@given(cadences, dates, zones, st.text(max_size=20))
def test_a_window_is_kept(cadence: Cadence, day: date, zone: ZoneInfo, seed: str) -> None:
    """The random moment is one of the window's minutes and the same each time."""
    moment = moment_of(cadence, day, zone, seed)
    minutes = range(cadence.at, cadence.at + max(cadence.window, 1))

    assert moment in {instant(day, minute, zone) for minute in minutes}
    assert moment == moment_of(cadence, day, zone, seed)


def test_the_random_moment_stays_over_versions() -> None:
    """The draw is pinned: a restart or another Python does not move what was announced."""
    drawn = [moment_of(Cadence(EVERY_DAY, 600, 390), date(2026, 5, day), ZoneInfo("UTC"), "7") for day in range(1, 5)]

    assert [moment // 60 % DAY for moment in drawn] == [740, 787, 620, 985]


def test_both_walls_show_the_same_random_time() -> None:
    """Partners in two zones meet the random moment at the same local time."""
    cadence, day = Cadence(EVERY_DAY, 600, 390), date(2026, 5, 4)
    shown = {
        datetime.fromtimestamp(moment_of(cadence, day, ZoneInfo(name), "7"), ZoneInfo(name)).strftime("%H:%M")
        for name in ("Europe/Berlin", "Asia/Kathmandu", "America/Lima")
    }

    assert len(shown) == 1


@given(
    cadences.filter(lambda one: bool(one.days)),
    dates,
    st.lists(st.lists(zones, min_size=1, max_size=2), min_size=2, max_size=8),
)
def test_moving_house_doubles_and_skips_no_date(cadence: Cadence, day: date, homes: list[list[ZoneInfo]]) -> None:
    """However often the two move to other zones, the chosen dates come one after the other."""
    after, floor = day - timedelta(days=1), midnight_utc(day) - 2 * 86400
    came = []
    for clocks in homes:
        due = next_due(cadence, always(*clocks), "7", after=after, not_before=floor)
        assert due is not None
        came.append(due.slot)
        after = due.slot
    chosen = [one for one in (day + timedelta(days=step) for step in range(60)) if one.weekday() in cadence.days]

    assert came == chosen[: len(homes)]


@given(cadences.filter(lambda one: bool(one.days)), dates, zones, zones)
def test_moving_house_leaves_out_only_what_is_over_there(
    cadence: Cadence, day: date, old: ZoneInfo, new: ZoneInfo
) -> None:
    """Asked again at the last one's moment, a date is left out only if its moment in the new zone has passed."""
    last = next_due(cadence, always(old), "7", after=day, not_before=0)
    assert last is not None
    due = next_due(cadence, always(new), "7", after=last.slot, not_before=last.moment)
    assert due is not None
    between = [last.slot + timedelta(days=step) for step in range(1, (due.slot - last.slot).days)]

    assert due.slot > last.slot
    assert all(moment_of(cadence, one, new, "7") < last.moment for one in between if one.weekday() in cadence.days)
