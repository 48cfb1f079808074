"""Whatever a stranger or the other one presses, forges or sends again: nothing of another's is read or changed."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot import keys
from bot.backups import Lock, back_up
from bot.errors import Misconfigured
from bot.events import Person, Pressed
from bot.keys import Found
from bot.posts import InPrivate, MessageRef, Place, Show, Token, plain
from bot.restoring import restore
from stories.chats import ROOM, BarePhone
from stories.checkins import BUILT, NEXT, RIGHT, fill_in
from stories.on_record import words_on_record
from stories.story import Story

OURS = ("The tea you made", BUILT, RIGHT, NEXT)
MOVED_BY_ANYBODY = ("handled", "guess")
"""Tables that note that something happened, whoever did it."""


def rows(story: Story, partner: int | None = None) -> dict[str, list[tuple]]:
    """Every row of every table; of one partner only what names them."""
    found: dict[str, list[tuple]] = {}
    with closing(sqlite3.connect(story.folder / "story.db")) as opened:
        for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [column[1] for column in opened.execute(f"PRAGMA table_info({table})")]
            whose = {"partner": "id", "reply": "partner", "part": "partner", "account": "partner"}
            if table in MOVED_BY_ANYBODY or (partner is not None and table not in whose):
                continue
            where = f"WHERE {whose[table]} = {partner}" if partner is not None else ""
            found[table] = sorted(opened.execute(f"SELECT {', '.join(columns)} FROM {table} {where}"), key=str)
    return found


def tokens(story: Story, *places: Place) -> list[Token]:
    """Everything that could ever be pressed in these chats."""
    offered = [choice.token for place, _, post in story.chats.log if place in places for choice in post.choices]
    return list(dict.fromkeys(offered))


async def a_week(story: Story) -> tuple[BarePhone, BarePhone]:
    """An open answer, sealed ones that are marked, settings opened, words looked through."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    await story.comes("2026-03-02 22:00")
    await ann.presses("Phones down")
    await story.comes("2026-03-07 10:00")
    await fill_in(ann, right=RIGHT)
    await ann.presses("Share the warm lines")
    for command in ("/settings", "/mine", "/history", "/rituals", "/leave", "/more", "/hide", "/export"):
        await ann.says(command, in_room=False)
    await story.settles()
    return ann, ben


async def pressed(story: Story, name: str, token: Token, place: Place, message: MessageRef | None) -> str:
    """What somebody reads who sends this as a press of their own, from an altered client."""
    event = Pressed(
        id=story.chats.event_id(), moment=story.clock.now(), place=place, person=Person("bare", name, name, "en"),
        message=message, token=token,
    )  # fmt: skip
    answer = await story.engine.handle(event)
    return plain(answer.post.text) if isinstance(answer, Show) else ""


async def test_a_stranger_presses_all_that_there_ever_was(story: Story) -> None:
    """In the room and in private, each of the two's presses sent as one's own: no row moves and no word comes."""
    ann, ben = await a_week(story)
    offered = tokens(story, ROOM, ann.private, ben.private)
    before = rows(story)
    seen = ""
    for number, token in enumerate(offered):
        name = f"cleo {number // 50}"  # Nobody may press without end.
        for place, message in (
            (ROOM, ann.room[-1].ref),
            (InPrivate("bare", name), None),
            (InPrivate("bare", name), ann.own[-1].ref),
        ):
            seen += await pressed(story, name, token, place, message)

    assert len(offered) > 40
    assert rows(story) == before
    assert [words for words in OURS if words in seen] == []


async def test_the_other_presses_what_was_offered_in_private(story: Story) -> None:
    """Ben sends every press that only Ann was shown: nothing of hers moves, and he reads nothing that she kept."""
    ann, ben = await a_week(story)
    offered = tokens(story, ann.private)
    hers = await story.reads(lambda store: store.people.who("bare", "ann").partner.id)
    before = rows(story, hers)
    seen = ""
    for token in offered:
        for place, message in ((ROOM, ben.room[-1].ref), (ben.private, ann.own[-1].ref)):
            seen += await pressed(story, "ben", token, place, message)
    after = rows(story, hers)

    assert 30 < len(offered) < 150
    assert after["reply"] == before["reply"]
    assert after["part"] == before["part"]
    assert [words for words in (BUILT, RIGHT, NEXT) if words in seen] == []


async def test_names_in_a_copy_lead_nowhere(story: Story, tmp_path: Path) -> None:
    """A copy that somebody made with the passphrase may hold files by any name; only the three known are read."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    file, lock = tmp_path / "copies" / "monday.age", Lock(bytes(32), "three small kettles")
    back_up(story.folder / "story.db", file, lock)
    with zipfile.ZipFile(io.BytesIO(lock.open(file.read_bytes(), file))) as honest:
        held = {name: honest.read(name) for name in honest.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as forged:
        for name in ("../outside", "/outside", "..\\outside", "couple-rituals.key/../../outside"):
            forged.writestr(name, b"somebody else's")
        for name, content in held.items():
            forged.writestr(name, content)
    file.write_bytes(lock.close(packed.getvalue()))
    place = tmp_path / "a" / "b"
    restore(file, place / "couple.db", Found(place / "couple.key"), "three small kettles")
    strays = [name for folder in (tmp_path, place, "/") for name in os.listdir(folder) if "outside" in name]  # noqa: PTH208 - an async test

    assert words_on_record(place / "couple.db", place / "couple.key") == ["The tea you made"]
    assert strays == []
    assert json.loads(held["about.json"])["sha256"]


async def test_a_copy_follows_no_link(story: Story, tmp_path: Path) -> None:
    """Where others may write too, somebody may have laid a link in the way; what it leads to stays as it is."""
    await story.paired()
    theirs = tmp_path / "theirs"
    theirs.write_text("as it was")
    file = tmp_path / "monday.copy"
    file.symlink_to(theirs)
    (tmp_path / "monday.copy.part").symlink_to(theirs)
    back_up(story.folder / "story.db", file, Lock(bytes(32)))

    assert theirs.read_text() == "as it was"
    assert not file.is_symlink()


def test_the_key_follows_no_link(tmp_path: Path) -> None:
    """Where a link lies in its place no key is made; where nothing lies, nobody else can read it."""
    (tmp_path / "host.key").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Misconfigured, match="File exists"):
        keys.make_key(tmp_path / "host.key")
    keys.make_key(tmp_path / "fresh.key")

    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "fresh.key").stat().st_mode & 0o077 == 0
