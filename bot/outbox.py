"""What shall be said to whom, written down with the decision that caused it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Account, Act, Partner, Room
from bot.posts import InPrivate, Place
from bot.turn import Turn

RESTS_FOR = 86400


def to_rooms(
    turn: Turn,
    couple: int,
    view: str,
    subject: int,
    key: str,
    *,
    but: Place | None = None,
    after: Mapping[int, int] | None = None,
    expires_at: int = 0,
) -> None:
    """Say something in every room of a couple, *but* in one where it stands already; in some only *after* a moment."""
    for room in turn.store.people.rooms(couple):
        if _may_be_tried(turn, room) and not (but is not None and is_in(room, but)):
            later = (after or {}).get(room.id, 0)
            # A post that comes later may come so much later.
            expires = expires_at + max(0, later - turn.now) if expires_at else 0
            _add(turn, couple, f"{key}/{room.id}", view, subject, room=room.id, after=later, expires_at=expires)


def to_rooms_at(turn: Turn, couple: int, view: str, subject: int, moment: int, expires_at: int) -> None:
    """Say something in every room of a couple at a moment to come."""
    for room in turn.store.people.rooms(couple):
        if _may_be_tried(turn, room):
            key = f"{view}/{subject}/{room.id}"
            _add(turn, couple, key, view, subject, room=room.id, after=moment, expires_at=expires_at)


def is_in(room: Room, place: Place) -> bool:
    """Whether a place lies in a room's chat, in whichever thread."""
    chat = place.user if isinstance(place, InPrivate) else place.chat
    return (room.platform, room.chat, room.private) == (place.platform, chat, isinstance(place, InPrivate))


def to_partner(
    turn: Turn, partner: Partner, view: str, subject: int, key: str, *, after: int = 0, expires_at: int = 0
) -> None:
    """Say something in a partner's private chat, on the platform they used last."""
    account = turn.store.people.account_to_write_to(partner.id)
    if account is not None and _may_be_tried(turn, account):
        _add(
            turn,
            partner.couple,
            f"{key}/{partner.id}",
            view,
            subject,
            account=account.id,
            after=after,
            expires_at=expires_at,
        )


def to_account(turn: Turn, partner: Partner, account: Account, view: str, subject: int, key: str) -> None:
    """Say something in the private chat of one account of a partner's, whichever they used last."""
    _add(turn, partner.couple, key, view, subject, account=account.id)


def _may_be_tried(turn: Turn, address: Room | Account) -> bool:
    """One that could not be reached rests for a day; one that was left rests for good."""
    return address.reachable or 0 < address.rested_at <= turn.now - RESTS_FOR


def change_posts(turn: Turn, view: str, subject: int) -> None:
    """Show the posts about a row as they stand now."""
    _act_on_posts(turn, Act.CHANGE, view, subject)


def take_back(turn: Turn, view: str, subject: int) -> None:
    """Say nothing more of what was planned about a row and has not been said yet."""
    for post in turn.store.deliveries.about(subject, view):
        turn.store.deliveries.drop_waiting(post.key)


def remove_posts(turn: Turn, view: str, subject: int) -> None:
    """Take the posts about a row out of the chats."""
    _act_on_posts(turn, Act.REMOVE, view, subject)


def _act_on_posts(turn: Turn, act: Act, view: str, subject: int) -> None:
    for post in turn.store.deliveries.about(subject, view):
        if post.act == Act.POST and not post.given_up_at:
            turn.store.deliveries.add(turn.store.deliveries.altering(post, act, turn.now))


def _add(
    turn: Turn,
    couple: int,
    key: str,
    view: str,
    subject: int,
    *,
    room: int = 0,
    account: int = 0,
    after: int = 0,
    expires_at: int = 0,
) -> None:
    turn.store.deliveries.add(
        turn.store.deliveries.new(
            key=key,
            couple=couple,
            room=room,
            account=account,
            view=view,
            subject=subject,
            sends_after=after or turn.now,
            expires_at=expires_at,
        )
    )
