"""The playground's clock: turned forward, it lives through everything that is due on the way, in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from bot.clock import ShiftedClock
from bot.courier import Courier
from bot.database import Database
from bot.engine import Engine
from bot.events import Event
from bot.posts import Answer
from bot.store import Store

MOST_STEPS = 5000
"""How many due moments one turn of the clock lives through; a year has about 2,000."""


class Runs(Protocol):
    """What does everything that is due, and aims at what comes next."""

    async def turn(self) -> None: ...

    async def aim(self) -> None: ...


async def _nobody() -> None:
    """Whoever opens the page begins."""


class PlaygroundTime:
    """Turns the clock forward for everybody in the playground; *begin* is called after each "Start over"."""

    def __init__(
        self,
        engine: Engine,
        courier: Courier,
        database: Database,
        runner: Runs,
        clock: ShiftedClock,
        memory: Path,
        begin: Callable[[], Awaitable[None]] = _nobody,
    ) -> None:
        self._begin = begin
        self._engine = engine
        self._courier = courier
        self._database = database
        self._runner = runner
        self._clock = clock
        self._memory = memory
        self._turning = asyncio.Lock()
        self._aiming: asyncio.Task[None] | None = None
        if memory.exists():
            clock.ahead = int(json.loads(memory.read_text())["ahead"])

    def now(self) -> int:
        """The present moment of the playground, in seconds UTC."""
        return self._clock.now()

    async def handle(self, event: Event) -> Answer:
        """Hand an event to the engine, bring out what follows, and aim the scheduler anew."""
        answer = await self._engine.handle(event)
        # The answer does not wait for the scheduler.
        self._aiming = asyncio.create_task(self._runner.aim())
        return answer

    async def next_moment(self) -> int | None:
        """When the bot has something to do next."""
        return await self._engine.next_moment()

    async def turn_to(self, moment: int) -> None:
        """Turn the clock forward, stopping at each due moment on the way."""
        async with self._turning:
            for _ in range(MOST_STEPS):
                coming = await self._engine.next_moment()
                if coming is None or coming > moment:
                    break
                await self._live_at(coming)
            await self._live_at(moment)

    async def zones(self) -> dict[str, str]:
        """Each person's time zone by their user id."""
        return await self._database.run(_zones)

    async def start_over(self) -> None:
        """Forget the couple; the clock stays where it is, as it only goes forward."""
        async with self._turning:
            await self._database.run(lambda store: store.forget_everything())
            await self._begin()
            await self._runner.aim()

    async def _live_at(self, moment: int) -> None:
        """Come to a moment, remember that it came, and do what is due then."""
        self._clock.move_to(moment)
        fresh = self._memory.with_suffix(".new")
        fresh.write_text(json.dumps({"ahead": self._clock.ahead}))
        # Whole or not at all, whenever the program is killed.
        fresh.replace(self._memory)
        await self._runner.turn()
        await self._courier.deliver_due()


def _zones(store: Store) -> dict[str, str]:
    return store.people.zones("playground")
