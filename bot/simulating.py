"""Plays a stretch of time without anybody answering, to see what would be posted when."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cadence import Cadence
from bot.clock import SettableClock
from bot.courier import Courier
from bot.database import Database, open_engine, reading_engine
from bot.decks import CORE, Kind
from bot.engine import Engine
from bot.errors import StoreUnusable
from bot.model import QUIET_FROM, QUIET_TO, USUAL_A_WEEK, Act, Delivery
from bot.planning import plan_again
from bot.posts import InRoom, MessageRef, Place, Post
from bot.sealing import Plain
from bot.store import Store
from bot.turn import Repertoire, Turn
from bot.waking import is_quiet

A_DAY = 86400


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a couple has agreed, without who they are."""

    zones: tuple[str, ...]
    timezone: str
    rituals: tuple[tuple[str, str, str, bool], ...]
    apart: bool = False
    quiet: tuple[tuple[int, int], ...] = ()
    most_a_week: int = USUAL_A_WEEK


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the bot would say: the moment (UTC seconds), the local times, where, what."""

    couple: int
    moment: int
    local: tuple[str, ...]
    where: str
    ritual: str
    what: str
    silent: bool
    text: str


class Ear:
    """Takes every post and remembers how it read."""

    def __init__(self, clock: SettableClock) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self.posts: dict[str, Post] = {}

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef:
        self.posts[key] = post
        return MessageRef(to, str(next(self._numbers)))

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef:
        """Nobody looks at a change."""
        del post, key
        return ref

    async def remove(self, ref: MessageRef) -> None:
        """Nobody misses it."""


def sample(known: Repertoire, zones: tuple[str, str]) -> Agreed:
    """A couple with the usual plan."""
    rituals = tuple((name, str(known.decks[name].usual), "", True) for name in CORE if name in known.decks)
    return Agreed(zones, zones[0], rituals, apart=zones[0] != zones[1])


def agreed_in(file: Path) -> list[Agreed]:
    """What the couples of a database have agreed, read without changing anything."""
    if not file.exists():
        raise StoreUnusable(f"{file} is not there, so there are no rooms to simulate. Leave out --config for a sample.")
    with reading_engine(file).connect() as connection:
        store = Store(connection, int, Plain())
        return [_agreed(store, couple) for couple in store.people.couples()]


def _agreed(store: Store, couple_id: int) -> Agreed:
    couple = store.people.couple(couple_id)
    partners = store.people.partners(couple_id)
    return Agreed(
        tuple(partner.timezone for partner in partners) or (couple.timezone,),
        couple.timezone,
        tuple((one.deck, one.cadence, one.style, one.active) for one in store.rituals.of(couple_id)),
        couple.apart,
        tuple((partner.quiet_from, partner.quiet_to) for partner in partners),
        couple.most_a_week,
    )


async def simulate(known: Repertoire, couples: Sequence[Agreed], start: date, days: int) -> list[Said]:
    """What would be said from the first local midnight on, for so many days, in order."""
    zone = ZoneInfo(couples[0].timezone) if couples else ZoneInfo("UTC")
    beginning = int(datetime.combine(start, datetime.min.time(), zone).timestamp())
    clock = SettableClock(beginning)
    ear = Ear(clock)
    with tempfile.TemporaryDirectory(prefix="couple-rituals-") as folder:
        database = Database(open_engine(Path(folder) / "simulated.db"), itertools.count(1).__next__, Plain())
        try:
            await database.run(lambda store: _settle(Turn(store, clock.now(), known), couples))
            engine = Engine(database, clock, known, lambda: None)
            courier = Courier(database, clock, known, {"simulated": ear})
            await _live(engine, courier, clock, beginning + days * A_DAY)
            return await database.run(lambda store: _said(Turn(store, clock.now(), known), couples, ear))
        finally:
            database.close()


def warnings(known: Repertoire, couples: Sequence[Agreed], said: Sequence[Said], start: date, days: int) -> list[str]:
    """What the two might want to change."""
    found = [*_same_minute(said), *_in_quiet_hours(known, couples, said)]
    for number, couple in enumerate(couples, 1):
        found += _emptied(known, number, couple, start, days)
    return found


def _settle(turn: Turn, couples: Sequence[Agreed]) -> None:
    for number, agreed in enumerate(couples, 1):
        couple = turn.store.people.add_couple(
            timezone=agreed.timezone, apart=agreed.apart, began_at=turn.now, most_a_week=agreed.most_a_week
        )
        turn.store.people.add_room(couple.id, InRoom("simulated", str(number)), others_read=False)
        quiet = agreed.quiet or ((QUIET_FROM, QUIET_TO),) * len(agreed.zones)
        for seat, (zone, (quiet_from, quiet_to)) in enumerate(zip(agreed.zones, quiet, strict=True), 1):
            partner = turn.store.people.add_partner(
                couple=couple.id, seat=seat, name="", timezone=zone, quiet_from=quiet_from, quiet_to=quiet_to
            )
            turn.store.people.add_account(partner=partner.id, platform="simulated", user=f"{number}/{seat}")
        for deck, cadence, style, active in agreed.rituals:
            if deck in turn.known.decks:
                turn.store.rituals.add(couple=couple.id, deck=deck, cadence=cadence, style=style, active=active)
        plan_again(turn, couple)


async def _live(engine: Engine, courier: Courier, clock: SettableClock, until: int) -> None:
    while (coming := await engine.next_moment()) is not None and coming < until:
        clock.move_to(coming)
        await engine.share_due()
        await engine.close_stale()
        await engine.open_due()
        await courier.deliver_due()


def _said(turn: Turn, couples: Sequence[Agreed], ear: Ear) -> list[Said]:
    numbers = {couple: number for number, couple in enumerate(turn.store.people.couples(), 1)}
    found = []
    for delivery in turn.store.deliveries.everything_sent():
        if delivery.act == Act.POST and delivery.key in ear.posts:
            number = numbers[delivery.couple]
            found.append(_one(turn, number, couples[number - 1], delivery, ear.posts[delivery.key]))
    return sorted(found, key=lambda one: (one.moment, one.couple, one.where))


def _one(turn: Turn, number: int, agreed: Agreed, delivery: Delivery, post: Post) -> Said:
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    ritual = turn.store.rituals.ritual(delivery.subject)
    deck = occurrence.deck if occurrence else ritual.deck if ritual else ""
    what = {"occurrence": "post", "share": "share moment", "note": "private note"}.get(delivery.view, delivery.view)
    local = tuple(_wall(delivery.sent_at, zone) for zone in dict.fromkeys(agreed.zones))
    words = " ".join("".join(span.text for span in post.text).split())
    return Said(number, delivery.sent_at, local, "room" if delivery.room else "private", deck, what, post.quiet, words)


def _wall(moment: int, zone: str) -> str:
    return datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M")


def _same_minute(said: Sequence[Said]) -> Iterator[str]:
    heard: dict[tuple[int, str, int], str] = {}
    for one in said:
        key = (one.couple, one.where, one.moment // 60)
        if key in heard and one.where == "room":
            yield f"couple {one.couple}: {heard[key]} and {one.ritual} come in the same minute, {one.local[0]}"
        heard[key] = one.ritual


def _in_quiet_hours(known: Repertoire, couples: Sequence[Agreed], said: Sequence[Said]) -> Iterator[str]:
    told: set[tuple[int, str, str]] = set()
    for one in said:
        agreed = couples[one.couple - 1]
        deck = known.decks.get(one.ritual)
        if one.where != "room" or deck is None or deck.kind is Kind.TAP:
            continue
        quiet = agreed.quiet or ((QUIET_FROM, QUIET_TO),) * len(agreed.zones)
        for zone, (begins, ends) in zip(agreed.zones, quiet, strict=True):
            if is_quiet(one.moment, ZoneInfo(zone), begins, ends) and (one.couple, one.ritual, zone) not in told:
                told.add((one.couple, one.ritual, zone))
                yield (
                    f"couple {one.couple}: {one.ritual} falls into quiet hours in {zone} "
                    f"(first {_wall(one.moment, zone)}); it arrives silently there"
                )


def _emptied(known: Repertoire, number: int, agreed: Agreed, start: date, days: int) -> Iterator[str]:
    """Chosen times that daylight saving skips."""
    for deck, written, _, active in agreed.rituals:
        cadence = Cadence.parse(written)
        zones = (agreed.timezone,) if cadence.together else dict.fromkeys(agreed.zones)
        for zone, ahead in itertools.product(zones, range(days) if active and deck in known.decks else ()):
            day = start + timedelta(days=ahead)
            if day.weekday() in cadence.days and _skipped(cadence, day, ZoneInfo(zone)):
                yield (
                    f"couple {number}: on {day} the clocks in {zone} jump over the time of {deck} "
                    f"({cadence.at // 60:02}:{cadence.at % 60:02}); it comes as soon as they have"
                )


def _skipped(cadence: Cadence, day: date, zone: ZoneInfo) -> bool:
    """Whether every minute that a cadence may choose on a date is missing from the clock."""
    minutes = (cadence.at, cadence.at + max(cadence.window - 1, 0))
    for minute in minutes:
        wall = datetime.combine(day, datetime.min.time(), zone) + timedelta(minutes=minute)
        if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            return False
    return True
