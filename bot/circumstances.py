"""What the choice of a prompt depends on: what came before, and how things are for the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.decks import Deck, Prompt
from bot.suiting import Fit

THREE, HARD = "three", "hard_feelings"
AFTER_REPAIR = "after_repair"
LOOKS_BACK = 200
"""How many past posts of a ritual the choice looks back at."""

REMEMBERED = 1024
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


def came(deck: Deck, past: Sequence[Past]) -> list[tuple[Prompt, Past]]:
    """The past beside its prompts, without those that the deck has no more."""
    kinds = kinds_of(deck)
    return [(kinds[one.prompt], one) for one in past if one.prompt in kinds]


def kinds_of(deck: Deck) -> Mapping[str, Prompt]:
    """The prompts of a deck by their ids; what the two wrote themselves is remembered nowhere."""
    return _kinds.__wrapped__(deck) if deck.has_own else _kinds(deck)


@lru_cache(maxsize=REMEMBERED)
def _kinds(deck: Deck) -> Mapping[str, Prompt]:
    return {prompt.id: prompt for prompt in deck.prompts}


def needs_of(deck: Deck) -> frozenset[str]:
    """What some prompt of a deck depends on, so that it is to be looked up."""
    return _needs.__wrapped__(deck) if deck.has_own else _needs(deck)


@lru_cache(maxsize=REMEMBERED)
def _needs(deck: Deck) -> frozenset[str]:
    return frozenset(need for prompt in deck.prompts for need in prompt.needs)
