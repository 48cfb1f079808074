"""The program, life after life, with a database that counts its commits: each life ends at a chosen one, by SIGKILL.

`python counted_bot.py turned|demo WORDS...` reads a line for each life: "before 3" ends it right before its third
commit that writes something, "after 3" right after. When a life has ended, its exit status is written. What follows
the first word is handed to `turned_bot.py` or to `couple-rituals demo`. Each life is a process of its own, forked
from one in which everything is imported already.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import turned_bot
from sqlalchemy import Engine

from bot import database
from bot.cli import run


class Counted:
    """A dialect's way to commit, counted."""

    def __init__(self, commit: Any, which: str, number: int) -> None:
        self.commit = commit
        self.which = which
        self.left = number
        self.changes: dict[int, int] = {}

    def __call__(self, connection: Any) -> None:
        wrote = connection.total_changes != self.changes.get(id(connection), 0)
        self.changes[id(connection)] = connection.total_changes
        self.left -= wrote
        fatal = wrote and self.left == 0
        if fatal and self.which == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        self.commit(connection)
        if fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def count(which: str, number: int) -> None:
    """From now on every writer counts."""
    plain = database.writer_engine

    def counting(url: str) -> Engine:
        engine = plain(url)
        dialect: Any = engine.dialect
        dialect.do_commit = Counted(dialect.do_commit, which, number)
        return engine

    database.writer_engine = counting


def live(program: str, words: list[str]) -> int:
    """One life, to its end."""
    if program == "demo":
        return run(["demo", *words])
    if words[2:] == ["unhurried"]:
        turned_bot.keep_no_pace()
    asyncio.run(turned_bot.main(Path(words[0]), Path(words[1])))
    return 0


def main(program: str, *words: str) -> None:
    for line in sys.stdin:
        which, number = line.split()
        child = os.fork()
        if child == 0:
            count(which, int(number))
            os._exit(live(program, list(words)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    # So that no life has to import them.
    import adapters.discord.frontend
    import adapters.playground.frontend  # noqa: F401

    main(*sys.argv[1:])
