"""The day that is the two's own, as both see it."""

from __future__ import annotations

from datetime import date

from bot.model import Couple, Delivery, Partner
from bot.posts import Choice, Field, Form, Post, Span, Token
from bot.turn import Turn

A_LEAP_YEAR = 2024


def label(turn: Turn, couple: Couple) -> str:
    """The day in words; nothing where there is none."""
    if not couple.own_day:
        return ""
    return turn.known.words.short_day(date.fromisoformat(f"{A_LEAP_YEAR}-{couple.own_day}"), couple.locale)


def line(turn: Turn, couple: Couple) -> str:
    """Which day it is, or that there is none."""
    day = label(turn, couple)
    return turn.say("own-day", couple, day=day) if day else turn.say("own-day-none", couple)


def shown(turn: Turn, couple: Couple) -> Post:
    """The day, and what either may do about it."""
    wanted = [("choice-own-day-other" if couple.own_day else "choice-own-day", "ask")]
    wanted += [("choice-own-day-none", "none")] if couple.own_day else []
    choices = [Choice(turn.say(phrase, couple), Token("ownday", 0, value)) for phrase, value in wanted]
    back = Choice(turn.say("choice-back", couple), Token("rituals", couple.id))
    text = line(turn, couple) + "\n\n" + turn.say("own-day-about", couple)
    return Post((Span(text),), (*choices, back))


def form(turn: Turn, reader: Partner) -> Form:
    """The question for a day."""
    title, question, hint = (turn.say(f"own-day-form-{part}", reader) for part in ("title", "label", "hint"))
    return Form(Token("ownday", 0, "typed"), title, (Field("words", question, hint, longest=40),))


def delivered_own_day(turn: Turn, delivery: Delivery) -> Post | None:
    """Both read which day it is now."""
    return Post((Span(line(turn, turn.store.people.couple(delivery.subject))),), quiet=True)
