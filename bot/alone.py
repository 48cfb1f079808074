"""When a line for one partner alone may come: by clocks, rests and what came before, never by anybody's words."""

from __future__ import annotations

from datetime import date, datetime

from bot.cadence import instant
from bot.decks import RestsAfter
from bot.model import Couple, Partner
from bot.planning import Agreed
from bot.turn import Turn
from bot.waking import is_quiet

GAP = 20 * 3600
"""Seconds between two of them, whatever they are; and on one local date there is one at most."""


def may_come(turn: Turn, planned: Agreed, day: date) -> bool:
    """Whether this is a moment of the window that its reader chose for a date, and nothing asks for silence."""
    return (
        _is_in_window(turn, planned, day)
        and not is_silent(turn, planned.couple, planned.partners[0], _zone(planned, day), day)
        and not _rests_with(turn, planned)
        and not any(_rests_after(turn, planned.couple, one) for one in planned.deck.rests_after)
    )


def is_silent(turn: Turn, couple: Couple, reader: Partner, zone: str, day: date) -> bool:
    """Whether nothing comes to somebody alone now: a rest, theirs or the room's, a hard day, quiet hours or dates."""
    rests = max(couple.rest_until, couple.gentle_until, reader.rest_until) > turn.now or not reader.nudges
    quiet = is_quiet(turn.now, turn.zone(zone), reader.quiet_from, reader.quiet_to)
    both = [one.id for one in turn.store.people.partners(couple.id)]
    return rests or quiet or turn.store.wishes.is_quiet_date(both, day.isoformat())


def is_far_enough(turn: Turn, reader: Partner, zone: str, day: date) -> bool:
    """Whether what came to somebody alone before is long enough ago, and was on another date of their clock's."""
    accounts = [one.id for one in turn.store.people.every_account(reader.id)]
    last = turn.store.deliveries.last_alone(accounts, turn.now)
    return turn.now - last >= GAP and datetime.fromtimestamp(last, turn.zone(zone)).date() != day


def window_ends(turn: Turn, planned: Agreed, day: date) -> int:
    """The end of a date's window."""
    cadence = planned.cadence
    return instant(day, cadence.at + cadence.window, turn.zone(_zone(planned, day)))


def _is_in_window(turn: Turn, planned: Agreed, day: date) -> bool:
    # By the wall and not by the instants: a minute that a clock skips lies behind its window then.
    wall = datetime.fromtimestamp(turn.now, turn.zone(_zone(planned, day)))
    since = wall.hour * 60 + wall.minute - planned.cadence.at
    return wall.date() == day and 0 <= since < planned.cadence.window


def _zone(planned: Agreed, day: date) -> str:
    return planned.clock_of(day, planned.partners[0])


def _rests_with(turn: Turn, planned: Agreed) -> bool:
    """Whether something is under way, for the two, with which it does not go."""
    found = (turn.store.rituals.named(planned.couple.id, name) for name in planned.deck.rests_with)
    return any(turn.store.occurrences.open_of(ritual.id) is not None for ritual in found if ritual)


def _rests_after(turn: Turn, couple: Couple, rest: RestsAfter) -> bool:
    ritual = turn.store.rituals.named(couple.id, rest.deck)
    came = turn.store.occurrences.past(ritual.id, 1) if ritual else []
    return bool(came) and turn.now - came[0].due_at < rest.seconds
