"""The choice of a prompt, over a simulated year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import rotation, wiring
from bot.circumstances import _kinds
from bot.deckfile import read_decks
from bot.decks import Deck, Prompt
from bot.rotation import Choice, Circumstances, Past, choose, in_season, may_come, room_every

START = date(2026, 1, 5)
DECKS = read_decks(wiring.CONTENT / "en")
MORNING = DECKS["morning_appreciation"]
DAILY, THREE_A_WEEK = frozenset(range(7)), frozenset({0, 2, 4})
RHYTHMS = [DAILY, THREE_A_WEEK, frozenset({0, 2, 4, 6}), frozenset(range(5)), frozenset({1, 5}), frozenset({6})]
HARD = "hard_feelings"
LATER = Circumstances(START, hour=18, depth=3, days_together_with_bot=100, posts=50)
"""A Monday evening on which any depth may come."""

BELOW = Prompt("x-001", "One.", 1, "light", ("one",))
"""A prompt for every day, to be changed where a test looks."""


def a_year(
    deck: Deck, days: frozenset[int], now: Circumstances, seed: str, length: int = 365
) -> list[tuple[date, Choice]]:
    """Every choice of a year, each made with what came before it."""
    past: list[Past] = []
    chosen: list[tuple[date, Choice]] = []
    for step in range(length):
        day = START + timedelta(days=step)
        if day.weekday() in days:
            here = replace(now, day=day, days_together_with_bot=step, posts=len(past), per_day=len(days) / 7)
            choice = choose(deck, past, here, seed)
            past.append(Past(choice.prompt.id, day))
            chosen.append((day, choice))
    return chosen


circumstances = st.builds(
    Circumstances,
    st.just(START),
    hour=st.integers(0, 23),
    apart=st.booleans(),
    southern=st.booleans(),
    depth=st.integers(1, 3),
    last_of_day=st.booleans(),
)
ritual = st.sampled_from(["morning_appreciation", "digital_sunset"])
seeds = st.text(st.characters(codec="ascii"), min_size=1, max_size=6)


@given(circumstances, seeds)
@settings(max_examples=10, deadline=None)
def test_the_same_day_gives_the_same_prompt(now: Circumstances, seed: str) -> None:
    """Both partners, and a restarted program, see one prompt."""
    assert a_year(MORNING, DAILY, now, seed, 40) == a_year(MORNING, DAILY, now, seed, 40)


def test_the_choice_is_the_same_on_every_machine() -> None:
    """A known seed gives a known beginning."""
    chosen = [choice.prompt.id[3:] for _, choice in a_year(MORNING, DAILY, Circumstances(START), "1/morning", 10)]

    assert " ".join(chosen) == "001 123 160 133 151 213 007 054 124 069"


def test_two_couples_have_different_years() -> None:
    """The seed is the couple's own."""
    years = [
        [choice.prompt.id for _, choice in a_year(MORNING, DAILY, Circumstances(START), seed, 60)] for seed in "ab"
    ]

    assert years[0] != years[1]


@given(circumstances, seeds, st.sampled_from([DAILY, THREE_A_WEEK]), ritual)
@settings(max_examples=24, deadline=None)
def test_filters_are_never_relaxed(now: Circumstances, seed: str, days: frozenset[int], ritual: str) -> None:
    """Depth, distance, season and privacy hold on every day of a year."""
    for day, choice in a_year(DECKS[ritual], days, now, seed):
        prompt = choice.prompt

        assert prompt.depth <= now.depth
        assert not prompt.private
        assert prompt.distance == "ok" or (prompt.distance == "only") == now.apart
        assert in_season(prompt.season, day, southern=now.southern)
        assert prompt.depth < 3 or (day - START).days >= 42
        assert prompt.depth < 2 or (day - START).days >= 14
        assert "last_message_of_day" not in prompt.needs or now.last_of_day


@given(circumstances, seeds, st.sampled_from([DAILY, THREE_A_WEEK]), ritual)
@settings(max_examples=24, deadline=None)
def test_nothing_repeats_within_its_window(now: Circumstances, seed: str, days: frozenset[int], ritual: str) -> None:
    """The no-repeat window holds over a year, as wide as the eligible prompts allow, at every depth."""
    last: dict[str, date] = {}
    for day, choice in a_year(DECKS[ritual], days, now, seed):
        depth = now.depth if (day - START).days >= 50 else 1
        eligible = sum(1 for prompt in DECKS[ritual].prompts if _plain(prompt, now) and prompt.depth <= min(depth, 2))
        window = min(DECKS[ritual].no_repeat_days, int(0.8 * eligible * 7 / len(days)))
        before = last.get(choice.prompt.id, date.min)
        last[choice.prompt.id] = day

        assert day - before >= timedelta(days=window)


