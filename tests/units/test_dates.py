"""What people type for dates is understood, or declined."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed import Typed

ENGLISH = Typed(tomllib.loads((Path(__file__).parents[2] / "bot/content/en/typed.toml").read_text(encoding="utf-8")))
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-12-24", "2026-12-24", "2026-12-24"),
        ("24 Dec", "2026-12-24", "2026-12-24"),
        ("December 24th", "2026-12-24", "2026-12-24"),
        ("1 March", "2027-03-01", "2027-03-01"),
        ("24-26 dec", "2026-12-24", "2026-12-26"),
        ("24 – 26 December 2027", "2027-12-24", "2027-12-26"),
        ("24 dec to 2 jan", "2026-12-24", "2027-01-02"),
        ("Dec 24 until Jan 2", "2026-12-24", "2027-01-02"),
        ("2026-12-24 - 2027-01-02", "2026-12-24", "2027-01-02"),
        ("2026-12-24–2027-01-02", "2026-12-24", "2027-01-02"),
        ("23 nov", "2026-11-23", "2026-11-23"),
        ("28", "2026-11-28", "2026-11-28"),
    ],
)
def test_dates_are_understood(words: str, first: str, last: str) -> None:
    """One date or a span, with or without a year."""
    assert ENGLISH.dates(words, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "words",
    ["", "soon", "31 Feb", "24 dec - 20 dec 2026", "2020-01-01", "dec", "1 jan 2027 to 3 mar 2029", "1-2-3", "٣"],
)
def test_what_is_no_date_is_declined(words: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"\w"):
        ENGLISH.dates(words, TODAY)


@given(st.text(alphabet="0123456789 -–decjanto,.²"), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_nothing_else_goes_wrong(words: str, today: date) -> None:
    """Whatever is typed is dates that have not passed, in order, or declined."""
    try:
        first, last = ENGLISH.dates(words, today)
    except ValueError:
        return

    assert first <= last
    assert last >= today
