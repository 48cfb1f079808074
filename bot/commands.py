"""One table of commands for every platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the phrase that describes it, and whether words may follow it."""

    name: str
    phrase: str
    takes_words: bool = False


NEW_RITUAL = "new"
"""The word behind /rituals that begins a ritual of one's own."""

COMMANDS = (
    Command("start", "command-start"),
    Command("today", "command-today"),
    Command("checkin", "command-checkin"),
    Command("question", "command-question"),
    Command("memory", "command-memory"),
    Command("win", "command-win"),
    Command("journal", "command-journal"),
    Command("walk", "command-walk"),
    Command("date", "command-date"),
    Command("week", "command-week"),
    Command("rituals", "command-rituals", takes_words=True),
    Command("visit", "command-visit", takes_words=True),
    Command("timezone", "command-timezone", takes_words=True),
    Command("pause", "command-pause", takes_words=True),
    Command("repair", "command-repair"),
    Command("agree", "command-agree"),
    Command("practice", "command-practice"),
    Command("assess", "command-assess"),
    Command("skip", "command-skip"),
    Command("rest", "command-rest", takes_words=True),
    Command("settings", "command-settings", takes_words=True),
    Command("why", "command-why"),
    Command("hide", "command-hide"),
    Command("history", "command-history"),
    Command("mine", "command-mine", takes_words=True),
    Command("export", "command-export"),
    Command("recover", "command-recover", takes_words=True),
    Command("leave", "command-leave"),
    Command("more", "command-more"),
    Command("help", "command-help"),
)
