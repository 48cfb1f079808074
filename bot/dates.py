"""What people type for dates, such as "24 Dec", "12-14 June" or "2026-12-24 to 2027-01-02"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LONGEST_DAYS = 366
"""A span of dates that was typed is never longer."""

_PIECE = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})|(?P<number>[0-9]{1,4})(?:st|nd|rd|th)?\b|(?P<word>[^\W\d_]+)|(?P<to>[-–—])"
)


@dataclass(slots=True)
class _Half:
    """What was said of one end of a span."""

    day: int = 0
    month: int = 0
    year: int = 0


def dates_in(words: str, today: date, months: Mapping[str, int], reaching: frozenset[str]) -> tuple[date, date]:
    """The first and the last date; without a year the next ones from *today* on. Raises ValueError."""
    halves = _halves(words.lower(), months, reaching)
    if len(halves) not in (1, 2) or not all(half.day for half in halves):
        raise ValueError("not dates")
    first, last = halves[0], halves[-1]
    first.month = first.month or last.month
    last.month = last.month or first.month
    begins = _next(first, today, last.year if first.month <= last.month else 0)
    ends = _next(last, begins, 0)
    if not begins <= ends or (ends - begins).days >= LONGEST_DAYS or ends < today:
        raise ValueError("dates that lie wrongly")
    return begins, ends


def _halves(text: str, months: Mapping[str, int], reaching: frozenset[str]) -> list[_Half]:
    halves = [_Half()]
    rest = re.sub(r"[\s,./]+", " ", text)
    if _PIECE.sub("", rest).strip():
        raise ValueError("something that is no part of a date")
    for piece in _PIECE.finditer(rest):
        here = halves[-1]
        if piece["to"] or piece["word"] in reaching:
            halves.append(_Half())
        elif piece["iso"]:
            here.year, here.month, here.day = (int(part) for part in piece["iso"].split("-"))
        elif piece["word"] in months:
            here.month = months[piece["word"]]
        elif piece["number"] and len(piece["number"]) == 4:
            here.year = int(piece["number"])
        elif piece["number"] and not here.day:
            here.day = int(piece["number"])
        else:
            raise ValueError("no part of a date")
    return halves


def _next(half: _Half, not_before: date, year: int) -> date:
    if half.year or year:
        return date(half.year or year, half.month, half.day)
    this_year = date(not_before.year, half.month, half.day) if half.month else not_before.replace(day=half.day)
    return this_year if this_year >= not_before else this_year.replace(year=this_year.year + 1)
