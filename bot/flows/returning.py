"""A partner comes back from another account, by a code that only they have; the host cannot do that for anybody."""

from __future__ import annotations

from bot import outbox
from bot.errors import Refusal
from bot.events import Commanded, Pressed
from bot.guessing import may_try, was_wrong
from bot.model import Partner
from bot.posts import Answer, InPrivate, Show
from bot.store import Who
from bot.turn import Turn


def new_code(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A fresh code in place of the one from before."""
    code = turn.known.new_code()
    turn.store.wishes.give_recovery_code(who.partner.id, code, turn.now)
    in_place = isinstance(pressed.place, InPrivate)
    return Show(turn.line("recovery-code", who.partner, code=code), privately=True, in_place=in_place)


def recover(turn: Turn, who: Who | None, commanded: Commanded) -> Answer:
    """/recover with a code: this account is that partner's from now on; on the same app the old one is it no more."""
    if not isinstance(commanded.place, InPrivate):
        raise Refusal("recover-in-private")
    if who is not None:
        raise Refusal("recover-known")
    if not commanded.words.strip():
        raise Refusal("recover-how")
    may_try(turn, commanded.person)
    partner = turn.store.wishes.whose_recovery_code(commanded.words.strip())
    if partner is None or turn.store.people.couple(partner.couple).ended_at:
        raise was_wrong(turn, commanded.person, "recover-unknown")
    return _move_in(turn, partner, commanded)


def _move_in(turn: Turn, partner: Partner, commanded: Commanded) -> Answer:
    person = commanded.person
    for old in turn.store.people.accounts(partner.id):
        outbox.to_account(turn, partner, old, "moved-away", partner.id, f"moved/{old.id}/{turn.now}")
        if old.platform == person.platform:
            turn.store.people.change_account(old.id, ended_at=turn.now)
    turn.store.people.end_accounts(person.platform, person.user, turn.now)
    turn.store.people.add_account(partner=partner.id, platform=person.platform, user=person.user, last_used_at=turn.now)
    _give_a_room(turn, partner, InPrivate(person.platform, person.user))
    code = turn.known.new_code()
    turn.store.wishes.give_recovery_code(partner.id, code, turn.now)
    return Show(turn.line("recovered", partner, code=code), privately=True)


def _give_a_room(turn: Turn, partner: Partner, home: InPrivate) -> None:
    """Whoever had the rituals in the old account's private chat has them in the new one's."""
    theirs = [room for room in turn.store.people.rooms(partner.couple) if room.platform == home.platform]
    old = [one.user for one in turn.store.people.every_account(partner.id) if one.user != home.user]
    for room in theirs:
        if room.private and room.chat in old:
            turn.store.people.change_room(room.id, chat=home.user, reachable=True)
            return
    if not theirs:
        turn.store.people.add_room(partner.couple, home)
