"""What the log shows: actions and ids, never a word that anyone wrote."""

from __future__ import annotations

import logging
import sys

CHATTY = ("httpx", "httpcore", "apscheduler", "aiohttp.access", "alembic")
"""Libraries that would write tokens or noise at INFO."""


def set_up(level: str = "INFO") -> None:
    """Log to the standard error stream, readable on a terminal."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
