"""What the two may call a ritual: one of the names that its deck offers, or one of their own."""

from __future__ import annotations

from bot import owndecks
from bot.decks import Deck
from bot.model import Couple, Partner, Ritual
from bot.posts import Choice, Field, Form, Post, Span, Token
from bot.turn import Turn


def names(turn: Turn, couple: Couple, ritual: Ritual) -> Post:
    """Every name but the present one, to choose."""
    present = turn.deck_of(ritual).title
    choices = [
        Choice(name, Token("ritual", ritual.id, f"name_{at}"))
        for at, name in enumerate(names_of(turn, ritual))
        if name != present
    ]
    own = Choice(turn.say("choice-name-own", couple), Token("ritual", ritual.id, "named"))
    back = Choice(turn.say("choice-back", couple), Token("ritual", ritual.id, "see"))
    return Post((Span(turn.say("name-question", couple, title=present)),), (*choices, own, back))


def form(turn: Turn, ritual: Ritual, reader: Partner) -> Form:
    """The question for a name of their own."""
    field = Field("words", turn.say("own-name-label", reader), longest=owndecks.LONGEST_NAME)
    return Form(Token("ritual", ritual.id, "named"), turn.deck_of(ritual).title, (field,))


def names_of(turn: Turn, ritual: Ritual) -> tuple[str, ...]:
    """The deck's title, and the names that it offers besides."""
    deck: Deck = turn.decks_of(ritual.couple)[ritual.deck]
    return (deck.title, *deck.names)
