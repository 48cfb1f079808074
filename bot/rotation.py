"""Which prompt comes next: filters that never give way, then freshness that does so gracefully, then chance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from math import ceil
from typing import Any

from bot.decks import SEASONS, Deck, Kind, Prompt
from bot.suiting import Fit, weight

DEPTH_2_AFTER_DAYS, DEPTH_2_AFTER_POSTS = 14, 6
DEPTH_3_AFTER_DAYS, DEPTH_3_GAP_DAYS = 42, 7
DEPTH_3_FROM, DEPTH_3_UNTIL, WORKDAY_ENDS = 9, 22, 17
STEP_BACK_AFTER, STEP_BACK_DAYS = 2, 21
THREE, HARD = "three", "hard_feelings"
AFTER_REPAIR = "after_repair"
THREE_PER_WEEK = 2
TAG_GAP = 3
ROOM_FOR_HARD_FEELINGS, ROOM_NEVER_MORE_THAN_EVERY = 0.12, 4
LOOKS_BACK = 200
"""How many past posts of a ritual the choice looks back at."""

WINDOWS_OF_DAYS = {"monday": 0, "sunday": 6}

REMEMBERED = 256
"""For so many decks and circumstances it is remembered what fits, as many couples are in the same ones."""


ANY = Fit()


@dataclass(frozen=True, slots=True)
class Past:
    """A prompt that came on a day, whether either partner answered it, and whether another one took its place."""

    prompt: str
    day: date
    answered: bool = True
    put_away: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the choice depends on besides the past; *depth* is the lower of the two limits, *hour* is local.

    *own_day* is a day that the two mark as theirs; *after_repair* the two have just put something right; *after_lows* a
    ritual that asks for the hard parts of a day came a short while ago. What is *hidden* one of them does not wish to
    see again; what *fits* them comes oftener. *alone*: it goes to one partner in private, who may have a moment of
    their own for it (*own_cue*).
    """

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
    own_day: bool = False
    own_cue: bool = False
    after_repair: bool = False
    alone: bool = False
    after_lows: bool = False
    hidden: frozenset[str] = frozenset()
    fits: Fit = ANY


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
    if not past and not now.gentle:
        # The first time shows what this is about: the deck's first prompt.
        return Choice(eligible[0], "rule-first")
    shelf = _Shelf.of(deck, past, now, seed, len(eligible))
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


def effective_window(deck: Deck, eligible: int, per_day: float) -> int:
    """No repeat within the deck's days, or within what so many eligible prompts can fill."""
    return min(deck.no_repeat_days, int(0.8 * eligible / max(per_day, 0.01)))


