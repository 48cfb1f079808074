"""How a share moment looks."""

from __future__ import annotations

from datetime import date

from bot.decks import Deck
from bot.model import Delivery, Occurrence, Partner, State
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.sheets import ItemKind
from bot.store import Line
from bot.turn import Turn
from bot.views.forms import answered, in_order, item_of, own_line, sheet_of
from bot.views.quiet import is_anybodys_night

Shown = list[tuple[str, list[Line]]]
"""Each author's name with what they share."""

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
    if date.fromisoformat(occurrence.day).toordinal() % 2:
        partners = partners[::-1]
    text: Text = (Span(deck.title, Style.STRONG),)
    if deck.asks_a_prompt(occurrence.prompt):
        text += (Span("\n" + deck.prompt(occurrence.prompt).text),)
    shown = [(partner.name, _shared_lines(turn, deck, occurrence, partner)) for partner in partners]
    text += (
        _by_item(turn, deck, occurrence, shown) if deck.sealed.by_item else _by_author(turn, deck, occurrence, shown)
    )
    if not any(lines for _, lines in shown):
        text += (Span("\n\n" + deck.sealed.empty),)
    text = (*text, *_divergence(deck, occurrence), Span("\n\n" + deck.sealed.after, Style.SOFT))
    quiet = is_anybodys_night(turn, turn.store.people.couple(occurrence.couple))
    return Post(text, quiet=quiet, for_two=not all(partner.minds_no_readers for partner in partners))


def delivered_asking_again(turn: Turn, delivery: Delivery) -> Post | None:
    """After a hard day the share moment waits a day, and each author is asked again; silence keeps."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None or occurrence.state != State.OPEN:
        return None
    partner = turn.store.people.partner(account.partner)
    choice = Choice(turn.say("choice-look-again", partner), Token("share", occurrence.id, "look"))
    return Post((Span(turn.say("share-held", partner, title=turn.deck_of(occurrence).title)),), (choice,), quiet=True)


def _shared_lines(turn: Turn, deck: Deck, occurrence: Occurrence, partner: Partner) -> list[Line]:
    lines = [line for line in turn.store.replies.lines(occurrence, partner.id) if line.reply.shared]
    asked = {item.id for item in sheet_of(deck, occurrence).items}
    return [line for line in in_order(deck, lines) if line.reply.item in asked]


def _by_author(turn: Turn, deck: Deck, occurrence: Occurrence, shown: Shown) -> Text:
    """First everything of one, then everything of the other."""
    couple = turn.store.people.couple(occurrence.couple)
    text: Text = ()
    for name, lines in shown:
        if lines:
            text += (_author(deck, name),)
        for line in lines:
            text += own_line(turn, couple, deck, occurrence, line)
    return text


def _by_item(turn: Turn, deck: Deck, occurrence: Occurrence, shown: Shown) -> Text:
    """Item by item, what each of the two answered to it; an item's name only where there are several."""
    couple = turn.store.people.couple(occurrence.couple)
    items = sheet_of(deck, occurrence).items
    text: Text = ()
    for item in items:
        said = [(name, line) for name, lines in shown for line in lines if line.reply.item == item.id]
        if said and len(items) > 1:
            text += (Span(f"\n\n{item.short}", Style.SOFT),)
        for name, line in said:
            text += () if line.reply.number else (_author(deck, name),)
            text += (Span("\n"), answered(turn, couple, item, line))
    return text


def _author(deck: Deck, name: str) -> Span:
    assert deck.sealed is not None
    return Span("\n\n" + deck.sealed.author_line.format(name=name), Style.STRONG)


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
        if line.reply.shared and not line.reply.number and item is not None and item.kind is ItemKind.SCALE:
            chosen.setdefault(item.id, []).append(int(line.words))
    return any(len(steps) == 2 and abs(steps[0] - steps[1]) >= APART_ENOUGH for steps in chosen.values())
