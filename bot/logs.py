"""What the log shows: actions and ids, never a word that anyone wrote, and no secret."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from bot.errors import RitualsError, StoreUnusable

OURS = ("bot", "adapters", "schedules")
"""Whose lines follow the level that the host chose: they are written to hold no words.

Libraries write every request and answer at DEBUG, with what was said in them, so theirs begin at WARNING always.
"""

TOKENS = re.compile(r"\d{5,}:[\w-]{20,}|[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}")
"""What the tokens of Telegram and of Discord look like."""

SPEAK_OF_NO_WORDS = (RitualsError, OSError, sqlite3.Error)
"""Errors whose sentences are about files, addresses and tables; of every other error only the kind is shown."""

SAID_AGAIN_AFTER = 60.0
"""Seconds for which the same trouble with the database is told once, whoever stumbles over it."""

Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """A line for a person, its traceback below it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be shown."""
        # Another handler may have left its own rendering there.
        record.exc_text = None
        return self.without_secrets(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """The message's line."""
        record.message = said(record)
        return super().formatMessage(record)

    def formatException(self, ei: Trouble) -> str:  # noqa: N802 - logging's own name
        """The traceback: places in the code, and kinds of errors; of trouble with the database what to do about it."""
        if isinstance(ei[1], StoreUnusable):
            return f"StoreUnusable: {ei[1]}"
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""

    def without_secrets(self, line: str) -> str:
        """The line without tokens and what else is to stay secret."""
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return TOKENS.sub("[token]", line)


class AsJson(Plain):
    """An object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be shown; its moment is UTC."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "by": record.name,
            "said": said(record),
        }
        if hasattr(record, "action"):
            line["action"] = record.action
        if record.exc_info:
            line["trouble"] = self.formatException(record.exc_info)
        return self.without_secrets(json.dumps(line, ensure_ascii=False))


def said(record: logging.LogRecord) -> str:
    """A record's message; of a library's only the first line, as what follows may hold what was being worked on."""
    message = record.getMessage()
    return message if record.name.partition(".")[0] in OURS else message.partition("\n")[0]


class Calm:
    """Lets trouble with the database through now and then: each deed, post and turn stumbles over the same."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._told: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to tell it."""
        trouble = record.exc_info[1] if record.exc_info else None
        if not isinstance(trouble, StoreUnusable):
            return True
        now, sentence = self._now(), str(trouble)
        if now - self._told.get(sentence, -SAID_AGAIN_AFTER) < SAID_AGAIN_AFTER:
            return False
        self._told[sentence] = now
        return True


def set_up(level: str = "INFO", form: str = "auto", secrets: Iterable[str] = ()) -> None:
    """Log to the standard error stream; *level* is for our own lines, *secrets* are never shown."""
    handler = logging.StreamHandler(sys.stderr)
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler.addFilter(Calm())
    handler.setFormatter((Plain if as_text else AsJson)(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def _told(trouble: BaseException, seen: tuple[BaseException, ...] = ()) -> Iterator[str]:
    """An error with what led to it first, as Python tells it; one may have led to itself."""
    before = trouble.__cause__ or (None if trouble.__suppress_context__ else trouble.__context__)
    seen = (*seen, trouble)
    if before is not None and before not in seen:
        yield from _told(before, seen)
        yield "which led to:"
    yield from "".join(traceback.format_tb(trouble.__traceback__)).splitlines()
    yield f"{type(trouble).__module__}.{type(trouble).__qualname__}: {_sentence(trouble)}"
    for part in trouble.exceptions if isinstance(trouble, BaseExceptionGroup) else ():
        yield from (f"  {line}" for line in _told(part, seen))


def _sentence(trouble: BaseException) -> str:
    return str(trouble) if isinstance(trouble, SPEAK_OF_NO_WORDS) else "(what it says is not shown)"
