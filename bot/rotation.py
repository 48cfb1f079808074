"""Which prompt comes next: filters that are never relaxed, then freshness that gives way gracefully, then chance."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.decks import Deck, Prompt

DEPTH_2_AFTER_DAYS, DEPTH_2_AFTER_POSTS = 14, 6
DEPTH_3_AFTER_DAYS, DEPTH_3_GAP_DAYS = 42, 7
DEPTH_3_FROM, DEPTH_3_UNTIL, WORKDAY_ENDS = 9, 22, 17
THREE_PER_WEEK = 2
TAG_GAP = 3
ROOM_FOR_HARD_FEELINGS = 0.12
HARD = "hard_feelings"
GENTLE_MOODS = ("light", "steady")
WINDOWS_OF_DAYS = {"monday": 0, "sunday": 6}


@dataclass(frozen=True, slots=True)
class Past:
    """A prompt that came on a day."""

    prompt: str
    day: date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the choice depends on besides the past; *depth* is the lower of the two limits."""

    day: date
    hour: int = 8
    apart: bool = False
    southern: bool = False
    depth: int = 2
    days_together_with_bot: int = 0
    posts: int = 0
    per_day: float = 1.0
    gentle: bool = False
    last_of_day: bool = False
    three: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The prompt, and the rule that picked it."""

    prompt: Prompt
    rule: str


def choose(deck: Deck, past: Sequence[Past], now: Circumstances, seed: str) -> Choice:
    """The prompt for a day; *past* is newest last. The same inputs give the same prompt everywhere."""
    eligible = [prompt for prompt in deck.prompts if _may_come(prompt, past, now)]
    if not eligible:
        # Nothing fits a gentle or very particular day: the deck's plainest prompt stands in.
        return Choice(min(deck.prompts, key=lambda prompt: (prompt.private, prompt.depth)), "rule-plain")
    if not past and not now.gentle:
        # The first time shows what this is about: the deck's first prompt.
        return Choice(eligible[0], "rule-first")
    window = _effective_window(deck, eligible, now)
    kinds = {prompt.id: prompt for prompt in deck.prompts}
    fresh, rule = _freshest(eligible, kinds, past, now, window)
    if _needs_room(kinds, past, now):
        hard = [prompt for prompt in _fresh_within(eligible, past, now, window) if HARD in prompt.tags]
        if hard:
            return Choice(_throw(hard, now, seed), "rule-hard-feelings")
    seasonal = [prompt for prompt in fresh if prompt.season]
    if seasonal and _number(seed, now.day, "season") % 2:
        return Choice(_throw(seasonal, now, seed), "rule-season")
    return Choice(_throw(fresh, now, seed), rule)


def in_season(season: str, day: date, *, southern: bool) -> bool:
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
            warm = day.month in (6, 7, 8)
            cold = day.month in (12, 1, 2)
            return (cold if southern else warm) if season == "summer" else (warm if southern else cold)
    # A date of the couple's own, which they have not given.
    return False


def _may_come(prompt: Prompt, past: Sequence[Past], now: Circumstances) -> bool:
    return (
        not prompt.private
        and (prompt.distance == "ok" or (prompt.distance == "only") == now.apart)
        and in_season(prompt.season, now.day, southern=now.southern)
        and ("last_message_of_day" not in prompt.needs or now.last_of_day)
        and (not now.three or "three" in prompt.tags)
        and (not now.gentle or prompt.mood in GENTLE_MOODS or now.three)
        and _deep_enough(prompt, now)
        and not (prompt.every_days and _came_within(prompt, past, now.day, prompt.every_days))
    )


def _deep_enough(prompt: Prompt, now: Circumstances) -> bool:
    if prompt.depth > now.depth:
        return False
    if prompt.depth == 1:
        return True
    if now.days_together_with_bot < DEPTH_2_AFTER_DAYS or now.posts < DEPTH_2_AFTER_POSTS:
        return False
    if prompt.depth == 2:
        return True
    workday = now.day.weekday() < 5 and now.hour < WORKDAY_ENDS
    late_enough = now.days_together_with_bot >= DEPTH_3_AFTER_DAYS
    return late_enough and not workday and DEPTH_3_FROM <= now.hour < DEPTH_3_UNTIL


def _effective_window(deck: Deck, eligible: Sequence[Prompt], now: Circumstances) -> int:
    """No repeat within the deck's days, or within what its eligible prompts can fill."""
    if now.three:
        return 0
    return min(deck.no_repeat_days, int(0.8 * len(eligible) / max(now.per_day, 0.01)))


