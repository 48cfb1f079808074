"""Open rituals come less often while nobody answers, or where one of the two privately wishes it.

Both look the same from outside: every second post comes, and the agreed rhythm is back one to three weeks after the
cause has gone, at random. A wish holds from some moment of the next days on, so that nobody finds the day on which it
was made, and one that is taken back before changes nothing.
"""

from __future__ import annotations

import hashlib
from datetime import date

from bot.decks import Kind
from bot.model import Partner, Ritual
from bot.planning import Agreed
from bot.turn import Turn

SILENT_POSTS = 7
"""After so many posts in a row that nobody answered every second one is passed over."""

UNTIL_SOMEBODY_ANSWERS = 4_102_444_800
"""Without an end: 1 January 2100."""

DAY = 86400
WEEK = 7 * DAY


def passes_over(planned: Agreed, day: date) -> bool:
    """Whether a date of an open ritual is one of those that are left out."""
    if planned.deck.kind is not Kind.OPEN:
        return False
    due = planned.ritual.next_due_at or 0
    thin = planned.ritual.thin_until > due and not planned.ritual.every_time
    wished = any((one.fewer or one.leaves_at) and one.fewer_from <= due for one in planned.partners)
    return (thin or wished) and _is_every_second(planned, day)


def came_and_went(turn: Turn, ritual: Ritual) -> None:
    """A post of an open ritual closed without an answer."""
    silent = ritual.silent + 1
    thins = silent >= SILENT_POSTS and ritual.thin_until <= turn.now and not ritual.every_time
    turn.store.rituals.change(
        ritual.id, silent=silent, thin_until=UNTIL_SOMEBODY_ANSWERS if thins else ritual.thin_until
    )


def was_answered(turn: Turn, ritual: Ritual) -> None:
    """Somebody answered: the agreed rhythm comes back within weeks."""
    if ritual.thin_until == UNTIL_SOMEBODY_ANSWERS:
        turn.store.rituals.change(ritual.id, silent=0, thin_until=back_at(turn, ritual))
    elif ritual.silent:
        turn.store.rituals.change(ritual.id, silent=0)


def wish_begins(turn: Turn, partner: Partner) -> None:
    """One of the two wishes for fewer, or goes slowly; a wish that is there already goes on."""
    if not (partner.fewer or partner.leaves_at):
        later = turn.now + DAY + _throw(f"{partner.id}/{turn.now}/fewer") % (5 * DAY)
        turn.store.people.change_partner(partner.id, fewer_from=later)


def wish_is_over(turn: Turn, partner: Partner) -> None:
    """Nothing is wished for any more: the rhythm comes back as it would after silence, if it had changed."""
    if partner.fewer_from > turn.now:
        return
    for ritual in turn.store.rituals.of(partner.couple):
        if ritual.thin_until <= turn.now:
            turn.store.rituals.change(ritual.id, thin_until=back_at(turn, ritual))


def back_at(turn: Turn, ritual: Ritual) -> int:
    """A moment one to three weeks from now, which nobody can foresee."""
    return turn.now + WEEK + _throw(f"{ritual.id}/{turn.now}/back") % (2 * WEEK)


def _throw(seed: str) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])


def _is_every_second(planned: Agreed, day: date) -> bool:
    """Counted over the chosen days alone, so that one of a week is left out every second week."""
    days = sorted(planned.cadence.days)
    if day.weekday() not in days:
        return False
    return ((day.toordinal() - 1) // 7 * len(days) + days.index(day.weekday())) % 2 == 1
