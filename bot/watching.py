"""Tells those who watch over the program how it is: systemd, whoever asks /healthz, and Prometheus."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import notifying
from bot.config import Health
from bot.engine import Engine
from bot.vitals import CountingErrors, Vitals, Wellbeing


@dataclass(frozen=True, slots=True)
class Watch:
    """The engine and its vitals, looked at from outside."""

    engine: Engine
    vitals: Vitals

    async def look(self) -> Wellbeing:
        """How it is now."""
        return await self.vitals.look(self.engine.next_moment)

    async def healthz(self) -> tuple[bool, Mapping[str, object]]:
        """Whether it is well, and what makes it so; no couple and no word is in it."""
        found = await self.look()
        return found.is_well, {
            "well": found.is_well,
            "schedule": "turning" if found.turning else "hangs",
            "database": "answers" if found.database else "does not answer",
            "platforms": found.platforms,
        }

    async def metrics(self) -> bytes:
        """The numbers for Prometheus."""
        from bot.metrics import Numbers, written

        return written(Numbers(self.vitals, await self.engine.lag(), await self.engine.outbox()))

    @asynccontextmanager
    async def at_a_port(self, health: Health | None) -> AsyncIterator[None]:
        """Answer on this machine, where the host wants that; raises Misconfigured where the port is not to be had."""
        if health is None:
            yield
            return
        from adapters.health import listening

        counting = CountingErrors(self.vitals)
        logging.getLogger().addHandler(counting)
        try:
            async with listening(health.port, self.healthz, self.metrics):
                yield
        finally:
            logging.getLogger().removeHandler(counting)

    @asynccontextmanager
    async def by_systemd(self) -> AsyncIterator[None]:
        """Say that it is ready, then give signs of life for as long as it is well, then say that it stops."""
        notifying.notify(notifying.READY)
        living = asyncio.create_task(self._give_signs_of_life(notifying.watchdog_seconds()))
        try:
            yield
        finally:
            notifying.notify(notifying.STOPPING)
            living.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await living

    async def _give_signs_of_life(self, within: int) -> None:
        while within:
            # One of three may be missed.
            await asyncio.sleep(within / 3)
            found = await self.look()
            if found.turning and found.database:
                notifying.notify(notifying.ALIVE)
