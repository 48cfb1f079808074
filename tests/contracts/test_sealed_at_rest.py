"""At rest: after a week no file that the program wrote holds a word of the two."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_the_same_story import on_stage
from the_story import LINE, NAME, a_ritual_of_their_own, a_week

from bot.turn import Repertoire
from stories.on_record import given_on_record, words_on_record

WRITTEN = ("The tea you made", "Your patience", "You told me first", "Kept to myself", "A stroll")


@pytest.mark.parametrize("platform", ["telegram", "discord"])
async def test_after_a_week(platform: str, tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """The database, its log and everything beside it hold none of it, while it runs and after; the key opens all."""
    async with on_stage(platform, tmp_path, known, migrated) as stage:
        await a_week(stage)
        running = everything_in(tmp_path)
    ended = everything_in(tmp_path)
    opened = words_on_record(tmp_path / "couple.db", tmp_path / "couple.key")

    for held in (running, ended):
        assert held.startswith(b"SQLite") or b"SQLite format 3" in held
        assert [words for words in WRITTEN if words.encode() in held or words.encode("utf-16-le") in held] == []
    assert set(WRITTEN) <= set(opened)


@pytest.mark.parametrize("platform", ["telegram", "discord"])
async def test_after_a_ritual_of_their_own(platform: str, tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Neither a line that stands nor a ritual that was deleted is in any file as words; the key opens what is left."""
    async with on_stage(platform, tmp_path, known, migrated) as stage:
        await a_ritual_of_their_own(stage)
        running = everything_in(tmp_path)
    ended = everything_in(tmp_path)

    for held in (running, ended):
        assert b"SQLite format 3" in held
        assert [words for words in (LINE, NAME, "It purred") if words.encode() in held] == []
    assert given_on_record(tmp_path / "couple.db", tmp_path / "couple.key") == [LINE]


def everything_in(folder: Path) -> bytes:
    """Every byte of every file."""
    return b"".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())
