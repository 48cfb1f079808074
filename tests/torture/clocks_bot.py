"""The bot as its own process on a machine whose clock is set: `python clocks_bot.py CONFIG CLOCK`.

CLOCK is a file with a moment (seconds UTC) and the number of the turn. Every clock that the program reads, also
APScheduler's, shows that moment from then on and goes on from it, forward or back; nothing else wakes the program.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from apscheduler.executors import base as executing
from apscheduler.schedulers import base as scheduling
from apscheduler.triggers import date as dates
from apscheduler.triggers import interval as intervals
from turned_bot import keep_no_pace

from bot import logs, wiring
from bot.config import read_config
from schedules import jobs, runner

A_MOMENT = 0.01


class Machine:
    """The machine's clock."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> int:
        return int(time.time() + self.ahead)

    def is_set_to(self, moment: int) -> None:
        self.ahead = moment - time.time()


def put_on(machine: Machine) -> None:
    """From now on everybody reads this clock; sweeps come each second, so that nobody waits for half a minute."""

    class Wall(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=machine.ahead)

    for reader in (executing, scheduling, dates, intervals, runner):
        reader.datetime = Wall  # type: ignore[attr-defined]
    jobs.SWEEP = 1  # type: ignore[misc]


def read(file: Path) -> tuple[int, str]:
    moment, turn = file.read_text().split()
    return int(moment), turn


async def follow(file: Path, machine: Machine) -> None:
    """Set the clock whenever the test sets it."""
    seen = ""
    while True:
        moment, turn = read(file)
        if turn != seen:
            machine.is_set_to(moment)
            seen = turn
            file.with_suffix(".done").write_text(turn)
        await asyncio.sleep(A_MOMENT)


async def main(config_file: Path, clock_file: Path) -> None:
    machine = Machine()
    machine.is_set_to(read(clock_file)[0])
    put_on(machine)
    keep_no_pace()
    logs.set_up("WARNING", "text")
    # That two of so frequent sweeps met is nothing to tell.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    following = asyncio.create_task(follow(clock_file, machine))
    stop = asyncio.Event()
    try:
        await wiring.run(read_config(config_file), stop, machine)
    finally:
        following.cancel()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
