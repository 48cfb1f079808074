"""What people type for times, days and spans of time, in the words of their language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from bot.dates import dates_in

LONGEST = 365 * 86400
"""A span that was typed never reaches further than this."""

MOST_PIECES = 12
"""So many words are tried as a day and a time; more are a sentence."""

_CLOCK = re.compile(r"([0-9]{1,2}?)(?:\s?[:.h]\s?([0-9]{2})|([0-9]{2}))?\s?([^0-9]*)")
_COUNTED = re.compile(r"([0-9]{1,3})\s?([^0-9]+)")


class Typed:
    """Reads what was typed by a table of words; raises ValueError for what it does not understand."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def time_of_day(self, words: str) -> int:
        """Minutes after midnight for "7:30", "8pm", "20h", "0730" or "noon"."""
        text = self._plain(words)
        if text in self._table["times"]:
            return int(self._table["times"][text])
        found = _CLOCK.fullmatch(text)
        if found is None:
            raise ValueError("not a time of day")
        return self._hour(int(found[1]), found[4]) * 60 + _minute(found[2] or found[3] or "0")

    def days(self, words: str) -> frozenset[int]:
        """Days of the week, 0 for Monday, for "mon wed fri", "mon-fri", "weekdays" or "every day"."""
        text = self._plain(words)
        if text in self._table["groups"]:
            return frozenset(self._table["groups"][text])
        found: set[int] = set()
        for part in re.split(r"[\s,;/.]+", self._ranges(text)):
            found |= self._named_days(part)
        if not found:
            raise ValueError("not days of the week")
        return frozenset(found)

    def span(self, words: str) -> int:
        """Seconds for "3 days", "a week", "2w" or "tonight"; 0 for words such as "off" that end a rest."""
        text = self._plain(words)
        if text in self._table["ends"]:
            return 0
        found = _COUNTED.fullmatch(text)
        count, _, unit = text.rpartition(" ")
        number = int(found[1]) if found else int(self._table["numbers"].get(count, 0 if count else 1))
        seconds = int(self._table["spans"].get(found[2] if found else unit, 0))
        if not number * seconds:
            raise ValueError("not a span of time")
        return min(number * seconds, LONGEST)

    def day_and_time(self, words: str, today: date) -> tuple[date | None, int | None]:
        """A day from *today* on and minutes after midnight for "Saturday 19:30", "8pm tomorrow" or "24 Dec at 20:00".

        What was not said of the two is None. Raises ValueError where neither was.
        """
        pieces = words.lower().replace(",", " ").split()
        if len(pieces) > MOST_PIECES:
            raise ValueError("more than a day and a time")
        for at in range(len(pieces), -1, -1):
            for day, time in ((pieces[:at], pieces[at:]), (pieces[at:], pieces[:at])):
                with suppress(ValueError):
                    return self._split(" ".join(day), " ".join(time), today)
        raise ValueError("not a day and a time")

    def hours(self, words: str) -> tuple[int, int]:
        """Minutes after midnight from when to when, for "22:30 - 6:45" or "10pm to 7"; the same twice for "none"."""
        text = self._ranges(self._plain(words))
        if text in self._table["ends"]:
            return 0, 0
        first, parted, last = text.partition("-")
        if not parted:
            raise ValueError("not from when to when")
        return self.time_of_day(first), self.time_of_day(last)

    def dates(self, words: str, today: date) -> tuple[date, date]:
        """The first and the last date for "24 Dec", "12-14 June" or "2026-12-24 to 2027-01-02"."""
        return dates_in(self._plain(words), today, self._table["months"], frozenset(self._table["reaching"]))

    def choice(self, words: str, kind: str) -> str:
        """The value behind a word of a group, such as "on" for "yes"; raises ValueError where it is none of them."""
        found = self._table[kind].get(self._plain(words))
        if found is None:
            raise ValueError("none of these words")
        return str(found)

    def _split(self, day: str, time: str, today: date) -> tuple[date | None, int | None]:
        if not day and not time:
            raise ValueError("nothing was said")
        return self._day(day, today) if day else None, self.time_of_day(time) if time else None

    def _day(self, words: str, today: date) -> date:
        """The next day of this name, or the date."""
        text = self._plain(words)
        if text in self._table["near"]:
            return today + timedelta(days=int(self._table["near"][text]))
        if text in self._table["days"]:
            return today + timedelta(days=(int(self._table["days"][text]) - today.weekday()) % 7)
        first, last = self.dates(text, today)
        if first != last:
            raise ValueError("more than one day")
        return first

    def _plain(self, words: str) -> str:
        """Small letters, single spaces, and without a word such as "at" or "for" in front."""
        text = " ".join(words.lower().split())
        first, _, rest = text.partition(" ")
        return rest if rest and first in self._table["before"] else text

    def _hour(self, hour: int, after: str) -> int:
        """The hour of 24, by the word after it such as "pm" or "h"."""
        if after in self._table["halves"]:
            if not 1 <= hour <= 12:
                raise ValueError("not an hour of twelve")
            return hour % 12 + int(self._table["halves"][after])
        if hour > 23 or (after and after not in self._table["hours"]):
            raise ValueError("not an hour of the day")
        return hour

    def _ranges(self, text: str) -> str:
        """Each "monday to friday" and "mon - fri" written as "mon-fri"."""
        words = "|".join(map(re.escape, self._table["reaching"]))
        return re.sub(rf"\s+(?:{words})\s+|\s*[-–—]\s*", "-", text)

    def _named_days(self, part: str) -> frozenset[int]:
        """The days of one word: a day, a group, a range, or a word that only joins."""
        if part in self._table["groups"]:
            return frozenset(self._table["groups"][part])
        if not part or part in self._table["joining"]:
            return frozenset()
        first, _, last = part.partition("-")
        days = self._table["days"]
        if first not in days or (last or first) not in days:
            raise ValueError("not a day of the week")
        length = (days[last or first] - days[first]) % 7
        return frozenset((days[first] + step) % 7 for step in range(length + 1))


def _minute(digits: str) -> int:
    if int(digits) > 59:
        raise ValueError("not a minute")
    return int(digits)
