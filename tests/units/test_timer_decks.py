"""Timers, names and lines for whoever listens, as a deck's file has them, and what is refused there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cadence import Cadence
from bot.deckfile import read_deck
from bot.decks import Kind, Tip
from bot.errors import BrokenDeck

TIMER = """
[deck]
id = "reading"
title = "Reading"
kind = "timer"

[timer]
minutes = [25, 50]
ask = "For how long?"
runs = "Reading, until {until}."
start = ["Same book or two."]
halfway = ["Halfway."]
over = ["Time."]
"""

OPEN = """
[deck]
id = "evening"
title = "Evening"
names = ["Dusk", "Supper talk"]
kind = "open"
days = "daily"
at = "19:00"
patience_minutes = 60
closes_after_hours = 8
no_repeat_days = 21

[[tip]]
id = "ev-tip-1"
text = "A question first."

[[tip]]
id = "ev-tip-2"
for = "low"
text = "Nothing to solve."

[[prompt]]
id = "ev-001"
text = "How was it?"
depth = 1
mood = "light"
tags = ["base"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a deck is written."""
    return tmp_path / "deck.toml"


def test_a_timer_is_read(file: Path) -> None:
    """It has no days, and lengths to choose from."""
    file.write_text(TIMER)
    deck = read_deck(file)

    assert deck.kind is Kind.TIMER
    assert deck.usual == Cadence(frozenset(), 720)
    assert deck.timer is not None
    assert deck.timer.minutes == (25, 50)


def test_names_and_lines_for_the_listener_are_read(file: Path) -> None:
    """In the order of the file; one without a purpose is for any prompt."""
    file.write_text(OPEN)
    deck = read_deck(file)

    assert deck.names == ("Dusk", "Supper talk")
    assert deck.tips == (Tip("A question first."), Tip("Nothing to solve.", "low"))


@pytest.mark.parametrize(
    ("whole", "old", "new", "key", "reason"),
    [
        (TIMER, "until {until}", "for a while", "timer.runs", "{until} stands in it once"),
        (TIMER, "[25, 50]", "[]", "timer.minutes", "at least 1"),
        (TIMER, "[25, 50]", "[25, 900]", "timer.minutes[1]", "900 is too much: 240 or less"),
        (TIMER, 'over = ["Time."]', "over = []", "timer.over", "at least 1"),
        (TIMER, 'kind = "timer"', 'kind = "timer"\ndays = "mon"', "deck.days", "comes on request only"),
        (TIMER, "[timer]", "[timr]", "timr", "Did you mean 'timer'"),
        (TIMER, 'kind = "timer"', 'kind = "pause"', "timer", "belongs to a timer"),
        (TIMER, TIMER[TIMER.index("[timer]") :], "", "timer", "a timer has a [timer] table"),
        (TIMER, "[timer]", "[[tip]]\nid = 'ti-1'\ntext = 'Ask.'\n[timer]", "tip", "whoever listens to an answer"),
        (OPEN, 'for = "low"', 'for = "lwo"', "tip[1].for", "Did you mean 'low'"),
        (OPEN, 'for = "low"', 'fr = "low"', "tip[1].fr", "Did you mean 'for'"),
        (OPEN, "ev-tip-2", "ev-tip-1", "tip[1].id", "there twice"),
        (OPEN, '"Dusk"', '"Evening"', "deck.names", "'Evening' is there twice"),
    ],
)
def test_a_mistake_is_named(file: Path, whole: str, old: str, new: str, key: str, reason: str) -> None:
    """Each with its key and what was probably meant."""
    assert old in whole
    file.write_text(whole.replace(old, new, 1))

    with pytest.raises(BrokenDeck) as broken:
        read_deck(file)
    assert broken.value.key == key
    assert reason in broken.value.reason
