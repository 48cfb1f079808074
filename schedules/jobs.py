"""What runs, how often, and how late it may be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

SWEEP = 30
"""Seconds between two sweeps, the safety net behind the aimed wake-up."""


class Wakeable(Protocol):
    """What the scheduler wakes."""

    async def open_due(self) -> None: ...

    async def share_due(self) -> None: ...

    async def close_stale(self) -> None: ...

    async def next_moment(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A name, what to call, and how many seconds lie between two calls."""

    name: str
    call: Callable[[], Awaitable[None]]
    every: int


def jobs(turn: Callable[[], Awaitable[None]]) -> tuple[Job, ...]:
    """Everything that runs by itself."""
    return (Job("sweep", turn, SWEEP),)
