"""Why a prompt was chosen, in a sentence that is made of nothing but what both can see."""

from __future__ import annotations

from bot.model import Occurrence, Partner, State
from bot.posts import Choice, Post, Span, Style, Token
from bot.sheets import prompt_in
from bot.turn import Turn

EXCHANGES_A_DAY = 3
"""How often a day another prompt may take a prompt's place."""

LOOKS_BACK = 30

SAID_ALIKE = {"rule-relaxed": "rule-fresh", "rule-own": "rule-fresh"}
"""Rules that are said in the words of another one.

Whether a prompt had rested long enough depends on how many may come, and so on what each left out alone. That a line is
one that one of the two added, its author alone says.
"""

SAID = (
    "rule-first",
    "rule-fresh",
    "rule-season",
    "rule-after-repair",
    "rule-gentle",
    "rule-three",
    "rule-hard-feelings",
)


def was_chosen(turn: Turn, occurrence: Occurrence) -> bool:
    """Whether an occurrence came to both and has a prompt that was chosen among others."""
    deck, ritual = turn.deck_behind(occurrence), turn.store.rituals.ritual(occurrence.ritual)
    is_shared = ritual is not None and not ritual.partner
    return is_shared and deck is not None and any(one.id in _asked(occurrence) for one in deck.prompts)


def reason(turn: Turn, reader: Partner, occurrence: Occurrence) -> Post:
    """The prompt, the rule that chose it, and a way to another one while nobody has answered."""
    deck = turn.deck_of(occurrence)
    text = (
        Span(deck.title, Style.STRONG),
        Span("".join(f"\n{deck.prompt(name).text}" for name in _asked(occurrence)), Style.SOFT),
        Span("\n\n" + turn.say(rule_said(occurrence.rule), reader)),
    )
    if not may_be_exchanged(turn, occurrence) or not exchanges_left(turn, occurrence):
        return Post(text)
    token = Token("instead", occurrence.id, occurrence.prompt)
    return Post(text, (Choice(turn.say("choice-instead", reader), token, privately=True),))


def _asked(occurrence: Occurrence) -> list[str]:
    """The ids of its prompt, or of both ideas."""
    return prompt_in(occurrence.prompt).split()


def rule_said(rule: str) -> str:
    """The phrase for a rule; what one of the two set alone must not choose between two phrases."""
    said = SAID_ALIKE.get(rule, rule)
    return said if said in SAID else "rule-fresh"


def may_be_exchanged(turn: Turn, occurrence: Occurrence) -> bool:
    """Whether a prompt stands in the chat and nobody has answered it, as both can see there."""
    # Whether a tap came, or a sealed answer, is its author's to know: there nothing may depend on it.
    is_seen = turn.deck_of(occurrence).kind.has_its_day and not occurrence.shares_at
    return is_seen and occurrence.state == State.OPEN and not turn.store.replies.answered(occurrence.id)


def exchanges_left(turn: Turn, occurrence: Occurrence) -> int:
    """How often another prompt may still take a prompt's place on an occurrence's day."""
    recent = turn.store.occurrences.of_couple(occurrence.couple, turn.now + 1, LOOKS_BACK)
    return EXCHANGES_A_DAY - sum(len(one.put_away.split()) for one in recent if one.day == occurrence.day)