def test_a_year_of_mornings_repeats_nothing_for_a_month() -> None:
    """Daily at the usual depth the same words are at least 33 days apart; three times a week, 60."""
    for days, apart in ((DAILY, 33), (THREE_A_WEEK, 60)):
        came: dict[str, list[date]] = {}
        for day, choice in a_year(MORNING, days, Circumstances(START), "s"):
            came.setdefault(choice.prompt.id, []).append(day)
        gaps = [(two - one).days for list_ in came.values() for one, two in pairwise(list_)]

        assert min(gaps) >= apart


@given(circumstances, seeds, st.sampled_from([DAILY, THREE_A_WEEK]), ritual)
@settings(max_examples=16, deadline=None)
def test_first_tags_keep_their_distance(now: Circumstances, seed: str, days: frozenset[int], ritual: str) -> None:
    """A first tag comes again within three posts only where no fresh prompt has another, or where room is due."""
    past: list[Past] = []
    tag = {prompt.id: prompt.tags[0] for prompt in DECKS[ritual].prompts}
    for day, choice in a_year(DECKS[ritual], days, now, seed, 200):
        recent = {tag[one.prompt] for one in past[-3:]}
        if choice.rule == "rule-fresh":
            assert choice.prompt.tags[0] not in recent
        past.append(Past(choice.prompt.id, day))
        assert choice.rule != "rule-relaxed" or ritual == "digital_sunset"


def _plain(prompt: Prompt, now: Circumstances) -> bool:
    """Whether a prompt may come in any season and on any day."""
    fits = prompt.distance == "ok" or (prompt.distance == "only") == now.apart
    met = not prompt.needs or now.last_of_day
    return fits and met and not (prompt.season or prompt.private or prompt.every_days)


@given(circumstances, seeds)
@settings(max_examples=15, deadline=None)
def test_the_three_things_form_comes_at_most_twice_a_week(now: Circumstances, seed: str) -> None:
    """Unless the couple chose it for every morning."""
    tags = {prompt.id: prompt.tags for prompt in MORNING.prompts}
    threes = [day for day, choice in a_year(MORNING, DAILY, now, seed) if "three" in tags[choice.prompt.id]]

    assert all(sum(1 for other in threes if day - timedelta(days=7) < other <= day) <= 2 for day in threes)


@given(seeds, st.sampled_from(RHYTHMS), ritual, st.integers(2, 3))
@settings(max_examples=30, deadline=None)
def test_room_for_hard_feelings_in_any_thirty_days(seed: str, days: frozenset[int], ritual: str, depth: int) -> None:
    """At least 12% of any thirty days' posts have room for a bad day, once the deck may go to depth 2."""
    chosen = a_year(DECKS[ritual], days, Circumstances(START, hour=18, depth=depth), seed)
    for first in range(50, 335):
        window = [HARD in one.prompt.tags for day, one in chosen if 0 <= (day - START).days - first < 30]

        assert sum(window) >= 0.12 * len(window)


@given(seeds, st.sampled_from(RHYTHMS))
@settings(max_examples=10, deadline=None)
def test_mornings_have_room_from_the_first_day_and_at_the_lightest_depth(seed: str, days: frozenset[int]) -> None:
    """Who keeps it light is not kept from saying that a day is bad."""
    chosen = a_year(MORNING, days, Circumstances(START, depth=1), seed)
    for first in range(335):
        window = [HARD in one.prompt.tags for day, one in chosen if 0 <= (day - START).days - first < 30]

        assert sum(window) >= 0.12 * len(window)


def test_room_is_no_weekdays() -> None:
    """Daily, every sixth or seventh post has room, so that it does not settle on one day of the week."""
    assert room_every(1) == 7

    days = {day.weekday() for day, one in a_year(MORNING, DAILY, Circumstances(START), "s") if HARD in one.prompt.tags}

    assert len(days) == 7


def test_three_things_every_morning_when_the_couple_wants_it() -> None:
    """The chosen form is kept to."""
    chosen = a_year(MORNING, DAILY, Circumstances(START, three=True), "s", 60)

    assert all("three" in choice.prompt.tags for _, choice in chosen)


@given(circumstances, seeds, st.booleans(), ritual)
@settings(max_examples=16, deadline=None)
def test_gentle_days_bring_light_prompts(now: Circumstances, seed: str, three: bool, ritual: str) -> None:
    """After a hard day only light or steady ones come, none of them deep, whatever form the couple chose."""
    chosen = a_year(DECKS[ritual], DAILY, replace(now, hour=18, gentle=True, three=three), seed, 90)

    assert {choice.prompt.mood for _, choice in chosen} <= {"light", "steady"}
    assert {choice.prompt.depth for _, choice in chosen} <= {1, 2}


