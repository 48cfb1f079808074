"""How a share moment looks."""

from __future__ import annotations

from datetime import date

from bot.decks import Deck
from bot.model import Delivery, Occurrence, Partner, State
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.turn import Turn
from bot.views.forms import in_order, item_of, own_line

APART_ENOUGH = 2
"""How many steps apart two answers lie before a sentence says that weeks can differ."""


def delivered_share(turn: Turn, delivery: Delivery) -> Post | None:
    """What the two chose to share, in one frame that is the same when it is empty."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    return share_post(turn, occurrence) if occurrence and occurrence.state == State.SHARED else None


def share_post(turn: Turn, occurrence: Occurrence) -> Post:
    """The frame with each author's lines; whose come first alternates and means nothing."""
    deck = turn.deck_of(occurrence)
    assert deck.sealed is not None
    partners = turn.store.people.partners(occurrence.couple)
    if date.fromisoformat(occurrence.day).isocalendar().week % 2:
        partners = partners[::-1]
    text: Text = (Span(deck.title, Style.STRONG),)
    shown = [_lines_of(turn, deck, occurrence, partner) for partner in partners]
    for part in shown:
        text += part
    if not any(shown):
        text += (Span("\n" + deck.sealed.empty),)
    text = (*text, *_divergence(deck, occurrence), Span("\n\n" + deck.sealed.after, Style.SOFT))
    return Post(text, for_two=not all(partner.minds_no_readers for partner in partners))


def delivered_asking_again(turn: Turn, delivery: Delivery) -> Post | None:
    """After a hard day the share moment waits a day, and each author is asked again; silence keeps."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None or occurrence.state != State.OPEN:
        return None
    partner = turn.store.people.partner(account.partner)
    choice = Choice(turn.say("choice-look-again", partner), Token("share", occurrence.id, "look"))
    return Post((Span(turn.say("share-held", partner)),), (choice,), quiet=True)


def _lines_of(turn: Turn, deck: Deck, occurrence: Occurrence, partner: Partner) -> Text:
    assert deck.sealed is not None
    lines = [line for line in turn.store.replies.lines(occurrence, partner.id) if line.reply.shared]
    text: Text = ()
    for line in in_order(deck, lines):
        text += own_line(deck, occurrence, line)
    if not text:
        return ()
    return (Span("\n\n" + deck.sealed.author_line.format(name=partner.name), Style.STRONG), *text)


def _divergence(deck: Deck, occurrence: Occurrence) -> Text:
    if occurrence.rule != "differ" or deck.sealed is None:
        return ()
    sentences = deck.sealed.differ
    return (Span("\n\n" + sentences[occurrence.id % len(sentences)], Style.SOFT),)


def weeks_differ(turn: Turn, occurrence: Occurrence) -> bool:
    """Whether both shared the same scale and stand two steps or more apart."""
    deck = turn.deck_of(occurrence)
    chosen: dict[str, list[int]] = {}
    for line in turn.store.replies.lines(occurrence):
        item = item_of(deck, occurrence, line.reply.item)
        if line.reply.shared and not line.reply.number and item is not None and item.kind == "scale":
            chosen.setdefault(item.id, []).append(int(line.words))
    return any(len(steps) == 2 and abs(steps[0] - steps[1]) >= APART_ENOUGH for steps in chosen.values())
