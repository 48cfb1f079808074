"""The numbers that a test may change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages in so many seconds."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server bears and how long it waits."""

    answer_press_within: float = 20
    """Telegram names no number; reports say that answers fail after about 20 seconds."""
    latency: float = 0
    """How long every call but getUpdates takes at least."""
    delete_within: float = 48 * 3600
    file_link_lives: float = 3600
    webhook_first_delay: float = 1
    webhook_longest_delay: float = 120
    webhook_timeout: float = 60
    per_chat: Pace | None = None
    per_group: Pace | None = None
    overall: Pace | None = None


OFFICIAL_PACE = Limits(per_chat=Pace(1, 1), per_group=Pace(20, 60), overall=Pace(30, 1))
"""The numbers of Telegram's own questions and answers for bots."""
