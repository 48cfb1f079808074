"""What two may write together in a walk, as its file says it: what goes together, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.deckfile import read_deck
from bot.errors import BrokenDeck

HEAD = """
[deck]
id = "tea"
title = "Tea"
kind = "walk"
command = "practice"
[walk]
goes = "together"
declined = "Not now."
stopped = "Stopped."
over = "Over."
[[step]]
id = "gate"
text = "How is now?"
options = ["Now", "Later"]
yes = [0]
"""
WRITES = '[[step]]\nid = "write"\nwhere = "chat"\nwrites = true\ntext = "A line."\n'
SUITS = '[[step]]\nid = "suits"\nwhere = "chat"\ntext = "Does it suit?"\noptions = ["Yes", "Not yet"]\nyes = [0]\n'
DAY = '[[step]]\nid = "day"\nwhere = "chat"\nasks_date = true\ntext = "When?"\nreview = "And now?"\n'
AFTER = '[[step]]\nid = "mine"\ntext = "For yourself?"\nwrites = true\n'
PROMPT = '[[prompt]]\nid = "te-1"\ntext = "When …, we …"\ndepth = 1\nmood = "steady"\ntags = ["tea"]\n'


def _read(folder: Path, *parts: str) -> tuple[str, str]:
    """The key that is refused, and why; nothing where the file is fine."""
    file = folder / "tea.toml"
    file.write_text("".join((HEAD, *parts)))
    try:
        read_deck(file)
    except BrokenDeck as problem:
        return problem.key, problem.reason
    return "", ""


@pytest.mark.parametrize(
    "parts",
    [
        (WRITES,),
        (WRITES, SUITS),
        (WRITES, SUITS, DAY),
        (WRITES, DAY, AFTER),
        (WRITES + "starters = true\n", DAY, PROMPT),
        (WRITES + 'asks_date = true\nreview = "And now?"\n', AFTER),
    ],
)
def test_what_goes_together(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """Writing alone, with a yes of each, with a day, or all of it; the day also where they write."""
    assert _read(tmp_path, *parts) == ("", "")


@pytest.mark.parametrize(
    ("parts", "key", "reason"),
    [
        ((WRITES, WRITES.replace('"write"', '"again"')), "step[2].writes", "the two write at one step"),
        ((WRITES, SUITS.replace("yes = [0]\n", "")), "step[2].options", "in the chat nothing is picked"),
        ((SUITS, WRITES), "step[1].yes", "what the two wrote before"),
        ((WRITES, SUITS, AFTER), "step[2].yes", "nothing private follows"),
        ((DAY, WRITES), "step[1].asks_date", "what the two wrote"),
        ((WRITES, DAY.replace('review = "And now?"\n', "")), "step[2].asks_date", "by `review`"),
        ((WRITES, DAY + "turns = true\n"), "step[2].asks_date", "what the two wrote"),
        ((WRITES, AFTER + "starters = true\n", PROMPT), "step[2].starters", 'where = "chat"'),
        ((WRITES, DAY + "starters = true\n", PROMPT), "step[2].starters", "where the two write"),
        ((WRITES, PROMPT), "prompt", "starters = true"),
        ((WRITES + "starters = true\n",), "prompt", "the beginnings"),
    ],
)
def test_what_is_refused(tmp_path: Path, parts: tuple[str, ...], key: str, reason: str) -> None:
    """Each names its key, and what belongs there."""
    found = _read(tmp_path, *parts)

    assert found[0] == key
    assert reason in found[1]
