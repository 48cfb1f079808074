"""Hears everything that goes wrong and is caught by somebody: the log, and the loop's own last resort."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nonsense import SECRET

from bot.logs import Plain

LISTENED_TO = ("bot", "adapters", "schedules", "telegram", "discord", "aiohttp", "asyncio")


class Overheard(logging.Handler):
    """Counts the lines of a log by what they are about, and keeps those that repeat somebody's words.

    The lines themselves are not kept: there are as many as there is nonsense, each with what it was about.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(Plain())
        self.counted: Counter[str] = Counter()
        self.errors = 0
        self.indiscreet: list[str] = []
        self.unheard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = self.format(record)
        except Exception:
            # As every handler does; what the program would print then is not heard here.
            self.handleError(record)
            return
        self.errors += record.levelno >= logging.ERROR
        self.counted[f"{record.levelname} {record.name} {_action(record)} {_trouble(record)}"] += 1
        if SECRET.lower() in line.lower():
            self.indiscreet.append(line[-1500:])

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """A line that cannot even be put together."""
        self.unheard.append(f"{record.name}:{record.lineno} cannot be written")

    def escaped(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """An exception that nobody caught."""
        self.unheard.append(f"{context.get('message')}: {context.get('exception')!r}"[:300])

    def __str__(self) -> str:
        return "\n".join(f"{count:6} {what}" for what, count in self.counted.most_common())


@contextmanager
def overheard() -> Iterator[Overheard]:
    """Listen to the log and the loop for a while, in the place of everybody else."""
    ear, loop = Overheard(), asyncio.get_running_loop()
    loggers = [logging.getLogger(name) for name in LISTENED_TO]
    before = [(one, one.propagate, one.level) for one in loggers]
    for one in loggers:
        one.propagate = False
        one.addHandler(ear)
    loop.set_exception_handler(ear.escaped)
    try:
        yield ear
    finally:
        loop.set_exception_handler(None)
        for one, propagates, level in before:
            one.propagate = propagates
            one.setLevel(level)
            one.removeHandler(ear)


def _action(record: logging.LogRecord) -> str:
    return str(getattr(record, "action", record.funcName))


def _trouble(record: logging.LogRecord) -> str:
    """The kind of the error and where in the code it was."""
    trouble = record.exc_info[1] if record.exc_info else None
    if trouble is None:
        return ""
    steps, last = [], trouble.__traceback__
    while last is not None:
        steps.append(f"{last.tb_frame.f_code.co_filename.rpartition('/')[2]}:{last.tb_lineno}")
        last = last.tb_next
    return f"{type(trouble).__name__} at {' > '.join(steps[-3:])}"
