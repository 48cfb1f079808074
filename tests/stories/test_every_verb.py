"""Every press that there is, sent with other people's numbers: by another couple's partner, and by a stranger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.events import Person, Pressed
from bot.posts import InPrivate, Token
from bot.routing import _PRESSES
from stories.chats import ROOM, BarePhone, handed_over
from stories.checkins import BUILT, fill_in
from stories.story import Story

OURS = ("The tea you made", BUILT, "A paper boat", "what the cat did", "Quiet soup")
AT_ONCE, A_WHILE = 15, 120
"""So many presses, and then so many seconds: nobody may press without end."""

MADE_UP = ("", "on", "off", "see", "gone", "start", "stop", "again", "0", "suits", "change", "now", "add", "look")
MOVED_BY_ANYBODY = ("handled", "guess", "sqlite_sequence", "alembic_version")


async def a_full_week(story: Story) -> tuple[BarePhone, BarePhone]:
    """Whatever the two can have begun: open and sealed answers, ideas, a walk, a pause, nudges, lines and a day."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    await ann.says("/question", in_room=False)
    await ann.says("A paper boat", in_room=False)
    for command in ("/date", "/walk", "/practice", "/repair", "/agree", "/assess", "/why", "/pause"):
        await ann.says(command)
        await story.settles()
    await ann.presses("The first")
    for label in ("For you alone", "Gratitude nudge", "Switch on"):
        await _in_settings(ben, label)
    await ann.says("/rituals")
    await ann.presses("Morning appreciation")
    await ann.presses("Add a line of yours")
    await ann.submits("what the cat did")
    await ann.says("/rituals new", in_room=False)
    await ann.says("Quiet soup", in_room=False)
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    for command in ("/settings", "/mine", "/history", "/rituals", "/leave", "/more", "/hide", "/export"):
        await ann.says(command, in_room=False)
    await story.settles()
    return ann, ben


async def _in_settings(phone: BarePhone, label: str) -> None:
    if label == "For you alone":
        await phone.says("/settings", in_room=False)
    await phone.presses(label)


async def another_couple(story: Story) -> BarePhone:
    """Cleo, who is one of two as well."""
    cleo, dan = story.person("Cleo"), BarePhone(story.elsewhere, "Dan")
    await cleo.says("/start", in_room=False)
    await cleo.presses("We're in different apps")
    await cleo.presses("Join")
    await dan.says(handed_over(cleo), in_room=False)
    await dan.presses("Join")
    await story.settles()
    await cleo.presses("Start")
    await story.settles()
    return cleo


def belonging(story: Story, couple: int) -> dict[str, list[tuple]]:
    """Every row that is a couple's, by whatever it names."""
    theirs: dict[str, set[int]] = {"couple": {couple}}
    found: dict[str, list[tuple]] = {}
    with closing(sqlite3.connect(story.folder / "story.db")) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # What names a row that names a row of theirs is theirs too; three steps reach all.
        for table in [*tables] * 3:
            if table in MOVED_BY_ANYBODY:
                continue
            columns = [column[1] for column in opened.execute(f"PRAGMA table_info({table})")]
            rows = [dict(zip(columns, row, strict=True)) for row in opened.execute(f"SELECT * FROM {table}")]
            named = [name for name in columns if name in theirs]
            known = theirs.get(table, set())
            mine = [row for row in rows if row.get("id") in known or any(row[name] in theirs[name] for name in named)]
            theirs.setdefault(table, set()).update(row["id"] for row in mine if "id" in row)
            found[table] = sorted((tuple(row.items()) for row in mine), key=str)
    return {table: rows for table, rows in found.items() if rows}


def numbers(rows: dict[str, list[tuple]]) -> list[int]:
    """The number of the last row of each table."""
    return sorted({dict(row)["id"] for theirs in rows.values() for row in theirs[-1:] if "id" in dict(row)})


def forged(story: Story, mine: dict[str, list[tuple]], *phones: BarePhone) -> Iterator[Token]:
    """Each verb with each kind of number, and with what was ever offered for it or is made up."""
    places = (ROOM, *(phone.private for phone in phones))
    offered = {choice.token for place, _, post in story.chats.log if place in places for choice in post.choices}
    yield from sorted(offered, key=str)
    for verb in sorted(_PRESSES):
        values = sorted({one.value for one in offered if one.verb == verb})[:3] or MADE_UP[:2]
        for number in numbers(mine):
            yield from (Token(verb, number, value) for value in values)
    for verb in sorted(_PRESSES):
        yield from (Token(verb, numbers(mine)[0], value) for value in MADE_UP)


@pytest.mark.parametrize("name", ["cleo", "stranger"])
async def test_other_peoples_numbers(story: Story, name: str) -> None:
    """No row of the two's moves, and no word of theirs comes, whichever verb it is and whatever it is sent with."""
    ann, ben = await a_full_week(story)
    await another_couple(story)
    before = belonging(story, 1)
    private, who = InPrivate("bare", name), Person("bare", name, name.title(), "en")
    seen = ""
    sent = 0
    for sent, token in enumerate(forged(story, before, ann, ben), 1):
        if sent % AT_ONCE == 0:
            story.clock.move_to(story.clock.now() + A_WHILE)
        about = {"moment": story.clock.now(), "place": private, "person": who}
        event = Pressed(id=story.chats.event_id(), message=None, token=token, **about)  # type: ignore[arg-type]
        seen += repr(await story.engine.handle(event))

    assert sent > 1000
    assert {"saying", "owndeck", "reply", "part", "occurrence", "ritual", "delivery"} <= set(before)
    assert "a lot at once" not in seen
    assert [table for table, rows in belonging(story, 1).items() if rows != before[table]] == []
    assert [words for words in OURS if words in seen] == []
