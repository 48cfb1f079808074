"""Delivers what the outbox holds: renders just before sending, sends, retries, gives up.

A delivery is at least once: it is marked as sent after the platform took it, and its key lets a platform that can
tell drop a second try. Within one address the order is kept; a post that fails never stops another address.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot import outbox
from bot.clock import Clock
from bot.database import Database
from bot.errors import DeliveryError, OthersRead, Rejected, RetryLater, RoomHasMoved, StoreUnusable, Unreachable
from bot.model import Act, Delivery
from bot.ports import Messenger
from bot.posts import MessageRef, Place, Post
from bot.store import Store
from bot.turn import Repertoire, Turn
from bot.views import (
    appointments,
    building,
    covers,
    doors,
    endings,
    load,
    nudges,
    owndays,
    pauses,
    plans,
    prompts,
    shares,
    suggestions,
    support,
    timers,
    visits,
    walks,
)
from bot.vitals import Brought

View = Callable[[Turn, Delivery], Post | None]

VIEWS: Mapping[str, View] = {
    "occurrence": prompts.delivered_occurrence,
    "note": prompts.delivered_note,
    "carried": prompts.delivered_words,
    "share": shares.delivered_share,
    "ask-again": shares.delivered_asking_again,
    "plan": doors.delivered_plan,
    "load": load.delivered_load,
    "visit": visits.delivered_visit,
    "both-agreed": endings.delivered_both_agreed,
    "gone-quietly": endings.delivered_gone_quietly,
    "farewell": endings.delivered_farewell,
    "admitted": doors.delivered_admitted,
    "support-card": support.delivered_card,
    "invitation-ended": doors.delivered_invitation_ended,
    "moved-away": doors.delivered_moved_away,
    "joined": doors.delivered_joined,
    "room-silent": doors.delivered_room_silent,
    "third-person": doors.delivered_third_person,
    "ritual-changed": plans.delivered_changed,
    "living": plans.delivered_living,
    "room-rest": plans.delivered_room_rest,
    "own-begun": building.delivered_begun,
    "own-ended": building.delivered_ended,
    "untouched": plans.delivered_untouched,
    "walk": walks.delivered_walk,
    "pause-before": pauses.delivered_before,
    "pause-moved": pauses.delivered_moved,
    "pause-over": pauses.delivered_over,
    "pause-again": pauses.delivered_again,
    "pause-line": pauses.delivered_line,
    "timer-half": timers.delivered_half,
    "timer-over": timers.delivered_over,
    "date-time": appointments.delivered_time,
    "review": walks.delivered_review,
    "nudge": nudges.delivered_nudge,
    "leads-on": walks.delivered_leads_on,
    "own-day": owndays.delivered_own_day,
    "suggestion": suggestions.delivered_suggestion,
}

BATCH = 100
LEASE = 120
"""How many seconds a delivery belongs to the one who took it."""

A_MOMENT = 1.0
"""Seconds between two looks while something is under way; the clock counts whole seconds."""

LONGEST_LOOK = 10.0
"""Seconds between two tries while the database does not work."""

FINISH_WITHIN = 5.0
FIRST_WAIT, LONGEST_WAIT = 5, 3600
MOST_ATTEMPTS = 40
DAY = 86400

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Errand:
    """One delivery that was taken: what to do, where, and the post as it reads now."""

    delivery: Delivery
    place: Place
    ref: MessageRef | None
    post: Post | None


class Courier:
    """Brings posts out, a batch at a time, until nothing waits; *noted* hears what became of each try."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        known: Repertoire,
        messengers: Mapping[str, Messenger],
        noted: Callable[[Brought], object] = str,
    ) -> None:
        self._database = database
        self._clock = clock
        self._known = known
        self._messengers = messengers
        self._noted = noted
        self._awake = asyncio.Event()
        self._ending = False
        # What was taken and is not noted yet: while the database does not work a lease may pass.
        self._in_hand: set[int] = set()

    def wake(self) -> None:
        """There may be something to deliver."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver whatever waits as soon as it may go, until cancelled; an address that is slow holds up no other."""
        await self._note(lambda store: store.deliveries.release_all())
        under_way: set[asyncio.Task[None]] = set()
        try:
            while True:
                if len(under_way) <= BATCH // 2:
                    under_way |= {asyncio.create_task(lane) for lane in await self._lanes()}
                under_way = await self._until_there_is_more(under_way)
        finally:
            await self._finish(under_way)

    async def _finish(self, under_way: set[asyncio.Task[None]]) -> None:
        """What has begun to be sent is sent and noted down; what has not waits for the next start."""
        self._ending = True
        if under_way:
            await asyncio.wait(under_way, timeout=FINISH_WITHIN)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def deliver_due(self) -> None:
        """Deliver everything that waits; what fails for now waits for its next try."""
        while lanes := await self._lanes():
            await asyncio.gather(*lanes)

    async def _lanes(self) -> list[Coroutine[Any, Any, None]]:
        """What may go now, taken and ready, one lane an address."""
        self._awake.clear()
        try:
            errands = await self._database.run_later(self._take)
        except Exception:
            self._stumbles()
            return []
        self._in_hand |= {errand.delivery.id for errand in errands}
        by_place: dict[Place, list[Errand]] = {}
        for errand in errands:
            by_place.setdefault(errand.place, []).append(errand)
        return [self._bring_all(lane) for lane in by_place.values()]

    async def _until_there_is_more(self, under_way: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
        """Wait until woken, a lane is through, or something is to be tried again; returns what still goes on."""
        timeout = A_MOMENT if under_way else await self._until_next()
        awake = asyncio.create_task(self._awake.wait())
        try:
            await asyncio.wait({awake, *under_way}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            awake.cancel()
        return {task for task in under_way if not task.done()}

    async def _until_next(self) -> float | None:
        """Seconds until the next delivery may go, if one waits."""
        try:
            next_at = await self._database.run_later(lambda store: store.deliveries.earliest())
        except Exception:
            self._stumbles()
            return LONGEST_LOOK
        return None if next_at is None else max(A_MOMENT, next_at - self._clock.now())

    def _take(self, store: Store) -> list[Errand]:
        turn = Turn(store, self._clock.now(), self._known)
        waiting = [one for one in store.deliveries.waiting(turn.now, BATCH) if one.id not in self._in_hand]
        due = _without_repeats(store, waiting, turn.now)
        with store.read_ahead(delivery.couple for delivery in due):
            found = [self._errand(turn, delivery) for delivery in due]
        taken = [errand for errand in found if errand is not None]
        store.deliveries.lease([errand.delivery.id for errand in taken], turn.now + LEASE)
        return taken

    def _errand(self, turn: Turn, delivery: Delivery) -> Errand | None:
        """The delivery made ready, or nothing where there is nothing to say any more."""
        place = turn.store.people.place_of(delivery)
        too_late = bool(delivery.expires_at) and turn.now > delivery.expires_at
        if place is None or too_late or place.platform not in self._messengers:
            turn.store.deliveries.give_up(delivery.id, turn.now)
            logger.info("delivery %d is let go", delivery.id, extra={"action": "delivery_let_go"})
            return None
        ref = None
        if delivery.act != Act.POST:
            original = turn.store.deliveries.keyed(delivery.detail)
            ref = _where_it_stands(place, original) if original and original.message else None
        post = None if delivery.act == Act.REMOVE else VIEWS[delivery.view](turn, delivery)
        if post is not None and delivery.account:
            post = covers.covered(turn, delivery, post)
        if (post is None and delivery.act != Act.REMOVE) or (ref is None and delivery.act != Act.POST):
            turn.store.deliveries.sent(delivery.id, turn.now)
            return None
        return Errand(delivery, place, ref, post)

    async def _bring_all(self, errands: list[Errand]) -> None:
        try:
            for at, errand in enumerate(errands):
                if self._ending or not await self._bring(errand):
                    await self._let_go([later.delivery.id for later in errands[at if self._ending else at + 1 :]])
                    return
        except Exception:
            # What follows waits until its lease has passed.
            self._stumbles()
        finally:
            self._in_hand -= {errand.delivery.id for errand in errands}

    async def _let_go(self, deliveries: list[int]) -> None:
        await self._note(lambda store: store.deliveries.release(deliveries))

    async def _note(self, unit: Callable[[Store], Result]) -> Result:
        """Write down what has happened, however long the database does not work: it cannot be undone."""
        wait = A_MOMENT
        while True:
            try:
                return await self._database.run_later(unit)
            except StoreUnusable:
                self._stumbles()
                await asyncio.sleep(wait)
                wait = min(LONGEST_LOOK, wait * 2)

    def _stumbles(self) -> None:
        logger.exception("the courier stumbled and goes on", extra={"action": "courier_failed"})

    async def _bring(self, errand: Errand) -> bool:
        """Bring one errand; False where the address has to wait."""
        delivery = errand.delivery
        try:
            stands = await self._send(errand)
        except DeliveryError as trouble:
            return await self._tried(errand, trouble)
        except Exception as trouble:
            logger.exception("delivery %d failed", delivery.id, extra={"action": "delivery_failed"})
            return await self._tried(errand, trouble)
        now = self._clock.now()
        await self._note(lambda store: _note_sent(store, errand, stands, now))
        self._noted(Brought.SENT)
        return True

    async def _tried(self, errand: Errand, trouble: Exception) -> bool:
        given_up, goes_on = await self._note(lambda store: self._note_trouble(store, errand, trouble))
        self._noted(Brought.GIVEN_UP if given_up else Brought.TRIED_AGAIN)
        return goes_on

    async def _send(self, errand: Errand) -> MessageRef:
        messenger, key = self._messengers[errand.place.platform], errand.delivery.key
        if errand.ref is None:
            assert errand.post is not None
            return await messenger.deliver(errand.post, errand.place, key)
        if errand.post is not None:
            return await messenger.change(errand.ref, errand.post, key)
        await messenger.remove(errand.ref)
        return errand.ref

    def _note_trouble(self, store: Store, errand: Errand, trouble: Exception) -> tuple[bool, bool]:
        """Write down what follows from a failure: whether the post is given up, and whether the address may go on."""
        delivery, now = errand.delivery, self._clock.now()
        turn = Turn(store, now, self._known)
        match trouble:
            case Unreachable():
                store.deliveries.give_up(delivery.id, now)
                _rest_address(turn, delivery)
                return True, False
            case OthersRead():
                store.deliveries.give_up(delivery.id, now)
                _say_it_in_private(turn, delivery)
                return True, True
            case RoomHasMoved(to=to):
                room = store.people.room(delivery.room)
                if room is not None:
                    store.room_moves(room, to)
                store.deliveries.release([delivery.id])
            case RetryLater(after=after):
                store.deliveries.again(delivery, now + max(1, int(after.total_seconds())))
            case _ if isinstance(trouble, Rejected) or delivery.attempts >= MOST_ATTEMPTS:
                store.deliveries.give_up(delivery.id, now)
                return True, True
            case _:
                store.deliveries.again(delivery, now + _wait_after(delivery))
        return False, False


def _wait_after(delivery: Delivery) -> int:
    """Seconds until the next try: longer each time, and by up to a quarter later, so that not all come at once."""
    wait: int = min(LONGEST_WAIT, FIRST_WAIT * 2**delivery.attempts)
    throw = hashlib.sha256(f"{delivery.id}/{delivery.attempts}".encode()).digest()[0]
    return wait + wait * throw // 1024


def _without_repeats(store: Store, due: list[Delivery], now: int) -> list[Delivery]:
    """Of several changes of one post only the last is brought: it shows what the others would have shown as well."""
    last = {delivery.detail: delivery.id for delivery in due if delivery.act != Act.POST}
    repeats = [one for one in due if one.act == Act.CHANGE and last[one.detail] != one.id]
    for delivery in repeats:
        store.deliveries.sent(delivery.id, now)
    return [one for one in due if one not in repeats]


def _where_it_stands(place: Place, post: Delivery) -> MessageRef:
    return MessageRef(place, post.message, tuple(post.earlier.split()))


def _note_sent(store: Store, errand: Errand, stands: MessageRef, now: int) -> None:
    store.deliveries.sent(errand.delivery.id, now, stands)
    _note_reached(store, errand.delivery, now)
    if errand.ref is not None and stands != errand.ref:
        store.deliveries.stands(errand.delivery.detail, stands)


def _note_reached(store: Store, delivery: Delivery, now: int) -> None:
    """An address that rested and took this is awake again, and is brought what it cannot do without."""
    if store.people.woke(room=delivery.room, account=delivery.account):
        store.deliveries.revive(now, room=delivery.room, account=delivery.account)


def _rest_address(turn: Turn, delivery: Delivery) -> None:
    """Rest an address until someone speaks there; that a shared chat cannot be reached, the two read in private."""
    room = turn.store.people.room(delivery.room) if delivery.room else None
    if room is None:
        turn.store.people.change_account(delivery.account, reachable=False, rested_at=turn.now)
        return
    turn.store.people.change_room(room.id, reachable=False, rested_at=turn.now)
    if room.reachable:
        key = f"room-silent/{room.id}/{turn.now // DAY}"
        for partner in turn.store.people.partners(room.couple) if not room.private else ():
            outbox.to_partner(turn, partner, "room-silent", room.id, key, expires_at=turn.now + DAY)


def _say_it_in_private(turn: Turn, delivery: Delivery) -> None:
    """Others turned out to read a shared chat: what was for the two goes to each of them, and they are told why."""
    turn.store.people.change_room(delivery.room, others_read=True)
    for partner in turn.store.people.partners(delivery.couple):
        key = f"{delivery.view}/{delivery.subject}"
        outbox.to_partner(turn, partner, delivery.view, delivery.subject, key, expires_at=delivery.expires_at)
    occasion = f"third-person/{delivery.room}/{delivery.id}"
    outbox.to_rooms(turn, delivery.couple, "third-person", delivery.couple, occasion)
