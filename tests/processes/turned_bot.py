"""The bot as its own process, with a clock that a test turns: `python turned_bot.py CONFIG CLOCK [unhurried]`.

CLOCK is a file with the present moment (seconds UTC) and the number of the turn; once everything that is due has been
said, the turn's number stands in CLOCK.done. With "unhurried" it keeps no pace on Telegram: a test lives through days.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from functools import partial
from pathlib import Path

from adapters.telegram import frontend
from adapters.telegram.gate import Limits
from bot import keys, logs, wiring
from bot.clock import ShiftedClock, SystemClock
from bot.config import read_config
from bot.supervising import supervise
from bot.welcome import Welcome

SOON = 60
"""What is to be tried again within so many seconds is waited for too."""


def read_clock(file: Path) -> tuple[int, int]:
    moment, turn = file.read_text().split()
    return int(moment), int(turn)


def something_waits(database: Path, now: int) -> bool:
    with contextlib.closing(sqlite3.connect(database)) as opened:
        found = opened.execute(
            "SELECT count(*) FROM delivery WHERE sent_at = 0 AND given_up_at = 0 AND sends_after <= ?", (now,)
        )
        return bool(found.fetchone()[0])


async def follow(file: Path, clock: ShiftedClock, pieces: wiring.Pieces, database: Path) -> None:
    """Turn the clock whenever the test turns it."""
    done = file.with_suffix(".done")
    seen = -1
    while True:
        moment, turn = read_clock(file)
        if turn != seen:
            clock.move_to(moment)
            await pieces.runner.turn()
            while something_waits(database, clock.now() + SOON):  # noqa: ASYNC110 - the database rings no bell
                await asyncio.sleep(0.01)
            done.write_text(str(turn))
            seen = turn
        await asyncio.sleep(0.005)


def keep_no_pace() -> None:
    """Pacing has tests of its own."""
    frontend.Limits = partial(Limits, 10_000, 10_000, 10_000)  # type: ignore[misc, assignment]


async def main(config_file: Path, clock_file: Path) -> None:
    config = read_config(config_file)
    logs.set_up("WARNING", "text")
    clock = ShiftedClock(SystemClock())
    clock.ahead = read_clock(clock_file)[0] - SystemClock().now()
    known = wiring.repertoire(config.timezone, welcome=Welcome(config.couples, config.host, config.host_code))
    config.database.parent.mkdir(parents=True, exist_ok=True)
    async with wiring.core(config.database, clock, known, keys.Found(config.key_file, config.key)) as pieces:
        platforms = wiring.platforms(config, pieces)
        async with wiring.running(pieces):
            following = asyncio.create_task(follow(clock_file, clock, pieces, config.database))
            await supervise(platforms, asyncio.Event())
            following.cancel()


if __name__ == "__main__":
    if sys.argv[3:] == ["unhurried"]:
        keep_no_pace()
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
