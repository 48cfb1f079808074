"""What a look at the set-up found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How it stands with one thing."""

    FINE = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and the cure where there is something to do; no word of a couple, and no token."""

    level: Level
    what: str
    cure: str = ""


def fine(what: str) -> Finding:
    """All is well."""
    return Finding(Level.FINE, what)


def look(what: str, cure: str) -> Finding:
    """It works, and could be better."""
    return Finding(Level.LOOK, what, cure)


def wrong(what: str, cure: str) -> Finding:
    """It does not work like this."""
    return Finding(Level.WRONG, what, cure)
