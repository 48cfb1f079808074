"""Which prompts have rested, and how chance picks one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import ceil

from bot.circumstances import AFTER_REPAIR, ANY, HARD, THREE, Circumstances, Past, kinds_of
from bot.decks import Deck, Kind, Prompt
from bot.suiting import weight

THREE_PER_WEEK = 2
TAG_GAP = 3
ROOM_FOR_HARD_FEELINGS, ROOM_NEVER_MORE_THAN_EVERY = 0.12, 4


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


@dataclass(frozen=True, slots=True)
class Shelf:
    """What came before, newest last, beside the day and its chance; *last* is the day that each came last."""

    came: tuple[Prompt, ...]
    last: Mapping[str, date]
    enough_threes: bool
    now: Circumstances
    kind: Kind
    dice: hashlib._Hash
    rested_until: date

    @classmethod
    def of(cls, deck: Deck, past: Sequence[Past], now: Circumstances, seed: str, eligible: int) -> Shelf:
        kinds, week = kinds_of(deck), now.day - timedelta(days=7)
        threes = sum(1 for one in past if one.day > week and one.prompt in kinds and THREE in kinds[one.prompt].tags)
        return cls(
            # What was put away has come, and another one stands in the row in its place.
            came=tuple([kinds[one.prompt] for one in past if not one.put_away and one.prompt in kinds]),
            last={one.prompt: one.day for one in past},
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
        throws = 1 if prompt.id in self.last else 2
        if self.now.fits is not ANY:
            throws *= weight(prompt, self.kind, self.now.fits)
        first = self._draw(f"{prompt.id}/0")
        return first if throws == 1 else max(first, *(self._draw(f"{prompt.id}/{at}") for at in range(1, throws)))

    def _last_day(self, prompt: Prompt) -> date:
        return self.last.get(prompt.id, date.min)

    def _draw(self, name: str) -> bytes:
        """Eight bytes that are larger or smaller by chance."""
        draw = self.dice.copy()
        draw.update(name.encode())
        return draw.digest()[:8]
