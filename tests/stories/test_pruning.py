"""What nobody needs or can reach any more goes; what the two wrote stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from bot import keys, pruning
from stories.checkins import fill_in
from stories.on_record import words_on_record
from stories.story import Story


def count(story: Story, table: str, where: str = "1") -> int:
    with closing(sqlite3.connect(story.folder / "story.db")) as opened:
        return int(opened.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def recorded(story: Story) -> list[str]:
    key = story.folder / "story.key"
    key.write_text(keys.written(bytes(32)))
    return words_on_record(story.folder / "story.db", key)


async def test_after_a_year_and_a_half(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers, prompts and posts are there; event ids, changes, notes, past dates and old ways in are not."""
    monkeypatch.setattr(pruning, "MOST", 3)
    ann, ben = await story.paired(zones=("Europe/Berlin", "Europe/London"))
    await story.comes("2026-03-07 12:00")
    for partner in (ann, ben):
        await fill_in(partner)
        await partner.presses("Share the warm lines")
        await partner.presses("Ready")
    await ann.says("/settings", in_room=False)
    await story.settles()
    before = {table: count(story, table) for table in ("handled", "reply", "occurrence")}
    changes = count(story, "delivery", "act != 'post'")
    posts = count(story, "delivery", "act = 'post' AND account = 0")
    notes = count(story, "delivery", "view = 'note'")
    words = recorded(story)
    await story.sleeps_until("2027-09-01 12:00")

    assert before["handled"] > 10
    assert changes > 0
    assert notes > 0
    assert recorded(story) == words
    assert count(story, "reply") == before["reply"]
    assert count(story, "occurrence") >= before["occurrence"]
    assert count(story, "delivery", "act = 'post' AND account = 0") >= posts
    assert count(story, "handled") == 0
    assert count(story, "invitation") == 0
    assert count(story, "delivery", "act != 'post' AND sent_at < 1800000000") == 0
    assert count(story, "delivery", "view = 'note' AND sent_at < 1780000000") == 0


async def test_two_months_after_the_end(story: Story) -> None:
    """Nobody can reach anything by then, so all of it goes, and an older copy of the file loses it too."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    gone: list[int] = []
    story.engine._deleted = gone.extend
    await ann.says("/leave", in_room=False)
    await ann.presses("At once")
    await ann.presses("Leave all as it is")
    await story.passes(days=59)
    kept = recorded(story)
    await story.passes(days=3)

    assert kept == ["The tea you made"]
    assert len(gone) == 1
    assert {table: count(story, table) for table in ("couple", "partner", "account", "room", "reply", "delivery")} == {
        "couple": 0, "partner": 0, "account": 0, "room": 0, "reply": 0, "delivery": 0,
    }  # fmt: skip
    assert count(story, "deletion") == 1


async def test_a_chat_in_which_nobody_said_yes(story: Story) -> None:
    """After forty days it is as if it had never been; one who has joined waits on."""
    await story.person("Ann").says("/start")
    asked = count(story, "couple")
    await story.passes(days=41)
    forgotten = count(story, "couple")
    ann = story.person("Ann")
    await ann.says("/start")
    await ann.presses("Tell me more")
    await ann.presses("Join")
    await story.passes(days=41)

    assert (asked, forgotten) == (1, 0)
    assert count(story, "couple") == 1
    assert count(story, "partner") == 1


async def test_once_a_day(story: Story) -> None:
    """It is looked after at the start and then daily, not at each turn."""
    await story.paired()
    looked: list[int] = []
    prune = pruning.prune
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pruning, "prune", lambda store, now, *decks: looked.append(now) or prune(store, now, *decks))
        await story.passes(days=3)

    assert 2 <= len(looked) <= 4
