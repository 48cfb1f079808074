"""What people type for times, days and spans is understood, or declined."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed import LONGEST, Typed

CONTENT = Path(__file__).parents[2] / "bot" / "content"
TABLES = {file.parent.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in CONTENT.glob("*/typed.toml")}
ENGLISH = Typed(TABLES["en"])
EVERY_DAY = {0, 1, 2, 3, 4, 5, 6}


def words_of(table: dict[str, Any]) -> list[str]:
    """Every word of a table, and some that people put between."""
    listed = [word for part in table.values() for word in part]
    return [*listed, "7", "30", "0", "99", ":", ".", "-", ",", "  ", "/", "²", "٣", "İ", "not"]


typing = (
    st.text()
    | st.lists(st.sampled_from(words_of(TABLES["en"]))).map(" ".join)
    | st.lists(st.sampled_from(words_of(TABLES["en"]))).map("".join)
)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("7:30", 450), ("07:30", 450), ("0730", 450), ("730", 450), ("7", 420), ("8pm", 1200), ("8 PM", 1200),
        ("8.15 pm", 1215), ("8:15 p.m.", 1215), ("20h", 1200), ("20h30", 1230), ("20.15", 1215), ("at 8 am", 480),
        ("12am", 0), ("12 pm", 720), ("noon", 720), ("Midnight", 0), ("8 o'clock", 480), ("1230am", 30),
        ("7 in the evening", 1140), (" 22 : 05 ", 1325), ("0:00", 0), ("23:59", 1439),
    ],
)  # fmt: skip
def test_a_time_of_day_is_understood(words: str, minutes: int) -> None:
    """People write times in many ways."""
    assert ENGLISH.time_of_day(words) == minutes


@pytest.mark.parametrize(
    "words", ["", "soon", "24:00", "25", "7:60", "7:5", "13pm", "0 am", "7 8", "-7", "7:30:00", "٧", "8 pm pm", "12345"]
)
def test_what_is_no_time_of_day_is_declined(words: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="not"):
        ENGLISH.time_of_day(words)


def test_every_minute_can_be_typed() -> None:
    """On a clock of 24 hours and on one of twelve, with a colon, a point or nothing."""
    for minutes in range(1440):
        hour, minute = divmod(minutes, 60)
        half = "am" if hour < 12 else "pm"
        written = (f"{hour}:{minute:02}", f"{hour:02}{minute:02}", f"{hour}.{minute:02}", f"{hour}h{minute:02}")

        assert {ENGLISH.time_of_day(one) for one in written} == {minutes}
        assert ENGLISH.time_of_day(f"{hour % 12 or 12}:{minute:02}{half}") == minutes


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("mon wed fri", {0, 2, 4}), ("Mon, Wed and Fri", {0, 2, 4}), ("mon/wed/fri", {0, 2, 4}),
        ("every day", EVERY_DAY), ("Daily", EVERY_DAY), ("weekdays", {0, 1, 2, 3, 4}), ("weekend", {5, 6}),
        ("the weekend", {5, 6}),
        ("on Mondays", {0}), ("every tuesday & thursday", {1, 3}), ("mon-fri", {0, 1, 2, 3, 4}), ("sat.", {5}),
        ("Monday to Friday", {0, 1, 2, 3, 4}), ("sat – mon", {5, 6, 0}), ("weekdays and sunday", {0, 1, 2, 3, 4, 6}),
        ("mon-wed, sat", {0, 1, 2, 5}), ("sun - sat", EVERY_DAY), ("fri-fri", {4}),
    ],
)  # fmt: skip
def test_days_are_understood(words: str, days: set[int]) -> None:
    """Single days, lists, ranges and groups."""
    assert ENGLISH.days(words) == days


@pytest.mark.parametrize(
    "words", ["", "and", "every", "never", "every other day", "not monday", "mon to", "-", "0 1", "to"]
)
def test_what_is_no_days_is_declined(words: str) -> None:
    """A word that is not known spoils the whole, so nothing is chosen by half."""
    with pytest.raises(ValueError, match="not"):
        ENGLISH.days(words)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("3 days", 259200), ("3d", 259200), ("a week", 604800), ("week", 604800), ("2w", 1209600), ("the week", 604800),
        ("today", 86400), ("tonight", 43200), ("for two weeks", 1209600), ("an hour", 3600), ("30 min", 1800),
        ("a couple of days", 172800), ("1 month", 2592000), ("off", 0), ("999 weeks", LONGEST),
    ],
)  # fmt: skip
def test_a_span_is_understood(words: str, seconds: int) -> None:
    """A number or a word for one, and a unit; the words that end a rest are no time at all."""
    assert ENGLISH.span(words) == seconds


@pytest.mark.parametrize(
    "words", ["", "3", "a", "0 days", "soon", "-3 days", "3 3 days", "1000 days", "days 3", "a while"]
)
def test_what_is_no_span_is_declined(words: str) -> None:
    """Nothing is guessed, and nothing lasts no time by accident."""
    with pytest.raises(ValueError, match="not a span"):
        ENGLISH.span(words)


@pytest.mark.parametrize(
    ("words", "day", "minutes"),
    [
        ("Saturday 19:30", 28, 1170), ("19:30 saturday", 28, 1170), ("Monday", 23, None), ("monday 8pm", 23, 1200),
        ("tomorrow at noon", 24, 720), ("tonight", 23, None), ("8 pm tomorrow", 24, 1200), ("on 28 Nov, 20h", 28, 1200),
        ("at 20:15", None, 1215), ("2026-11-30 7:00", 30, 420), ("28 november", 28, None), ("sun 10", 29, 600),
    ],
)  # fmt: skip
def test_a_day_and_a_time_are_understood(words: str, day: int | None, minutes: int | None) -> None:
    """In either order, and each of them alone."""
    wanted = None if day is None else date(2026, 11, day)

    assert ENGLISH.day_and_time(words, date(2026, 11, 23)) == (wanted, minutes)


@pytest.mark.parametrize(
    "words", ["", "soon", "saturday sunday", "8 pm 9 pm", "12-14 dec 8pm", "tomorrow " * 20, "25:00"]
)
def test_what_is_no_day_and_time_is_declined(words: str) -> None:
    """Nothing is guessed, and no sentence is searched for one."""
    with pytest.raises(ValueError, match=r"\w"):
        ENGLISH.day_and_time(words, date(2026, 11, 23))


@pytest.mark.parametrize("locale", sorted(TABLES))
@given(typing)
def test_whatever_is_typed_is_understood_or_declined(locale: str, words: str) -> None:
    """No text brings anything but an answer in its range or a ValueError."""
    typed = Typed(TABLES[locale])
    with suppress(ValueError):
        assert 0 <= typed.time_of_day(words) < 1440
    with suppress(ValueError):
        assert set() < typed.days(words) <= EVERY_DAY
    with suppress(ValueError):
        assert 0 <= typed.span(words) <= LONGEST
    with suppress(ValueError):
        day, minute = typed.day_and_time(words, date(2026, 11, 23))
        assert (day, minute) != (None, None)
        assert day is None or day >= date(2026, 11, 23)
        assert minute is None or 0 <= minute < 1440


@pytest.mark.parametrize("locale", sorted(TABLES))
def test_a_table_is_whole(locale: str) -> None:
    """Another language is a table with the same parts, in small letters and sensible values."""
    table = TABLES[locale]

    assert table.keys() == TABLES["en"].keys()
    assert all(word == word.lower() for part in table.values() for word in part)
    assert set(table["days"].values()) == EVERY_DAY
    assert all(set(days) <= EVERY_DAY and days for days in table["groups"].values())
    assert all(0 <= minutes < 1440 for minutes in table["times"].values())


def test_another_language_is_only_a_table() -> None:
    """The code knows no English: a German table is understood as it stands."""
    german = {
        "before": ["um"], "joining": ["und"], "reaching": ["bis"], "ends": ["aus"], "hours": ["uhr"],
        "halves": {"abends": 12}, "times": {"mittags": 720}, "days": {"mo": 0, "fr": 4},
        "groups": {"täglich": [*EVERY_DAY]},
        "spans": {"tage": 86400}, "numbers": {"zwei": 2},
    }  # fmt: skip
    typed = Typed(german)

    assert typed.time_of_day("um 8 Uhr") == 480
    assert typed.days("Mo bis Fr") == {0, 1, 2, 3, 4}
    assert typed.span("zwei Tage") == 172800
