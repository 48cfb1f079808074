"""Reads what a deck of two ideas says around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, Field

from bot.deckparts import STRICT, Line, TimeOfDay, Title
from bot.decks import Deck, Ideas


class IdeasPart(BaseModel):
    """The [ideas] table."""

    model_config = STRICT

    intro: Line
    picked: Line
    none: Line
    calendar: Title
    usual_at: TimeOfDay
    time: Annotated[str, Field(max_length=220)] = ""


def ideas_of(read: IdeasPart) -> Ideas:
    """What a deck says around two ideas."""
    return Ideas(**read.model_dump())


def mistakes(deck: Deck) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    if deck.ideas is None:
        yield "ideas", "a deck of two ideas has an [ideas] table"
    for distance, whom in (("no", "in one place"), ("only", "apart")):
        if len({prompt.tags[0] for prompt in deck.prompts if prompt.for_every_day(distance)}) < 2:
            yield "prompt", f"two [[prompt]] with different first tags fit every day of two who live {whom}"
