"""Partners answer: an open prompt by a reply or a form, the sunset line by a tap."""

from __future__ import annotations

from bot import agreements, outbox, thinning
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Edited, Happening, Part, Pressed, Said, Submitted, Vanished
from bot.heard import parts_of, source_of, words_of
from bot.lighter import lighten
from bot.model import Occurrence, Reply, Role, State
from bot.posts import Answer, Ask, Done, InPrivate, Mark, Show, Silence, Token
from bot.stepping import await_words, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import forms, prompts

SENT_AGAIN_WITHIN = 15 * 60
"""Seconds for which the same words in a form are the same answer; so long an app keeps a form open."""


def reply(turn: Turn, who: Who, said: Said) -> Answer:
    """Record a reply to one of the bot's posts."""
    delivery = turn.store.deliveries.behind(turn.store.people, said.reply_to) if said.reply_to else None
    if delivery is None:
        return Silence()
    occurrence = _meant(turn, delivery.view, delivery.subject)
    if occurrence is None or occurrence.couple != who.couple.id:
        return Silence()
    kind = turn.deck_of(occurrence).kind
    if not kind.asks and not agreements.takes_lines(turn, occurrence):
        # What the two say to each other then is theirs.
        return Silence()
    if kind is Kind.SEALED:
        raise Refusal("reply-in-private")
    return _record(turn, who, occurrence, said, said.parts)


