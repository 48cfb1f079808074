"""The choice of two ideas, over simulated years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import Deck, Ideas, Kind, Prompt
from bot.drawing import draw
from bot.rotation import Circumstances, Past, effective_window, may_come

START = date(2026, 1, 2)
DATES = read_decks(wiring.CONTENT / "en")["date_night"]
WEEKS = 60
BELOW = Prompt("x-1", "One.", 1, "light", ("one",))

circumstances = st.builds(
    Circumstances,
    st.just(START),
    hour=st.integers(9, 21),
    apart=st.booleans(),
    southern=st.booleans(),
    depth=st.integers(1, 3),
)
seeds = st.text(st.characters(codec="ascii"), min_size=1, max_size=6)


def some_weeks(deck: Deck, now: Circumstances, seed: str, weeks: int = WEEKS) -> list[tuple[date, Prompt, Prompt]]:
    """Both ideas of each week, each drawn with what came before it."""
    past: list[Past] = []
    drawn: list[tuple[date, Prompt, Prompt]] = []
    for week in range(weeks):
        day = START + timedelta(days=7 * week)
        here = replace(now, day=day, days_together_with_bot=7 * week, posts=week, per_day=1 / 7)
        first, second = draw(deck, past, here, seed)
        past += [Past(first.prompt.id, day), Past(second.prompt.id, day)]
        drawn.append((day, first.prompt, second.prompt))
    return drawn


@given(circumstances, seeds)
@settings(max_examples=15)
def test_the_two_are_unlike(now: Circumstances, seed: str) -> None:
    """Their first tags differ, every time, so that there is a choice."""
    for _, first, second in some_weeks(DATES, now, seed):
        assert first.tags[0] != second.tags[0]


@given(circumstances, seeds)
@settings(max_examples=15)
def test_none_comes_again_soon(now: Circumstances, seed: str) -> None:
    """An idea rests for the deck's days, or for as long as what may come can fill when two come each time."""
    last: dict[str, date] = {}
    for day, *both in some_weeks(DATES, now, seed):
        may = may_come(DATES, [], replace(now, day=day, days_together_with_bot=0, posts=0))
        window = effective_window(DATES, len(may), 2 / 7)
        for idea in both:
            assert day - last.get(idea.id, date.min) >= timedelta(days=window)
            last[idea.id] = day


@given(circumstances, seeds)
@settings(max_examples=15)
def test_every_second_time_something_new(now: Circumstances, seed: str) -> None:
    """Then both are of the newer kind while such ideas are rested; in the weeks between, any may come."""
    weeks = some_weeks(DATES, now, seed, 12)

    assert all(idea.novelty >= 2 for _, *both in weeks[1::2] for idea in both)
    assert any(idea.novelty == 1 for _, *both in weeks[::2] for idea in both)


@given(circumstances, seeds)
@settings(max_examples=5)
def test_the_same_day_gives_the_same_two(now: Circumstances, seed: str) -> None:
    """Both partners, and a restarted program, see the same ideas."""
    assert some_weeks(DATES, now, seed, 9) == some_weeks(DATES, now, seed, 9)


def test_a_small_deck_repeats_rather_than_fails() -> None:
    """Where two ideas are all there is, the two come each time."""
    small = _deck(BELOW, replace(BELOW, id="x-2", tags=("two",)))

    assert {frozenset(one.id for one in both) for _, *both in some_weeks(small, Circumstances(START), "s", 6)} == {
        frozenset({"x-1", "x-2"})
    }


def test_no_choice_of_one() -> None:
    """Where the two have hidden all but one, or all but such as are alike, none comes."""
    alike = _deck(BELOW, replace(BELOW, id="x-2"))

    with pytest.raises(LookupError):
        draw(alike, [], Circumstances(START), "s")


def _deck(*prompts: Prompt) -> Deck:
    return replace(DATES, kind=Kind.IDEAS, prompts=prompts, ideas=Ideas("One or two.", "This:", "None.", "Two", 1200))
