"""Whether a chat's two may begin here."""

from __future__ import annotations

from bot.errors import Refusal
from bot.events import Person
from bot.model import Couple
from bot.turn import Turn


def may_begin(turn: Turn, couple: Couple, person: Person) -> bool:
    """Whether this bot serves the couple that someone wants to begin; a host who brings it has said yes by that."""
    if couple.admitted_at:
        return True
    if turn.known.welcome.couples == "ask-host" and not turn.store.people.is_host(person.platform, person.user):
        return False
    if is_full(turn):
        raise Refusal("full")
    turn.store.people.change_couple(couple.id, admitted_at=turn.now)
    return True


def is_full(turn: Turn) -> bool:
    """Whether as many couples as the host wants are here already."""
    most = turn.known.welcome.couples
    return isinstance(most, int) and turn.store.people.couples_with_partners() >= most
