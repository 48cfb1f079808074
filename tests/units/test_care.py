"""The checklist of care names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^\| (\d+) \| [^|]+\? \| [^|]+ \| (.+) \|$", re.MULTILINE)


def named(cell: str) -> list[tuple[Path, str]]:
    """The files of a cell, each with the test in it that is named, if one is."""
    found: list[tuple[Path, str]] = []
    for written in re.findall(r"`([^`]+)`", cell):
        file, _, test = written.partition("::")
        if not file:
            found.append((found[-1][0], test))
        else:
            found.append((ROOT / "tests" / (file if "/" in file else f"stories/{file}"), test))
    return found


def test_every_line_is_shown_by_a_test_that_exists() -> None:
    """At least thirty questions in order, and no test that was renamed or taken out since."""
    lines = LINE.findall((ROOT / "docs" / "care.md").read_text(encoding="utf-8"))
    missing = [
        (number, file.name, test)
        for number, cell in lines
        for file, test in named(cell)
        if not file.exists() or (test and f"def {test}(" not in file.read_text(encoding="utf-8"))
    ]

    assert [number for number, _ in lines] == [str(number) for number in range(1, len(lines) + 1)]
    assert len(lines) >= 30
    assert missing == []
