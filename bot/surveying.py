"""What every ritual together brings in a year: how much, how soon again, and how much room there is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from bot.decks import Deck, Prompt
from bot.model import USUAL_A_WEEK
from bot.rotation import HARD, Circumstances, may_come
from bot.yearly import Came, Life, Wanted, live

A_LEAP_YEAR = 366
NAMED = 4
"""How many prompts a warning names."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one ritual brought: on which days it came beside the others, and how its prompts took turns.

    *nearest* is the fewest days between two times of a prompt (0: none came twice), *window* for how many they rest at
    the least, *room* the share of prompts with room for hard feelings.
    """

    deck: str
    title: str
    days: frozenset[int]
    agreed: frozenset[int]
    posts: int
    prompts: int = 0
    came: int = 0
    nearest: int = 0
    asked: int = 0
    window: int = 0
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Survey:
    """A stretch of time in one view; a week *weighs* as many posts as ask for an answer."""

    days: int
    brought: tuple[Brought, ...]
    a_week: int
    weighs: int
    most_a_week: int
    warnings: tuple[str, ...]


def survey(decks: Sequence[Deck], start: date, days: int, most_a_week: int = USUAL_A_WEEK) -> Survey:
    """Every ritual at its usual rhythm, for two who live in one place and have set nothing alone."""
    wanted = [Wanted(deck, deck.usual) for deck in decks if deck.usual.days and deck.kind.is_for_both]
    life = Life(tuple(wanted), most_a_week=most_a_week)
    came = live(life, start, days)
    weekly = life.days
    brought = tuple(
        _brought(one.deck, weekly.get(at, frozenset()), [post for post in came if post.deck is one.deck])
        for at, one in enumerate(wanted)
    )
    weighs = sum(len(weekly.get(at, ())) for at, one in enumerate(wanted) if one.deck.kind.weighs)
    noticed = [*_noticed(brought, weighs, most_a_week), *_never(decks, start)]
    return Survey(days, brought, sum(map(len, weekly.values())), weighs, most_a_week, tuple(noticed))


def _brought(deck: Deck, days: frozenset[int], posts: Sequence[Came]) -> Brought:
    chosen = [(post, choice.prompt) for post in posts for choice in post.choices]
    found = Brought(deck.id, deck.title, days, deck.usual.days, len(posts))
    if not chosen:
        return found
    return replace(
        found,
        prompts=len(deck.prompts),
        came=len({prompt.id for _, prompt in chosen}),
        nearest=_nearest([(post.day, prompt.id) for post, prompt in chosen]),
        asked=deck.no_repeat_days,
        # Until the two have had some posts only the lightest prompts may come, and nothing has come twice.
        window=min(post.window for post, _ in chosen[len(chosen) // 2 :]),
        room=sum(HARD in prompt.tags for _, prompt in chosen) / len(chosen),
    )


def _nearest(came: Sequence[tuple[date, str]]) -> int:
    days: dict[str, list[date]] = {}
    for day, prompt in came:
        days.setdefault(prompt, []).append(day)
    return min(((later - one).days for times in days.values() for one, later in pairwise(times)), default=0)


def _noticed(brought: Sequence[Brought], weighs: int, most_a_week: int) -> Iterator[str]:
    if weighs >= most_a_week:
        yield f"the week is full: {weighs} posts ask for an answer, and {most_a_week} are the most"
    for one in brought:
        if len(one.days) < len(one.agreed):
            yield f"{one.deck} comes on {len(one.days)} of its {len(one.agreed)} days, because others go first"
        if one.window < one.asked:
            yield f"{one.deck} asks for {one.asked} days without a repeat; its prompts last for {one.window}"


def _never(decks: Sequence[Deck], start: date) -> Iterator[str]:
    """Prompts that can come to nobody on no day, wherever they live and however deep they go."""
    for deck in (one for one in decks if one.kind.is_for_both):
        waiting = {prompt.id: prompt for prompt in deck.prompts}
        for prompt in _possible(deck, start) if waiting else ():
            waiting.pop(prompt.id, None)
        if waiting:
            names = ", ".join([*waiting][:NAMED]) + (", …" if len(waiting) > NAMED else "")
            yield f"{deck.id} has prompts that never come: {names}"


def _possible(deck: Deck, start: date) -> Iterator[Prompt]:
    grown = Circumstances(start, hour=20, depth=3, days_together_with_bot=A_LEAP_YEAR, posts=A_LEAP_YEAR, own_day=True)
    for step in range(A_LEAP_YEAR):
        for apart in (False, True):
            now = replace(grown, day=start + timedelta(days=step), apart=apart, last_of_day=True, after_repair=True)
            yield from may_come(deck, (), now)
