"""The system's own words, in each reader's language (Project Fluent), with days and times (Babel)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_day_names
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Resource

from bot.errors import Misconfigured

FALLBACK = "en"


class Phrasebook:
    """Every phrase of every language."""

    def __init__(self, bundles: Mapping[str, FluentBundle], known: Mapping[str, frozenset[str]]) -> None:
        self._bundles = bundles
        self._known = known

    @classmethod
    def read(cls, folder: Path) -> Phrasebook:
        """Read words.ftl of each language's folder; raises Misconfigured with the file and line."""
        files = sorted(folder.glob("*/words.ftl"))
        if folder / FALLBACK / "words.ftl" not in files:
            raise Misconfigured(f"{folder / FALLBACK / 'words.ftl'} is missing. Install the program again.")
        bundles: dict[str, FluentBundle] = {}
        known: dict[str, frozenset[str]] = {}
        for file in files:
            bundles[file.parent.name], known[file.parent.name] = _read(file)
        return cls(bundles, known)

    def say(self, phrase: str, locale: str = FALLBACK, **values: str) -> str:
        """A phrase with its values; raises KeyError where the phrase or a value is missing."""
        if not self.has(phrase):
            raise KeyError(phrase)
        bundle = self._bundles[locale if phrase in self._known.get(locale, frozenset()) else FALLBACK]
        pattern = bundle.get_message(phrase).value
        assert pattern is not None, "a phrase without words is refused when its file is read"
        text, problems = bundle.format_pattern(pattern, values)
        if problems:
            raise KeyError(f"{phrase}: {problems[0]}")
        return str(text)

    def locales(self) -> tuple[str, ...]:
        """The languages that we speak."""
        return tuple(sorted(self._bundles))

    def has(self, phrase: str) -> bool:
        """Whether a phrase exists."""
        return phrase in self._known[FALLBACK]

    def phrases(self, locale: str = FALLBACK) -> frozenset[str]:
        """The keys of every phrase of a language."""
        return self._known[locale]

    def nearest(self, language: str) -> str:
        """The language that we speak which is nearest to a tag such as "en-GB"."""
        short = language.replace("_", "-").split("-")[0].lower()
        return short if short in self._bundles else FALLBACK

    def clock_time(self, moment: int, zone: ZoneInfo, locale: str = FALLBACK) -> str:
        """For example 08:00."""
        return format_datetime(_local(moment, zone), "HH:mm", locale=self._spoken(locale))

    def day_and_time(self, moment: int, zone: ZoneInfo, locale: str = FALLBACK) -> str:
        """For example Sunday 18:30."""
        return format_datetime(_local(moment, zone), "EEEE HH:mm", locale=self._spoken(locale))

    def date_line(self, moment: int, zone: ZoneInfo, locale: str = FALLBACK) -> str:
        """For example Monday 23 November, 08:00."""
        return format_datetime(_local(moment, zone), "EEEE d MMMM, HH:mm", locale=self._spoken(locale))

    def day_label(self, day: date, locale: str = FALLBACK) -> str:
        """For example Monday 23 November."""
        return _day_label(day, self._spoken(locale))

    def short_day(self, day: date, locale: str = FALLBACK) -> str:
        """For example 23 Nov."""
        return format_date(day, "d MMM", locale=self._spoken(locale))

    def month_label(self, day: date, locale: str = FALLBACK) -> str:
        """For example November 2026."""
        return format_date(day, "LLLL y", locale=self._spoken(locale))

    def day_name(self, weekday: int, locale: str = FALLBACK, *, short: bool = False) -> str:
        """A day of the week, 0 for Monday."""
        language = Locale.parse(self._spoken(locale))
        return str(get_day_names("abbreviated" if short else "wide", locale=language)[weekday])

    def country_name(self, code: str, locale: str = FALLBACK) -> str:
        """A country by its ISO code."""
        return str(Locale.parse(self._spoken(locale)).territories.get(code, code))

    def _spoken(self, locale: str) -> str:
        # A day in a language that we do not speak would stand in an English sentence.
        return locale if locale in self._bundles else FALLBACK


@lru_cache(maxsize=200)  # The same few days are asked for again and again, and Babel takes its time.
def _day_label(day: date, locale: str) -> str:
    return format_date(day, "EEEE d MMMM", locale=locale)


def _read(file: Path) -> tuple[FluentBundle, frozenset[str]]:
    text = _text(file)
    parsed = FluentParser().parse(text)
    messages = _messages(file, text, parsed)
    bundle: Any = FluentBundle([file.parent.name], use_isolating=False)
    bundle.add_resource(parsed)
    return bundle, frozenset(messages)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Misconfigured(f"{file}: cannot be read: {problem}") from problem


def _messages(file: Path, text: str, parsed: Resource) -> list[str]:
    """The keys of a file's phrases; raises Misconfigured for what Fluent would skip without a word."""
    found: list[str] = []
    for entry in parsed.body:
        line = text.count("\n", 0, entry.span.start if entry.span else 0) + 1
        if isinstance(entry, Junk):
            reason = entry.annotations[0].message if entry.annotations else "not understood"
            raise Misconfigured(f"{file}: line {line}: {reason}")
        if isinstance(entry, Message):
            if entry.id.name in found or entry.value is None:
                fault = "is there twice" if entry.id.name in found else "says nothing"
                raise Misconfigured(f"{file}: line {line}: {entry.id.name} {fault}")
            found.append(entry.id.name)
    return found


def _local(moment: int, zone: ZoneInfo) -> datetime:
    # Babel converts aware datetimes to UTC unless it is told the zone, so it is handed the wall clock.
    return datetime.fromtimestamp(moment, UTC).astimezone(zone).replace(tzinfo=None)
