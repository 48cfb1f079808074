"""How it looks when two write something down together: their lines, a yes of each, the day to look again."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from bot.decks import Deck
from bot.model import Couple, Kept, Occurrence, Partner, State
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.store import Line
from bot.turn import Turn
from bot.walks import Step, Walk

AGREED, LOOKS, LET_GO = "agreed", "looks", "let-go"
"""Where an occurrence is whose lines stand, are looked at again, or were let go."""

DAYS_OFFERED = (14, 30, 91)
STARTERS_SHOWN = 3


def lines(turn: Turn, occurrence: Occurrence) -> list[Line]:
    """What the two wrote in the chat of a walk and did not take back."""
    return [one for one in turn.store.replies.lines(occurrence) if not one.reply.item and not one.reply.hidden]


def so_far(turn: Turn, occurrence: Occurrence) -> Text:
    """Their lines as they stand, each under its author's name."""
    couple = turn.store.people.couple(occurrence.couple)
    names = {one.id: one.name for one in turn.store.people.partners(couple.id)}
    text: Text = ()
    for line in lines(turn, occurrence):
        said = line.reply.kept in (Kept.VOICE, Kept.PICTURE)
        words = turn.say(f"history-{line.reply.kept}", couple) if said else line.words
        author = names.get(line.reply.partner, "")
        text += (Span(f"\n\n{author}\n", Style.STRONG), Span(words, Style.SOFT if said else Style.QUOTE))
    return text


def wording(turn: Turn, occurrence: Occurrence) -> str:
    """What tells this wording from any other one, without a word of it."""
    told = ",".join(f"{one.reply.id}.{one.reply.edited_at}" for one in lines(turn, occurrence))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def suits_both(turn: Turn, occurrence: Occurrence) -> bool:
    """Whether each has said yes to the wording as it stands now."""
    said = [part.step for part in turn.store.occurrences.parts(occurrence.id)]
    return len(said) > 1 and set(said) == {wording(turn, occurrence)}


def standing_post(turn: Turn, occurrence: Occurrence, deck: Deck, walk: Walk) -> Post:
    """The post once the lines stand, when they are looked at again, and when they were let go."""
    couple = turn.store.people.couple(occurrence.couple)
    title = Span(deck.title, Style.STRONG)
    if occurrence.prompt == LET_GO:
        return Post((title, Span("\n" + turn.say("agree-let-go", couple))), quiet=True)
    if occurrence.prompt == LOOKS and walk.dating is not None:
        head = Span("\n" + walk.dating.review)
        return Post((title, head, *so_far(turn, occurrence)), _about_it(turn, couple, occurrence), quiet=True)
    text: Text = (title, Span("\n" + walk.over), *so_far(turn, occurrence))
    if walk.settling is not None and not suits_both(turn, occurrence):
        text += (Span("\n\n" + turn.say("agree-changed-since", couple), Style.SOFT),)
    if occurrence.state == State.OPEN and occurrence.shares_at:
        text += (Span("\n\n" + turn.say("agree-on", couple, day=_day(turn, couple, occurrence.shares_at)), Style.SOFT),)
    again = Choice(turn.say("choice-agree-look", couple), Token("agree", occurrence.id, "look"))
    return Post(text, (again,) if walk.dating else (), quiet=True)


def what_stands(turn: Turn, partner: Partner, deck: Deck, standing: list[Occurrence]) -> Post:
    """To one of the two alone: what they agreed on, each to look at again, and a way to begin another one."""
    text: Text = (Span(deck.title, Style.STRONG),)
    found = [Choice(turn.say("choice-agree-another", partner), Token("practice", 0, deck.id), privately=True)]
    for number, occurrence in enumerate(standing, 1):
        text += (Span(f"\n\n{number}", Style.STRONG), *so_far(turn, occurrence))
        label = turn.say("choice-agree-look-at", partner, number=str(number))
        found.append(Choice(label, Token("agree", occurrence.id, "look"), privately=True))
    return Post(text, tuple(found))


def choices(turn: Turn, occurrence: Occurrence, step: Step) -> tuple[Choice, ...]:
    """What the two can press where they write together, settle it, or choose a day."""
    couple = turn.store.people.couple(occurrence.couple)
    found = []
    if step.writes:
        found.append(Choice(turn.say("choice-write-line", couple), Token("write", occurrence.id)))
    if step.starters:
        found.append(_choice(turn, couple, occurrence, "starters", "starters_0", privately=True))
    if step.asks_each:
        found.append(_choice(turn, couple, occurrence, "suits", "suits", privately=True))
        found.append(_choice(turn, couple, occurrence, "change", "change"))
    if step.asks_date and lines(turn, occurrence):
        found += [_choice(turn, couple, occurrence, f"on-{days}", f"on_{days}") for days in DAYS_OFFERED]
        found.append(_choice(turn, couple, occurrence, "day", "day"))
    return tuple(found)


def date_form(turn: Turn, partner: Partner, occurrence: Occurrence) -> Form:
    """The question for another day."""
    field = Field("day", turn.say("agree-day-label", partner), hint=turn.say("agree-day-hint", partner), longest=60)
    return Form(Token("agree", occurrence.id, "day"), turn.say("choice-agree-day", partner), (field,))


def suits_screen(turn: Turn, occurrence: Occurrence, step: Step) -> Post:
    """The question to one of the two alone; a yes is a yes to the wording that stands here."""
    wanted = f"yes_{wording(turn, occurrence)}"
    found = tuple(
        Choice(label, Token("agree", occurrence.id, wanted if at in step.yes else "notyet"), privately=True)
        for at, label in enumerate(step.options)
    )
    note = (Span("\n\n" + step.note, Style.SOFT),) if step.note else ()
    return Post((Span(step.text), *so_far(turn, occurrence), *note), found)


def starters(turn: Turn, partner: Partner, occurrence: Occurrence, at: int) -> Post:
    """A few beginnings from the deck, to one of the two alone; each time it begins with others."""
    couple, deck = turn.store.people.couple(occurrence.couple), turn.deck_of(occurrence)
    unfit = "no" if couple.apart else "only"
    fit = [one.text for one in deck.prompts if one.distance != unfit and one.depth <= partner.depth]
    first = occurrence.id + at
    text: Text = (Span(turn.say("agree-starters", partner), Style.SOFT),)
    for nth in range(min(STARTERS_SHOWN, len(fit))):
        text += (Span("\n\n" + fit[(first + nth) % len(fit)]),)
    if len(fit) <= STARTERS_SHOWN:
        return Post(text)
    label, following = turn.say("choice-agree-others", partner), f"starters_{at + STARTERS_SHOWN}"
    return Post(text, (Choice(label, Token("agree", occurrence.id, following), privately=True),))


def _about_it(turn: Turn, couple: Couple, occurrence: Occurrence) -> tuple[Choice, ...]:
    return tuple(_choice(turn, couple, occurrence, what, what) for what in ("keep", "change", "letgo"))


def _choice(
    turn: Turn, couple: Couple, occurrence: Occurrence, what: str, value: str, *, privately: bool = False
) -> Choice:
    return Choice(turn.say(f"choice-agree-{what}", couple), Token("agree", occurrence.id, value), privately=privately)


def _day(turn: Turn, couple: Couple, moment: int) -> str:
    day: date = datetime.fromtimestamp(moment, turn.zone(couple.timezone)).date()
    return turn.known.words.day_label(day, couple.locale)
