"""Queries about the outbox and about events already handled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, and_, bindparam, case, func, or_, select, text, tuple_
from sqlmodel import col

from bot.columns import made_at
from bot.model import Act, Delivery, Handled
from bot.posts import InRoom, MessageRef
from bot.store.people import People
from bot.store.rows import Prepared, Rows, fresh, prepared, table

REVIVED = ("plan", "share")
REVIVED_FOR = 14 * 86400
"""What is brought after all, and for how many seconds after it could not be."""

ALONE = ("nudge", "suggestion")
"""Lines for one partner alone that ask nothing."""

UNASKED = (*ALONE, "leads-on", "review")
"""What comes to one partner by itself, and keeps such lines away for a while."""

WAITING = text("sent_at = 0 AND given_up_at = 0")
"""Written out and not bound, so that SQLite sees that its partial index fits."""

MOST_UNNOTED = 20
"""So many posts of an address are looked through, the newest, for one whose message is not known."""

IN_PIECES = text("earlier != ''")
"""The same."""


def _nothing_before_at(address: str, now: Any) -> ColumnElement[bool]:
    """That no earlier delivery to the same address is under way or waits for its next try at that moment.

    One that was not sent has no message yet, which the index on address and message makes use of.
    """
    here, earlier = table(Delivery), table(Delivery).alias("earlier")
    tried_again = and_(earlier.c.attempts > 0, earlier.c.sends_after > now)
    held_up = select(1).where(
        earlier.c[address] == here.c[address],
        earlier.c.message == "",
        earlier.c.sent_at == 0,
        earlier.c.given_up_at == 0,
        earlier.c.id < here.c.id,
        or_(earlier.c.lease_until > now, tried_again),
    )
    return or_(here.c[address] == 0, ~held_up.correlate(here).exists())


@cache
def _waiting_statement(most: int, dialect: Dialect) -> Prepared:
    now: Any = bindparam("now")
    may_go = (_nothing_before_at(address, now) for address in ("room", "account"))
    due = select(table(Delivery)).where(
        WAITING, col(Delivery.sends_after) <= now, col(Delivery.lease_until) <= now, *may_go
    )
    return prepared(due.order_by(col(Delivery.id)).limit(most), dialect)


@cache
def _earliest_statement(dialect: Dialect) -> Prepared:
    sends_after, leased = col(Delivery.sends_after), col(Delivery.lease_until)
    moment = func.min(case((leased > sends_after, leased), else_=sends_after))
    first_there = (_nothing_before_at(address, 0) for address in ("room", "account"))
    return prepared(select(moment).where(WAITING, *first_there), dialect)


def _is_later(message: str, than: str) -> bool:
    """Whether a message came after another one of the same chat; every platform counts them upward."""
    return message.isdecimal() and than.isdecimal() and int(message) > int(than)


class Deliveries(Rows):
    """What shall be said, and what was; *added* counts what was put in through this one."""

    def __init__(self, connection: Connection, new_id: Callable[[], int]) -> None:
        super().__init__(connection, new_id)
        self.added = 0

    def add(self, delivery: Delivery) -> bool:
        """Put a delivery into the outbox, once for each key."""
        is_new = self._add_new(delivery)
        self.added += is_new
        return is_new

    def new(self, **values: Any) -> Delivery:
        return fresh(Delivery, id=self._new_id(), **values)

    def altering(self, post: Delivery, act: Act, now: int) -> Delivery:
        """A delivery that acts on a post; each stands for itself, as an earlier one may be on its way already."""
        number = self._new_id()
        return fresh(
            Delivery,
            id=number,
            key=f"{act}/{number}/{post.key}",
            couple=post.couple,
            act=act,
            room=post.room,
            account=post.account,
            view=post.view,
            subject=post.subject,
            detail=post.key,
            sends_after=now,
        )

    def waiting(self, now: int, most: int) -> list[Delivery]:
        """What may be sent now, in order; nothing overtakes what is under way or tried again at the same address."""
        return self._found(Delivery, _waiting_statement(most, self._connection.dialect), now=now)

    def earliest(self) -> int | None:
        """When the next delivery may be sent; one that waits behind another at its address does not count."""
        found = _earliest_statement(self._connection.dialect).run(self._cursor, {}).fetchone()[0]
        return None if found is None else int(found)

    def depth(self, now: int) -> tuple[int, int]:
        """How many should have gone by now and did not, and since when the first of them is tried; 0 where none is."""
        tried = col(Delivery.attempts) > 0
        since = case((tried, made_at(col(Delivery.id))), else_=col(Delivery.sends_after))
        late = select(func.count(), func.min(since)).where(WAITING, or_(tried, col(Delivery.sends_after) <= now))
        count, first = self._connection.execute(late).one()
        return int(count), int(first or 0)

    def lease(self, deliveries: list[int], until: int) -> None:
        self._change(Delivery, col(Delivery.id).in_(deliveries), lease_until=until)

    def release_all(self) -> None:
        """Forget the leases of an earlier life of this process; what was under way then may have arrived."""
        leased = (col(Delivery.lease_until) > 0, col(Delivery.sent_at) == 0)
        self._change(Delivery, *leased, lease_until=0, attempts=col(Delivery.attempts) + 1)

    def sent(self, delivery: int, now: int, ref: MessageRef | None = None) -> None:
        """Note that a delivery is done, and where its post stands."""
        stands = {"message": ref.message, "earlier": " ".join(ref.earlier)} if ref else {}
        self._set(Delivery, delivery, **stands, sent_at=now, lease_until=0)

    def stands(self, post: str, ref: MessageRef) -> None:
        """Note that a post, by its key, takes other messages from now on."""
        self._change(Delivery, col(Delivery.key) == post, message=ref.message, earlier=" ".join(ref.earlier))

    def again(self, delivery: Delivery, after: int) -> None:
        """Try a delivery again after a moment."""
        self._change(
            Delivery,
            col(Delivery.id) == delivery.id,
            sends_after=after,
            attempts=delivery.attempts + 1,
            lease_until=0,
        )

    def release(self, deliveries: list[int]) -> None:
        """Let go of deliveries that were taken and not tried."""
        self._change(Delivery, col(Delivery.id).in_(deliveries), lease_until=0)

    def forget_messages(self, room: int) -> None:
        """The messages that stood in a room cannot be found by their ids any more."""
        self._change(Delivery, col(Delivery.room) == room, col(Delivery.message) != "", message="", earlier="")

    def let_go_waiting(self, couple: int, now: int) -> None:
        """Whatever was still to be said to a couple is not said any more; what is taken away still is."""
        waiting = (col(Delivery.sent_at) == 0, col(Delivery.given_up_at) == 0, col(Delivery.act) == Act.POST)
        self._change(Delivery, col(Delivery.couple) == couple, *waiting, given_up_at=now)

    def give_up(self, delivery: int, now: int) -> None:
        self._set(Delivery, delivery, given_up_at=now, lease_until=0)

    def revive(self, now: int, *, room: int = 0, account: int = 0) -> None:
        """Where somebody can be reached again, what they cannot do without is brought after all."""
        there = col(Delivery.room) == room if room else col(Delivery.account) == account
        since = now - REVIVED_FOR
        given_up = (there, col(Delivery.given_up_at) > since, col(Delivery.view).in_(REVIVED))
        self.added += self._change(Delivery, *given_up, given_up_at=0, attempts=0, sends_after=now, expires_at=0)

    def last_alone(self, accounts: Sequence[int], now: int) -> int:
        """When something last came to one of these accounts that nobody had asked for, or until when it still may."""
        on_its_way = and_(col(Delivery.sent_at) == 0, col(Delivery.given_up_at) == 0, col(Delivery.sends_after) <= now)
        came = and_(col(Delivery.sent_at) > 0, col(Delivery.message) != "")
        there = (col(Delivery.account).in_(accounts), col(Delivery.view).in_(UNASKED), col(Delivery.act) == Act.POST)
        moment = func.max(case((came, col(Delivery.sent_at)), else_=col(Delivery.expires_at)))
        return self._number(select(moment).where(*there, or_(came, on_its_way)))

    def delivery(self, delivery: int) -> Delivery | None:
        return self._that(Delivery, id=delivery)

    def keyed(self, key: str) -> Delivery | None:
        return self._that(Delivery, key=key)

    def everything_sent(self) -> list[Delivery]:
        """Every delivery that left, in the order it was planned."""
        return self._all(Delivery, col(Delivery.sent_at) > 0, order=col(Delivery.id))

    def drop_waiting(self, key: str) -> None:
        """Take a delivery that was not sent out of the outbox."""
        waiting = self._that(Delivery, key=key, sent_at=0)
        if waiting is not None:
            self._remove(Delivery, col(Delivery.id) == waiting.id)

    def about(self, subject: int, view: str) -> list[Delivery]:
        """The posts of a row, in the order they were planned."""
        return self._those(Delivery, subject=subject, view=view)

    def behind(self, people: People, ref: MessageRef) -> Delivery | None:
        """The delivery that a message of the bot's came from."""
        place = ref.place
        room = people.room_at(place)
        found = self._at(room.couple, "room", room.id, ref) if room else None
        if found is not None or isinstance(place, InRoom):
            return found or (self._unnoted("room", room.id, ref) if room else None)
        who = people.who(place.platform, place.user)
        if who is None:
            return None
        mine = self._at(who.couple.id, "account", who.account.id, ref)
        return mine or self._unnoted("account", who.account.id, ref)

    def _unnoted(self, address: str, number: int, ref: MessageRef) -> Delivery | None:
        """The post that a message must be whose arrival is not noted: its answer is on the way, or was lost.

        It is the first post there that was under way more than once, or is, and of which no later message is known.
        """
        there = (col(getattr(Delivery, address)) == number, col(Delivery.act) == Act.POST)
        under_way = and_(col(Delivery.sent_at) == 0, col(Delivery.lease_until) > 0)
        tried = (col(Delivery.given_up_at) == 0, or_(col(Delivery.attempts) > 0, under_way))
        newest_first = col(Delivery.id).desc()
        for post in reversed(self._all(Delivery, *there, *tried, order=newest_first, most=MOST_UNNOTED)):
            if not post.message or _is_later(post.message, ref.message):
                known = (col(Delivery.message) != "", col(Delivery.id) < post.id)
                before = self._all(Delivery, *there, *known, order=newest_first, most=1)
                return post if not before or _is_later(ref.message, before[0].message) else None
        return None

    def _at(self, couple: int, address: str, number: int, ref: MessageRef) -> Delivery | None:
        found = self._that(Delivery, **{address: number}, message=ref.message)
        if found is not None:
            return found
        # The few long posts have their other messages beside the last one.
        long = self._all(Delivery, col(Delivery.couple) == couple, IN_PIECES)
        mine = (one for one in long if getattr(one, address) == number)
        return next((one for one in mine if ref.message in one.earlier.split()), None)

    def remember_handled(self, platform: str, event: str, now: int) -> bool:
        """Note that an event is being handled; False if it was before."""
        return self._add_new(fresh(Handled, platform=platform, event=event, at=now))

    def handled(self, platform: str, events: Sequence[str]) -> set[str]:
        """Those of these events that were handled before."""
        found = self._all(Handled, col(Handled.platform) == platform, col(Handled.event).in_(events))
        return {one.event for one in found}

    def forget_handled(self, before: int, most: int) -> int:
        """Forget so many events at most that were handled before a moment."""
        which = (col(Handled.platform), col(Handled.event))
        return self._remove(Handled, tuple_(*which).in_(select(*which).where(col(Handled.at) < before).limit(most)))

    def forget_changes(self, before: int, most: int) -> int:
        """Forget what was done to a post before a moment; the post itself stays known."""
        return self._forget(col(Delivery.act) != Act.POST, before, most)

    def forget_notes(self, before: int, most: int) -> int:
        """Forget private notes of before a moment; they held nobody's words."""
        return self._forget(col(Delivery.view).in_(("note", *ALONE)), before, most)

    def forget_about(self, subjects: Sequence[int]) -> None:
        """Forget what was said about rows that are forgotten themselves."""
        self._remove(Delivery, col(Delivery.subject).in_(subjects))

    def _forget(self, which: ColumnElement[bool], before: int, most: int) -> int:
        done = and_(which, or_(col(Delivery.sent_at) > 0, col(Delivery.given_up_at) > 0))
        long_ago = (col(Delivery.sent_at) < before, col(Delivery.given_up_at) < before)
        old = select(col(Delivery.id)).where(done, *long_ago).limit(most)
        return self._remove(Delivery, col(Delivery.id).in_(old))
