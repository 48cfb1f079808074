"""Decides: people do things, rituals come round, and what follows is committed before anyone is answered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot import ending, pruning
from bot.clock import Clock
from bot.commands import NEW_RITUAL
from bot.courier import VIEWS
from bot.database import Database
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    Completing,
    Edited,
    Event,
    PersonJoined,
    PersonLeft,
    Pressed,
    RoomMoved,
    Said,
    Submitted,
    Vanished,
)
from bot.flooding import Floods, Verdict
from bot.flows import (
    adding,
    admitting,
    agreeing,
    alone,
    answering,
    appointing,
    asking,
    building,
    coming,
    completing,
    explaining,
    filling,
    guiding,
    informing,
    keeping,
    leaving,
    listening,
    marking,
    moving,
    nudging,
    owning,
    pairing,
    pausing,
    picking,
    returning,
    sharing,
    suggesting,
    tending,
    timing,
    visiting,
    wishing,
)
from bot.heard import sources_in
from bot.planning import plan_by_new_rules, wake_up
from bot.ports import Acquaintances
from bot.posts import Answer, InRoom, Place, Show, Silence, Suggestions, Token
from bot.store import Store, Who
from bot.store.deliveries import ALONE
from bot.turn import Repertoire, Turn
from bot.views import doors
from bot.vitals import Outbox

FORGET_GUESSES_AFTER = 86400

logger = logging.getLogger(__name__)


AWAITED_FOR = 2 * 86400
MOST_AWAITED = 100
"""How many people's private chats are looked into after the bot was away."""


WAYS_IN = ("join", "enter", "apart", "notnow", "begin")

AFTER_THE_END = ("mine", "export", "both", "history", "more", "open")
"""What still works once one of the two has left, for as long as each may take a copy along."""


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
        """Let the rituals come by the rules that the clocks go by now; called once, at the start."""
        moved = await self._database.run_later(lambda store: _by_new_rules(self._turn(store)))
        if moved:
            logger.info("%d rituals go by the clocks' new rules", moved, extra={"action": "zones_changed"})

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
                return _route(turn, who, event)
            # A repeat is answered again and changes nothing.
            with store.undone():
                return _route(turn, who, event)
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
    return plan_by_new_rules(turn)


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


def _route(turn: Turn, who: Who | None, event: Event) -> Answer:
    if who is not None and not who.couple.ended_at:
        coming.note_presence(turn, who, event)
    match event:
        case Commanded():
            return _command(turn, who, event)
        case Pressed():
            return _press(turn, who, event)
        case Said():
            return _said(turn, who, event)
        case Submitted():
            return _submitted(turn, _one_of_the_two(turn, who, event), event)
        case Edited():
            return answering.edit(turn, who, event) if who else Silence()
        case Vanished():
            return answering.vanish(turn, event)
        case BotAdded():
            return pairing.start(turn, who, event)
        case BotRemoved() | PersonJoined() | PersonLeft() | RoomMoved():
            return coming.note_room(turn, event)
        case Completing():
            return completing.complete(turn, who, event)
        case _:
            assert_never(event)


def _command(turn: Turn, who: Who | None, event: Commanded) -> Answer:
    if event.name == "start":
        return pairing.start(turn, who, event)
    if event.name == "help":
        return keeping.help_with(turn, who)
    if event.name == "recover":
        return returning.recover(turn, who, event)
    if event.name == "more":
        return informing.more(turn, who, event)
    member = _one_of_the_two(turn, who, event)
    if member.couple.ended_at and event.name not in AFTER_THE_END:
        raise Refusal("is-over")
    match event.name:
        case "today" | "memory" | "win" | "journal" | "walk" | "date":
            return asking.today(turn, member, event)
        case "checkin" | "question":
            return asking.in_private(turn, member, event)
        case "why":
            return explaining.why(turn, member)
        case "week":
            return tending.show_week(turn, member)
        case "rituals" if event.words.strip().lower() == NEW_RITUAL:
            return building.begin(turn, member, event)
        case "rituals":
            return tending.show_rituals(turn, member, event)
        case "timezone":
            return moving.ask(turn, member, event)
        case "skip":
            return answering.skip(turn, member)
        case "rest":
            return tending.rest(turn, member, event)
        case "settings":
            return wishing.settings(turn, member, event)
        case "visit":
            return visiting.plan(turn, member, event)
        case "leave":
            return leaving.ask(turn, member, event)
        case "hide":
            return wishing.hide(turn, member)
        case "mine":
            return owning.mine(turn, member, event)
        case "export":
            return owning.export(turn, member, event)
        case "history":
            return keeping.history(turn, member)
        case "pause":
            return pausing.ask(turn, member, event)
        case "repair" | "assess" | "practice" | "agree":
            return guiding.begin(turn, member, event)
        case _:
            raise Refusal("unknown-command")


def _press(turn: Turn, who: Who | None, event: Pressed) -> Answer:
    match event.token.verb:
        case "join":
            return pairing.consider(turn, who, event)
        case "enter":
            return pairing.enter(turn, who, event)
        case "bring":
            return Show(doors.invitation(turn, event.person))
        case "apart":
            return pairing.begin_apart(turn, who, event)
        case "host":
            return admitting.know_host(turn, event)
        case "admit":
            return admitting.admit(turn, event)
        case "begin":
            return pairing.begin(turn, event)
        case "notnow":
            return pairing.not_now(turn, event)
        case "more":
            return informing.press(turn, who, event)
    if event.token.verb == "movehere" and who is not None and not who.couple.ended_at:
        return pairing.move_here(turn, who, event)
    member = _one_of_the_two(turn, who, event)
    flow = _PRESSES.get(event.token.verb)
    if flow is None:
        raise Refusal("old-choice")
    if member.couple.ended_at and event.token.verb not in AFTER_THE_END:
        raise Refusal("is-over")
    return flow(turn, member, event)


