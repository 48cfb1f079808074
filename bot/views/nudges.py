"""How a line for one partner alone looks."""

from __future__ import annotations

from datetime import date

from bot import alone
from bot.cadence import Cadence
from bot.decks import CUE, OWN_CUE, Kind, Prompt
from bot.model import Delivery, Occurrence, Partner
from bot.planning import agreed
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.turn import Turn

LONGEST_CUE = 120


def delivered_nudge(turn: Turn, delivery: Delivery) -> Post | None:
    """The line to the one it is for; nothing where its moment has passed before it could be brought."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    ritual = turn.store.rituals.ritual(occurrence.ritual) if occurrence else None
    deck = turn.deck_behind(ritual) if ritual else None
    if occurrence is None or ritual is None or deck is None or deck.kind is not Kind.NUDGE:
        return None
    planned = agreed(turn, ritual)
    may_come = ritual.active and alone.may_come(turn, planned, date.fromisoformat(occurrence.day))
    # Once it stands there it may be opened at any time.
    return _post(turn, planned.partners[0], occurrence) if delivery.sent_at or may_come else None


def cue_form(turn: Turn, partner: Partner, occurrence: Occurrence) -> Form:
    """The question for a moment of one's own."""
    field = Field(
        "words",
        turn.say("cue-form-label", partner),
        hint=turn.say("cue-form-hint", partner),
        filled=own_cue(turn, partner),
        longest=LONGEST_CUE,
    )
    return Form(Token("cue", occurrence.id), turn.say("cue-form-title", partner), (field,))


def own_cue(turn: Turn, partner: Partner) -> str:
    """The moment that a partner has named, in their words; nothing where there is none."""
    reply = turn.store.replies.latest(partner.id, OWN_CUE)
    occurrence = turn.store.occurrences.occurrence(reply.occurrence) if reply else None
    line = turn.store.replies.line(occurrence, reply) if reply and occurrence else None
    return line.words if line else ""


def _post(turn: Turn, reader: Partner, occurrence: Occurrence) -> Post:
    deck = turn.deck_of(occurrence)
    prompt = deck.prompt(occurrence.prompt)
    text: Text = (Span(deck.title, Style.STRONG), Span("\n"), *_wording(turn, reader, prompt))
    return Post(text, tuple(_choices(turn, reader, occurrence, prompt)), quiet=True)


def _wording(turn: Turn, reader: Partner, prompt: Prompt) -> Text:
    """The prompt, with its reader's own moment where it names one; deleted since, three dots stand there."""
    head, named, tail = prompt.text.partition(f"{{{CUE}}}")
    return (Span(head), Span(own_cue(turn, reader) or "…"), Span(tail)) if named else (Span(head),)


def _choices(turn: Turn, reader: Partner, occurrence: Occurrence, prompt: Prompt) -> list[Choice]:
    found = []
    if prompt.sets:
        found.append(Choice(turn.say("choice-cue", reader), Token("cue", occurrence.id), privately=True))
    ritual = turn.store.rituals.ritual(occurrence.ritual)
    days = len(Cadence.parse(ritual.cadence).days) if ritual and ritual.active else 0
    if days:
        phrase, wanted = ("choice-fewer", f"most_{days - 1}") if days > 1 else ("choice-no-more", "off")
        found.append(Choice(turn.say(phrase, reader), Token("alone", occurrence.ritual, wanted), privately=True))
    found.append(Choice(turn.say("choice-not-this-one", reader), Token("hide", occurrence.id), privately=True))
    return found
