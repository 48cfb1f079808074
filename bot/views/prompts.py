"""How an occurrence looks in the chat."""

from __future__ import annotations

from bot.decks import Deck, Kind
from bot.model import ASKED, Couple, Delivery, Kept, Occurrence, Partner, Reply, Role, State
from bot.posts import Choice, Post, Recorded, Span, Style, Text, Token
from bot.rotation import opener
from bot.store import Line
from bot.turn import Turn
from bot.views import ideas, pauses, timers, visits, walks
from bot.views.quiet import is_anybodys_night
from bot.wording import as_said, both_times

FIRST_POSTS = 3
"""How many posts tell a new couple how to answer."""


def occurrence_post(turn: Turn, occurrence: Occurrence) -> Post:
    """The post of an occurrence, as it stands now."""
    couple = turn.store.people.couple(occurrence.couple)
    deck = turn.deck_of(occurrence)
    if deck.kind is Kind.WALK:
        return walks.chat_post(turn, occurrence)
    if deck.pause is not None:
        return pauses.chat_post(turn, occurrence, deck.pause)
    if deck.timer is not None:
        return timers.chat_post(turn, occurrence)
    if occurrence.state == State.QUIET_DAY:
        return turn.line("quiet-day", couple)
    if deck.ideas is not None:
        quiet = _is_quiet(turn, couple, deck) or _was_asked_for(occurrence)
        return ideas.chat_post(turn, occurrence, deck.ideas, quiet=quiet)
    wording = _wording(turn, couple, deck, occurrence)
    text: Text = (Span(deck.title, Style.STRONG), *([Span("\n" + wording)] if wording != deck.title else []))
    if deck.kind is not Kind.TAP and _is_among_the_first(turn, occurrence):
        text += (
            Span("\n\n" + turn.say(f"how-to-answer-{deck.kind.value}", couple, host=turn.host(couple)), Style.SOFT),
        )
    if deck.kind is Kind.OPEN and occurrence.state == State.OPEN:
        text += visits.countdown(turn, couple)
    how_to_reply = turn.say("how-to-reply", couple) if deck.kind is Kind.OPEN else ""
    choices = _choices(turn, couple, deck, occurrence)
    return Post(
        text, choices, quiet=_is_quiet(turn, couple, deck) or _was_asked_for(occurrence), how_to_reply=how_to_reply
    )


def question(turn: Turn, occurrence: Occurrence) -> str:
    """What is asked where one answers in one's own words."""
    deck = turn.deck_of(occurrence)
    if deck.walk is not None and deck.walk.writing is not None:
        return deck.walk.writing.text
    return deck.prompt(occurrence.prompt).text


def delivered_occurrence(turn: Turn, delivery: Delivery) -> Post | None:
    """The occurrence that a delivery is about; nothing if it closed before it could be posted."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    return occurrence_post(turn, occurrence) if occurrence else None


def delivered_note(turn: Turn, delivery: Delivery) -> Post | None:
    """A partner's private note at their own time, unless they answered, skipped, rest or wish for none."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None or occurrence.state != State.OPEN:
        return None
    partner = turn.store.people.partner(account.partner)
    part = turn.store.occurrences.part(occurrence.id, partner.id)
    couple = turn.store.people.couple(occurrence.couple)
    if part.role == Role.SKIPPED or max(partner.rest_until, couple.rest_until) > turn.now or not partner.nudges:
        return None
    if turn.store.replies.answered(occurrence.id, partner.id):
        return None
    deck = turn.deck_of(occurrence)
    words = _wording(turn, couple, deck, occurrence)
    text: Text = (Span(deck.title, Style.STRONG), Span("\n" + words))
    if deck.kind is Kind.OPEN:
        text += (Span("\n\n" + turn.say("answer-is-read", partner), Style.SOFT),)
    choices = tuple(choice for choice in _choices(turn, partner, deck, occurrence) if choice.token.verb != "notday")
    return Post(text, choices, quiet=True)


