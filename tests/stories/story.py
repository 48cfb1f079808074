"""A story: two partners, a clock, the engine over a real SQLite file."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import SettableClock
from bot.courier import Courier
from bot.database import Database, open_engine
from bot.engine import Engine
from bot.sealing import Sealed
from bot.store import Store
from bot.turn import Repertoire
from bot.vitals import Vitals
from stories.chats import BarePhone, Chats

BEGINNING = "2026-03-02 07:00"
"""A Monday, before the morning prompt."""

HOME = "Europe/Berlin"


@dataclass(slots=True)
class Story:
    """What a test tells: people act, time passes, and the chats show what came of it."""

    folder: Path
    known: Repertoire
    clock: SettableClock
    chats: Chats
    database: Database
    engine: Engine
    courier: Courier
    ids: Callable[[], int]
    elsewhere: Chats
    vitals: Vitals
    home: str = HOME

    def person(self, name: str) -> BarePhone:
        return BarePhone(self.chats, name)

    async def paired(self, *, zones: tuple[str, str] | None = None, start: bool = True) -> tuple[BarePhone, BarePhone]:
        """Ann and Ben, both in by a yes of their own; started unless told otherwise."""
        ann, ben = self.person("Ann"), self.person("Ben")
        await ann.says("/start")
        for partner in (ann, ben):
            await partner.presses("Tell me more")
            await partner.presses("Join")
        for partner, zone in zip((ann, ben), zones or (), strict=False):
            await partner.says(f"/timezone {zone}", in_room=False)
        await self.settles()
        if start:
            await ann.presses("Start")
            await self.settles()
        return ann, ben

    async def settles(self) -> None:
        """Everything that is due now happens, and what it says is delivered."""
        await self.engine.share_due()
        await self.engine.close_stale()
        await self.engine.open_due()
        await self.courier.deliver_due()

    async def passes(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Time passes; each due moment on the way is lived through."""
        await self.comes(self.clock.now() + int(days * 86400 + hours * 3600 + minutes * 60))

    async def comes(self, moment: int | str) -> None:
        """A moment comes, such as "2026-03-07 10:00" on the wall at home."""
        until = moment if isinstance(moment, int) else self.at(moment)
        for _ in range(2000):
            coming = await self.engine.next_moment()
            if coming is None or coming > until:
                break
            self.clock.move_to(coming)
            await self.settles()
        self.clock.move_to(until)
        await self.settles()

    async def sleeps_until(self, moment: str) -> None:
        """The machine is off until a moment; nothing is lived through on the way."""
        self.clock.move_to(self.at(moment))
        await self.settles()

    def at(self, wall: str) -> int:
        return int(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(self.home)).timestamp())

    async def restarts(self) -> None:
        """The program ends and begins again over the same file."""
        self.database.close()
        both = (self.chats, self.elsewhere)
        self.database, self.engine, self.courier = _core(
            self.folder, self.clock, self.known, both, self.ids, self.vitals
        )
        await self.settles()

    async def reads(self, unit: object) -> object:
        """What a question to the store answers."""
        return await self.database.run(unit)  # type: ignore[arg-type]


def _core(
    folder: Path,
    clock: SettableClock,
    known: Repertoire,
    platforms: tuple[Chats, ...],
    ids: Callable[[], int],
    vitals: Vitals,
) -> tuple[Database, Engine, Courier]:
    database = Database(open_engine(folder / "story.db"), ids, Sealed(bytes(32)), vitals.note_unit)
    messengers = {chats.platform: chats for chats in platforms}
    courier = Courier(database, clock, known, messengers, vitals.note_brought)
    engine = Engine(database, clock, known, courier.wake)
    for chats in platforms:
        chats.handler = engine.handle
    return database, engine, courier


@asynccontextmanager
async def told(folder: Path, known: Repertoire, migrated: Path | None = None) -> AsyncIterator[Story]:
    """A story's stage, from its first moment to its last."""
    if migrated is not None:
        shutil.copy(migrated, folder / "story.db")
    beginning = int(datetime.fromisoformat(BEGINNING).replace(tzinfo=ZoneInfo(HOME)).timestamp())
    clock = SettableClock(beginning)
    chats, elsewhere = Chats(clock), Chats(clock, "elsewhere")
    numbers, codes = itertools.count(1), itertools.count(1)
    # The same story has the same codes, so that two tellings can be compared.
    known = replace(known, new_code=lambda: f"code-{next(codes)}")
    ids = numbers.__next__
    vitals = Vitals()
    database, engine, courier = _core(folder, clock, known, (chats, elsewhere), ids, vitals)
    story = Story(folder, known, clock, chats, database, engine, courier, ids, elsewhere, vitals)
    try:
        yield story
    finally:
        story.database.close()


__all__ = ["Store", "Story", "told"]
