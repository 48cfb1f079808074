"""The host, alone, lets a chat in."""

from __future__ import annotations

from bot import outbox
from bot.errors import Refusal
from bot.events import Pressed
from bot.guessing import may_try, was_wrong
from bot.model import Couple
from bot.posts import Answer, InPrivate, Show
from bot.turn import Turn
from bot.views import doors

MOST_WAITING = 5


def know_host(turn: Turn, pressed: Pressed) -> Answer:
    """Whoever opens the host's own link is the host from now on, and sees which chats wait."""
    may_try(turn, pressed.person)
    if not isinstance(pressed.place, InPrivate) or not turn.known.welcome.is_code(pressed.token.value):
        raise was_wrong(turn, pressed.person, "old-choice")
    turn.store.people.add_host(pressed.person.platform, pressed.person.user, turn.now)
    waiting = turn.store.people.waiting(MOST_WAITING)
    return Show(doors.hello_host(turn, pressed.person.language, waiting), privately=True)


def admit(turn: Turn, pressed: Pressed) -> Answer:
    """The host says yes to a chat, or looks at it first."""
    if not turn.store.people.is_host(pressed.person.platform, pressed.person.user):
        raise Refusal("host-only")
    couple = _waiting(turn, pressed.token.subject)
    in_place = isinstance(pressed.place, InPrivate)
    match pressed.token.value:
        case "yes":
            if not couple.admitted_at:
                turn.store.people.change_couple(couple.id, admitted_at=turn.now)
                outbox.to_rooms(turn, couple.id, "admitted", couple.id, f"admitted/{couple.id}")
            return Show(turn.line("let-in"), privately=True, in_place=in_place)
        case "no":
            return Show(turn.line("not-let-in"), privately=True, in_place=in_place)
        case _:
            return Show(doors.ask_to_let_in(turn, couple), privately=True, in_place=in_place)


def _waiting(turn: Turn, couple: int) -> Couple:
    found = turn.store.people.find_couple(couple)
    if found is None:
        raise Refusal("old-choice")
    return found
