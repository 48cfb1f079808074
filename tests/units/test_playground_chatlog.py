"""The chats on the disk: one message for each key, and nothing lost by closing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.playground.chatlog import OUTCOMES_KEPT, Attached, ChatLog, Draft
from adapters.playground.writing import words
from bot.errors import StoreUnusable


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ChatLog]:
    """An empty chat log."""
    opened = ChatLog(tmp_path / "playground.db")
    yield opened
    opened.close()


def draft(key: str, text: str = "Tea") -> Draft:
    """A message of Ann's."""
    return Draft(key=key, chat="us", sender="ann", moment=7, body=words(text))


def test_one_key_is_one_message(log: ChatLog) -> None:
    """A message that is tried again is the one that stands there."""
    first, was_new = log.post(draft("a"))
    second, is_new = log.post(draft("a", "Coffee"))

    assert (was_new, is_new) == (True, False)
    assert first == second
    assert log.latest() == [first]


def test_everything_survives_reopening(tmp_path: Path) -> None:
    """Messages, receipts, files, outcomes and known keys are there after a restart."""
    before = ChatLog(tmp_path / "playground.db")
    shown, _ = before.post(Draft(**_fields(draft("a")), attachments=(Attached("file", "x.txt", b"kept"),)))
    before.mark(shown.number, "recorded")
    before.settle("deed", {"open": "ann"})
    before.close()

    after = ChatLog(tmp_path / "playground.db")
    kept = after.find(shown.number)
    again, is_new = after.post(draft("a"))
    attached = after.attachment(shown.number, "file")
    outcome = after.outcome("deed")
    after.close()

    assert kept is not None
    assert (kept.mark, kept.body, again.number, is_new) == ("recorded", words("Tea"), shown.number, False)
    assert attached == Attached("file", "x.txt", b"kept")
    assert outcome == {"open": "ann"}


def test_a_message_taken_away_leaves_no_words(tmp_path: Path) -> None:
    """A removed message stays known by its key, so it does not come back, and its words are on no page of the file."""
    log = ChatLog(tmp_path / "playground.db")
    shown, _ = log.post(draft("a", "a very rare word: chrysalis"))
    log.remove(shown.number)
    again, is_new = log.post(draft("a"))
    changed = log.change(shown.number, words("back"))
    log.close()

    assert (again.gone, is_new, changed) == (True, False, None)
    assert b"chrysalis" not in (tmp_path / "playground.db").read_bytes()


def test_starting_over_never_uses_a_number_again(log: ChatLog) -> None:
    """An old message's number can mean nothing new."""
    first, _ = log.post(draft("a"))
    log.clear()
    second, is_new = log.post(draft("a"))

    assert is_new
    assert second.number > first.number
    assert log.find(first.number) is None


def test_old_outcomes_are_let_go(log: ChatLog) -> None:
    """Only the newest outcomes are kept for a page that missed them."""
    for number in range(OUTCOMES_KEPT + 5):
        log.settle(f"deed-{number}", {})

    assert log.outcome("deed-4") is None
    assert log.outcome("deed-5") == {}


def test_a_deed_settled_twice_keeps_its_first_outcome(log: ChatLog) -> None:
    """What a page was told once stays true."""
    log.settle("deed", {"open": "ann"})
    log.settle("deed", {})

    assert log.outcome("deed") == {"open": "ann"}


def test_a_newer_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """A file of a later version is left as it is, and the sentence says what to do."""
    with sqlite3.connect(tmp_path / "playground.db") as newer:
        newer.execute("PRAGMA user_version = 9")
    newer.close()

    with pytest.raises(StoreUnusable, match=r"newer version.*--data"):
        ChatLog(tmp_path / "playground.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Anything else under that name is not overwritten."""
    (tmp_path / "playground.db").write_text("a shopping list " * 100)

    with pytest.raises(StoreUnusable, match="cannot be used"):
        ChatLog(tmp_path / "playground.db")
    assert (tmp_path / "playground.db").read_text().startswith("a shopping list")


def _fields(one: Draft) -> dict[str, object]:
    return {"key": one.key, "chat": one.chat, "sender": one.sender, "moment": one.moment, "body": one.body}
