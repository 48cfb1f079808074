"""A share moment as the two's clocks were to show it, kept so where the rules of a zone change meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import outbox
from bot.cadence import instant
from bot.model import Occurrence
from bot.planning import zones_at
from bot.turn import Turn
from bot.waking import first_waking

NOTES = ("occurrence", "note", "ask-again")
"""The posts that may name the moment."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A zone, and by how many seconds its clock was to be ahead of UTC at a moment."""

    zone: str
    ahead: int

    @classmethod
    def at(cls, moment: int, zone: str) -> Shown:
        """By the rules of this start."""
        offset = datetime.fromtimestamp(moment, ZoneInfo(zone)).utcoffset()
        assert offset is not None, "every zone has one"
        return cls(zone, int(offset.total_seconds()))

    def again(self, moment: int) -> int:
        """When the clock shows what it was to show at a moment, by the rules of this start."""
        if Shown.at(moment, self.zone) == self:
            return moment
        wall = datetime.fromtimestamp(moment + self.ahead, UTC)
        return instant(wall.date(), wall.hour * 60 + wall.minute, ZoneInfo(self.zone))


def promised(moment: int, zones: Sequence[ZoneInfo]) -> str:
    """The clocks on which a moment is promised, as an occurrence keeps them."""
    return _written(moment, [zone.key for zone in zones])


def by_new_rules(turn: Turn) -> int:
    """Move each share moment to where the clocks show what was promised; returns how many are told anew.

    Where only one of two clocks goes by new rules, the later of both: on neither it comes before it was promised.
    """
    promises = turn.store.occurrences.promised()
    return sum(_told_anew(turn, occurrence) for occurrence in promises)


def _told_anew(turn: Turn, occurrence: Occurrence) -> bool:
    shown = _read(occurrence.clocks)
    zones = [one.zone for one in shown]
    if occurrence.clocks == _written(occurrence.shares_at, zones):
        return False
    kept = max(one.again(occurrence.shares_at) for one in shown)
    moment = first_waking(kept, zones_at(turn, turn.store.people.partners(occurrence.couple), kept))
    turn.store.occurrences.change(occurrence.id, shares_at=moment, clocks=_written(moment, zones))
    for view in NOTES:
        outbox.change_posts(turn, view, occurrence.id)
    return True


def _written(moment: int, zones: Sequence[str]) -> str:
    shown = (Shown.at(moment, zone) for zone in dict.fromkeys(zones))
    return " ".join(f"{one.zone}={one.ahead}" for one in shown)


def _read(clocks: str) -> list[Shown]:
    parts = (one.partition("=") for one in clocks.split())
    return [Shown(zone, int(ahead)) for zone, _, ahead in parts]
