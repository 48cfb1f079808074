"""Takes up what a host changed in their decks while the program runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.engine import Engine
from bot.errors import BrokenDeck
from bot.shelf import Shelf

logger = logging.getLogger(__name__)

News = TypeVar("News")
Told = Callable[[News], Awaitable[None]]


async def _heard(_: object) -> None:
    """Nobody else wishes to hear of it."""


@dataclass(frozen=True, slots=True)
class Lookout:
    """Looks at the host's files; what is broken leaves the last good version in force, and is told once."""

    shelf: Shelf
    engine: Engine

    async def look(self, taken_up: Told[frozenset[str]] = _heard, broken: Told[BrokenDeck] = _heard) -> None:
        """Look once; *taken_up* hears the ids of the decks that changed, *broken* what is wrong."""
        try:
            decks = await asyncio.to_thread(self.shelf.changed)
        except BrokenDeck as problem:
            logger.warning("%s; the decks stay as they were", problem, extra={"action": "deck_broken"})
            await broken(problem)
            return
        if decks is None:
            return
        changed = await self.engine.go_by_decks(lambda: self.shelf.put(decks))
        if changed:
            logger.info("taken up: %s", ", ".join(sorted(changed)), extra={"action": "decks_taken_up"})
            await taken_up(changed)
