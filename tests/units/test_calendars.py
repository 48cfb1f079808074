"""The file for a calendar, read back by a small reader that knows RFC 5545 and nothing of the writer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import calendar_file
from bot.posts import Appointment
from bot.views.appointments import moment_on

UNESCAPED = {"\\n": "\n", "\\N": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}
MOMENTS = st.integers(1, int(datetime(2200, 1, 1, tzinfo=UTC).timestamp()))
ZONES = sorted(available_timezones() - {"localtime", "Factory"})

words = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1)
special = st.text(st.sampled_from("\\\\;,nN: é😀"), min_size=1)
titles = st.lists(words | special, min_size=1, max_size=30).map("".join)
"""Titles of which many are longer than a line, or full of what has to be escaped."""


def read(file: bytes) -> list[tuple[str, str]]:
    """The content lines of a file, unfolded; raises AssertionError for what no calendar has to read."""
    assert file.endswith(b"\r\n")
    physical = file[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()
    lines: list[str] = []
    for line in physical:
        if line.startswith(b" "):
            lines[-1] += line[1:].decode()
        else:
            lines.append(line.decode())
    named = [re.fullmatch(r"([A-Z-]+):(.*)", line) for line in lines]
    assert all(named)
    return [(one[1], one[2]) for one in named if one]


def entry(file: bytes) -> dict[str, str]:
    """What the one entry says, each name once."""
    lines = read(file)
    names = [name for name, _ in lines]
    begins, ends = lines.index(("BEGIN", "VEVENT")), lines.index(("END", "VEVENT"))
    assert (lines[0], lines[-1]) == (("BEGIN", "VCALENDAR"), ("END", "VCALENDAR"))
    assert names.count("BEGIN") == names.count("END") == 2
    assert {"VERSION": "2.0", "METHOD": "PUBLISH"}.items() <= dict(lines[1:begins]).items()
    found = dict(lines[begins + 1 : ends])
    assert len(found) == ends - begins - 1
    return found


def moment_of(written: str) -> int:
    """A date with UTC time, form 2 of section 3.3.5."""
    assert re.fullmatch(r"\d{8}T\d{6}Z", written)
    return int(datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp())


def text_of(written: str) -> str:
    """A TEXT value, section 3.3.11: nothing in it that has to be escaped stands bare."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", written)
    return re.sub(r"\\[nN\\;,]", lambda found: UNESCAPED[found[0]], written)


@given(MOMENTS, st.integers(1, 86400), MOMENTS, st.integers(0, 1 << 31))
def test_what_is_written_is_read(begins: int, seconds: int, now: int, revision: int) -> None:
    """The span, the moment of writing and the revision come back as they were."""
    found = entry(calendar_file(Appointment("Time for two", begins, begins + seconds, "7"), now, revision))

    assert moment_of(found["DTSTART"]) == begins
    assert moment_of(found["DTEND"]) == begins + seconds
    assert moment_of(found["DTSTAMP"]) == now
    assert int(found["SEQUENCE"]) == revision


@given(titles)
def test_any_title(title: str) -> None:
    """Backslashes, commas, long lines and letters of several octets arrive as they are."""
    found = entry(calendar_file(Appointment(title, 1, 2, "7"), 1, 0))

    assert text_of(found["SUMMARY"]) == title


@pytest.mark.parametrize(
    "title", ["One\r\nATTENDEE:mailto:a@example.org", "One\nTwo", "Tab\there", "End\u2028line", "\x00"]
)
def test_no_title_begins_a_line_of_its_own(title: str) -> None:
    """A new line in it is a new line of the title, and what is no character of a text is left out."""
    names = {name for name, _ in read(calendar_file(Appointment(title, 1, 2, "7"), 1, 0))}

    assert "ATTENDEE" not in names


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20), MOMENTS, MOMENTS)
def test_its_name_is_its_own(one: str, other: str, first: int, second: int) -> None:
    """The same appointment keeps its name when its time moves, and no two share one."""
    names = [
        entry(calendar_file(Appointment("Two", moment, moment + 60, key), now, 0))["UID"]
        for key, moment, now in ((one, first, second), (one, second, first), (other, first, first))
    ]

    assert names[0] == names[1]
    assert (names[0] == names[2]) is (one == other)


@given(
    st.sampled_from(ZONES),
    st.dates(date(2000, 1, 1), date(2037, 12, 31)),
    st.integers(0, 1439),
)
def test_a_wall_clock_in_any_zone(name: str, day: date, minute: int) -> None:
    """What the two set on a wall, a calendar there shows on it; a time that the clocks skip comes after the gap."""
    zone = ZoneInfo(name)
    begins = moment_on(day, minute, zone)
    found = entry(calendar_file(Appointment("Two", begins, begins + 60, "7"), begins, 0))
    shown = datetime.fromtimestamp(moment_of(found["DTSTART"]), UTC).astimezone(zone)
    wanted = datetime.combine(day, time(minute // 60, minute % 60))

    late = shown.replace(tzinfo=None) - wanted
    assert late == timedelta() or (timedelta() < late <= timedelta(days=1) and _is_skipped(wanted, zone))


def _is_skipped(wall: datetime, zone: ZoneInfo) -> bool:
    there = wall.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def test_nothing_tells_the_idea_or_rings() -> None:
    """A lock screen reads the title alone; no alarm, nobody invited, not shown to who shares the calendar."""
    found = entry(calendar_file(Appointment("Time for two", 1, 2, "7"), 1, 0))

    assert set(found) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "CLASS"}
    assert found["CLASS"] == "PRIVATE"


@pytest.mark.parametrize(("begins", "ends"), [(0, 60), (-5, 60), (60, 60), (60, 30)])
def test_no_span_is_none(begins: int, ends: int) -> None:
    """An appointment ends after it begins."""
    with pytest.raises(ValueError, match="not a span"):
        Appointment("Two", begins, ends, "7")
