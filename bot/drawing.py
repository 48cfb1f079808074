"""Which two ideas come next: each by the rules for any prompt, unlike each other, every second time new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.decks import Deck, Prompt
from bot.rotation import Choice, Circumstances, Past, choose, effective_window, may_come

NEW = 2
"""From this novelty on an idea counts as something new to do together."""


def draw(deck: Deck, past: Sequence[Past], now: Circumstances, seed: str) -> tuple[Choice, Choice]:
    """Two ideas whose first tags differ; *past* is newest last, and holds both ideas of each time.

    Raises LookupError where no two such ideas may come. The same inputs give the same two everywhere.
    """
    # Two come each time, so each comes round twice as fast.
    now = replace(now, per_day=2 * now.per_day)
    may = may_come(deck, past, now)
    preferred = _preferred(deck, may, past, now)
    first = choose(deck, past, _among(deck, preferred, now), f"{seed}/first")
    others = _unlike(first.prompt, preferred) or _unlike(first.prompt, may)
    second = choose(deck, [*past, Past(first.prompt.id, now.day)], _among(deck, others, now), f"{seed}/second")
    return first, second


def _preferred(deck: Deck, may: Sequence[Prompt], past: Sequence[Past], now: Circumstances) -> Sequence[Prompt]:
    """Of what may come, what has rested, and every second time of that what is new to many."""
    since = now.day.toordinal() - effective_window(deck, len(may), now.per_day)
    lately = {one.prompt for one in past if one.day.toordinal() > since}
    rested = [prompt for prompt in may if prompt.id not in lately]
    new = [prompt for prompt in rested if prompt.novelty >= NEW] if now.posts % 2 else []
    return next((found for found in (new, rested) if _gives_a_choice(found)), may)


def _gives_a_choice(prompts: Sequence[Prompt]) -> bool:
    return len({prompt.tags[0] for prompt in prompts}) > 1


def _unlike(first: Prompt, prompts: Sequence[Prompt]) -> list[Prompt]:
    return [prompt for prompt in prompts if prompt.tags[0] != first.tags[0]]


def _among(deck: Deck, prompts: Iterable[Prompt], now: Circumstances) -> Circumstances:
    """The same circumstances, in which nothing but these prompts may come."""
    names = {prompt.id for prompt in prompts}
    return replace(now, hidden=now.hidden | {prompt.id for prompt in deck.prompts if prompt.id not in names})
