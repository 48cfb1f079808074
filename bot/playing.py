"""Puts the playground together: two phones in a browser, and a clock that can be turned forward."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from adapters.playground.frontend import Playground
from adapters.playground.places import OWNERS, person, room
from bot import keys
from bot.clock import ShiftedClock, SystemClock
from bot.lookout import Lookout
from bot.previewing import Preview, Stage
from bot.turning import PlaygroundTime
from bot.wiring import DATABASE, KEY, Pieces, core, repertoire, running, shelf

LOOKS_EVERY = 0.5
"""Seconds between two looks at a deck that is being written."""


async def demo(
    folder: Path, port: int, timezone: str, ready: Callable[[str], None], stop: asyncio.Event, deck: Path | None = None
) -> None:
    """Run the playground until *stop*; *ready* hears its address; *deck* is a file that is being written."""
    decks = shelf(*([deck] if deck else []))
    clock = ShiftedClock(SystemClock())
    async with core(folder / DATABASE, clock, repertoire(timezone, decks=decks), keys.Found(folder / KEY)) as pieces:
        preview = _preview(deck, pieces) if deck else None
        machine = _machine(folder, pieces, clock, preview.begin if preview else _nobody)
        playground = Playground(machine.handle, machine, pieces.known.words, folder, zone=timezone)
        pieces.messengers["playground"] = playground
        address = await playground.start(port)
        try:
            async with running(pieces):
                looking = asyncio.create_task(_show(preview, Lookout(decks, pieces.engine)) if preview else _nobody())
                ready(address)
                await stop.wait()
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking
        finally:
            await playground.stop()


async def _nobody() -> None:
    """Whoever opens the page begins."""


def _machine(folder: Path, pieces: Pieces, clock: ShiftedClock, begin: Callable[[], Awaitable[None]]) -> PlaygroundTime:
    memory = folder / "clock.json"
    return PlaygroundTime(pieces.engine, pieces.courier, pieces.database, pieces.runner, clock, memory, begin)


def _preview(deck: Path, pieces: Pieces) -> Preview:
    stage = Stage(room(), tuple(person(owner.user) for owner in OWNERS))
    return Preview(deck, stage, pieces.database, pieces.clock, pieces.known, pieces.messengers, pieces.courier.wake)


async def _show(preview: Preview, lookout: Lookout) -> None:
    """Show the deck, and then each change of its file."""
    await preview.begin()
    while True:
        await asyncio.sleep(LOOKS_EVERY)
        await lookout.look(preview.show, preview.tell)
