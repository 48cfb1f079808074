"""No token is in the log, wherever it came from."""

from __future__ import annotations

import logging
import sys

from bot.logs import Redacting

TELEGRAM = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"


def test_tokens_are_blanked() -> None:
    """Neither a line's words nor its traceback shows one."""
    try:
        raise RuntimeError(f"https://api.telegram.org/bot{TELEGRAM}/getMe")
    except RuntimeError:
        trouble = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "with %s", (DISCORD,), trouble)
    line = Redacting().format(record)

    assert TELEGRAM not in line
    assert DISCORD not in line
    assert line.count("[token]") == 2
