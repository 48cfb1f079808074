"""Which time zone a person lives in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

ROUNDED_BY = 7
"""How many minutes people are off when they say what time it is."""

MOST_ZONES = 6

WELL_KNOWN = (
    "Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Europe/Berlin", "Asia/Tokyo", "America/Sao_Paulo",
    "Europe/London", "America/Los_Angeles", "America/Chicago", "Europe/Istanbul", "Europe/Moscow", "Africa/Lagos",
    "Africa/Cairo", "Asia/Jakarta", "Asia/Dhaka", "Asia/Karachi", "Asia/Manila", "Australia/Sydney", "Asia/Dubai",
    "America/Mexico_City", "America/Bogota", "America/Denver", "America/Santiago", "Europe/Athens", "Asia/Tehran",
    "Africa/Johannesburg", "Africa/Nairobi", "America/Caracas", "America/Halifax", "Asia/Kathmandu", "Asia/Yangon",
    "Asia/Kabul", "Asia/Tashkent", "Asia/Almaty", "Asia/Bangkok", "Australia/Perth", "Australia/Adelaide",
    "Australia/Darwin", "Australia/Brisbane", "Pacific/Auckland", "Pacific/Honolulu", "America/Anchorage",
    "America/Phoenix", "America/St_Johns", "America/Argentina/Buenos_Aires", "Atlantic/Azores", "Atlantic/Reykjavik",
    "America/Nuuk", "Pacific/Fiji", "Pacific/Tongatapu", "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Noumea",
    "Pacific/Marquesas", "Pacific/Pago_Pago", "Asia/Vladivostok", "Asia/Yekaterinburg", "Europe/Lisbon",
)  # fmt: skip
"""One zone for each clock that people live by, the most people first."""


@dataclass(frozen=True, slots=True)
class City:
    """A city with its country's code (empty where a zone was typed) and its zone."""

    name: str
    country: str
    zone: str


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def known(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in _zone_names()


def fold(name: str) -> str:
    """A name without accents and capitals, as it is compared."""
    if name.isascii():
        return name.lower().strip()
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


class Cities:
    """Finds cities by what people type; the file is read when somebody first asks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._named: dict[str, list[City]] = {}

    @classmethod
    def read(cls, file: Path) -> Cities:
        """The cities of a file (its form: docs/sources/make_cities.py)."""
        return cls(file)

    def find(self, typed: str, most: int = 5) -> tuple[City, ...]:
        """The cities that fit, the best first: exact before beginning, larger before smaller."""
        zone = self._typed_zone(typed)
        if zone:
            return (City(zone.split("/")[-1].replace("_", " "), "", zone),)
        wanted, _, country = (part.strip() for part in typed.strip()[:80].partition(","))
        sought = fold(wanted)
        if len(sought) < 2:
            return ()
        fitting = (city for city in self._matches(sought) if not country or city.country == country.upper())
        return tuple(_distinct(fitting, most))

    def _matches(self, sought: str) -> Iterator[City]:
        named = self._loaded()
        if sought in named:
            yield from named[sought]
        elif len(sought) > 2:
            yield from (city for name, cities in named.items() if name.startswith(sought) for city in cities)

    def _loaded(self) -> dict[str, list[City]]:
        if not self._named:
            for line in self._file.read_text(encoding="utf-8").splitlines():
                name, country, zone, others = line.split("\t")
                city = City(name, country, zone)
                for known_as in {fold(name), *others.split("|")} - {""}:
                    self._named.setdefault(known_as, []).append(city)
        return self._named

    def _typed_zone(self, typed: str) -> str:
        wanted = typed.strip().replace(" ", "_").lower()
        if wanted == "utc":
            return "UTC"
        return next((name for name in _zone_names() if "/" in name and name.lower() == wanted), "")


def zones_showing(minutes: int, now: int) -> tuple[str, ...]:
    """Well-known zones whose clocks show about this time of day at *now*, the most lived-in first."""
    found = []
    for name in WELL_KNOWN:
        wall = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(name))
        apart = abs(wall.hour * 60 + wall.minute - minutes)
        if min(apart, 24 * 60 - apart) <= ROUNDED_BY:
            found.append(name)
    return tuple(found[:MOST_ZONES])


@cache
def hemisphere(zone: str) -> Literal["north", "south"]:
    """The half of the world that a zone's city lies in, by the table that comes with the zones."""
    for line in resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _, where, name, *_ = line.split("\t")
            if name == zone:
                return "south" if where.startswith("-") else "north"
    return "north"


def _distinct(cities: Iterator[City], most: int) -> Iterator[City]:
    """Cities that differ in zone or country; of one name in one country and zone the largest stays."""
    seen: set[tuple[str, str, str]] = set()
    for city in cities:
        key = (city.name, city.country, city.zone)
        if key not in seen and len(seen) < most:
            seen.add(key)
            yield city
