"""What the two see when one of them leaves: questions to the one, one sentence to the room."""

from __future__ import annotations

from bot.model import Delivery, Partner
from bot.posts import LARGEST_ID, Choice, Post, Span, Token
from bot.turn import Turn

WAYS = ("now", "slow")


def how(turn: Turn, partner: Partner) -> Post:
    """At once, or slowly, or not at all; who goes slowly already may stay."""
    if partner.leaves_at:
        date = turn.known.words.date_line(partner.leaves_at, turn.zone(partner.timezone), partner.locale)
        text = turn.say("leave-under-way", partner, date=date)
        return Post((Span(text),), (_choice(turn, partner, "choice-leave-now", "now"), _stay(turn, partner)))
    choices = tuple(_choice(turn, partner, f"choice-leave-{way}", way) for way in WAYS)
    return Post((Span(turn.say("leave-how", partner)),), (*choices, _stay(turn, partner)))


def with_what(turn: Turn, partner: Partner, way: str) -> Post:
    """What shall become of one's own words."""
    wanted = ("copy", "nothing", "asis")
    choices = tuple(_choice(turn, partner, f"choice-leave-{what}", f"{way}_{what}") for what in wanted)
    return Post((Span(turn.say("leave-with", partner)),), (*choices, _stay(turn, partner)))


def delivered_farewell(turn: Turn, delivery: Delivery) -> Post | None:
    """The room reads one sentence, whatever the cause was."""
    return turn.line("room-over", turn.store.people.couple(delivery.subject))


def delivered_gone_quietly(turn: Turn, delivery: Delivery) -> Post | None:
    """To whoever went slowly: it has stopped."""
    partner = turn.store.people.partner(delivery.subject)
    store = turn.store
    left = store.replies.of_partner(partner.id, LARGEST_ID, 1) or store.sayings.of_partner(partner.id, LARGEST_ID, 1)
    return turn.line("left" if left else "left-and-deleted", partner)


def delivered_both_agreed(turn: Turn, delivery: Delivery) -> Post | None:
    """Who asked first hears that the other one asked as well."""
    return turn.line("export-both-agreed", turn.store.people.partner(delivery.subject))


def _choice(turn: Turn, partner: Partner, phrase: str, value: str) -> Choice:
    return Choice(turn.say(phrase, partner), Token("leave", 0, value), privately=True)


def _stay(turn: Turn, partner: Partner) -> Choice:
    return _choice(turn, partner, "choice-leave-stay", "stay")
