"""Nothing secret and no word is in the log, wherever it came from."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from bot import logs
from bot.errors import StoreUnusable
from bot.logs import AsJson, Calm, Plain

TELEGRAM = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"
WORDS = "The tea you made"


def record(message: str, *, by: str = "bot.courier", trouble: BaseException | None = None) -> logging.LogRecord:
    return logging.LogRecord(by, logging.ERROR, "x.py", 1, message, (), trouble and (type(trouble), trouble, None))


def raised(*troubles: Exception) -> logging.LogRecord:
    """A record with errors that led to each other, as they are caught."""
    try:
        try:
            raise troubles[0]
        except Exception as first:
            raise troubles[-1] from first
    except Exception:
        return logging.LogRecord("bot.courier", logging.ERROR, "x.py", 1, "it failed", (), sys.exc_info())


@pytest.mark.parametrize("form", [Plain, AsJson])
def test_tokens_are_blanked(form: type[Plain]) -> None:
    """Neither a line's words nor its traceback shows one."""
    line = form().format(raised(OSError(f"https://api.telegram.org/bot{TELEGRAM}/getMe")))
    other = form().format(record(f"with {DISCORD}"))

    assert TELEGRAM not in line
    assert DISCORD not in other
    assert "[token]" in line
    assert "[token]" in other


@pytest.mark.parametrize("form", [Plain, AsJson])
def test_the_hosts_secrets_are_blanked(form: type[Plain]) -> None:
    """The key and the host's code look like nothing special, so they are looked for by themselves."""
    line = form(("opensesame9", "")).format(record("https://t.me/x?start=host-0-opensesame9"))

    assert "opensesame9" not in line
    assert "[secret]" in line


@pytest.mark.parametrize("form", [Plain, AsJson])
def test_an_error_that_may_hold_words_tells_only_its_kind(form: type[Plain]) -> None:
    """Where it happened and what kind it is are shown; its sentence only where it cannot be somebody's."""
    line = form().format(raised(ValueError(f"invalid literal: {WORDS!r}"), OSError("The disk is full.")))

    assert WORDS not in line
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "The disk is full." in line


@pytest.mark.parametrize("form", [Plain, AsJson])
def test_of_a_librarys_message_only_the_first_line(form: type[Plain]) -> None:
    """asyncio, for one, puts the error below it, with its sentence."""
    line = form().format(record(f"Task exception was never retrieved\nfuture: {WORDS}", by="asyncio"))

    assert WORDS not in line
    assert "never retrieved" in line


@pytest.mark.parametrize("form", [Plain, AsJson])
def test_trouble_with_the_database_is_told_without_a_traceback(form: type[Plain]) -> None:
    """It is the host's to mend, and the sentence says how."""
    line = form().format(raised(ValueError("x"), StoreUnusable("The disk is full.")))

    assert "The disk is full." in line
    assert "test_logs.py" not in line


def test_the_same_trouble_with_the_database_is_told_once_a_minute() -> None:
    """Each deed stumbles over it; another trouble, and another kind of one, are told at once."""
    moment = 1000.0
    calm = Calm(lambda: moment)
    full, held, other = (raised(one) for one in (StoreUnusable("full"), StoreUnusable("held"), OSError("x")))
    told = [calm.filter(one) for one in (full, full, held, full, other, other)]
    moment += 61

    assert told == [True, False, True, False, True, True]
    assert calm.filter(full)


def test_a_line_for_a_program() -> None:
    """It is one object, with the action by its name."""
    one = record("delivery 7 failed", trouble=StoreUnusable("The disk is full."))
    one.action = "delivery_failed"
    line = AsJson().format(one)

    assert "\n" not in line
    assert json.loads(line) | {"at": ""} == {
        "at": "",
        "level": "ERROR",
        "by": "bot.courier",
        "said": "delivery 7 failed",
        "action": "delivery_failed",
        "trouble": "StoreUnusable: The disk is full.",
    }


@pytest.mark.parametrize(("form", "terminal", "is_json"), [
    ("auto", True, False), ("auto", False, True), ("json", True, True), ("text", False, False),
])  # fmt: skip
def test_text_for_a_person_and_json_for_a_program(
    form: str,
    terminal: bool,
    is_json: bool,
    unhandled: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Unless the host says which."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    logs.set_up("INFO", form)
    logging.getLogger("bot").info("at work")

    assert capsys.readouterr().err.startswith("{") == is_json
