"""What the file of a deck says about lines for one partner alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, Field

from bot.deckparts import STRICT
from bot.decks import CUE, OWN_CUE, Deck, Kind, Prompt, RestsAfter

A_DAY = 24 * 60
EVERY_DAY = 7


class RestsPart(BaseModel):
    """A line of rests_after."""

    model_config = STRICT

    deck: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    hours: Annotated[int, Field(ge=1, le=336)]


def rests_of(parts: Sequence[RestsPart]) -> tuple[RestsAfter, ...]:
    """After which other rituals a deck keeps silent, and for how long."""
    return tuple(RestsAfter(one.deck, one.hours * 3600) for one in parts)


def mistakes(deck: Deck) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there."""
    if deck.usual.at + deck.usual.window > A_DAY:
        yield "deck.window_minutes", "the window ends on the day on which it begins"
    if deck.kind is not Kind.NUDGE:
        yield from _belongs_to_a_nudge(deck)
        return
    if not deck.usual.window:
        yield "deck.window_minutes", "a nudge comes at a random minute, so it has a window"
    if deck.usual.together:
        yield "deck.together", "a nudge goes to one partner, by their own clock"
    if not 1 <= len(deck.usual.days) <= deck.most_days:
        yield "deck.days", f"names one day at least, and no more than most_days ({deck.most_days})"
    for at, prompt in enumerate(deck.prompts):
        yield from _about_cue(f"prompt[{at}].text", prompt)


def _belongs_to_a_nudge(deck: Deck) -> Iterable[tuple[str, str]]:
    if deck.rests_after:
        yield "deck.rests_after", "belongs to a nudge"
    if deck.most_days < EVERY_DAY:
        yield "deck.most_days", "belongs to a nudge"
    for at, prompt in enumerate(deck.prompts):
        if prompt.sets:
            yield f"prompt[{at}].sets", "belongs to a nudge"


def _about_cue(key: str, prompt: Prompt) -> Iterable[tuple[str, str]]:
    try:
        braces = [field for _, field, _, _ in Formatter().parse(prompt.text) if field is not None]
    except ValueError:
        braces = ["{"]
    if braces != ([CUE] if OWN_CUE in prompt.needs else []):
        yield key, f"{{{CUE}}} stands once in a prompt that needs {OWN_CUE}, and nothing in braces elsewhere"
