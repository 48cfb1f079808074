"""The host's own decks: a folder beside config.toml, looked over before the program takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import run
from bot.config import read_config
from bot.deckcheck import check_decks
from bot.deckfile import read_deck
from bot.errors import BrokenDeck
from bot.findings import Level
from bot.wiring import CONTENT, shelf

EVENING = """
[deck]
id = "evening_tea"
title = "Evening tea"
about = "Two cups, and a line each."
kind = "open"
days = "mon wed"
at = "16:00"
patience_minutes = 60
closes_after_hours = 8
no_repeat_days = 21

[[prompt]]
id = "te-001"
text = "Two cups, no agenda."
depth = 1
mood = "light"
tags = ["base"]
"""


def written(folder: Path, **decks: str) -> Path:
    for name, text in decks.items():
        (folder / f"{name}.toml").write_text(text)
    return folder


def test_each_file_has_its_line(tmp_path: Path) -> None:
    """The good ones, the one with a mistake, one whose id is taken by another, and one whose id is the program's."""
    found = check_decks(
        written(
            tmp_path,
            a=EVENING,
            b=EVENING.replace('"open"', '"opne"'),
            c=EVENING,
            d=EVENING.replace("evening_tea", "memory"),
            e="words = 1",
        ),
        CONTENT / "en",
    )

    assert [(one.level, one.what) for one in found] == [
        (Level.FINE, "a.toml: Evening tea, 1 prompt"),
        (
            Level.WRONG,
            "b.toml: deck.kind: 'opne' is not one of open, tap, offer, sealed, walk, pause, timer, nudge, ideas. "
            "Did you mean 'open'?",
        ),
        (Level.WRONG, "c.toml: deck.id: 'evening_tea' is already an id (a.toml)"),
        (Level.WRONG, "d.toml: deck.id: 'memory' is already an id (the program's own)"),
        (
            Level.WRONG,
            "e.toml: words: is not a key here. "
            "Known are deck, rhythm, opener, tip, prompt, sheet, sealed, walk, step, pause, timer, ideas.",
        ),
    ]


def test_the_command_says_it_and_its_exit_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Zero where all are right; an empty folder is not."""
    (tmp_path / "none").mkdir()

    assert run(["check-decks", str(written(tmp_path, a=EVENING))]) == 0
    assert capsys.readouterr().out == "ok    a.toml: Evening tea, 1 prompt\n"
    assert run(["check-decks", str(tmp_path / "none")]) == 1
    assert "there is no .toml file" in capsys.readouterr().out


def test_one_file_is_looked_over_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While one is written, its neighbours are nobody's concern; a place that is not there is named as such."""
    written(tmp_path, a=EVENING, b="words = 1")

    assert run(["check-decks", str(tmp_path / "a.toml")]) == 0
    assert capsys.readouterr().out == "ok    a.toml: Evening tea, 1 prompt\n"
    assert run(["check-decks", str(tmp_path / "c.toml")]) == 1
    assert "c.toml: is not there" in capsys.readouterr().out


def test_a_command_that_opens_another_ritual_is_refused(tmp_path: Path) -> None:
    """It would never open this one; the check says so, and so does the program when it starts. Walks share theirs."""
    folder = written(tmp_path, a=EVENING.replace('kind = "open"', 'kind = "open"\ncommand = "win"'))

    assert [one.what for one in check_decks(folder, CONTENT / "en")] == [
        "a.toml: deck.command: /win opens 'Wins' already, so leave it out"
    ]
    with pytest.raises(BrokenDeck, match="/win opens 'Wins' already"):
        shelf(folder)


def test_the_folder_beside_config_is_taken(tmp_path: Path) -> None:
    """It is `rituals` unless config.toml names another, and need not be there."""
    config = tmp_path / "config.toml"
    config.write_text('[telegram]\ntoken = "123:abc"\n')
    own = read_config(config).rituals
    without = shelf(own)
    own.mkdir()
    written(own, a=EVENING)

    assert own == tmp_path / "rituals"
    assert set(shelf(own)) - set(without) == {"evening_tea"}
    config.write_text('rituals = "ours"\n[telegram]\ntoken = "123:abc"\n')
    assert read_config(config).rituals == tmp_path / "ours"


def test_a_broken_one_is_refused_with_its_file(tmp_path: Path) -> None:
    """And so is one whose id the program has, and a file that is no deck at all."""
    written(tmp_path, mine=EVENING.replace("evening_tea", "wins"))

    with pytest.raises(BrokenDeck, match=r"mine\.toml.*'wins' is already the id of another deck"):
        shelf(tmp_path)
    written(tmp_path, mine=EVENING.replace("[deck]", "[dekc]"))
    with pytest.raises(BrokenDeck, match=r"mine\.toml: dekc: is not a key here. Did you mean 'deck'"):
        shelf(tmp_path)


def test_the_examples_of_the_documentation_are_decks(tmp_path: Path) -> None:
    """Whoever copies a whole deck from docs/decks.md has one that is read."""
    page = (CONTENT.parents[1] / "docs" / "decks.md").read_text()
    examples = [part.partition("```")[0] for part in page.split("```toml")[1:]]
    whole = [example for example in examples if example.lstrip().startswith("[deck]")]
    folder = written(tmp_path, **{f"example{at}": example for at, example in enumerate(whole)})

    # One of each kind but a tap and an offer, which look like an open one, and the pause that ships.
    kinds = {read_deck(folder / f"example{at}.toml").kind.value for at in range(len(whole))}
    assert kinds == {"open", "ideas", "sealed", "walk", "nudge", "timer"}
    assert [one.what for one in check_decks(folder, CONTENT / "en") if one.level is not Level.FINE] == []
