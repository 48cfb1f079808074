"""What ends when one of the two leaves: everything that would still be posted, and nothing that was written."""

from __future__ import annotations

from bot import agreements, outbox, owndecks
from bot.decks import Kind
from bot.exporting import copied
from bot.model import Partner, State
from bot.posts import Choice, File, Post, Span, Token
from bot.sayings import Saying
from bot.turn import Turn
from bot.views import endings, own
from bot.views.own import Entry, Given, Own

OPEN_FOR = 30 * 86400
"""Seconds for which each can still take a copy of their own words along, and delete them."""


def end(turn: Turn, partner: Partner, *, deletes: bool) -> None:
    """Stop the rituals of both; the room reads one sentence that is the same for any stop."""
    turn.store.people.hold(partner.couple)
    if deletes:
        delete_all(turn, partner)
    turn.store.people.change_partner(partner.id, left_at=turn.now, leaves_at=0, leaves_nothing=False)
    turn.store.people.change_couple(partner.couple, ended_at=turn.now)
    turn.store.rituals.put_to_sleep(partner.couple)
    for occurrence in turn.store.occurrences.open_in(partner.couple):
        # What was marked to share and has not appeared yet never does.
        turn.store.occurrences.change(occurrence.id, state=State.CLOSED)
    turn.store.deliveries.let_go_waiting(partner.couple, turn.now)
    outbox.to_rooms(turn, partner.couple, "farewell", partner.couple, f"farewell/{partner.couple}")


def copy_of(turn: Turn, partner: Partner) -> Post:
    """The post that hands a copy of one's own words over."""
    written = own.entries(turn, partner)[::-1]
    both = Choice(turn.say("choice-export-both", partner), Token("both"), privately=True)
    if not written:
        return Post((Span(turn.say("export-nothing", partner)),), (both,))
    file = File("my-words.zip", copied(turn, partner, written))
    return Post((Span(turn.say("export-mine", partner)),), (both,), file=file)


def copy_of_both(turn: Turn, partner: Partner) -> Post:
    """What both shared, which only both together may take along."""
    found = [one for each in turn.store.people.partners(partner.couple) for one in own.entries(turn, each)]
    # Which of the two added a line to a ritual stands nowhere; the line stands above what was answered to it.
    shared = sorted((one for one in found if isinstance(one, Entry) and one.is_shared), key=lambda one: one.row.id)
    packed = copied(turn, partner, shared, of_both=True)
    return Post((Span(turn.say("export-both", partner)),), file=File("our-words.zip", packed))


def copy_first(turn: Turn, partner: Partner, way: str) -> Post:
    """The same on the way out, with what is left to choose."""
    handed = copy_of(turn, partner)
    rest = endings.with_what(turn, partner, way)
    return Post((*handed.text, Span("\n\n"), *rest.text), rest.choices[1:], file=handed.file)


def delete_all(turn: Turn, partner: Partner) -> None:
    """Delete everything that a partner wrote, taps with it."""
    for shown in own.entries(turn, partner):
        delete(turn, shown)
    turn.store.replies.delete_taps(partner.id, turn.now)


def delete(turn: Turn, shown: Own) -> None:
    """Delete words for good, and take them out of what the chats show."""
    if isinstance(shown, Given):
        delete_given(turn, shown.saying)
    else:
        _delete_answer(turn, shown)


def delete_given(turn: Turn, saying: Saying) -> None:
    """Delete what somebody gave a ritual; where it stands in a chat, the ritual's name stands instead."""
    prompt = owndecks.prompt_id(saying)
    turn.store.sayings.delete(saying, prompt, turn.now)
    for occurrence in turn.store.occurrences.with_prompt(saying.couple, prompt):
        outbox.change_posts(turn, "occurrence", occurrence.id)


def _delete_answer(turn: Turn, shown: Entry) -> None:
    turn.store.replies.delete(shown.reply, turn.now)
    outbox.remove_posts(turn, "carried", shown.reply.id)
    agreements.lines_changed(turn, shown.occurrence)
    deck = turn.deck_behind(shown.occurrence)
    if deck is not None and deck.kind is Kind.SEALED and shown.occurrence.state == State.SHARED and shown.reply.shared:
        outbox.change_posts(turn, "share", shown.occurrence.id)
