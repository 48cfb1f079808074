"""Which prompts suit a partner best: what they read of it, and choose from, alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.decks import FORMS
from bot.model import Partner
from bot.posts import Choice, Post, Span, Token
from bot.suiting import TIMES
from bot.turn import Turn

CHOICES: Mapping[str, Mapping[str, str | int]] = {
    **{form: {"form": form} for form in FORMS},
    "any": {"form": ""},
    **{str(minutes): {"minutes": minutes} for minutes in (*TIMES, 0)},
}
"""What can be chosen, with the partner's column that holds it."""


def line(turn: Turn, partner: Partner) -> str:
    """What suits somebody, in words."""
    form, time = (turn.say(phrase, partner) for phrase in (f"fit-{partner.form or 'any'}", f"fit-{partner.minutes}"))
    return turn.say("setting-fit", partner, form=form, time=time)


def question(turn: Turn, partner: Partner) -> Post:
    """The question what suits them, and what they said so far."""
    has = (partner.form or "any", str(partner.minutes))
    choices = [
        Choice(turn.say(f"choice-fit-{value}", partner), Token("wish", 0, f"fit_{value}"), privately=True)
        for value in CHOICES
        if value not in has
    ]
    text = f"{line(turn, partner)}\n\n{turn.say('fit-question', partner)}"
    return Post((Span(text),), tuple(choices))
