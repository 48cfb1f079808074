"""The numbers that a test may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LARGEST_REQUEST = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pace:
    """So many requests in so many seconds."""

    count: int
    seconds: float


OBSERVED: Mapping[str, Pace] = {
    "POST /channels/{channel_id}/messages": Pace(5, 5),
    "PATCH /channels/{channel_id}/messages/{message_id}": Pace(5, 5),
    "DELETE /channels/{channel_id}/messages/{message_id}": Pace(5, 1),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": Pace(1, 0.25),
    "POST /webhooks/{webhook_id}/{webhook_token}": Pace(5, 2),
}
"""What bots see in the headers; Discord names no numbers and may change them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server bears and how long it waits."""

    answer_within: float = 3
    """Seconds for the first answer to an interaction."""
    token_lives: float = 15 * 60
    heartbeat_every: float = 41.25
    session_lives: float = 180
    """How long a lost connection can be resumed; Discord names no number."""
    nonce_remembered: float = 300
    """Discord says: the past few minutes."""
    largest_file: int = 10 * 1024 * 1024
    latency: float = 0
    """How long every request takes at least."""
    usual: Pace = Pace(1000, 1)
    """For routes that have no pace of their own."""
    paces: Mapping[str, Pace] = field(default_factory=dict)
    everywhere: Pace | None = None
    """All routes together, interactions and webhooks apart."""


OFFICIAL_LIMITS = Limits(usual=Pace(50, 1), paces=OBSERVED, everywhere=Pace(50, 1))
"""As far as Discord's own are known."""
