"""How a pause looks: one post with the time to come back, a quiet question before it, and what is read at its end."""

from __future__ import annotations

from bot.decks import Deck
from bot.model import Couple, Delivery, Kept, Occurrence, Partner, State
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.store import Line
from bot.turn import Turn
from bot.views.support import BESIDE
from bot.walks import Pause
from bot.wording import both_times

CALM, NOT_TODAY = "calm", "not-today"
"""What a partner said shortly before the return; kept until the pause is over and never shown."""

A_DAY = 24 * 60
AN_HOUR = 60
TIMES_LOOKED_AT = 5
"""How many of the times that somebody went through the set-up are looked at for what they said last."""

BEFORE = 300
"""Seconds before the return at which both are asked."""


def back_at(turn: Turn, reader: Partner | Couple, occurrence: Occurrence) -> str:
    """The moment of the return, on both walls."""
    partners = turn.store.people.partners(occurrence.couple)
    is_today = occurrence.closes_at - turn.now < A_DAY * 30
    return both_times(turn, reader, partners, occurrence.closes_at, day=not is_today)


def how_long(turn: Turn, partner: Partner, deck: Deck, occurrence: int = 0) -> Post:
    """The question for how long; of a pause that is on, for how much longer."""
    pause = deck.pause
    assert pause is not None, "a deck of another kind"
    choices = [
        Choice(_span(turn, partner, minutes), Token("pause", occurrence, f"for_{minutes}"), privately=True)
        for minutes in pause.minutes
    ]
    tomorrow = Choice(turn.say("choice-pause-tomorrow", partner), Token("pause", occurrence, f"for_{A_DAY}"))
    if occurrence:
        return Post((Span(turn.say("pause-until-when", partner)),), (*choices, tomorrow))
    text: Text = (Span(pause.ask),)
    words = _their_words(turn, partner, pause)
    if words:
        text += (Span("\n\n" + turn.say("pause-words", partner), Style.SOFT), *words)
    return Post(text, (*choices, tomorrow, *_set_up(turn, partner, pause)))


def welcomes_a_line(turn: Turn, partner: Partner, pause: Pause) -> bool:
    """Whether a partner has said, alone, that a line during a pause is welcome."""
    found = _latest(turn, partner, pause, pause.lines)
    return found is not None and found.words == "0"


def delivered_line(turn: Turn, delivery: Delivery) -> Post | None:
    """One line during a pause, to whoever welcomes it; nothing where the pause is over or they changed their mind."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None or occurrence.state != State.OPEN:
        return None
    partner, pause = turn.store.people.partner(account.partner), _pause(turn, occurrence)
    welcome = welcomes_a_line(turn, partner, pause) and partner.rest_until <= turn.now
    return Post((Span(line_meanwhile(turn, partner, pause)),), quiet=True) if welcome else None


def line_meanwhile(turn: Turn, partner: Partner, pause: Pause) -> str:
    """A line for meanwhile, another one each minute."""
    return pause.meanwhile[(turn.now // 60 + partner.id) % len(pause.meanwhile)]


def chat_post(turn: Turn, occurrence: Occurrence, pause: Pause) -> Post:
    """What the chat reads; who called it is not told by it."""
    couple = turn.store.people.couple(occurrence.couple)
    text = pause.called.format(back=back_at(turn, couple, occurrence))
    if occurrence.state != State.OPEN:
        # What follows, the post at its end says, in words that depend on what both said.
        title = Span(turn.deck_of(occurrence).title + "\n", Style.STRONG)
        return Post((title, Span(turn.say("pause-past", couple))), quiet=True)
    choices = (
        Choice(turn.say("choice-pause-meanwhile", couple), Token("pause", occurrence.id, "meanwhile"), privately=True),
        Choice(turn.say("choice-pause-later", couple), Token("pause", occurrence.id, "later"), privately=True),
    )
    return Post((Span(text),), choices, quiet=True)


def called(turn: Turn, partner: Partner, occurrence: Occurrence) -> Post:
    """To whoever called it: until when, and a way to end it."""
    text = turn.say("pause-called", partner, back=back_at(turn, partner, occurrence))
    return Post((Span(text),), (_choice(turn, partner, occurrence, "later"), _choice(turn, partner, occurrence, "end")))


def delivered_before(turn: Turn, delivery: Delivery) -> Post | None:
    """Shortly before the return, to each alone; nothing where the return was moved since."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None or occurrence.state != State.OPEN:
        return None
    partner = turn.store.people.partner(account.partner)
    if occurrence.closes_at - turn.now > BEFORE:
        return None
    found = tuple(_choice(turn, partner, occurrence, what) for what in (CALM, "more", NOT_TODAY))
    more = Choice(turn.say("choice-more", partner), Token("more", 0, BESIDE), privately=True)
    return Post((Span(_pause(turn, occurrence).before),), (*found, more))


