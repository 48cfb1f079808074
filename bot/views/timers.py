"""How a timer looks: one post that says until when, a quiet line halfway, and a line at its end."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Couple, Delivery, Occurrence, Partner, Ritual, State
from bot.posts import Choice, Post, Span, Style, Token
from bot.turn import Turn
from bot.views.quiet import is_anybodys_night
from bot.walks import Timer
from bot.wording import both_times


def how_long(turn: Turn, couple: Couple, ritual: Ritual) -> Post:
    """The question for how long."""
    timer = _timer(turn, ritual)
    choices = [
        Choice(
            turn.say("choice-timer-minutes", couple, minutes=str(minutes)), Token("timer", ritual.id, f"for_{minutes}")
        )
        for minutes in timer.minutes
    ]
    back = Choice(turn.say("choice-back", couple), Token("ritual", ritual.id, "see"))
    return Post((Span(timer.ask),), (*choices, back))


def ends_at(turn: Turn, reader: Partner | Couple, occurrence: Occurrence) -> str:
    """The moment of its end, on both walls."""
    partners = turn.store.people.partners(occurrence.couple)
    return both_times(turn, reader, partners, occurrence.closes_at, day=False)


def chat_post(turn: Turn, occurrence: Occurrence) -> Post:
    """What the chat reads; who asked for it, and who ended it, is not told by it."""
    couple = turn.store.people.couple(occurrence.couple)
    title, timer = _title(turn, occurrence), _timer(turn, occurrence)
    if occurrence.state != State.OPEN:
        return Post((title, Span(turn.say("timer-over", couple))), quiet=True)
    runs = timer.runs.format(until=ends_at(turn, couple, occurrence))
    ends = Choice(turn.say("choice-timer-end", couple), Token("timer", occurrence.id, "end"))
    return Post((title, Span(f"{runs}\n\n{_one_of(timer.start, occurrence)}")), (ends,), quiet=True)


def delivered_half(turn: Turn, delivery: Delivery) -> Post | None:
    """A quiet line halfway; nothing where it is over already."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    if occurrence is None or occurrence.state != State.OPEN:
        return None
    return Post((_title(turn, occurrence), Span(_one_of(_timer(turn, occurrence).halfway, occurrence))), quiet=True)


def delivered_over(turn: Turn, delivery: Delivery) -> Post | None:
    """The line at its end, whether it ran out or was ended."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    if occurrence is None:
        return None
    quiet = is_anybodys_night(turn, turn.store.people.couple(occurrence.couple))
    return Post((_title(turn, occurrence), Span(_one_of(_timer(turn, occurrence).over, occurrence))), quiet=quiet)


def _title(turn: Turn, occurrence: Occurrence) -> Span:
    return Span(turn.deck_of(occurrence).title + "\n", Style.STRONG)


def _timer(turn: Turn, row: Ritual | Occurrence) -> Timer:
    timer = turn.deck_of(row).timer
    assert timer is not None, "a row of a deck of another kind"
    return timer


def _one_of(lines: Sequence[str], occurrence: Occurrence) -> str:
    """One of several lines; the same whenever the post is shown anew."""
    return lines[occurrence.due_at // 60 % len(lines)]