def test_gentle_days_are_neither_deep_nor_about_memories_nor_private() -> None:
    """In a gentle time a steady but deep prompt stays away, and one about memories; a private one is never posted."""
    others = [replace(BELOW, id="x-002", depth=3), replace(BELOW, id="x-003", tags=("memory",))]
    deck = replace(MORNING, prompts=(BELOW, *others, replace(BELOW, id="x-004", private=True)))

    assert may_come(deck, [], replace(LATER, gentle=True)) == [BELOW]
    assert may_come(deck, [], LATER) == [BELOW, *others]


def _past(*came: tuple[Prompt, int, bool]) -> list[Past]:
    return [Past(prompt.id, LATER.day - timedelta(days=ago), answered) for prompt, ago, answered in came]


DEEP = next(prompt for prompt in MORNING.prompts if prompt.depth == 3)


@pytest.mark.parametrize(
    ("now", "past", "deepest"),
    [
        (LATER, [], 3),
        (replace(LATER, depth=2), [], 2),
        (replace(LATER, days_together_with_bot=41), [], 2),
        (replace(LATER, days_together_with_bot=13), [], 1),
        (replace(LATER, posts=5), [], 1),
        (replace(LATER, hour=16), [], 2),
        (replace(LATER, hour=22), [], 2),
        (replace(LATER, hour=16, day=LATER.day - timedelta(days=1)), [], 3),
        (replace(LATER, hour=8, day=LATER.day - timedelta(days=1)), [], 2),
        (LATER, _past((DEEP, 6, True)), 2),
        (LATER, _past((DEEP, 7, True)), 3),
        (LATER, _past((DEEP, 27, False), (DEEP, 20, False)), 2),
        (LATER, _past((DEEP, 27, True), (DEEP, 20, False)), 3),
        (LATER, _past((DEEP, 28, False), (DEEP, 21, False)), 3),
    ],
)
def test_how_deep_a_prompt_may_go(now: Circumstances, past: list[Past], deepest: int) -> None:
    """Both limits, the time together, the hour, a week's distance, and a step back after two without an answer."""
    assert max(prompt.depth for prompt in may_come(MORNING, past, now)) == deepest


def test_depth_never_gives_way() -> None:
    """Where everything else has just come, a repeat is nearer than a deeper prompt."""
    deck = replace(MORNING, prompts=(BELOW, replace(DEEP, id="x-002")))
    past = [Past("x-001", START)] * 5

    choice = choose(deck, past, replace(LATER, depth=2), "s")

    assert (choice.prompt.id, choice.rule) == ("x-001", "rule-relaxed")


def test_the_longest_ago_comes_where_nothing_is_fresh() -> None:
    """Without a fresh prompt the one that has rested longest comes."""
    deck = replace(MORNING, prompts=tuple(replace(BELOW, id=f"x-00{at}") for at in range(3)))
    past = [Past(f"x-00{at}", START + timedelta(days=at)) for at in (1, 2, 0)]

    chosen = {choose(deck, past, replace(LATER, day=START, per_day=0.01), f"{at}").prompt.id for at in range(20)}

    assert chosen == {"x-000"}


def test_what_is_asked_seldom_comes_seldom() -> None:
    """Once in ninety days at most, the couple is asked whether the questions tire them."""
    came = [day for day, choice in a_year(MORNING, DAILY, Circumstances(START), "s") if choice.prompt.id == "ma-053"]

    assert came
    assert all((two - one).days >= 90 for one, two in pairwise(came))


@pytest.mark.parametrize(
    ("changed", "now"),
    [
        ({"needs": ("own_cue",)}, {"own_cue": True}),
        ({"needs": ("last_message_of_day",)}, {"last_of_day": True}),
        ({"needs": ("own_cue", "last_message_of_day")}, {"own_cue": True, "last_of_day": True}),
        ({"needs": ("after_repair",)}, {"after_repair": True}),
        ({"season": "own_anniversary"}, {"own_day": True}),
        ({"distance": "only"}, {"apart": True}),
    ],
)
def test_a_prompt_comes_only_where_what_it_needs_is_there(changed: dict[str, object], now: dict[str, bool]) -> None:
    """A cue of their own, the day's last message, a day of their own, a life apart."""
    particular = replace(BELOW, id="x-002", **changed)  # type: ignore[arg-type]
    deck = replace(MORNING, prompts=(BELOW, particular))

    assert particular not in may_come(deck, [], LATER)
    assert particular in may_come(deck, [], replace(LATER, **now))  # type: ignore[arg-type]