def _said(turn: Turn, who: Who | None, event: Said) -> Answer:
    if who is not None and who.couple.ended_at:
        return _said_after_the_end(turn, who, event)
    if isinstance(event.place, InRoom) or event.reply_to is not None:
        if who is None or not coming.belongs(turn, who, event):
            return Silence()
        if isinstance(event.place, InRoom) or _answers_a_post(turn, event):
            return answering.reply(turn, who, event)
    if who is None:
        return Show(doors.invitation(turn, event.person))
    return _awaited(turn, who, event, Token.parse(who.partner.awaiting))


def _said_after_the_end(turn: Turn, who: Who, event: Said) -> Answer:
    """In the chat nothing is recorded any more; in private one's own words can still be changed."""
    if isinstance(event.place, InRoom):
        return Silence()
    token = Token.parse(who.partner.awaiting)
    if token.verb == "mine":
        return owning.typed(turn, who, event, token)
    raise Refusal("is-over")


def _answers_a_post(turn: Turn, event: Said) -> bool:
    found = turn.store.deliveries.behind(turn.store.people, event.reply_to) if event.reply_to is not None else None
    # A line for one alone asks nothing; what is written below it is like anything else that one writes in private.
    return found is not None and found.view not in ALONE


def _awaited(turn: Turn, who: Who, event: Said | Submitted, token: Token) -> Answer:
    match token.verb:
        case "say":
            return filling.write(turn, who, event, token)
        case "write":
            return answering.submit(turn, who, event, token)
        case "agree":
            return agreeing.typed(turn, who, event, token)
        case "walk":
            return guiding.write(turn, who, event, token)
        case "sentence":
            return sharing.add_sentence(turn, who, event, token)
        case "date":
            return appointing.typed(turn, who, event, token)
        case "zone":
            return moving.typed(turn, who, event)
        case "wish":
            return wishing.typed(turn, who, event, token)
        case "mine":
            return owning.typed(turn, who, event, token)
        case "line":
            return adding.typed(turn, who, event, token)
        case "own":
            return building.typed(turn, who, event, token)
        case "alone":
            return alone.typed(turn, who, event, token)
        case "ownday":
            return marking.typed(turn, who, event, token)
        case "cue":
            return nudging.write_cue(turn, who, event, token)
        case _:
            return filling.go_on(turn, who)


def _submitted(turn: Turn, who: Who, event: Submitted) -> Answer:
    if event.token.verb == "ritual":
        return tending.typed_time(turn, who, event)
    return _awaited(turn, who, event, event.token)


def _one_of_the_two(turn: Turn, who: Who | None, event: Event) -> Who:
    if who is None or not coming.belongs(turn, who, event):
        raise Refusal("bystander" if coming.is_taken(turn, event) else "not-yet-two")
    return who


def _open_note(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """What a neutral line stands for, to the one it was meant for."""
    delivery = turn.store.deliveries.delivery(pressed.token.subject)
    account = turn.store.people.account(delivery.account) if delivery and delivery.account else None
    if delivery is None or account is None or account.partner != who.partner.id:
        raise Refusal("old-choice")
    post = VIEWS[delivery.view](turn, delivery)
    if post is None:
        raise Refusal("note-passed")
    if delivery.view == "walk":
        return guiding.resume(turn, who, delivery.subject)
    # A recording takes no other message's place.
    return Show(post, privately=True, in_place=post.recorded is None)


_PRESSES: dict[str, Callable[[Turn, Who, Pressed], Answer]] = {
    "plan": pairing.change_plan,
    "write": answering.open_form,
    "tap": answering.tap,
    "notday": answering.not_the_day,
    "checkin": filling.begin,
    "pick": filling.pick,
    # As it stands on screens of earlier versions.
    "scale": filling.pick,
    "say": filling.ask_words,
    "pass": filling.pass_over,
    "notweek": filling.not_this_week,
    "share": sharing.decide,
    "mark": sharing.mark,
    "rituals": tending.list_again,
    "ritual": tending.press_ritual,
    "rest": tending.press_rest,
    "zone": moving.press,
    "history": keeping.earlier,
    "readers": coming.accept_readers,
    "open": _open_note,
    "both": owning.take_both,
    "leave": leaving.press,
    "recovery": returning.new_code,
    "visit": visiting.press,
    "wish": wishing.press,
    "mine": owning.press,
    "line": adding.press,
    "own": building.press,
    "hide": wishing.press_hide,
    "instead": explaining.press_instead,
    "practice": guiding.press_practice,
    "walk": guiding.press,
    "agree": agreeing.press,
    "review": guiding.review,
    "pause": pausing.press,
    "now": asking.now,
    "timer": timing.press,
    "tip": listening.press,
    "alone": alone.press,
    "cue": nudging.ask_cue,
    "idea": picking.pick,
    "date": appointing.press,
    "ownday": marking.press,
    "suggestion": suggesting.press,
}
