"""Reads the lines around a deck's prompts from its file: what stands before them, and what helps whoever listens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from bot.deckparts import STRICT, Line, Name, one_of, twice
from bot.decks import Tip


class OpenerPart(BaseModel):
    """[[opener]]: a line that stands before a prompt."""

    model_config = STRICT

    id: Name
    text: Line


class TipPart(OpenerPart):
    """[[tip]]: a line for whoever listens to an answer."""

    to: Annotated[str, Field(alias="for"), AfterValidator(one_of(("", "high", "low")))] = ""


def tips_of(parts: Sequence[TipPart]) -> tuple[Tip, ...]:
    """The lines for whoever listens that a file describes."""
    return tuple(Tip(one.text, one.to) for one in parts)


def mistakes(openers: Sequence[OpenerPart], tips: Sequence[TipPart]) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    yield from twice("opener[{}].id", [one.id for one in openers])
    yield from twice("tip[{}].id", [one.id for one in tips])
