"""Any set of rituals over any year: what never repeats too soon, what is never too much, and what always has room."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot import wiring
from bot.cadence import Cadence
from bot.deckfile import read_decks
from bot.decks import CORE, Deck, Kind, Prompt
from bot.loads import A_WEEK, MOST_A_DAY
from bot.rotation import HARD, THREE, in_season, room_every
from bot.yearly import Came, Life, Wanted, live

START = date(2026, 1, 5)
A_YEAR = 365
DECKS = [deck for deck in read_decks(wiring.CONTENT / "en").values() if deck.kind.is_for_both and deck.usual.days]
A_HANDFUL = 10
GROWN_UP = 50
"""After so many days the two have gone as deep as their wishes let them."""

BY_NAME = {deck.id: deck for deck in DECKS}
PROMPTS = [prompt.id for deck in DECKS for prompt in deck.prompts]

some_days = st.frozensets(st.integers(0, 6), min_size=1)
wanted = st.tuples(st.sampled_from(sorted(BY_NAME)), some_days, st.integers(0, 1439), st.booleans())
rituals = st.lists(wanted, min_size=1, max_size=len(DECKS), unique_by=lambda one: one[0])
shared = {
    "apart": st.booleans(),
    "southern": st.booleans(),
    "most_a_week": st.sampled_from(A_WEEK),
    "seed": st.text(st.characters(codec="ascii"), min_size=1, max_size=6),
}
lives = st.fixed_dictionaries(
    {
        **shared,
        "depth": st.integers(1, 3),
        "hidden": st.frozensets(st.sampled_from(PROMPTS), max_size=40),
        "lighter": st.frozensets(st.dates(START, START + timedelta(days=A_YEAR)), max_size=30),
    }
)
# A year takes too long to be lived again and again for the shortest counterexample.
a_year = settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))

Rituals = list[tuple[str, frozenset[int], int, bool]]


def a_life(rituals: Rituals, life: dict[str, Any]) -> Life:
    """What was drawn, with its decks."""
    found = (Wanted(BY_NAME[name], Cadence(days, at), three) for name, days, at, three in rituals)
    return Life(tuple(found), **life)


def _prompts(came: list[Came]) -> list[tuple[Came, Prompt]]:
    return [(one, choice.prompt) for one in came for choice in one.choices]


@given(rituals, lives)
@a_year
def test_no_prompt_comes_twice_inside_its_window(rituals: Rituals, life: dict[str, Any]) -> None:
    """Between two times lie as many days as the deck asks for, or as many as its prompts can fill.

    With a handful of prompts it depends on how the days lie in the week, and with several sheets on which of them took
    from the prompts that they share; then what has rested longest comes.
    """
    last: dict[str, date] = {}
    for one, prompt in _prompts(live(a_life(rituals, life), START, A_YEAR)):
        before = last.get(prompt.id, date.min)
        last[prompt.id] = one.day

        is_shared = one.among < A_HANDFUL or len(one.deck.sheets) > 1
        assert one.day - before >= timedelta(days=one.window) or is_shared


@given(rituals, lives)
@a_year
def test_never_too_much(rituals: Rituals, life: dict[str, Any]) -> None:
    """Two posts a day, and in any seven days no more that ask for an answer than the two agreed on."""
    came = [one for one in live(a_life(rituals, life), START, A_YEAR) if one.deck.kind is not Kind.TAP]
    days = Counter(one.day for one in came)
    weighing = [one.day for one in came if one.deck.kind.weighs]

    assert max(days.values(), default=0) <= MOST_A_DAY
    for step in range(A_YEAR):
        begins = START + timedelta(days=step)
        assert sum(begins <= day < begins + timedelta(days=7) for day in weighing) <= life["most_a_week"]


@given(rituals, lives)
@a_year
def test_what_the_two_set_holds_every_day(rituals: Rituals, life: dict[str, Any]) -> None:
    """The lower depth, what was left out, where they live, the season of their half of the world, and lighter days."""
    whole = a_life(rituals, life)
    for one, prompt in _prompts(live(whole, START, A_YEAR)):
        assert prompt.depth <= whole.depth
        assert prompt.id not in whole.hidden
        assert prompt.distance == "ok" or (prompt.distance == "only") == whole.apart
        assert in_season(prompt.season, one.day, southern=whole.southern)
        assert prompt.gentle or one.day not in whole.lighter


@given(rituals, lives)
@a_year
def test_the_last_message_of_a_day_is_the_last(rituals: Rituals, life: dict[str, Any]) -> None:
    """What promises to be the last is followed by nothing on that day; three good things never follow a low."""
    came = live(a_life(rituals, life), START, A_YEAR)
    last = {one.day: one for one in came}
    lows = {one.day for one in came if one.deck.lows}
    for one, prompt in _prompts(came):
        assert "last_message_of_day" not in prompt.needs or last[one.day] is one
        assert THREE not in prompt.tags or one.day - timedelta(days=1) not in lows


def _has_enough_room(life: Life, at: int) -> bool:
    """Whether a deck has so many prompts with room for hard feelings that each can rest before it comes again."""
    deck, a_week = life.rituals[at].deck, len(life.days.get(at, ()))
    if life.rituals[at].three and any(THREE in one.tags for one in deck.prompts):
        # Who wants that form every time has chosen it.
        return False
    if len(deck.sheets) > 1:
        # Every so often another sheet has its own few prompts, whether room is due or not.
        return False
    room = [one for one in deck.prompts if HARD in one.tags and _comes_any_day(one, life)]
    if not a_week:
        return False
    every = room_every(a_week / 7)
    # Room may come a post early; when it is due at the latest, the first of them has rested for so many posts.
    posts = (len(room) - 1) * (every - 1) + every
    return posts * 7 >= deck.no_repeat_days * a_week


def _comes_any_day(prompt: Prompt, life: Life) -> bool:
    here = prompt.distance == "ok" or (prompt.distance == "only") == life.apart
    tied = prompt.season or prompt.needs or prompt.private or prompt.every_days
    return here and prompt.depth <= min(life.depth, 2) and prompt.id not in life.hidden and not tied


@given(rituals, st.fixed_dictionaries({**shared, "depth": st.integers(1, 3)}))
@a_year
def test_any_thirty_days_have_room_for_hard_feelings(rituals: Rituals, life: dict[str, Any]) -> None:
    """At least 12 % of the posts, over all rituals that have enough such prompts."""
    whole = a_life(rituals, life)
    enough = {whole.rituals[at].deck.id for at in range(len(whole.rituals)) if _has_enough_room(whole, at)}
    came = [pair for pair in _prompts(live(whole, START, A_YEAR)) if pair[0].deck.id in enough]
    for step in range(GROWN_UP, A_YEAR - 30):
        begins = START + timedelta(days=step)
        window = [HARD in prompt.tags for one, prompt in came if begins <= one.day < begins + timedelta(days=30)]

        assert sum(window) >= 0.12 * len(window)


@pytest.mark.parametrize(
    "deck", [one for one in DECKS if one.prompts and one.kind.asks and len(one.sheets) < 2], ids=lambda deck: deck.id
)
def test_every_deck_has_enough_room_at_its_usual_rhythm(deck: Deck) -> None:
    """What can be answered, as it ships and at the usual depth, so that the promise above is no empty one."""
    life = Life((Wanted(deck, deck.usual),))

    assert _has_enough_room(life, 0) or not deck.usual.days


def test_the_usual_plan_is_eight_a_week_and_a_line_every_evening() -> None:
    """What two begin with is not touched by any limit."""
    by_name = {deck.id: deck for deck in DECKS}
    came = live(Life(tuple(Wanted(by_name[name], by_name[name].usual) for name in CORE)), START, 28)

    assert Counter(one.deck.id for one in came) == {
        "morning_appreciation": 28,
        "digital_sunset": 28,
        "trust_checkin": 4,
    }
