"""Decides: people do things, rituals come round, and what follows is committed before anyone is answered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot import ending, promises, pruning
from bot.clock import Clock
from bot.database import Database
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import BotAdded, Commanded, Completing, Event, Pressed, Submitted
from bot.flooding import Floods, Verdict
from bot.flows import asking, completing, informing, leaving, nudging, sharing, suggesting
from bot.heard import sources_in
from bot.planning import plan_by_new_rules, wake_up
from bot.ports import Acquaintances
from bot.posts import Answer, InRoom, Place, Show, Silence, Suggestions
from bot.routing import WAYS_IN, route
from bot.store import Store, Who
from bot.turn import Repertoire, Turn
from bot.vitals import Outbox

FORGET_GUESSES_AFTER = 86400

logger = logging.getLogger(__name__)


AWAITED_FOR = 2 * 86400
MOST_AWAITED = 100
"""How many people's private chats are looked into after the bot was away."""


class Engine:
    """The common ritual engine; every adapter hands its events to *handle*.

    *deleted* is told the ids of replies that were deleted for good, once that is committed.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        known: Repertoire,
        wake: Callable[[], None],
        deleted: Callable[[Sequence[int]], object] = len,
    ) -> None:
        self._database = database
        self._deleted = deleted
        self._clock = clock
        self._known = known
        self._wake = wake
        self._floods = Floods(clock)
        self._prunes_at = 0

    async def handle(self, event: Event) -> Answer:
        """Decide about one event, commit, and return what to answer; what is too much is declined."""
        verdict = self._floods.judge(event)
        if verdict is not Verdict.WELCOME:
            return await self._too_much(event, verdict)
        answer, more_to_say, deleted = await self._database.run(self._decided, event)
        if deleted:
            self._deleted(deleted)
        if more_to_say:
            self._wake()
        return answer

    async def _too_much(self, event: Event, verdict: Verdict) -> Answer:
        if isinstance(event, Completing):
            return Suggestions(())
        if verdict is Verdict.TOO_MANY and not isinstance(event, Submitted):
            # Of a form that is sent the words are nowhere else, so its writer is told each time.
            return Silence()
        logger.warning("somebody does more than one can", extra={"action": "flooded"})
        return await self._database.run(lambda store: _declined(self._turn(store), None, Refusal("too-much")))

    def acquaintances(self, platform: str) -> Acquaintances:
        """Whom the bot knows on a platform."""
        return _Acquaintances(self._database, self._clock, platform)

    async def go_by_decks(self, put: Callable[[], frozenset[str]]) -> frozenset[str]:
        """Change the decks between two units of work; what slept for want of its deck wakes."""

        def unit(store: Store) -> frozenset[str]:
            changed = put()
            wake_up(self._turn(store))
            return changed

        return await self._database.run_later(unit)

    async def go_by_new_rules(self) -> None:
        """Let the rituals and what is promised go by the rules of the clocks now; called once, at the start."""
        moved = await self._database.run_later(lambda store: _by_new_rules(self._turn(store)))
        if moved:
            logger.info(
                "%d rituals and share moments go by the clocks' new rules", moved, extra={"action": "zones_changed"}
            )

    async def open_due(self) -> None:
        """Let every ritual that is due come round."""
        for note in await self._database.run_later(self._open):
            logger.info(note, extra={"action": "ritual_let_go"})
        self._wake()

    async def share_due(self) -> None:
        """Let every share moment that has come appear."""
        await self._database.run_later(lambda store: sharing.share_due(self._turn(store)))
        self._wake()

    async def close_stale(self) -> None:
        """Close what has been open long enough, and once a day let go of what was kept long enough."""
        await self._database.run_later(self._close)
        if self._clock.now() >= self._prunes_at:
            self._prunes_at = self._clock.now() + pruning.EVERY
            await self._prune()

    async def next_moment(self) -> int | None:
        """When there will be something to do next, in seconds UTC."""
        return await self._database.run_later(_next_moment)

    async def lag(self) -> int:
        """By how many seconds what is to be done next is late."""
        moment = await self.next_moment()
        return 0 if moment is None else max(0, self._clock.now() - moment)

    async def outbox(self) -> Outbox:
        """How many posts wait that should have gone."""
        now = self._clock.now()
        waiting, since = await self._database.run_later(lambda store: store.deliveries.depth(now))
        return Outbox(waiting, max(0, now - since) if waiting else 0)

    async def _prune(self) -> None:
        found = pruning.Pruned(is_more=True)
        pauses, nudges = (
            [deck.id for deck in self._known.decks.values() if deck.kind is kind] for kind in (Kind.PAUSE, Kind.NUDGE)
        )
        while found.is_more:
            found = await self._database.run_later(pruning.prune, self._clock.now(), pauses, nudges)
            self._deleted(found.replies)
            if found.rows:
                logger.info("%d rows were kept long enough", found.rows, extra={"action": "pruned"})

    def _turn(self, store: Store) -> Turn:
        return Turn(store, self._clock.now(), self._known)

    def _open(self, store: Store) -> list[str]:
        informing.cards_due(self._turn(store))
        suggesting.suggest_due(self._turn(store))
        nudging.open_due(self._turn(store))
        return asking.open_due(self._turn(store))

    def _close(self, store: Store) -> None:
        sharing.close_stale(self._turn(store))
        leaving.leave_due(self._turn(store))
        store.wishes.forget_guesses(self._clock.now() - FORGET_GUESSES_AFTER)

    def _decided(self, store: Store, event: Event) -> tuple[Answer, bool, Sequence[int]]:
        """The answer, whether there is something to deliver beside it, and which replies were deleted."""
        before, gone = store.deliveries.added, len(store.deletions.noted)
        answer = self._decide(store, event)
        return answer, store.deliveries.added > before, store.deletions.noted[gone:]

    def _decide(self, store: Store, event: Event) -> Answer:
        turn = replace(self._turn(store), in_room=isinstance(event.place, InRoom))
        who = _known(turn, event)
        try:
            if isinstance(event, Completing):
                return completing.complete(turn, who, event)
            if store.deliveries.remember_handled(event.person.platform, event.id, turn.now) or _offers_a_way_in(event):
                return route(turn, who, event)
            # A repeat is answered again and changes nothing.
            with store.undone():
                return route(turn, who, event)
        except Refusal as refusal:
            return _declined(turn, who, refusal)


@dataclass(frozen=True, slots=True)
class _Acquaintances:
    """Reads them anew each time."""

    database: Database
    clock: Clock
    platform: str

    async def rooms(self) -> list[str]:
        return await self.database.run_later(lambda store: store.people.shared_chats(self.platform))

    async def unheard(self, events: Sequence[str]) -> set[str]:
        known = await self.database.run_later(lambda store: store.deliveries.handled(self.platform, events))
        return set(events) - known

    async def awaited(self) -> list[str]:
        since = self.clock.now() - AWAITED_FOR
        return await self.database.run_later(lambda store: store.people.awaited(self.platform, since, MOST_AWAITED))

    async def recorded(self, place: Place) -> set[str]:
        return await self.database.run_later(lambda store: store.replies.messages_in(sources_in(place)))


def _by_new_rules(turn: Turn) -> int:
    wake_up(turn)
    return plan_by_new_rules(turn) + promises.by_new_rules(turn)


def _next_moment(store: Store) -> int | None:
    moments = (
        store.rituals.earliest(),
        store.occurrences.earliest(),
        store.deliveries.earliest(),
        store.people.next_leaving(),
    )
    return min((moment for moment in moments if moment is not None), default=None)


def _known(turn: Turn, event: Event) -> Who | None:
    """The partner behind an event; whoever's rituals ended some time ago, or who comes in anew, is nobody's partner."""
    who = turn.store.people.who(event.person.platform, event.person.user)
    if who is None or not who.couple.ended_at:
        return who
    begins = (isinstance(event, Commanded) and event.name == "start") or isinstance(event, BotAdded)
    comes_in = isinstance(event, Pressed) and event.token.verb in WAYS_IN
    is_over = turn.now > who.couple.ended_at + ending.OPEN_FOR
    return None if begins or comes_in or is_over else who


def _offers_a_way_in(event: Event) -> bool:
    """A way in that was taken back would be a dead choice, so a repeated beginning begins once more."""
    return isinstance(event, BotAdded) or (isinstance(event, Commanded) and event.name == "start")


def _declined(turn: Turn, who: Who | None, refusal: Refusal) -> Answer:
    return Show(turn.line(refusal.phrase, who.partner if who else None, **refusal.values), privately=True)
