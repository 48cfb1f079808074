"""What the log shows: actions and ids, never a word that anyone wrote, and no token."""

from __future__ import annotations

import logging
import re
import sys

OURS = ("bot", "adapters", "schedules")
"""Whose lines follow the level that the host chose: they are written to hold no words.

Libraries write every request and answer at DEBUG, with what was said in them, so theirs begin at WARNING always.
"""

TOKENS = re.compile(r"\d{5,}:[\w-]{20,}|[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}")
"""What the tokens of Telegram and of Discord look like."""


class Redacting(logging.Formatter):
    """Writes a line, its traceback included, without anything that looks like a token."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be shown."""
        return TOKENS.sub("[token]", super().format(record))


def set_up(level: str = "INFO") -> None:
    """Log to the standard error stream, readable on a terminal; *level* is for our own lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
