"""What people type for times, days and spans of time, in the words of their language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

DAY = 86400
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})|(?<=\d\d)(\d{2}))?\s*(h|am|pm|a\.m\.|p\.m\.)?")


class Typed:
    """Reads what was typed by a table of words; raises ValueError for what it does not understand."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def time_of_day(self, words: str) -> int:
        """Minutes after midnight for "7:30", "8pm", "0730" or "noon"."""
        text = words.strip().lower()
        if text in self._table["times"]:
            return int(self._table["times"][text])
        found = _TIME.fullmatch(text)
        if found is None or not text.isascii():
            raise ValueError("not a time of day")
        hour, minute = int(found[1]), int(found[2] or found[3] or 0)
        half = (found[4] or "").replace(".", "")
        if half in ("am", "pm"):
            if not 1 <= hour <= 12:
                raise ValueError("not a time of day")
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValueError("not a time of day")
        return hour * 60 + minute

    def days(self, words: str) -> frozenset[int]:
        """Days of the week, 0 for Monday, for "mon wed fri", "weekdays" or "every day"."""
        text = " ".join(words.lower().replace(",", " ").split())
        if text in self._table["groups"]:
            return frozenset(self._table["groups"][text])
        names = [word for word in text.split() if word not in self._table["joining"]]
        found = [self._table["days"].get(name) for name in names]
        if not found or None in found:
            raise ValueError("not days of the week")
        return frozenset(int(day) for day in found)

    def span(self, words: str) -> int:
        """Seconds for "3 days", "a week" or "2w"; 0 for words such as "off" that end a rest."""
        text = " ".join(words.lower().split())
        if text in self._table["ends"]:
            return 0
        found = re.fullmatch(r"(\d{1,3}|\w+)?\s*([^\W\d]+)", text)
        if found is None:
            raise ValueError("not a span of time")
        unit = self._table["spans"].get(found[2])
        number = 1 if not found[1] else self._table["numbers"].get(found[1])
        if number is None and found[1].isdecimal() and found[1].isascii():
            number = int(found[1])
        if unit is None or not number:
            raise ValueError("not a span of time")
        return min(int(number) * int(unit), 365 * DAY)
