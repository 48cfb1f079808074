"""Where a person can turn to: directories, and the numbers that somebody has checked lately."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Directory:
    """A site that lists services by country."""

    name: str
    url: str
    covers: str
    checked: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country's emergency number, and its lines as names and contacts; *code* is ISO 3166."""

    code: str
    emergency: str
    lines: tuple[tuple[str, str], ...]
    checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Helplines:
    """What is known; a wrong number is worse than none, so a country counts only while each entry was checked."""

    directories: tuple[Directory, ...] = ()
    countries: tuple[Country, ...] = ()
    most_days: int = 180

    @classmethod
    def read(cls, file: Path) -> Helplines:
        """Read a file; raises tomllib.TOMLDecodeError or KeyError where it is broken."""
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        listed = [one for one in table["directory"] if one["url"]]
        return cls(
            tuple(Directory(one["name"], one["url"], one["covers"], one["checked"]) for one in listed),
            tuple(_country(one) for one in table["country"] if one["enabled"]),
            int(table["meta"]["max_age_days"]),
        )

    def countries_on(self, day: date) -> tuple[Country, ...]:
        """The countries whose every entry a person has checked lately."""
        return tuple(one for one in self.countries if all(self._is_fresh(entry, day) for entry in one.checked))

    def are_directories_checked(self, day: date) -> bool:
        """Whether a person has looked at every directory lately."""
        return all(self._is_fresh(one.checked, day) for one in self.directories)

    def _is_fresh(self, checked: str, day: date) -> bool:
        return bool(checked) and day - date.fromisoformat(checked) <= timedelta(days=self.most_days)


def _country(table: dict[str, Any]) -> Country:
    lines = table.get("line", [])
    return Country(
        table["code"],
        table["emergency"],
        tuple((one["name"], one["contact"]) for one in lines),
        (table["checked"], *(one["checked"] for one in lines)),
    )