def test_what_one_couple_hides_comes_to_another() -> None:
    """What fits a day is remembered for all couples; what two of them wish for is theirs."""
    hiding, keeping = (replace(LATER, hidden=hidden) for hidden in (frozenset({"ma-002"}), frozenset[str]()))
    both = [{prompt.id for prompt in may_come(MORNING, [], now)} for now in (keeping, hiding, keeping)]

    assert both[0] - both[1] == {"ma-002"}
    assert both[2] == both[0]


def test_a_seasonal_prompt_is_preferred_in_its_window() -> None:
    """On a day that has a prompt of its own, about half of the couples see it."""
    past = [Past("ma-001", START - timedelta(days=1))]
    now = replace(LATER, day=date(2026, 12, 29), depth=2)
    rules = [choose(MORNING, past, now, str(seed)).rule for seed in range(200)]

    assert 70 < rules.count("rule-season") < 130


def test_nothing_that_may_come_is_an_error() -> None:
    """A deck without a prompt for every day cannot be read from a file; here it says so instead of breaking a rule."""
    deck = replace(MORNING, prompts=(replace(BELOW, private=True),))

    with pytest.raises(LookupError, match="morning_appreciation"):
        choose(deck, [], LATER, "s")


def test_the_first_prompt_shows_what_it_is_about() -> None:
    """The first morning asks for three things."""
    assert a_year(MORNING, DAILY, Circumstances(START), "any", 1)[0][1].prompt.id == "ma-001"


@pytest.mark.parametrize(
    ("season", "day", "southern", "inside"),
    [
        ("summer", "2026-07-01", False, True),
        ("summer", "2026-07-01", True, False),
        ("winter", "2026-07-01", True, True),
        ("month_start", "2026-07-03", False, False),
        ("year_end", "2026-12-27", False, True),
        ("monday", "2026-07-06", False, True),
        ("own_anniversary", "2026-07-06", False, False),
        ("summer", "2026-12-01", True, True),
        ("winter", "2028-02-29", False, True),
        ("month_start", "2026-07-02", False, True),
        ("year_end", "2026-12-26", False, False),
        ("sunday", "2026-07-05", False, True),
        ("monday", "2026-07-05", False, False),
    ],
)
def test_seasons(season: str, day: str, southern: bool, inside: bool) -> None:
    """Seasons follow the calendar and the couple's half of the world."""
    assert in_season(season, date.fromisoformat(day), southern=southern) is inside


def test_enough_mornings_for_two_who_live_apart() -> None:
    """So many that suit every couple from the second week on, besides those that ask for three things."""
    usable = [
        one
        for one in MORNING.prompts
        if one.depth <= 2 and one.distance != "no" and not (one.private or one.needs or one.season)
    ]

    assert len([one for one in usable if "three" not in one.tags]) >= 180
    assert len(DECKS["digital_sunset"].prompts) >= 60


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_four_months_of_mornings_without_a_repeat(seed: str, *, apart: bool) -> None:
    """Every day; only the three things come again sooner, and what belongs to a day of the year or the week."""
    chosen = a_year(MORNING, DAILY, Circumstances(START, apart=apart), seed)
    again = [(day, one.prompt.id) for day, one in chosen if "three" not in one.prompt.tags and not one.prompt.season]
    gaps = {}
    for day, prompt in again:
        earlier = [before for before, same in again if same == prompt and before < day]
        if earlier:
            gaps[prompt, day] = (day - earlier[-1]).days

    assert {one: gap for one, gap in gaps.items() if gap < 120} == {}


OURS = Prompt("own-1", "Ours?", 1, "light", ("own-1",), is_own=True)
WITH_OURS = replace(MORNING, prompts=(*MORNING.prompts, OURS, replace(OURS, id="own-2", tags=("own-2",))))


def test_own_lines_come_sooner_and_crowd_out_nothing() -> None:
    """Both come within weeks among two hundred others, rest as long as any, and never follow each other."""
    ours = [choice.prompt.is_own for _, choice in a_year(WITH_OURS, DAILY, Circumstances(START), "a seed")]

    assert sum(ours[:21]) == 2
    assert not any(first and second for first, second in pairwise(ours))
    assert sum(ours) < 12


def test_what_the_two_wrote_is_remembered_nowhere() -> None:
    """What fits a day is remembered for all couples, and no words of anybody's with it."""
    before = rotation._fitting_before.cache_info(), _kinds.cache_info()
    a_year(WITH_OURS, DAILY, Circumstances(START), "another seed", 30)

    assert (rotation._fitting_before.cache_info(), _kinds.cache_info()) == before
