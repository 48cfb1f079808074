"""Queries about the two: the couple, its partners, their accounts, rooms and invitations."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, and_, bindparam, func, literal, or_, select, text, update
from sqlmodel import col

from bot.model import Account, Couple, Delivery, Host, Invitation, Partner, Reply, Room
from bot.ports import Sealer
from bot.posts import InPrivate, InRoom, Place
from bot.store.rows import Prepared, Rows, fresh, prepared, table

LEAVING = text("leaves_at > 0")
"""Written out and not bound, so that SQLite sees that its partial index fits."""


@dataclass(frozen=True, slots=True)
class Who:
    """The partner behind an event, with their couple and the account they used."""

    couple: Couple
    partner: Partner
    account: Account


def code_hash(code: str) -> str:
    """What is kept of an invitation's code."""
    return hashlib.sha256(code.encode()).hexdigest()


def _address(place: Place) -> tuple[str, str, bool]:
    """The chat, the thread, and whether it is a private chat."""
    return (place.user, "", True) if isinstance(place, InPrivate) else (place.chat, place.thread, False)


def place_of_room(room: Room) -> Place:
    """Where a room is."""
    return InPrivate(room.platform, room.chat) if room.private else InRoom(room.platform, room.chat, room.thread)


@cache
def _waking_statement(kind: type[Room] | type[Account], dialect: Dialect) -> Prepared:
    rests = (col(kind.id) == bindparam("this_row"), col(kind.rested_at) > 0)
    return prepared(update(table(kind)).where(*rests).values(reachable=True, rested_at=0), dialect)


