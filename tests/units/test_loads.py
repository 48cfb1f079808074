"""How much comes: two posts a day, and so many a week that ask for an answer."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import CORE
from bot.loads import A_WEEK, MOST_A_DAY, SPREAD, USUAL_A_WEEK, Coming, coming, days_that_come

DECKS = read_decks(wiring.CONTENT / "en")
DAILY = frozenset(range(7))
some_days = st.frozensets(st.integers(0, 6), min_size=1)
rituals = st.lists(st.tuples(some_days, st.booleans()), max_size=12).map(
    lambda found: [Coming(number, days, weighs) for number, (days, weighs) in enumerate(found, 1)]
)
most = st.sampled_from(A_WEEK)


@given(rituals, most)
def test_never_more_than_agreed(rituals: list[Coming], most: int) -> None:
    """Two a day and so many a week, whatever the couple has switched on; nothing comes on a day that is not its own."""
    found = days_that_come(rituals, most)
    weighing = sum(len(found[one.ritual]) for one in rituals if one.weighs)

    assert weighing <= most
    assert all(sum(1 for days in found.values() if day in days) <= MOST_A_DAY for day in range(7))
    assert all(found[one.ritual] <= one.days for one in rituals)


@given(rituals, most)
def test_what_comes_seldom_goes_first(rituals: list[Coming], most: int) -> None:
    """A day is only lost to others that come on as few days or fewer, or to the week that is full."""
    found = days_that_come(rituals, most)
    for one in rituals:
        earlier = [other for other in rituals if (len(other.days), other.ritual) < (len(one.days), one.ritual)]
        is_full = one.weighs and sum(len(found[other.ritual]) for other in rituals if other.weighs) == most
        for day in one.days - found[one.ritual]:
            assert is_full or sum(1 for other in earlier if day in found[other.ritual]) == MOST_A_DAY


@given(rituals, most, st.randoms(use_true_random=False))
def test_the_order_in_which_they_were_switched_on_says_nothing(
    rituals: list[Coming], most: int, chance: object
) -> None:
    """What comes is the same however the rituals are listed, so /week and the posts agree."""
    shuffled = list(rituals)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert days_that_come(shuffled, most) == days_that_come(rituals, most)


def test_the_usual_plan_is_whole() -> None:
    """Seven mornings and a check-in are eight; the quiet line is not counted."""
    usual = [coming(at, DECKS[name], DECKS[name].usual) for at, name in enumerate(CORE)]
    found = days_that_come(filter(None, usual), USUAL_A_WEEK)

    assert sorted(len(days) for days in found.values()) == [1, 7]


def test_a_daily_ritual_makes_room_for_others() -> None:
    """With six more posts a week the mornings come three times, on days that lie apart and are the emptiest."""
    others = [Coming(1, frozenset({5})), Coming(2, frozenset({6})), Coming(3, frozenset({4}))]
    found = days_that_come([Coming(0, DAILY), *others, Coming(4, frozenset({0, 2, 5}))], USUAL_A_WEEK)

    assert found[0] == {0, 1, 3}
    assert days_that_come([Coming(0, DAILY), *others], 5)[0] == {0, 3}


def test_what_does_not_ask_is_only_kept_to_two_a_day() -> None:
    """An offer fills no week, though it stands beside at most one other on its day."""
    offers = [Coming(number, DAILY, weighs=False) for number in (1, 2, 3)]

    assert [len(days) for days in days_that_come(offers, USUAL_A_WEEK).values()] == [7, 7, 0]


def test_every_beginning_lies_apart() -> None:
    """However few days are left to a ritual, no two of them follow each other while there is a choice."""
    for few in (2, 3):
        days = sorted(SPREAD[:few])

        assert all(two - one > 1 for one, two in pairwise(days))
    assert sorted(SPREAD) == list(range(7))
