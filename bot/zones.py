"""Which time zone a person lives in."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate, islice
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

ROUNDED_BY = 7
"""How many minutes people are off when they say what time it is."""

MOST_ZONES = 6
LONGEST_NAME = 80
HALF_A_DAY = 12 * 60

WELL_KNOWN = (
    "Asia/Shanghai", "Asia/Kolkata", "Europe/Istanbul", "Europe/Berlin", "America/Sao_Paulo", "Asia/Tokyo",
    "Asia/Jakarta", "Africa/Lagos", "America/New_York", "Asia/Karachi", "Africa/Johannesburg", "America/Mexico_City",
    "America/Bogota", "Africa/Abidjan", "Europe/London", "Europe/Kyiv", "America/Chicago", "America/Caracas",
    "America/Los_Angeles", "Asia/Dhaka", "Asia/Tehran", "Africa/Cairo", "Asia/Dubai", "Africa/Casablanca",
    "Australia/Sydney", "Asia/Yangon", "America/Santiago", "America/Denver", "America/Phoenix", "Australia/Brisbane",
    "Asia/Kabul", "Asia/Beirut", "Asia/Jerusalem", "America/Havana", "Asia/Kathmandu", "Pacific/Auckland",
    "Australia/Adelaide", "Pacific/Honolulu", "America/Halifax", "Pacific/Noumea", "Pacific/Fiji",
    "America/Anchorage", "Atlantic/Cape_Verde", "America/St_Johns", "Australia/Darwin", "Pacific/Tongatapu",
    "Atlantic/Azores", "America/Nuuk", "Pacific/Pago_Pago", "America/Miquelon", "Pacific/Easter", "Pacific/Norfolk",
    "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Marquesas", "Pacific/Gambier", "Pacific/Pitcairn",
    "Australia/Lord_Howe", "Australia/Eucla", "Atlantic/South_Georgia",
)  # fmt: skip
"""One zone for each clock that people live by, in the order of how many people live in cities with that clock."""

_UNMARKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class City:
    """A city with its country's code (empty where a zone was typed) and its zone."""

    name: str
    country: str
    zone: str


def known(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in _zone_names()


def zone(name: str) -> ZoneInfo:
    """The time zone of this name; raises ValueError where there is none."""
    if not known(name):
        raise ValueError(f"not a time zone: {name!r}")
    return ZoneInfo(name)


def fold(name: str) -> str:
    """A name without accents, capitals and the file's own marks, as it is compared."""
    apart = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", bare.casefold().translate(_UNMARKED))
    return re.sub(r"[\s|#]+", " ", plain).strip()


class _Register:
    """The file of cities as one text in small letters, which is searched, and its lines as they are."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._small = text.casefold()
        self._starts = list(accumulate((len(line) + 1 for line in self._small.split("\n")), initial=0))
        self._headings = [number for number, line in enumerate(self._lines) if line.startswith("#")]

    def city(self, number: int) -> City:
        """The city on a line."""
        _, country, zone = self._lines[self._headings[bisect(self._headings, number) - 1]].split("\t")
        return City(self._lines[number].split("\t")[0], country, zone)

    def called(self, name: str) -> list[int]:
        """The lines of cities with this folded name; after them only larger ones, which one could also mean."""
        enough = 3 if name.isascii() else 2
        if len(name) < enough - 1:
            return []
        found = self._largest(f"\n{name}\t", f"\t|{name}|")
        found += self._larger(found, f"|{name}|")
        if len(name) >= enough:
            found += self._larger(found, f"\n{name}", f"\t|{name}")
            found += [] if found else self._largest(f"|{name}")
        return found

    def _larger(self, found: list[int], *needles: str) -> list[int]:
        least = max((self._size(number) for number in found), default=-1)
        return [number for number in self._largest(*needles) if self._size(number) > least]

    def _largest(self, *needles: str) -> list[int]:
        """The lines where one of the needles stands, the largest city first."""
        lines = {bisect(self._starts, at + 1) - 1 for needle in needles for at in _places(needle, self._small)}
        return sorted(lines, key=lambda number: (-self._size(number), number))

    def _size(self, number: int) -> int:
        """Thousands of people who live in the city on a line."""
        return int(self._lines[number].split("\t")[1])


def _places(needle: str, text: str) -> Iterator[int]:
    """Where a needle stands in a text."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


class Cities:
    """Finds cities by what people type; the file is read when somebody first asks."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @classmethod
    def read(cls, file: Path) -> Cities:
        """The cities of a file (its form: CITIES.md beside it)."""
        return cls(file)

    @cached_property
    def _register(self) -> _Register:
        return _Register(self._file.read_text(encoding="utf-8"))

    def find(self, typed: str, most: int = 5) -> tuple[City, ...]:
        """The cities that fit "munich" or "Berlin, DE", the best first; a zone's own name is that zone alone."""
        name, _, country = typed[:LONGEST_NAME].partition(",")
        written = _written_zones().get("_".join(name.lower().split()))
        if written:
            return (City(place_of(written), "", written),)
        sought = fold(name)
        numbers = self._register.called(sought) or self._register.called(re.sub("([aou])e", r"\1", sought))
        return tuple(islice(_fitting([self._register.city(number) for number in numbers], country), most))


def zones_showing(minutes: int, now: int, names: Sequence[str] = WELL_KNOWN) -> tuple[str, ...]:
    """Zones whose clocks show about this time of day at *now*, in the order of *names*, each clock once."""
    found: dict[tuple[timedelta | None, ...], str] = {}
    for name in names:
        wall = datetime.fromtimestamp(now, ZoneInfo(name))
        apart = (wall.hour * 60 + wall.minute - minutes + HALF_A_DAY) % (2 * HALF_A_DAY) - HALF_A_DAY
        if abs(apart) <= ROUNDED_BY:
            found.setdefault(_clock(name, now), name)
    return tuple(found.values())[:MOST_ZONES]


@cache
def place_of(zone: str) -> str:
    """The place that a zone is named after."""
    return zone.split("/")[-1].replace("_", " ")


@cache
def hemisphere(name: str) -> Literal["north", "south"]:
    """The half of the world that a zone's city lies in, by the tables that come with the zones; north if untold."""
    sought = {name, _target(name)}
    for line in _table("zone.tab") + _table("zone1970.tab"):
        _, where, listed, *_ = line.split("\t")
        if listed in sought:
            return "south" if where.startswith("-") else "north"
    return "north"


def _fitting(cities: list[City], country: str) -> Iterable[City]:
    """The cities of a country, or all where the word is no code that fits; one for each name and zone."""
    fitting = [city for city in cities if city.country == country.strip().upper()]
    first: dict[tuple[str, str], City] = {}
    for city in fitting or cities:
        first.setdefault((city.name, city.zone), city)
    return first.values()


def _clock(name: str, now: int) -> tuple[timedelta | None, ...]:
    """How far a zone's clock is from UTC in each week of the coming year."""
    first = datetime.fromtimestamp(now, UTC)
    return tuple((first + timedelta(weeks=week)).astimezone(ZoneInfo(name)).utcoffset() for week in range(53))


def _target(link: str) -> str:
    """The zone behind an older name."""
    links = (line.split() for line in _table("tzdata.zi") if line.startswith("L ") and line.endswith(f" {link}"))
    return next((target for _, target, _ in links), link)


def _table(name: str) -> list[str]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _written_zones() -> dict[str, str]:
    """The zones' names by how they are typed; not "EST" and such, which name no place and keep no summer time."""
    return {name.lower(): name for name in _zone_names() if "/" in name or name in ("UTC", "GMT")}
