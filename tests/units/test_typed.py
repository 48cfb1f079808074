"""What people type for times, days and spans."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turn import Repertoire


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("7:30", 450), ("8pm", 1200), ("8 pm", 1200), ("8.15 p.m.", 1215), ("20h", 1200), ("0730", 450), ("noon", 720),
     ("12am", 0), ("12 pm", 720), (" 23:59 ", 1439), ("7", 420), ("19h30", 1170)],
)  # fmt: skip
def test_times(known: Repertoire, typed: str, minutes: int) -> None:
    """A time is understood however it is usually written."""
    assert known.typed.time_of_day(typed) == minutes


@pytest.mark.parametrize("typed", ["", "25:00", "7:60", "13pm", "0am", "soon", "7:30 tomorrow", "٧:٣٠", "-1", "7:3"])
def test_what_is_no_time(known: Repertoire, typed: str) -> None:
    """What is not understood is said to be so, never guessed."""
    with pytest.raises(ValueError, match="not a"):
        known.typed.time_of_day(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("mon wed fri", {0, 2, 4}), ("Monday, Wednesday and Friday", {0, 2, 4}), ("every day", set(range(7))),
     ("weekdays", {0, 1, 2, 3, 4}), ("Sat & Sun", {5, 6})],
)  # fmt: skip
def test_days(known: Repertoire, typed: str, days: set[int]) -> None:
    """Days are understood by their short and long names."""
    assert known.typed.days(typed) == days


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("3 days", 3 * 86400), ("a week", 7 * 86400), ("2w", 14 * 86400), ("today", 86400), ("off", 0), ("999 weeks", 365 * 86400)],
)  # fmt: skip
def test_spans(known: Repertoire, typed: str, seconds: int) -> None:
    """Spans of time are understood, and none is longer than a year."""
    assert known.typed.span(typed) == seconds


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused(known: Repertoire, typed: str) -> None:
    """Nothing that can be typed raises anything but ValueError."""
    for reading in (known.typed.time_of_day, known.typed.days, known.typed.span):
        with contextlib.suppress(ValueError):
            reading(typed)
