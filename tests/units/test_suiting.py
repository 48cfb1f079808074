"""What suits the two makes some prompts come oftener and keeps none away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import FORMS, Kind, Prompt
from bot.rotation import Circumstances, may_come
from bot.suiting import FITS, TIMES, Fit, form_of, together, weight
from bot.yearly import Life, Wanted, live

MONDAY = date(2026, 3, 2)
DECKS = read_decks(wiring.CONTENT / "en")
MORNING = DECKS["morning_appreciation"]
PLAIN = Prompt("x-001", "One.", 1, "light", ("one",))

fits = st.builds(Fit, st.sampled_from(("", *FORMS)), st.sampled_from((0, *TIMES)))


@given(fits, fits, st.dates(MONDAY, MONDAY + timedelta(days=365)))
def test_both_are_heard_alike(ann: Fit, ben: Fit, day: date) -> None:
    """Two days in a row serve both forms, in whichever order they sit; the shorter time holds on each."""
    one, next_day = together([ann, ben], day), together([ann, ben], day + timedelta(days=1))
    turned = together([ben, ann], day)

    assert sorted((one.form, next_day.form)) == sorted((ann.form, ben.form))
    assert {one.minutes, next_day.minutes, turned.minutes} == {min(filter(None, (ann.minutes, ben.minutes)), default=0)}


@pytest.mark.parametrize(
    ("changed", "kind", "form"),
    [
        ({}, Kind.OPEN, "writing"),
        ({}, Kind.SEALED, "writing"),
        ({}, Kind.TAP, "doing"),
        ({}, Kind.OFFER, "doing"),
        ({"tags": ("voice",)}, Kind.OPEN, "voice"),
        ({"tags": ("humour", "ask_aloud")}, Kind.OPEN, "talking"),
        ({"tags": ("action",)}, Kind.OPEN, "doing"),
        ({"tags": ("action",), "form": "talking"}, Kind.TAP, "talking"),
    ],
)
def test_the_form_of_a_prompt(changed: dict[str, object], kind: Kind, form: str) -> None:
    """Its file says it, or its tags, or the way its ritual is answered."""
    assert form_of(replace(PLAIN, **changed), kind) == form  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fit", "minutes", "thrown"),
    [
        (Fit(), 2, 1),
        (Fit("writing"), 2, 1 + FITS),
        (Fit("voice"), 2, 1),
        (Fit("", 1), 2, 1 + FITS),
        (Fit("", 1), 5, 1),
        (Fit("", 5), 5, 1 + FITS),
        (Fit("", 5), 25, 1),
        (Fit("", 20), 2, 1),
        (Fit("writing", 5), 3, (1 + FITS) ** 2),
    ],
)
def test_what_fits_is_thrown_for_more_often(fit: Fit, minutes: int, thrown: int) -> None:
    """A form, a time, both; who has the longest time is content with everything."""
    assert weight(replace(PLAIN, minutes=minutes), Kind.OPEN, fit) == thrown


@given(fits, st.sampled_from([deck for deck in DECKS.values() if deck.prompts]))
def test_nothing_stays_away(fit: Fit, deck: object) -> None:
    """What may come is the same whatever suits them."""
    now = Circumstances(MONDAY, hour=18, depth=3, days_together_with_bot=100, posts=50)

    assert may_come(deck, [], replace(now, fits=fit)) == may_come(deck, [], now)  # type: ignore[arg-type]


def _matches(fit: Fit, seed: str) -> int:
    """How many of the first hundred mornings are for talking."""
    life = Life((Wanted(MORNING, MORNING.usual),), fits=(fit, fit), seed=seed)
    came = [one.choices[0].prompt for one in live(life, MONDAY, 100)]
    return sum(form_of(prompt, MORNING.kind) == "talking" for prompt in came)


def test_it_comes_oftener_and_not_only() -> None:
    """Over many couples what suits them comes clearly oftener, and most of what comes is still anything."""
    seeds = [str(seed) for seed in range(12)]
    usual, fitted = (sum(_matches(fit, seed) for seed in seeds) / len(seeds) for fit in (Fit(), Fit("talking")))

    assert fitted > 1.3 * usual
    assert fitted < 50


@given(fits, st.integers(0, 5))
def test_no_repeat_comes_closer_for_it(fit: Fit, seed: int) -> None:
    """Freshness goes before what suits: the windows hold as they do without it."""
    deck = replace(MORNING, prompts=MORNING.prompts[::4])
    last: dict[str, date] = {}
    for one in live(Life((Wanted(deck, deck.usual),), fits=(fit,), seed=str(seed)), MONDAY, 120):
        (choice,) = one.choices
        assert one.day - last.get(choice.prompt.id, date.min) >= timedelta(days=one.window)
        last[choice.prompt.id] = one.day
