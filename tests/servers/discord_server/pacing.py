"""How fast a bot may ask, and how Discord tells it in the headers."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field

from discord_server.asking import Asked
from discord_server.errors import too_many
from discord_server.limits import Pace
from discord_server.world import World

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
"""What has a pace of its own within a route."""

UNPACED = ("/interactions/", "/webhooks/")
"""Routes that do not count among all requests together."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Pacing:
    """When each bot asked what."""

    world: World
    times: dict[Key, deque[float]] = field(default_factory=dict)
    exceeded: int = 0

    def check(self, asked: Asked) -> dict[str, str]:
        """Let a request through, with the headers that tell of its pace; raises 429 with how long to wait."""
        if asked.route.startswith("/interactions/"):
            return {}
        everywhere = self.world.limits.everywhere
        if everywhere is not None and not asked.route.startswith(UNPACED):
            self._take(("everything", str(asked.by)), everywhere, is_everywhere=True)
        pace = self.world.limits.paces.get(asked.key, self.world.limits.usual)
        key = (asked.key, str(asked.by), *(asked.named.get(one, "") for one in MAJOR))
        left, resets_in = self._take(key, pace, is_everywhere=False)
        return {
            "X-RateLimit-Limit": str(pace.count),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{self.world.clock.now() + resets_in:.3f}",
            "X-RateLimit-Reset-After": f"{resets_in:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(asked.key.encode(), usedforsecurity=False).hexdigest(),
        }

    def _take(self, key: Key, pace: Pace, *, is_everywhere: bool) -> tuple[int, float]:
        now, times = self.world.clock.now(), self.times.setdefault(key, deque())
        while times and now - times[0] >= pace.seconds:
            times.popleft()
        if len(times) >= pace.count:
            self.exceeded += 1
            raise too_many(times[0] + pace.seconds - now, everywhere=is_everywhere)
        times.append(now)
        return pace.count - len(times), times[0] + pace.seconds - now
