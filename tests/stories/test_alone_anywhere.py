"""A property: wherever somebody lives or goes, lines for them alone keep to their window, day and gap."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cadence import Cadence
from bot.planning import agreed, move_on, plan_again
from bot.posts import InPrivate
from bot.store import Store
from bot.turn import Repertoire, Turn
from stories.chats import PLATFORM
from stories.story import Story, told

ZONES = (
    "Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kolkata",
    "Pacific/Auckland", "Pacific/Apia", "America/Nuuk", "Africa/Casablanca", "Pacific/Kiritimati", "UTC",
)  # fmt: skip
WEEKS = 4

days = st.sets(st.integers(0, 6), min_size=1, max_size=5).map(frozenset)
windows = st.integers(0, 23 * 60).flatmap(lambda at: st.tuples(st.just(at), st.integers(30, min(24 * 60 - at, 1320))))
cadences = st.builds(lambda chosen, window: Cadence(chosen, *window), days, windows)
# Around the nights on which clocks are set, in both halves of the world.
beginnings = st.sampled_from([datetime(2026, *at, tzinfo=UTC) for at in ((3, 1), (3, 22), (4, 1), (9, 1), (10, 20))])
journeys = st.lists(st.tuples(st.integers(1, 7 * 24), st.sampled_from(ZONES)), min_size=1, max_size=6)


@dataclass(frozen=True, slots=True)
class Came:
    """A line that came, on the wall where its reader was then."""

    at: int
    wall: datetime


async def lines_of(
    known: Repertoire, migrated: Path, cadence: Cadence, begins: datetime, journey: list[tuple[int, str]]
) -> list[Came]:
    """What comes to somebody in some weeks, who stays so many hours in each of some zones."""
    with tempfile.TemporaryDirectory() as folder:
        async with told(Path(folder), known, migrated) as story:
            start = int(begins.timestamp())
            story.clock.move_to(max(start, story.clock.now()))
            reader = await story.database.run(lambda store: _settles(_turn(story, store), cadence, journey[0][1]))
            found: list[Came] = []
            for hours, zone in journey * (WEEKS * 7 * 24 // sum(hours for hours, _ in journey) + 1):
                before = len(story.chats.messages)
                await story.database.run(lambda store, zone=zone: _travels(_turn(story, store), reader, zone))
                await story.comes(story.clock.now() + hours * 3600)
                new = (one for one in story.chats.messages[before:] if one.ref.place == InPrivate(PLATFORM, "ann"))
                found += [Came(one.at, datetime.fromtimestamp(one.at, ZoneInfo(zone))) for one in new]
                if story.clock.now() - start > timedelta(weeks=WEEKS).total_seconds():
                    break
            return found


def _turn(story: Story, store: Store) -> Turn:
    return Turn(store, story.clock.now(), story.known)


def _settles(turn: Turn, cadence: Cadence, zone: str) -> int:
    """Somebody alone with one nudge and no quiet hours."""
    couple = turn.store.people.add_couple(timezone=zone, began_at=turn.now)
    reader = turn.store.people.add_partner(
        couple=couple.id, seat=1, name="Ann", timezone=zone, quiet_from=0, quiet_to=0
    )
    turn.store.people.add_account(partner=reader.id, platform=PLATFORM, user="ann")
    ritual = turn.store.rituals.add(
        couple=couple.id, partner=reader.id, deck="gratitude_nudge", cadence=str(cadence), active=True
    )
    move_on(turn, agreed(turn, ritual), "", turn.now)
    return reader.id


def _travels(turn: Turn, reader: int, zone: str) -> None:
    turn.store.people.change_partner(reader, timezone=zone)
    partner = turn.store.people.partner(reader)
    plan_again(turn, turn.store.people.couple(partner.couple), catch_up=True)


@settings(max_examples=6)
@given(cadence=cadences, begins=beginnings, zone=st.sampled_from(ZONES))
def test_at_home(known: Repertoire, migrated: Path, cadence: Cadence, begins: datetime, zone: str) -> None:
    """In one zone, across the nights on which clocks are set: in the window, once a day, never close."""
    came = asyncio.run(lines_of(known, migrated, cadence, begins, [(WEEKS * 7 * 24, zone)]))

    _keeps_its_word(came, cadence)
    assert came, "in four weeks some come"


@settings(max_examples=6)
@given(cadence=cadences, begins=beginnings, journey=journeys)
def test_on_a_journey(
    known: Repertoire, migrated: Path, cadence: Cadence, begins: datetime, journey: list[tuple[int, str]]
) -> None:
    """The same for whoever keeps moving from zone to zone, by the clock where they are."""
    _keeps_its_word(asyncio.run(lines_of(known, migrated, cadence, begins, journey)), cadence)


def _keeps_its_word(came: list[Came], cadence: Cadence) -> None:
    for one in came:
        assert one.wall.weekday() in cadence.days
        assert 0 <= one.wall.hour * 60 + one.wall.minute - cadence.at < cadence.window

    assert all(later.at - one.at >= 20 * 3600 for one, later in pairwise(came))
    assert len({one.wall.date() for one in came}) == len(came)
