"""The clock above the phones: what time it is for each, what comes next, and turning it forward."""

from __future__ import annotations

import asyncio
import logging

from adapters.playground.fields import Unreadable
from adapters.playground.places import OWNERS
from adapters.playground.screens import Tell
from adapters.playground.writing import Json
from bot.ports import TimeMachine

FARTHEST_TURN = 400 * 86400

logger = logging.getLogger(__name__)


class ClockBar:
    """Tells the pages the time and turns the clock, one turn at a time."""

    def __init__(self, machine: TimeMachine, zone: str, tell: Tell) -> None:
        self._machine = machine
        self._zone = zone
        self._tell = tell
        self._turning = asyncio.Lock()
        self._telling: asyncio.Task[None] | None = None
        self._once_more = False

    async def turn(self, to: int) -> None:
        """Turn the clock forward; to come to a moment that has passed already changes nothing."""
        if to > self._machine.now() + FARTHEST_TURN:
            raise Unreadable("too-far")
        async with self._turning:
            self.refresh()
            if to > self._machine.now():
                await self._machine.turn_to(to)
        self.refresh()

    async def start_over(self) -> None:
        """Forget everything and begin with a new couple, while nobody turns the clock."""
        async with self._turning:
            await self._machine.start_over()
        self.refresh()

    def refresh(self) -> None:
        """Tell the pages the time soon; many calls at once become one."""
        self._once_more = True
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_all())

    async def stop(self) -> None:
        """Say no more."""
        if self._telling:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    async def _tell_all(self) -> None:
        while self._once_more:
            self._once_more = False
            try:
                self._tell(await self._state())
            except Exception:
                logger.exception("the clock could not be told", extra={"action": "clock_untold"})

    async def _state(self) -> Json:
        turning = self._turning.locked()
        zones = {owner.user: self._zone for owner in OWNERS} | await self._machine.zones()
        # While it turns, what comes next changes with every post.
        coming = None if turning else await self._machine.next_moment()
        return {"kind": "clock", "now": self._machine.now(), "zones": zones, "next": coming, "turning": turning}