def delivered_moved(turn: Turn, delivery: Delivery) -> Post | None:
    """The return was moved; nothing where it is over already."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    if occurrence is None or occurrence.state != State.OPEN:
        return None
    couple = turn.store.people.couple(occurrence.couple)
    return Post((Span(_pause(turn, occurrence).moved.format(back=back_at(turn, couple, occurrence))),), quiet=True)


def delivered_over(turn: Turn, delivery: Delivery) -> Post | None:
    """The return: back if both said so; else it is over, whoever said what or nothing."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    if occurrence is None:
        return None
    pause = _pause(turn, occurrence)
    said = [part.step for part in turn.store.occurrences.parts(occurrence.id)]
    head = pause.not_today if NOT_TODAY in said else pause.back if said.count(CALM) > 1 else pause.over
    couple = turn.store.people.couple(occurrence.couple)
    repair = next((one for one in turn.decks_of(couple.id).values() if one.command == "repair"), None)
    if repair is None or NOT_TODAY in said:
        return Post((Span(head),))
    begins = Choice(turn.say("choice-pause-repair", couple), Token("practice", 0, repair.id), privately=True)
    return Post((Span(f"{head}\n\n"), Span(pause.repair, Style.SOFT)), (begins,))


def delivered_again(turn: Turn, delivery: Delivery) -> Post | None:
    """To both, after a second pause within a day: where a person can turn to."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None:
        return None
    partner = turn.store.people.partner(account.partner)
    more = Choice(turn.say("choice-more", partner), Token("more"), privately=True)
    return Post((Span(_pause(turn, occurrence).again),), (more,), quiet=True)


def _set_up(turn: Turn, partner: Partner, pause: Pause) -> tuple[Choice, ...]:
    found = turn.decks_of(partner.couple).get(pause.set_up)
    return () if found is None else (Choice(found.title, Token("practice", 0, found.id), privately=True),)


def _their_words(turn: Turn, partner: Partner, pause: Pause) -> Text:
    """The words that mean pause for the two, each where its author has shown it."""
    text: Text = ()
    for one in turn.store.people.partners(partner.couple):
        found = _latest(turn, one, pause, pause.word)
        if found is not None and found.reply.shared and found.reply.kept == Kept.WORDS:
            text += (Span("\n"), Span(found.words, Style.QUOTE))
    return text


def _latest(turn: Turn, partner: Partner, pause: Pause, step: str) -> Line | None:
    """What a partner answered at a step of the set-up when they went through it last."""
    walks = (one for one in turn.store.rituals.of_partner(partner.id) if one.deck == pause.set_up)
    times = (time for walk in walks for time in turn.store.occurrences.past(walk.id, TIMES_LOOKED_AT))
    for occurrence in times:
        reply = turn.store.replies.of_item(occurrence.id, partner.id, step)
        if reply is not None:
            return turn.store.replies.line(occurrence, reply)
    return None


def _pause(turn: Turn, occurrence: Occurrence) -> Pause:
    pause = turn.deck_of(occurrence).pause
    assert pause is not None, "an occurrence that is no pause"
    return pause


def _span(turn: Turn, partner: Partner, minutes: int) -> str:
    hours, rest = divmod(minutes, AN_HOUR)
    if rest or not hours:
        return turn.say("choice-pause-minutes", partner, minutes=str(minutes))
    return turn.say("choice-pause-hour" if hours == 1 else "choice-pause-hours", partner, hours=str(hours))


def _choice(turn: Turn, partner: Partner, occurrence: Occurrence, what: str) -> Choice:
    return Choice(turn.say(f"choice-pause-{what}", partner), Token("pause", occurrence.id, what), privately=True)
