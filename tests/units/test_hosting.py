"""What a host does by hand: list couples without a word of theirs, and delete one wholly."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import run
from bot.forgetting import DeletionList
from bot.turn import Repertoire
from stories.chats import BarePhone, handed_over
from stories.story import told


def on_disk(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.glob("story.db*"))


def sealed_words(file: Path) -> dict[str, bytes]:
    """What each wrote, as it stands sealed in the file, by their name."""
    with closing(sqlite3.connect(file)) as database:
        asked = "SELECT name, body FROM reply JOIN partner ON partner.id = reply.partner"
        return dict(database.execute(asked).fetchall())


async def with_two_couples(folder: Path, known: Repertoire, migrated: Path) -> Path:
    """Ann and Ben here, two others elsewhere; each has written something."""
    async with told(folder, known, migrated) as story:
        ann, _ = await story.paired()
        cleo, dan = BarePhone(story.elsewhere, "Cleo"), BarePhone(story.elsewhere, "Ann")
        await cleo.says("/start", in_room=False)
        await cleo.presses("We're in different apps")
        await cleo.presses("Join")
        await dan.says(handed_over(cleo), in_room=False)
        await dan.presses("Join")
        await story.settles()
        await cleo.presses("Start")
        await story.comes("2026-03-02 08:30")
        await ann.replies("The tea you made")
        await cleo.replies("Something else")
        await ann.says("/settings dates 24 dec", in_room=False)
        await ann.says("/hide", in_room=False)
        await ann.presses("Not again")
    (folder / "config.toml").write_text(f'database = "{folder / "story.db"}"\ncouples = "open"\n')
    return folder / "story.db"


async def test_a_couple_is_deleted_wholly(
    tmp_path: Path, known: Repertoire, migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it is left in any table or in the file; the other couple is whole."""
    file = await with_two_couples(tmp_path, known, migrated)
    config = ["--config", str(tmp_path / "config.toml")]
    sealed = sealed_words(file)
    run(["couples", *config])
    listed = capsys.readouterr().out.splitlines()
    number = next(line.split()[0] for line in listed if " bare" in line)
    assert run(["couples", "--delete", number, "--yes", *config]) == 0
    said = capsys.readouterr().out
    with closing(sqlite3.connect(file)) as database:
        left = {
            table: database.execute(f"SELECT count(*) FROM {table} WHERE couple = ?", (number,)).fetchone()[0]
            for table in ("partner", "room", "ritual", "occurrence", "delivery", "invitation")
        }
        partners = database.execute("SELECT count(*) FROM partner").fetchone()[0]
        strays = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("quietdates", "hidden")]
    bytes_left = on_disk(tmp_path)

    assert len(listed) == 2
    assert "Ann" not in "".join(listed)
    assert set(left.values()) == {0}
    assert partners == 2
    assert strays == [0, 0]
    assert sealed["Ann"] not in bytes_left
    assert sealed["Cleo"] in bytes_left
    assert "went with it: 1." in said
    assert len(DeletionList(file).read()) == 1


async def test_asked_first(
    tmp_path: Path,
    known: Repertoire,
    migrated: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever is not yes deletes nothing; a number that is nobody's is named."""
    file = await with_two_couples(tmp_path, known, migrated)
    config = ["--config", str(tmp_path / "config.toml")]
    monkeypatch.setattr("builtins.input", lambda _: "no")
    run(["couples", "--delete", "1", *config])
    kept = capsys.readouterr().out
    code = run(["couples", "--delete", "4", "--yes", *config])

    assert "Nothing was deleted" in kept
    assert set(sealed_words(file)) == {"Ann", "Cleo"}
    assert code == 1
    assert "There is no couple 4" in capsys.readouterr().err
    assert file.exists()
