"""How long what is kept: whatever nobody can reach or needs any more goes, a little at a time (docs/privacy.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.store import Store

DAY = 86400
EVERY = DAY
"""Seconds between two times that it is looked after."""

MOST = 500
"""So many rows of a kind go in one unit of work, so that nobody waits for it."""

HANDLED_FOR = 40 * DAY
"""Platforms tell of an event again within hours; a copy of the file that is put back may be weeks old."""

CHANGES_FOR = 40 * DAY
NOTES_FOR = 400 * DAY
"""Private notes: after that a reply to one of them finds nothing any more."""

PAST_DATES_FOR = 40 * DAY
ENDED_FOR = 60 * DAY
"""For 30 days after the end each can take a copy along; then nobody can reach anything any more."""

UNBEGUN_FOR = 40 * DAY
"""A chat in which nobody ever said yes."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went, the replies that went with an ended couple, and whether there is more."""

    rows: int = 0
    replies: tuple[int, ...] = ()
    is_more: bool = False


PAUSES_FOR = 2 * DAY
"""So long a second pause within a day can be told from a first one; there is no history of pauses."""


def prune(store: Store, now: int, pauses: Sequence[str] = (), nudges: Sequence[str] = ()) -> Pruned:
    """Delete what has been kept long enough; call it again while there is more.

    Of *pauses* (decks) no trace stays; of *nudges* none once the notes that brought them are forgotten.
    """
    past = datetime.fromtimestamp(now - PAST_DATES_FOR, UTC).date().isoformat()
    steps: tuple[Callable[[], int], ...] = (
        lambda: store.deliveries.forget_handled(now - HANDLED_FOR, MOST),
        lambda: store.deliveries.forget_changes(now - CHANGES_FOR, MOST),
        lambda: store.deliveries.forget_notes(now - NOTES_FOR, MOST),
        lambda: store.wishes.forget_dates(past),
        lambda: store.people.forget_invitations(now - PAST_DATES_FOR),
        lambda: _forget_times(store, pauses, now - PAUSES_FOR),
        lambda: _forget_times(store, nudges, now - NOTES_FOR),
    )
    counts = [step() for step in steps]
    replies = _forget_couples(store, now)
    return Pruned(sum(counts) + len(replies), tuple(replies), max(counts) >= MOST)


def _forget_times(store: Store, decks: Sequence[str], before: int) -> int:
    """Forget that something came, where nobody answered it."""
    over = store.occurrences.over_since(decks, before, MOST)
    store.deliveries.forget_about(over)
    store.occurrences.forget(over)
    return len(over)


def _forget_couples(store: Store, now: int) -> list[int]:
    """Those that ended long ago, and chats in which nobody ever said yes; returns the replies that went."""
    gone: list[int] = []
    for couple in (*store.people.ended(now - ENDED_FOR), *store.people.unbegun(now - UNBEGUN_FOR)):
        gone += store.forget_couple(couple)
    store.deletions.delete_again(gone, now)
    return gone
