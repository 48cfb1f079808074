"""How much comes: what the two read and choose of a week's posts, and when a ritual comes beside the others."""

from __future__ import annotations

from bot.loads import A_WEEK
from bot.model import Couple, Delivery, Ritual
from bot.planning import agreed, days_of, next_to_come
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.turn import Turn
from bot.wording import both_times, days_line


def load_line(turn: Turn, couple: Couple) -> str:
    """How much comes at most."""
    return turn.say("load-line", couple, most=str(couple.most_a_week))


def load_choice(turn: Turn, couple: Couple) -> Choice:
    """The way to the question."""
    return Choice(turn.say("choice-load", couple), Token("rituals", couple.id, "load"))


def load_question(turn: Turn, couple: Couple) -> Post:
    """The question how much a week may ask for."""
    wanted = [most for most in A_WEEK if most != couple.most_a_week]
    choices = [
        Choice(turn.say("choice-load-some", couple, most=str(most)), Token("rituals", couple.id, f"load_{most}"))
        for most in wanted
    ]
    back = Choice(turn.say("choice-back", couple), Token("rituals", couple.id))
    text = turn.say("load-question", couple, now=load_line(turn, couple))
    return Post((Span(text),), (*choices, back))


def delivered_load(turn: Turn, delivery: Delivery) -> Post | None:
    """Both see that one of them changed how much comes."""
    couple = turn.store.people.couple(delivery.subject)
    return Post((Span(turn.say("ritual-changed", couple, line=load_line(turn, couple))),), quiet=True)


def comes_next(turn: Turn, couple: Couple, ritual: Ritual) -> Text:
    """When a ritual comes next, and on which days if others go before it on some of its own."""
    rituals = turn.store.rituals.of(couple.id)
    planned = agreed(turn, ritual)
    text: Text = ()
    moment = next_to_come(turn, planned, rituals)
    # When a surprise comes is not told.
    if moment and moment > couple.rest_until and not planned.cadence.window:
        when = both_times(turn, couple, list(planned.partners), moment)
        text += (Span("\n" + turn.say("next-time", couple, when=when)),)
    days = days_of(turn, couple, rituals).get(ritual.id)
    if days is not None and days != planned.cadence.days:
        phrase = "load-beside" if days else "load-beside-none"
        text += (Span("\n\n" + turn.say(phrase, couple, days=days_line(turn, couple, days)), Style.SOFT),)
    return text
