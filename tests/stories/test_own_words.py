"""Each has their own words in hand: to read, search, change, delete and take along; never the other's."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.forgetting import DeletionList, forget_again
from bot.posts import Show, Token
from stories.chats import BarePhone
from stories.checkins import BUILT, fill_in
from stories.story import Story


async def a_few_words(story: Story) -> tuple[BarePhone, BarePhone]:
    """A morning that both answered, and a check-in that both filled in."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.replies("The tea you made")
    await ben.replies("=Your patience")
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-08 20:00")
    return ann, ben


def on_disk(story: Story) -> bytes:
    return b"".join(file.read_bytes() for file in story.folder.glob("story.db*"))


def bodies_by_author(story: Story) -> dict[str, list[bytes]]:
    """What each wrote, as it stands sealed in the file."""
    asked = "SELECT name, body FROM reply JOIN partner ON partner.id = reply.partner WHERE kept != 'tap'"
    with contextlib.closing(sqlite3.connect(story.folder / "story.db")) as database:
        found = database.execute(asked).fetchall()
    return {who: [body for name, body in found if name == who] for who in ("Ann", "Ben")}


def unpacked(phone: BarePhone) -> dict[str, str]:
    """The files of the copy that somebody was handed."""
    answer = phone.last_answer
    assert isinstance(answer, Show)
    assert answer.post.file is not None
    with zipfile.ZipFile(io.BytesIO(answer.post.file.content)) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


async def test_mine_shows_ones_own_words_alone(story: Story) -> None:
    """The newest first, each to open; nothing of the other's, shared or not."""
    ann, ben = await a_few_words(story)
    await ann.says("/mine", in_room=False)
    labels = [choice.label for choice in ann.own[-1].post.choices]
    await ann.presses("2 Mar · The tea you made")

    assert not any("patience" in label for label in labels)
    assert any("The tea you made" in label for label in labels)
    assert "The other can read it." in ann.last_post
    assert "patience" not in ann.last_post
    assert "Your words" not in ben.screen


async def test_searching(story: Story) -> None:
    """One's own words alone are searched."""
    ann, _ = await a_few_words(story)
    await ann.says("/mine TEA", in_room=False)
    found = [choice.label for choice in ann.own[-1].post.choices]
    await ann.says("/mine patience", in_room=False)

    assert found[0] == "2 Mar · The tea you made"
    assert ann.last_post.endswith("None of your words hold that.")


async def test_words_are_changed(story: Story) -> None:
    """What the other is shown of them from then on is how they stand now."""
    ann, ben = await a_few_words(story)
    await ann.says("/mine tea", in_room=False)
    await ann.presses("2 Mar · The tea you made")
    await ann.presses("Change")
    await ann.submits("The tea you made for me")
    await ben.says("/history", in_room=False)

    assert "The tea you made for me" in ann.last_post
    assert "The tea you made for me" in ben.last_post


async def test_words_are_deleted_for_good(story: Story) -> None:
    """Out of every table and out of the file; a shared line leaves the share post, whose frame stays."""
    ann, ben = await a_few_words(story)
    shared = BUILT in ben.screen
    sealed = bodies_by_author(story)
    await ann.says("/mine", in_room=False)
    for label in ("Delete all of mine", "Yes, delete"):
        await ann.presses(label)
    await story.settles()
    await ann.says("/mine", in_room=False)
    await ben.says("/history", in_room=False)
    story.database.close()
    left = on_disk(story)
    await story.restarts()

    assert shared
    assert BUILT not in ben.room[-1].words
    assert "Nothing yet" in ann.last_post
    assert "patience" in ben.last_post
    assert len(sealed["Ann"]) > 2
    assert not any(body in left for body in sealed["Ann"])
    assert all(body in left for body in sealed["Ben"])


async def test_one_line_is_deleted(story: Story) -> None:
    """After a question, which can be left."""
    ann, _ = await a_few_words(story)
    await ann.says("/mine tea", in_room=False)
    await ann.presses("2 Mar · The tea you made")
    await ann.presses("Delete")
    await ann.presses("Back")
    await ann.says("/mine tea", in_room=False)
    kept = "2 Mar · The tea you made" in [choice.label for choice in ann.own[-1].post.choices]
    for label in ("2 Mar · The tea you made", "Delete", "Yes, delete"):
        await ann.presses(label)
    await ann.says("/mine tea", in_room=False)

    assert kept
    assert "None of your words" in ann.last_post


async def test_an_older_copy_that_is_put_back_loses_them_again(story: Story, tmp_path: Path) -> None:
    """The list of deletions stands beside the database and survives it."""
    ann, _ = await a_few_words(story)
    listed = DeletionList(tmp_path / "couple.db")
    listed.add([7])
    ids = await story.reads(
        lambda store: [one.id for one in store.replies.of_partner(store.people.who("bare", "ann").partner.id)]  # type: ignore[attr-defined]
    )
    listed.add(ids)  # type: ignore[arg-type]
    gone, unlisted = await story.database.run(forget_again, listed.read(), story.clock.now())
    again, _ = await story.database.run(forget_again, listed.read(), story.clock.now())
    await ann.says("/mine", in_room=False)

    assert gone == len(ids)  # type: ignore[arg-type]
    assert again == 0
    assert unlisted == set()
    assert "Nothing yet" in ann.last_post