def delivered_words(turn: Turn, delivery: Delivery) -> Post | None:
    """Words that a partner gave in a form, carried to the room under their name."""
    line = carried_line(turn, delivery)
    is_sealed = line is not None and _is_sealed(turn, line)
    if line is None or line.reply.hidden or (is_sealed and not line.reply.shared):
        return None
    author = turn.store.people.partner(line.reply.partner)
    words = (Span(author.name, Style.STRONG), Span("\n"), _quoted(turn, author, line))
    partners = turn.store.people.partners(author.couple)
    for_two = is_sealed and not all(partner.minds_no_readers for partner in partners)
    return Post(words, recorded=_recorded(line), quiet=True, for_two=for_two)


def _is_sealed(turn: Turn, line: Line) -> bool:
    occurrence = turn.store.occurrences.occurrence(line.reply.occurrence)
    deck = turn.deck_behind(occurrence) if occurrence else None
    return deck is not None and deck.kind is Kind.SEALED


def _recorded(line: Line) -> Recorded | None:
    if line.reply.kept not in (Kept.VOICE, Kept.PICTURE):
        return None
    handle = line.words.partition("\n")[0]
    platform = line.reply.source.partition("/")[0]
    is_voice = line.reply.kept == Kept.VOICE
    return Recorded(platform, handle.partition(" ")[2] if is_voice else handle, is_voice)


def _quoted(turn: Turn, author: Partner, line: Line) -> Span:
    words = as_said(turn, turn.store.people.couple(author.couple), line.reply.kept, line.words)
    return Span(words, Style.QUOTE if line.reply.kept == Kept.WORDS else Style.SOFT)


def carried_line(turn: Turn, delivery: Delivery) -> Line | None:
    """The reply that a delivery carries."""
    reply: Reply | None = turn.store.replies.reply(delivery.subject)
    occurrence = turn.store.occurrences.occurrence(reply.occurrence) if reply else None
    return turn.store.replies.line(occurrence, reply) if reply and occurrence else None


def _wording(turn: Turn, couple: Couple, deck: Deck, occurrence: Occurrence) -> str:
    if deck.sealed is None:
        before = opener(deck, f"{occurrence.couple}/{occurrence.day}/{occurrence.prompt}")
        return "\n\n".join(filter(None, (before, deck.prompt(occurrence.prompt).text)))
    partners = turn.store.people.partners(occurrence.couple)
    times = both_times(turn, couple, partners, occurrence.shares_at)
    return deck.sealed.room_text.format(share_times=times, prompt=deck.prompt(occurrence.prompt).text)


def _choices(turn: Turn, reader: Couple | Partner, deck: Deck, occurrence: Occurrence) -> tuple[Choice, ...]:
    if occurrence.state != State.OPEN:
        return ()
    match deck.kind:
        case Kind.OPEN:
            return (
                Choice(turn.say("choice-answer", reader), Token("write", occurrence.id)),
                Choice(turn.say("choice-not-the-day", reader), Token("notday", occurrence.id)),
                *_listening(turn, reader, deck, occurrence),
            )
        case Kind.OFFER:
            return (Choice(turn.say("choice-not-the-day", reader), Token("notday", occurrence.id)),)
        case Kind.TAP:
            return (Choice(deck.tap_label, Token("tap", occurrence.id)),)
        case Kind.SEALED:
            label = turn.say("choice-answer-in-private", reader)
            return (Choice(label, Token("checkin", occurrence.id), privately=True),)
        case Kind.WALK | Kind.PAUSE | Kind.TIMER | Kind.NUDGE | Kind.IDEAS:
            return ()


def _listening(turn: Turn, reader: Couple | Partner, deck: Deck, occurrence: Occurrence) -> tuple[Choice, ...]:
    """A line for whoever listens, where the deck has some."""
    label, token = turn.say("choice-listen", reader), Token("tip", occurrence.id)
    return (Choice(label, token, privately=True),) if deck.tips else ()


def _is_among_the_first(turn: Turn, occurrence: Occurrence) -> bool:
    return turn.store.occurrences.is_among_the_first(occurrence.couple, occurrence.id, FIRST_POSTS)


def _was_asked_for(occurrence: Occurrence) -> bool:
    # Who asks is looking; a bell that rings at some hours only would tell the other's quiet ones.
    return occurrence.slot.startswith(ASKED)


def _is_quiet(turn: Turn, couple: Couple, deck: Deck) -> bool:
    """No phone rings for a quiet deck, in gentle days, or at anybody's night."""
    if deck.quiet or couple.gentle_until > turn.now:
        return True
    return is_anybodys_night(turn, couple)
