"""What suits the two: which form and how much time a prompt takes; it makes some come oftener and keeps none away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.decks import FORMS, Kind, Prompt

DOING, WRITING, VOICE, TALKING = FORMS

TIMES = (1, 5, 20)
"""About how many minutes somebody would like to give; the longest leaves nothing out."""

FITS = 2
"""How many more times a prompt is thrown for that fits in one way."""

QUICK = frozenset({"short", "minimal", "low_energy"})
"""Tags of prompts that take a moment, whatever the others of their deck take."""

_BY_TAG = {
    VOICE: frozenset({"voice", "heard", "sounds", "sighs"}),
    TALKING: frozenset({"ask_aloud", "asking", "listening", "listen_first", "trade"}),
    DOING: frozenset({"action", "walk", "celebrate", "play", "together", "ask_first", "shared_screen", "step"}),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """A form (none: any) and how many minutes at the most (0: any)."""

    form: str = ""
    minutes: int = 0


def together(wishes: Sequence[Fit], day: date) -> Fit:
    """What suits both on a day: the shorter of the two times, and the form of the one or the other by turns."""
    times = [wish.minutes for wish in wishes if wish.minutes]
    form = wishes[day.toordinal() % len(wishes)].form if wishes else ""
    return Fit(form, min(times, default=0))


def form_of(prompt: Prompt, kind: Kind) -> str:
    """What a prompt asks for: as its file says, or by its tags, or by how its ritual is answered."""
    if prompt.form:
        return prompt.form
    tags = set(prompt.tags)
    usual = WRITING if kind in (Kind.OPEN, Kind.SEALED) else DOING
    return next((form for form, words in _BY_TAG.items() if tags & words), usual)


def weight(prompt: Prompt, kind: Kind, fit: Fit) -> int:
    """How often a prompt is thrown for: once, and more often where it fits."""
    minutes = 1 if QUICK & set(prompt.tags) else prompt.minutes
    # Who has a minute has two; the longest time leaves nothing out, so that nothing fits it better than the rest.
    short_enough = 0 < fit.minutes < max(TIMES) and minutes <= max(fit.minutes, 2)
    return (1 + FITS * (form_of(prompt, kind) == fit.form)) * (1 + FITS * short_enough)