@pytest.mark.parametrize("value", ["see", "change", "delete", "gone"])
async def test_nobody_reaches_the_others_words(story: Story, value: str) -> None:
    """Not even who knows the row's number."""
    ann, ben = await a_few_words(story)
    row = await story.reads(
        lambda store: store.replies.of_partner(store.people.who("bare", "ben").partner.id)[0].id  # type: ignore[attr-defined]
    )
    await ann.says("/mine", in_room=False)
    await ann.presses_token(Token("mine", int(str(row)), value), ann.own[-1])
    refused = ann.last_post
    await ben.says("/mine", in_room=False)

    assert "another time" in refused
    assert any("patience" in choice.label for choice in ben.own[-1].post.choices)


async def test_a_copy_of_ones_own_words(story: Story) -> None:
    """A page to read, JSON and CSV, in private; not a word that the other wrote, and no formula."""
    ann, ben = await a_few_words(story)
    await ann.says("/export")
    files = unpacked(ann)
    await ben.says("/export", in_room=False)
    bens = unpacked(ben)
    words = [line["words"] for line in json.loads(files["my-words.json"])["words"]]

    assert set(files) == {"README.txt", "my-words.html", "my-words.json", "my-words.csv"}
    assert words[0] == "The tea you made"
    assert BUILT in words
    assert not any("patience" in text for text in files.values())
    assert next(line for line in csv.DictReader(io.StringIO(bens["my-words.csv"])))["words"] == "'=Your patience"
    assert "a copy of what you wrote" not in ben.screen.partition("/export")[0]


async def test_what_both_shared_needs_both(story: Story) -> None:
    """One wish alone hands over nothing and is told to nobody; with both, each has what was shared, and no more."""
    ann, ben = await a_few_words(story)
    await ann.says("/export", in_room=False)
    await ann.presses("What we both shared")
    alone, told = ann.last_post, ben.screen
    await story.passes(hours=1)
    await ben.says("/export", in_room=False)
    await ben.presses("What we both shared")
    files = unpacked(ben)
    await story.settles()
    await ann.presses("Open")
    agreed = ann.screen
    await ann.says("/export", in_room=False)
    await ann.presses("What we both shared")
    lines = json.loads(files["our-words.json"])["words"]

    assert "I don't tell them" in alone
    assert "copy" not in told
    assert [(one["author"], one["words"]) for one in lines[:2]] == [
        ("Ann", "The tea you made"),
        ("Ben", "=Your patience"),
    ]
    assert BUILT in [one["words"] for one in lines]
    assert all(one["shared"] for one in lines)
    assert "You both asked" in agreed
    assert "our-words.json" in unpacked(ann)


async def test_a_copy_of_both_tells_no_hour_of_sealed_words(story: Story) -> None:
    """Neither by a moment nor by the order can one read off when, or after whom, the other filled in the check-in."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ben, built="Your patience")
    await ben.presses("Share the warm lines")
    await story.comes("2026-03-07 23:47")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-08 20:00")
    for phone in (ben, ann):
        await phone.says("/export", in_room=False)
        await phone.presses("What we both shared")
    lines = json.loads(unpacked(ann)["our-words.json"])["words"]
    await ann.says("/export", in_room=False)
    own = json.loads(unpacked(ann)["my-words.json"])["words"]

    assert [(line["author"], line["written_at"]) for line in lines] == [("Ann", "")] * 2 + [("Ben", "")] * 2
    assert {line["written_at"][:13] for line in own} == {"2026-03-07T23"}


async def test_words_of_a_ritual_that_is_gone_stay_kept(story: Story) -> None:
    """Where the program no longer knows a ritual, nothing of it that was kept gets into what both shared."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ben, built="Kept to myself", right="The keys on Tuesday")
    await ben.presses("Keep all")
    await story.comes("2026-03-08 20:00")
    story.known = replace(
        story.known, decks={name: deck for name, deck in story.known.decks.items() if name != "trust_checkin"}
    )
    await story.restarts()
    for phone in (ben, ann):
        await phone.says("/export", in_room=False)
        await phone.presses("What we both shared")
    both = unpacked(ann)
    await ben.says("/export", in_room=False)
    own = json.loads(unpacked(ben)["my-words.json"])["words"]

    assert not any(secret in text for text in both.values() for secret in ("Kept to myself", "The keys on Tuesday"))
    assert [line["words"] for line in own if line["shared"]] == []
    assert "Kept to myself" in [line["words"] for line in own]


async def test_a_yes_to_a_copy_of_both_can_be_taken_back(story: Story) -> None:
    """Then the other's wish alone hands over nothing."""
    ann, ben = await a_few_words(story)
    await ben.says("/export", in_room=False)
    for label in ("What we both shared", "Take that back"):
        await ben.presses(label)
    await ann.says("/export", in_room=False)
    await ann.presses("What we both shared")

    assert "Taken back" in ben.last_post
    assert isinstance(ann.last_answer, Show)
    assert ann.last_answer.post.file is None
