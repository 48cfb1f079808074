"""How something to practise is told to the one who asked to be told."""

from __future__ import annotations

from datetime import datetime

from bot import alone
from bot.decks import Deck
from bot.leanings import leaning
from bot.model import SUGGESTION, Delivery, Partner
from bot.planning import zones_at
from bot.posts import Choice, Post, Span, Style, Token
from bot.turn import Turn


def state_line(turn: Turn, reader: Partner) -> str:
    """Whether a partner asked for it."""
    row = turn.store.rituals.alone(reader, SUGGESTION)
    phrase = "suggestion-on" if row is not None and row.active else "suggestion-off"
    return turn.say(phrase, reader)


def detail(turn: Turn, reader: Partner) -> Post:
    """What it is, and the switch."""
    row = turn.store.rituals.alone(reader, SUGGESTION)
    is_on = row is not None and row.active
    text = (Span(state_line(turn, reader), Style.STRONG), Span("\n\n" + turn.say("suggestion-about", reader)))
    switch = _choice(turn, reader, "choice-switch-off" if is_on else "choice-switch-on", "off" if is_on else "on")
    back = Choice(turn.say("choice-back", reader), Token("alone"), privately=True)
    return Post(text, (switch, back))


def about(turn: Turn, reader: Partner, walk: Deck) -> Post:
    """What a walk is, before it is begun: one for two asks the other as soon as it is."""
    begin = Choice(turn.say("choice-begin-walk", reader), Token("practice", 0, walk.id), privately=True)
    text = [Span(walk.title, Style.STRONG), Span(f"\n{walk.about}")]
    if walk.walk is not None and walk.walk.for_two:
        text.append(Span("\n\n" + turn.say("suggestion-for-two", reader), Style.SOFT))
    return Post(tuple(text), (begin, _choice(turn, reader, "choice-not-for-me", f"not-{walk.id}")))


def delivered_suggestion(turn: Turn, delivery: Delivery) -> Post | None:
    """What a partner's own answers lead to as they stand now; nothing where its moment has passed."""
    reader = turn.store.people.partner(delivery.subject)
    found = leaning(turn, reader)
    if found is None or not (delivery.sent_at or _suits_now(turn, reader)):
        return None
    text = (
        Span(turn.say("suggestion", reader, item=found.item.short)),
        Span(f"\n\n{found.walk.title}", Style.STRONG),
        Span(f"\n{found.walk.about}"),
    )
    look = _choice(turn, reader, "choice-look", f"look-{found.walk.id}")
    if found.walk.walk is not None and not found.walk.walk.for_two:
        look = Choice(turn.say("choice-look", reader), Token("practice", 0, found.walk.id), privately=True)
    return Post(text, (look, _choice(turn, reader, "choice-not-for-me", f"not-{found.walk.id}")), quiet=True)


def _suits_now(turn: Turn, reader: Partner) -> bool:
    (zone,) = zones_at(turn, [reader], turn.now)
    day = datetime.fromtimestamp(turn.now, zone).date()
    return not alone.is_silent(turn, turn.store.people.couple(reader.couple), reader, str(zone), day)


def _choice(turn: Turn, reader: Partner, phrase: str, value: str) -> Choice:
    return Choice(turn.say(phrase, reader), Token("suggestion", 0, value), privately=True)