@cache
def room_every(per_day: float) -> int:
    """At the latest every how manyth post leaves room for hard feelings, so that any 30 days hold enough of them."""
    # Thirty days are four weeks and two days, which may bring none of a week's posts or two.
    fewest = max(1, int(28 * per_day + 0.001))
    most = fewest + min(2, max(1, ceil(7 * per_day)))
    every = min(posts // ceil(ROOM_FOR_HARD_FEELINGS * posts) for posts in range(fewest, most + 1))
    return max(every, ROOM_NEVER_MORE_THAN_EVERY)


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
    deep = [one for prompt, one in _came(deck, past) if prompt.depth == 3]
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


def _came(deck: Deck, past: Sequence[Past]) -> list[tuple[Prompt, Past]]:
    """The past beside its prompts, without those that the deck has no more."""
    kinds = _kinds.__wrapped__(deck) if deck.has_own else _kinds(deck)
    return [(kinds[one.prompt], one) for one in past if one.prompt in kinds]


@lru_cache(maxsize=REMEMBERED)
def _kinds(deck: Deck) -> Mapping[str, Prompt]:
    return {prompt.id: prompt for prompt in deck.prompts}


def _came_within(prompt: Prompt, past: Sequence[Past], day: date, days: int) -> bool:
    since = day - timedelta(days=days)
    return any(one.prompt == prompt.id and since < one.day for one in past)


def _parted(prompts: Sequence[Prompt]) -> tuple[list[Prompt], list[Prompt]]:
    """Those with room for hard feelings, and the others."""
    return [one for one in prompts if HARD in one.tags], [one for one in prompts if HARD not in one.tags]


def _rule(shelf: _Shelf, chosen: Prompt) -> str:
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


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What came before, newest last, beside the day and its chance; *last* is the day that each came last."""

    came: tuple[Prompt, ...]
    last: Mapping[str, date]
    enough_threes: bool
    now: Circumstances
    kind: Kind
    dice: hashlib._Hash
    rested_until: date

    @classmethod
    def of(cls, deck: Deck, past: Sequence[Past], now: Circumstances, seed: str, eligible: int) -> _Shelf:
        came = _came(deck, past)
        week = now.day - timedelta(days=7)
        threes = sum(1 for prompt, one in came if one.day > week and THREE in prompt.tags)
        return cls(
            # What was put away has come, and another one stands in the row in its place.
            came=tuple(prompt for prompt, one in came if not one.put_away),
            last={prompt.id: one.day for prompt, one in came},
            enough_threes=threes >= THREE_PER_WEEK and not now.three,
            now=now,
            kind=deck.kind,
            # A hash and not the random module, whose draws may change with the Python version.
            dice=hashlib.sha256(f"{seed}/{now.day.isoformat()}/".encode()),
            rested_until=now.day - timedelta(days=effective_window(deck, eligible, now.per_day)),
        )

    @property
    def room_is_due(self) -> bool:
        """Whether this post leaves room for hard feelings; the exact post varies, so that it is no weekday's."""
        every = room_every(self.now.per_day)
        since = next((at for at, one in enumerate(reversed(self.came), 1) if HARD in one.tags), len(self.came) + 1)
        return since >= every or (since == every - 1 and self.coin("room"))

    def of_these_days(self, prompts: Sequence[Prompt]) -> list[Prompt]:
        """Those of the season, for after a talk, or of the two's own, each on about every second day that has such."""
        kinds = (
            [one for one in prompts if one.season and self.coin("season")],
            [one for one in prompts if AFTER_REPAIR in one.needs and self.coin(AFTER_REPAIR)],
            [one for one in prompts if one.is_own and self.coin("own")],
        )
        return next(filter(None, kinds), [])

    def rested(self, prompts: Sequence[Prompt]) -> list[Prompt]:
        """The prompts that have not come within the window."""
        return [prompt for prompt in prompts if self._last_day(prompt) <= self.rested_until]

    def freshest(self, prompts: Sequence[Prompt]) -> list[Prompt]:
        """The prompts that meet every wish of freshness; first tags may come closer first, repeats come last."""
        last, until = self.last, self.rested_until
        rested = [prompt for prompt in prompts if last.get(prompt.id, date.min) <= until]
        if self.enough_threes:
            rested = [prompt for prompt in rested if THREE not in prompt.tags]
        for gap in range(TAG_GAP, -1, -1):
            near = self._tags_within(gap)
            found = [prompt for prompt in rested if prompt.tags[0] not in near]
            if found:
                return found
        found = [prompt for prompt in prompts if not self._is_three_too_many(prompt)] or list(prompts)
        longest_ago = min(self._last_day(prompt) for prompt in found)
        return [prompt for prompt in found if self._last_day(prompt) == longest_ago]

    def in_turn(self, prompts: Sequence[Prompt]) -> list[Prompt]:
        """The prompts without the couple's own where the last one was such, so that theirs crowd out no other."""
        others = [prompt for prompt in prompts if not prompt.is_own]
        return others if others and self.came and self.came[-1].is_own else [*prompts]

    def is_fresh(self, prompt: Prompt, gap: int) -> bool:
        """Whether it has not come within the window, nor its first tag within *gap* posts."""
        return self._is_rested(prompt) and prompt.tags[0] not in self._tags_within(gap)

    def throw(self, prompts: Sequence[Prompt]) -> Prompt:
        """The highest throw of a hash wins; what has never come throws twice, and what suits the two oftener still."""
        return prompts[0] if len(prompts) == 1 else max(prompts, key=self._best_throw)

    def coin(self, name: str) -> bool:
        """Heads or tails, the same all day."""
        return self._draw(name)[-1] % 2 == 1

    def _is_rested(self, prompt: Prompt) -> bool:
        came = self.last.get(prompt.id)
        return (came is None or came <= self.rested_until) and not self._is_three_too_many(prompt)

    def _is_three_too_many(self, prompt: Prompt) -> bool:
        return self.enough_threes and THREE in prompt.tags

    def _tags_within(self, gap: int) -> frozenset[str]:
        """The first tags of so many last posts; who wished for three things gets them every time."""
        last = () if self.now.three else self.came[max(len(self.came) - gap, 0) :]
        return frozenset(one.tags[0] for one in last)

    def _best_throw(self, prompt: Prompt) -> bytes:
        throws = (1 if prompt.id in self.last else 2) * weight(prompt, self.kind, self.now.fits)
        return max(self._draw(f"{prompt.id}/{at}") for at in range(throws))

    def _last_day(self, prompt: Prompt) -> date:
        return self.last.get(prompt.id, date.min)

    def _draw(self, name: str) -> bytes:
        """Eight bytes that are larger or smaller by chance."""
        draw = self.dice.copy()
        draw.update(name.encode())
        return draw.digest()[:8]