class People(Rows):
    """The two and where to find them."""

    def __init__(self, connection: Connection, new_id: Any, sealer: Sealer) -> None:
        super().__init__(connection, new_id)
        self._sealer = sealer

    def hold(self, couple: int) -> None:
        """Let nobody else change this couple until the unit ends (SQLite has one writer anyway)."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(table(Couple).c.id).where(col(Couple.id) == couple).with_for_update())

    def add_couple(self, **values: Any) -> Couple:
        number = self._new_id()
        return self._add(Couple(id=number, key=self._sealer.new_key(number), **values))

    def wrapped_keys(self) -> list[tuple[int, bytes]]:
        """Each couple that has a key, and the key as it is stored, oldest first."""
        keys = table(Couple).c
        found = self._connection.execute(select(keys.id, keys.key).where(func.length(keys.key) > 0).order_by(keys.id))
        return [(row[0], bytes(row[1])) for row in found]

    def couples(self) -> list[int]:
        """The ids of all couples, oldest first."""
        ids = table(Couple).c.id
        return list(self._connection.execute(select(ids).order_by(ids)).scalars())

    def read_ahead(self, couples: Sequence[int]) -> list[int]:
        """Read couples with their partners and rooms at once; returns the partners."""
        self._read_ahead(Couple, "id", couples)
        self._read_ahead(Room, "couple", couples)
        return [partner.id for partner in self._read_ahead(Partner, "couple", couples, "seat")]

    def couple(self, couple: int) -> Couple:
        found = self._kept(Couple, "id", couple)
        if not found:
            raise LookupError(f"no couple {couple}")
        return found[0]

    def find_couple(self, couple: int) -> Couple | None:
        return self._that(Couple, id=couple)

    def couples_with_partners(self) -> int:
        """How many couples have at least one of their two."""
        return self._number(select(func.count(func.distinct(col(Partner.couple)))))

    def waiting(self, most: int) -> list[Couple]:
        """The couples that wait for the host's yes, newest first."""
        return self._all(Couple, col(Couple.admitted_at) == 0, order=col(Couple.id).desc(), most=most)

    def add_host(self, platform: str, user: str, now: int) -> None:
        """Know an account of whoever runs this bot; a second time changes nothing."""
        self._add_new(fresh(Host, platform=platform, user=user, known_at=now))

    def is_host(self, platform: str, user: str) -> bool:
        return self._that(Host, platform=platform, user=user) is not None

    def change_couple(self, couple: int, **values: Any) -> None:
        self._set(Couple, couple, **values)

    def add_partner(self, **values: Any) -> Partner:
        return self._add(Partner(id=self._new_id(), **values))

    def partner(self, partner: int) -> Partner:
        found = self._that(Partner, id=partner)
        if found is None:
            raise LookupError(f"no partner {partner}")
        return found

    def partners(self, couple: int) -> list[Partner]:
        """The partners of a couple, by seat."""
        return self._kept(Partner, "couple", couple, "seat")

    def change_partner(self, partner: int, **values: Any) -> None:
        self._set(Partner, partner, **values)

    def add_account(self, **values: Any) -> Account:
        return self._add(Account(id=self._new_id(), **values))

    def who(self, platform: str, user: str) -> Who | None:
        """The partner who uses this account, if there is one."""
        account = self._that(Account, platform=platform, user=user, ended_at=0)
        if account is None:
            return None
        partner = self.partner(account.partner)
        return Who(self.couple(partner.couple), partner, account)

    def zones(self, platform: str) -> dict[str, str]:
        """Each active user's time zone on one platform."""
        accounts, partners = table(Account), table(Partner)
        found = self._connection.execute(
            select(accounts.c.user, partners.c.timezone)
            .join(partners, partners.c.id == accounts.c.partner)
            .where(accounts.c.platform == platform, accounts.c.ended_at == 0)
        )
        return {row.user: row.timezone for row in found}

    def shared_chats(self, platform: str) -> list[str]:
        """The chats on a platform that couples share and where the bot may speak."""
        rooms = table(Room)
        where = (rooms.c.platform == platform, rooms.c.reachable, ~rooms.c.private)
        return [row.chat for row in self._connection.execute(select(rooms.c.chat).where(*where))]

    def awaited(self, platform: str, since: int, most: int) -> list[str]:
        """Who is asked something in private, or answered there, of late, or has the rituals there; latest first."""
        accounts, partners, rooms = table(Account), table(Partner), table(Room)
        own_room = select(rooms.c.id).where(
            rooms.c.platform == platform, rooms.c.private, rooms.c.chat == accounts.c.user
        )
        theirs, replies = literal(f"{platform}/") + accounts.c.user, table(Reply)
        from_there = (replies.c.source > theirs + "/", replies.c.source < theirs + "0")
        wrote = select(replies.c.id).where(*from_there, replies.c.written_at >= since).exists()
        found = self._connection.execute(
            select(accounts.c.user)
            .join(partners, partners.c.id == accounts.c.partner)
            .where(accounts.c.platform == platform, accounts.c.ended_at == 0)
            .where(or_(and_(partners.c.awaiting != "", accounts.c.last_used_at >= since), own_room.exists(), wrote))
            .order_by(accounts.c.last_used_at.desc())
            .limit(most)
        )
        return [row.user for row in found]

    def leaving(self, now: int, most: int) -> list[Partner]:
        """Who wished to leave slowly and has come to the end of it."""
        return self._all(Partner, LEAVING, col(Partner.leaves_at) <= now, most=most)

    def next_leaving(self) -> int | None:
        """When the next one who leaves slowly has gone."""
        found = self._number(select(func.min(col(Partner.leaves_at))).where(LEAVING))
        return found or None

    def accounts(self, partner: int) -> list[Account]:
        """The accounts by which a partner is known now."""
        return self._those(Account, "id", partner=partner, ended_at=0)

    def every_account(self, partner: int) -> list[Account]:
        """Those that they have left as well."""
        return self._those(Account, "id", partner=partner)

    def end_accounts(self, platform: str, user: str, now: int) -> None:
        """Whoever comes in anew is no longer who they were in a couple that has ended."""
        self._change(
            Account,
            col(Account.platform) == platform,
            col(Account.user) == user,
            col(Account.ended_at) == 0,
            ended_at=now,
        )

    def change_account(self, account: int, **values: Any) -> None:
        self._set(Account, account, **values)

    def account(self, account: int) -> Account | None:
        return self._that(Account, id=account)

    def account_to_write_to(self, partner: int) -> Account | None:
        """The account that the partner used last."""
        found = self._those(Account, "-last_used_at", most=1, partner=partner, ended_at=0)
        return found[0] if found else None

    def add_room(self, couple: int, place: Place, *, others_read: bool = False) -> Room:
        chat, thread, private = _address(place)
        return self._add(
            Room(
                id=self._new_id(),
                couple=couple,
                platform=place.platform,
                chat=chat,
                thread=thread,
                others_read=others_read,
                private=private,
            )
        )

    def room_at(self, place: Place) -> Room | None:
        chat, thread, private = _address(place)
        found = self._that(Room, platform=place.platform, chat=chat, thread=thread)
        return found if found is not None and found.private == private else None

    def room(self, room: int) -> Room | None:
        return self._that(Room, id=room)

    def rooms(self, couple: int) -> list[Room]:
        return self._kept(Room, "couple", couple)

    def change_room(self, room: int, **values: Any) -> None:
        self._set(Room, room, **values)

    def woke(self, *, room: int, account: int) -> bool:
        """Note that something arrived there; whether it was at rest."""
        self._ahead.changed(Room if room else Account)
        statement = _waking_statement(Room if room else Account, self._connection.dialect)
        return bool(statement.run(self._cursor, {"this_row": room or account}).rowcount)

    def place_of(self, delivery: Delivery) -> Place | None:
        """The address that a delivery names."""
        if delivery.room:
            theirs = self.rooms(delivery.couple)
            return next((place_of_room(one) for one in theirs if one.id == delivery.room), None)
        known = self.account(delivery.account)
        return InPrivate(known.platform, known.user) if known else None

    def add_invitation(self, couple: int, code: str, now: int, expires_at: int) -> Invitation:
        row = Invitation(id=self._new_id(), couple=couple, code_hash=code_hash(code), created_at=now)
        row.expires_at = expires_at
        return self._add(row)

    def invitation(self, invitation: int, code: str) -> Invitation | None:
        """The invitation, for those who know its code."""
        return self._that(Invitation, id=invitation, code_hash=code_hash(code))

    def invitations_since(self, couple: int, since: int) -> list[Invitation]:
        """A couple's invitations of late, oldest first."""
        made = (col(Invitation.couple) == couple, col(Invitation.created_at) > since)
        return self._all(Invitation, *made, order=col(Invitation.created_at))

    def newest_invitation(self, couple: int) -> Invitation | None:
        found = self._those(Invitation, "-created_at", most=1, couple=couple)
        return found[0] if found else None

    def forget_invitations(self, before: int) -> int:
        """Forget the ways in that ended before a moment."""
        return self._remove(Invitation, col(Invitation.expires_at) < before)

    def ended(self, before: int) -> list[int]:
        """The couples that ended before a moment."""
        over = (col(Couple.ended_at) > 0, col(Couple.ended_at) < before)
        return [couple.id for couple in self._all(Couple, *over)]

    def unbegun(self, before: int) -> list[int]:
        """Chats of before a moment in which neither of the two ever said yes."""
        alone = ~select(1).where(table(Partner).c.couple == table(Couple).c.id).exists()
        return [couple.id for couple in self._all(Couple, col(Couple.created_at) < before, alone)]

    def use_up(self, invitation: int, now: int) -> None:
        self._set(Invitation, invitation, used_at=now)