def _freshest(
    eligible: Sequence[Prompt], kinds: dict[str, Prompt], past: Sequence[Past], now: Circumstances, window: int
) -> tuple[list[Prompt], str]:
    """The prompts that meet most wishes of freshness; the last wishes give way first."""
    wishes: list[Callable[[Prompt], bool]] = [
        lambda prompt: not _came_within(prompt, past, now.day, window),
        lambda prompt: now.three or "three" not in prompt.tags or _threes(kinds, past, now) < THREE_PER_WEEK,
        lambda prompt: prompt.depth < 3 or not _deep_lately(kinds, past, now),
        lambda prompt: now.three or prompt.tags[0] not in _last_tags(kinds, past),
    ]
    for kept in range(len(wishes), -1, -1):
        found = [prompt for prompt in eligible if all(wish(prompt) for wish in wishes[:kept])]
        if found:
            return found, "rule-fresh" if kept == len(wishes) else "rule-relaxed"
    return list(eligible), "rule-relaxed"


def _fresh_within(eligible: Sequence[Prompt], past: Sequence[Past], now: Circumstances, window: int) -> list[Prompt]:
    return [prompt for prompt in eligible if not _came_within(prompt, past, now.day, window)]


def _came_within(prompt: Prompt, past: Sequence[Past], day: date, days: int) -> bool:
    since = day - timedelta(days=days)
    return any(one.prompt == prompt.id and since < one.day for one in past)


def _threes(kinds: dict[str, Prompt], past: Sequence[Past], now: Circumstances) -> int:
    since = now.day - timedelta(days=7)
    return sum(1 for one in past if one.day > since and one.prompt in kinds and "three" in kinds[one.prompt].tags)


def _deep_lately(kinds: dict[str, Prompt], past: Sequence[Past], now: Circumstances) -> bool:
    since = now.day - timedelta(days=DEPTH_3_GAP_DAYS)
    return any(one.day > since and one.prompt in kinds and kinds[one.prompt].depth == 3 for one in past)


def _last_tags(kinds: dict[str, Prompt], past: Sequence[Past]) -> set[str]:
    return {kinds[one.prompt].tags[0] for one in past[-TAG_GAP:] if one.prompt in kinds}


def _needs_room(kinds: dict[str, Prompt], past: Sequence[Past], now: Circumstances) -> bool:
    """Whether the share of prompts with room for hard feelings would fall too low in any thirty days."""
    if now.three or now.gentle or not any(HARD in prompt.tags for prompt in kinds.values()):
        return False
    # One in seven posts keeps every stretch of thirty days above 12%.
    every = int(1 / ROOM_FOR_HARD_FEELINGS) - 1
    lately = [kinds[one.prompt] for one in past[-(every - 1) :] if one.prompt in kinds]
    return len(lately) >= every - 1 and not any(HARD in prompt.tags for prompt in lately)


def _throw(prompts: Sequence[Prompt], now: Circumstances, seed: str) -> Prompt:
    """Chance that is the same on every machine: the highest throw of a hash wins."""
    return max(prompts, key=lambda prompt: _number(seed, now.day, prompt.id))


def _number(seed: str, day: date, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{day.isoformat()}/{name}".encode()).digest()[:8])
