"""How two ideas look: side by side, then the one that was picked, or a line that lets it be; never who pressed."""

from __future__ import annotations

from bot.decks import Ideas
from bot.model import NOT_THIS_WEEK, Couple, Occurrence, Partner, State
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.turn import Turn
from bot.views import appointments

RATHER = "rather_"
"""Before an idea's id in a choice that changes what stands; without it a choice picks only where nothing stands yet."""

AGAIN = "see_again"
"""In the place of an idea's id: to look at both once more, alone."""

PLACES = ("first", "second")


def chat_post(turn: Turn, occurrence: Occurrence, ideas: Ideas, *, quiet: bool) -> Post:
    """The one post, as it stands now."""
    couple = turn.store.people.couple(occurrence.couple)
    deck = turn.deck_of(occurrence)
    text: Text = (Span(deck.title, Style.STRONG),)
    if occurrence.picked == NOT_THIS_WEEK:
        text += (Span(f"\n{ideas.none}"),)
    elif occurrence.picked:
        text += (Span(f"\n{ideas.picked}\n"), Span(deck.prompt(occurrence.picked).text, Style.STRONG))
        text += _when(turn, couple, occurrence)
    else:
        text += (Span(f"\n{ideas.intro}"), *_lines(turn, couple, occurrence))
    choices = _choices(turn, couple, occurrence) if occurrence.state == State.OPEN else ()
    appointment = appointments.appointment_of(turn, occurrence)
    return Post(text, choices, quiet=quiet, appointment=appointment)


def both_again(turn: Turn, partner: Partner, occurrence: Occurrence, ideas: Ideas) -> Post:
    """Both ideas once more, for one who looks at them after all."""
    return Post((Span(ideas.intro), *_lines(turn, partner, occurrence)), _picks(turn, partner, occurrence, RATHER))


def _lines(turn: Turn, reader: Couple | Partner, occurrence: Occurrence) -> Text:
    deck = turn.deck_of(occurrence)
    both = zip(PLACES, occurrence.prompt.split(), strict=False)
    return tuple(Span("\n\n" + turn.say(f"idea-{place}", reader, idea=deck.prompt(name).text)) for place, name in both)


def _choices(turn: Turn, couple: Couple, occurrence: Occurrence) -> tuple[Choice, ...]:
    if occurrence.picked == NOT_THIS_WEEK:
        return (_choice(turn, couple, occurrence, "again", AGAIN, privately=True),)
    none = _choice(turn, couple, occurrence, "none", NOT_THIS_WEEK)
    others = [name for name in occurrence.prompt.split() if name != occurrence.picked]
    if not occurrence.picked:
        return (*_picks(turn, couple, occurrence), none)
    rather = (_choice(turn, couple, occurrence, "other", RATHER + name) for name in others)
    return (*_time_choices(turn, couple, occurrence), *rather, none)


def _when(turn: Turn, couple: Couple, occurrence: Occurrence) -> Text:
    if not occurrence.begins_at:
        return ()
    moment = appointments.when(turn, couple, occurrence, occurrence.begins_at)
    return (Span("\n\n" + turn.say("idea-when", couple, when=moment)),)


def _time_choices(turn: Turn, couple: Couple, occurrence: Occurrence) -> tuple[Choice, ...]:
    phrase = "choice-date-move" if occurrence.begins_at else "choice-date-when"
    asks = Choice(turn.say(phrase, couple), Token("date", occurrence.id, "when"), privately=True)
    return (asks, appointments.file_choice(turn, couple, occurrence)) if occurrence.begins_at else (asks,)


def _picks(turn: Turn, reader: Couple | Partner, occurrence: Occurrence, head: str = "") -> tuple[Choice, ...]:
    both = zip(PLACES, occurrence.prompt.split(), strict=False)
    return tuple(_choice(turn, reader, occurrence, place, head + name) for place, name in both)


def _choice(
    turn: Turn, reader: Couple | Partner, occurrence: Occurrence, what: str, value: str, *, privately: bool = False
) -> Choice:
    return Choice(turn.say(f"choice-idea-{what}", reader), Token("idea", occurrence.id, value), privately)
