"""Which prompt comes next: filters that never give way, then freshness that does so gracefully, then chance."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from bot.circumstances import AFTER_REPAIR, ANY, HARD, LOOKS_BACK, REMEMBERED, THREE, Circumstances, Past, came
from bot.decks import SEASONS, Deck, Prompt
from bot.resting import TAG_GAP, Shelf, effective_window, room_every

__all__ = [
    "AFTER_REPAIR",
    "HARD",
    "LOOKS_BACK",
    "THREE",
    "Choice",
    "Circumstances",
    "Past",
    "choose",
    "choose_among",
    "effective_window",
    "heeds_answers_to",
    "in_season",
    "may_come",
    "opener",
    "room_every",
]

DEPTH_2_AFTER_DAYS, DEPTH_2_AFTER_POSTS = 14, 6
DEPTH_3_AFTER_DAYS, DEPTH_3_GAP_DAYS = 42, 7
DEPTH_3_FROM, DEPTH_3_UNTIL, WORKDAY_ENDS = 9, 22, 17
STEP_BACK_AFTER, STEP_BACK_DAYS = 2, 21
WINDOWS_OF_DAYS = {"monday": 0, "sunday": 6}


@dataclass(frozen=True, slots=True)
class Choice:
    """The prompt, and the rule that picked it: a key such as "rule-fresh"."""

    prompt: Prompt
    rule: str


def choose(deck: Deck, past: Sequence[Past], now: Circumstances, seed: str) -> Choice:
    """The prompt for a day; *past* is newest last. The same inputs give the same prompt everywhere.

    A deck that was read from a file has a prompt for every day; where the two hid them all, or of any other deck,
    LookupError says that nothing may come.
    """
    eligible = may_come(deck, past, now)
    if not eligible:
        raise LookupError(f"no prompt of {deck.id} may come on {now.day}")
    return choose_among(eligible, deck, past, now, seed)


def choose_among(eligible: list[Prompt], deck: Deck, past: Sequence[Past], now: Circumstances, seed: str) -> Choice:
    """The same, for whoever knows already which prompts may come (at least one)."""
    if not past and not now.gentle:
        # The first time shows what this is about: the deck's first prompt.
        return Choice(eligible[0], "rule-first")
    shelf = Shelf.of(deck, past, now, seed, len(eligible))
    hard, others = _parted(eligible)
    pool = (shelf.room_is_due and shelf.rested(hard)) or others or hard
    fresh = shelf.freshest(shelf.in_turn(pool))
    chosen = shelf.throw(shelf.of_these_days(fresh) or fresh)
    return Choice(chosen, _rule(shelf, chosen))


def may_come(deck: Deck, past: Sequence[Past], now: Circumstances) -> list[Prompt]:
    """The prompts that may come at all: what is asked here is never relaxed, save the wish for three things."""
    deepest = _deepest(deck, past, now)
    seasons = _seasons(now.day, southern=now.southern, own_day=now.own_day)
    found = [
        prompt
        for prompt in _fitting(deck, replace(now, **_OWN), seasons)
        if prompt.depth <= deepest
        and prompt.id not in now.hidden
        and not (prompt.every_days and _came_within(prompt, past, now.day, prompt.every_days))
    ]
    return [prompt for prompt in found if now.three and THREE in prompt.tags] or found


def opener(deck: Deck, seed: str) -> str:
    """The line that stands before a prompt, if the deck has any; the same seed gives the same line everywhere."""
    throw = hashlib.sha256(f"{seed}/opener".encode()).digest()
    return deck.openers[int.from_bytes(throw[:8]) % len(deck.openers)] if deck.openers else ""


def in_season(season: str, day: date, *, southern: bool, own_day: bool = False) -> bool:
    """Whether a day lies in a season's window, in the couple's half of the world."""
    if season in WINDOWS_OF_DAYS:
        return day.weekday() == WINDOWS_OF_DAYS[season]
    match season:
        case "":
            return True
        case "month_start":
            return day.day <= 2
        case "year_end":
            return day.month == 12 and day.day >= 27
        case "summer" | "winter":
            months = (12, 1, 2) if (season == "winter") != southern else (6, 7, 8)
            return day.month in months
        case "own_anniversary":
            return own_day
    return False


_OWN: dict[str, Any] = {"hour": 0, "depth": 0, "days_together_with_bot": 0, "posts": 0, "per_day": 1.0}
_OWN |= {"three": False, "hidden": frozenset(), "day": date.min, "southern": False, "own_day": False, "fits": ANY}
"""What has no say in whether a prompt fits, once it is known which seasons it is."""


@lru_cache(maxsize=REMEMBERED)
def _seasons(day: date, *, southern: bool, own_day: bool) -> frozenset[str]:
    return frozenset(one for one in ("", *SEASONS) if in_season(one, day, southern=southern, own_day=own_day))


def _fitting(deck: Deck, now: Circumstances, seasons: frozenset[str]) -> tuple[Prompt, ...]:
    # What the two wrote themselves is remembered nowhere, because they may take it back.
    found = _fitting_before.__wrapped__ if deck.has_own else _fitting_before
    return found(deck, now, seasons)


@lru_cache(maxsize=REMEMBERED)
def _fitting_before(deck: Deck, now: Circumstances, seasons: frozenset[str]) -> tuple[Prompt, ...]:
    return tuple(prompt for prompt in deck.prompts if _fits(prompt, now, seasons))


def _fits(prompt: Prompt, now: Circumstances, seasons: frozenset[str]) -> bool:
    met = {"last_message_of_day": now.last_of_day, "own_cue": now.own_cue, AFTER_REPAIR: now.after_repair}
    return (
        # What is asked in private is never put in a room.
        (now.alone or not prompt.private)
        and (prompt.distance == "ok" or (prompt.distance == "only") == now.apart)
        and prompt.season in seasons
        and all(met.get(need, False) for need in prompt.needs)
        # What is for after a talk has its place in the lighter days that follow one.
        and (not now.gentle or prompt.gentle or (now.after_repair and AFTER_REPAIR in prompt.needs))
        and not (now.after_lows and THREE in prompt.tags)
    )


def heeds_answers_to(deck: Deck) -> frozenset[str]:
    """The prompts of which it matters to the next choice whether anybody answered: the deep ones."""
    return _deep.__wrapped__(deck) if deck.has_own else _deep(deck)


@lru_cache(maxsize=REMEMBERED)
def _deep(deck: Deck) -> frozenset[str]:
    return frozenset(prompt.id for prompt in deck.prompts if prompt.depth == 3)


def _deepest(deck: Deck, past: Sequence[Past], now: Circumstances) -> int:
    """How deep a prompt may go today: both limits, the time together, the hour, and how deep ones went lately."""
    if now.days_together_with_bot < DEPTH_2_AFTER_DAYS or now.posts < DEPTH_2_AFTER_POSTS:
        return min(now.depth, 1)
    if now.depth < 3:
        return now.depth
    deep = [one for prompt, one in came(deck, past) if prompt.depth == 3]
    at_work = now.day.weekday() < 5 and now.hour < WORKDAY_ENDS
    good_hour = DEPTH_3_FROM <= now.hour < DEPTH_3_UNTIL and not at_work
    rested = not deep or (now.day - deep[-1].day).days >= DEPTH_3_GAP_DAYS
    ready = now.days_together_with_bot >= DEPTH_3_AFTER_DAYS and good_hour and rested
    return 3 if ready and not _steps_back(deep, now) else 2


def _steps_back(deep: Sequence[Past], now: Circumstances) -> bool:
    """After two deep prompts that nobody answered, three weeks go without one."""
    last = deep[-STEP_BACK_AFTER:]
    unanswered = len(last) == STEP_BACK_AFTER and not any(one.answered for one in last)
    return unanswered and (now.day - last[-1].day).days < STEP_BACK_DAYS


def _came_within(prompt: Prompt, past: Sequence[Past], day: date, days: int) -> bool:
    since = day - timedelta(days=days)
    return any(one.prompt == prompt.id and since < one.day for one in past)


def _parted(prompts: Sequence[Prompt]) -> tuple[list[Prompt], list[Prompt]]:
    """Those with room for hard feelings, and the others."""
    return [one for one in prompts if HARD in one.tags], [one for one in prompts if HARD not in one.tags]


def _rule(shelf: Shelf, chosen: Prompt) -> str:
    """Which rule picked it; save for how long it has rested, that depends on nothing that one of the two set alone."""
    if shelf.room_is_due and HARD in chosen.tags:
        return "rule-hard-feelings"
    if chosen.season and shelf.coin("season"):
        return "rule-season"
    if AFTER_REPAIR in chosen.needs and shelf.coin(AFTER_REPAIR):
        return "rule-after-repair"
    if chosen.is_own and shelf.coin("own"):
        return "rule-own"
    if shelf.now.gentle:
        return "rule-gentle"
    if shelf.now.three and THREE in chosen.tags:
        return "rule-three"
    return "rule-fresh" if shelf.is_fresh(chosen, TAG_GAP) else "rule-relaxed"
