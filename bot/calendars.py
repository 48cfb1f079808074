"""A calendar file with one entry, as RFC 5545 has it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.posts import Appointment

MAKER = "-//Couple Rituals//Dates//EN"
ENTRIES = uuid.UUID("5a1cf6a7-3d0e-4f7c-9c58-0b7d5f6f2e11")
"""What the names of our entries are made of, so that nobody else's is the same."""

LONGEST_LINE = 75
"""Octets of a line, its end apart (section 3.1)."""


def calendar_file(appointment: Appointment, now: int, revision: int) -> bytes:
    """The file; an entry that is read in again takes the place of an earlier one with a lower *revision*.

    Times are told in UTC, which every calendar shows on its owner's own clock, whatever the rules of their zone become.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{MAKER}",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid5(ENTRIES, appointment.key)}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(appointment.begins)}",
        f"DTEND:{_instant(appointment.ends)}",
        f"SEQUENCE:{revision}",
        f"SUMMARY:{_escaped(appointment.title)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line))


def _instant(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(words: str) -> str:
    r"""Words as a TEXT value: a backslash before \ ; and , and \n for each new line (section 3.3.11)."""
    for special in "\\;,":
        words = words.replace(special, f"\\{special}")
    # Other control characters have no place in a file of lines.
    return "".join(one for one in "\\n".join(words.splitlines()) if one.isprintable())


def _folded(line: str) -> Iterator[bytes]:
    """A long line in pieces, each but the first behind a space, and no character cut in two."""
    piece = b""
    for letter in line:
        written = letter.encode()
        if len(piece) + len(written) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += written
    yield piece