def open_form(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Open the form for an open prompt."""
    occurrence = theirs(turn, who, pressed.token.subject)
    _takes_words(turn, occurrence)
    question = prompts.question(turn, occurrence)
    if isinstance(pressed.place, InPrivate):
        await_words(turn, who, str(Token("write", occurrence.id)))
    return Ask(forms.answer_form(turn, who.partner, occurrence, question))


def submit(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Record what was written after "Answer", and carry it to where it was not seen."""
    answer = _record(turn, who, theirs(turn, who, token.subject), written, parts_of(written))
    if who.partner.awaiting == str(token):
        await_words(turn, who, "")
    return answer


def tap(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Record a tap quietly: no count, no name."""
    occurrence = theirs(turn, who, pressed.token.subject)
    if turn.deck_of(occurrence).kind is not Kind.TAP:
        raise Refusal("old-choice")
    _still_open(occurrence)
    turn.store.replies.tap(occurrence, who.partner.id, turn.now)
    turn.store.rituals.change(occurrence.ritual, untouched=0)
    return Show(turn.line("tapped", who.partner), privately=True)


def not_the_day(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Turn the post into a quiet day for both, whoever pressed; two gentle days follow."""
    occurrence = theirs(turn, who, pressed.token.subject)
    if not turn.deck_of(occurrence).kind.has_its_day:
        raise Refusal("old-choice")
    if occurrence.state != State.QUIET_DAY:
        _still_open(occurrence)
        turn.store.occurrences.change(occurrence.id, state=State.QUIET_DAY)
        lighten(turn, who.couple.id)
        outbox.change_posts(turn, "occurrence", occurrence.id)
    return Show(prompts.occurrence_post(turn, theirs(turn, who, occurrence.id)), in_place=True)


def edit(turn: Turn, who: Who, edited: Edited) -> Answer:
    """An edited message changes the record."""
    for written in turn.store.replies.from_message(source_of(edited), who.partner.id):
        occurrence = theirs(turn, who, written.occurrence)
        words, kept = words_of(edited.parts)
        if words and not _was_shared(occurrence, written):
            words = forms.still_fitting(turn.deck_behind(occurrence), occurrence, written, words, kept)
            turn.store.replies.rewrite(occurrence, written, words, turn.now)
            outbox.change_posts(turn, "carried", written.id)
            agreements.lines_changed(turn, occurrence)
            return Done(Mark.RECORDED)
    return Silence()


def vanish(turn: Turn, vanished: Vanished) -> Answer:
    """A message that is gone takes its words out of what is shown; the record stays its author's.

    Whose it was the platform does not always tell; its address is enough.
    """
    for written in turn.store.replies.from_message(source_of(vanished)):
        turn.store.replies.hide(written.id)
        outbox.remove_posts(turn, "carried", written.id)
        occurrence = turn.store.occurrences.occurrence(written.occurrence)
        if occurrence is not None:
            agreements.lines_changed(turn, occurrence)
    return Silence()


def skip(turn: Turn, who: Who) -> Answer:
    """Skip what is open, alone and without a trace."""
    for occurrence in turn.store.occurrences.open_in(who.couple.id):
        if not turn.deck_of(occurrence).kind.asks:
            # A walk stops by a choice of its own, and of the other's they must not hear; an offer needs no answer.
            continue
        part = turn.store.occurrences.part(occurrence.id, who.partner.id)
        if part.role != Role.SKIPPED and not turn.store.replies.answered(occurrence.id, who.partner.id):
            turn.store.occurrences.change_part(part.id, role=Role.SKIPPED, ready_at=0)
            title = turn.deck_of(occurrence).title
            return Show(turn.line("skipped", who.partner, title=title), privately=True)
    return Show(turn.line("nothing-to-skip", who.partner), privately=True)


def _record(turn: Turn, who: Who, occurrence: Occurrence, event: Happening, parts: tuple[Part, ...]) -> Answer:
    _takes_words(turn, occurrence, event.moment)
    words, kept = words_of(parts)
    if not words:
        raise Refusal("nothing-written")
    if event.message is None and _was_just_said(turn, who, occurrence, words):
        return Done(Mark.RECORDED)
    source = source_of(event)
    if turn.store.replies.append(occurrence, who.partner.id, words, source, turn.now, kept):
        ritual = turn.store.rituals.ritual(occurrence.ritual)
        if ritual is not None:
            thinning.was_answered(turn, ritual)
        _carry(turn, who, occurrence, event, source)
        agreements.lines_changed(turn, occurrence)
    return Done(Mark.RECORDED)


def _was_just_said(turn: Turn, who: Who, occurrence: Occurrence, words: str) -> bool:
    """Whether a form with these words was sent a moment ago; who is told that it failed sends it again."""
    lines = turn.store.replies.lines(occurrence, who.partner.id)
    return any(line.words == words and turn.now - line.reply.written_at < SENT_AGAIN_WITHIN for line in lines)


def _carry(turn: Turn, who: Who, occurrence: Occurrence, event: Happening, source: str) -> None:
    """Words go under their author's name to each room that has not seen them."""
    seen_in = event.place if event.message else None
    written = turn.store.replies.from_source(occurrence.id, who.partner.id, source)
    if written is not None:
        outbox.to_rooms(turn, who.couple.id, "carried", written.id, f"carried/{written.id}", but=seen_in)


def _meant(turn: Turn, view: str, subject: int) -> Occurrence | None:
    """The occurrence behind a post: its own, its note, or words that were carried."""
    if view in ("occurrence", "note"):
        return turn.store.occurrences.occurrence(subject)
    if view == "carried":
        written = turn.store.replies.reply(subject)
        return turn.store.occurrences.occurrence(written.occurrence) if written else None
    return None


def _takes_words(turn: Turn, occurrence: Occurrence, written_at: int = 0) -> None:
    """Decline a forged choice: of an offer nothing is kept, a form has its own questions, a walk its step."""
    if not turn.deck_of(occurrence).kind.takes_words and not agreements.takes_lines(turn, occurrence):
        raise Refusal("walk-closed" if agreements.walk_of(turn, occurrence) else "old-choice")
    _still_open(occurrence, written_at)


def _still_open(occurrence: Occurrence, written_at: int = 0) -> None:
    if occurrence.state == State.QUIET_DAY:
        raise Refusal("quiet-day")
    # What was written in time and heard too late, because nobody was there to hear it, counts.
    in_time = occurrence.state == State.CLOSED and occurrence.due_at <= written_at < occurrence.closes_at
    if occurrence.state != State.OPEN and not in_time:
        raise Refusal("closed")


def _was_shared(occurrence: Occurrence, written: Reply) -> bool:
    return occurrence.state == State.SHARED and bool(written.item) and written.shared
