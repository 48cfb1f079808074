"""How fast a bot may post, where a test wants that enforced."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from telegram_server.calls import Call
from telegram_server.errors import too_many
from telegram_server.limits import Pace
from telegram_server.world import World

POSTING = ("send", "copy", "forward")
Key = tuple[int, str]


@dataclass(slots=True)
class Pacing:
    """When each bot posted where, and how often it was too fast."""

    world: World
    posted: dict[Key, deque[float]] = field(default_factory=dict)
    exceeded: int = 0

    def check(self, call: Call) -> None:
        """Let a post through or say how long to wait; nothing else is counted."""
        if not call.method.lower().startswith(POSTING) or call.method.lower() == "sendchataction":
            return
        paces = self._paces(call)
        wait = max((self._wait(key, pace) for key, pace in paces), default=0.0)
        if wait > 0:
            self.exceeded += 1
            raise too_many(math.ceil(wait))
        for key, _ in paces:
            self.posted[key].append(self.world.clock.now())

    def _paces(self, call: Call) -> list[tuple[Key, Pace]]:
        chat = call.text("chat_id")
        named = [("", self.world.limits.overall), (chat, self.world.limits.per_chat)]
        named += [(f"group {chat}", self.world.limits.per_group)] if chat.startswith("-") else []
        return [((call.bot.id, name), pace) for name, pace in named if pace is not None]

    def _wait(self, key: Key, pace: Pace) -> float:
        now = self.world.clock.now()
        times = self.posted.setdefault(key, deque())
        while times and now - times[0] >= pace.seconds:
            times.popleft()
        return 0.0 if len(times) < pace.count else times[0] + pace.seconds - now
