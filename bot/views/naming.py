"""What the two may call a ritual, of the names that its deck offers."""

from __future__ import annotations

from bot.decks import Deck
from bot.model import Couple, Ritual
from bot.posts import Choice, Post, Span, Token
from bot.turn import Turn


def names(turn: Turn, couple: Couple, ritual: Ritual) -> Post:
    """Every name but the present one, to choose."""
    present = turn.deck_of(ritual).title
    choices = [
        Choice(name, Token("ritual", ritual.id, f"name_{at}"))
        for at, name in enumerate(names_of(turn, ritual))
        if name != present
    ]
    back = Choice(turn.say("choice-back", couple), Token("ritual", ritual.id, "see"))
    return Post((Span(turn.say("name-question", couple, title=present)),), (*choices, back))


def names_of(turn: Turn, ritual: Ritual) -> tuple[str, ...]:
    """The deck's title, and the names that it offers besides."""
    deck: Deck = turn.decks_of(ritual.couple)[ritual.deck]
    return (deck.title, *deck.names)
