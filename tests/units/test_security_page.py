"""The pages on security and on faults name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| (?:[^|]+ \| ){2}(.+) \|$", re.MULTILINE)


def test_every_measure_is_shown_by_a_test_that_exists() -> None:
    """No row without one, and none that was renamed or taken out since."""
    rows = ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    missing = []
    for number, cell in rows:
        for written in re.findall(r"`([^`]+\.py)(?:::(\w+))?`", cell):
            file = ROOT / "tests" / written[0]
            if not file.exists() or (written[1] and f"def {written[1]}(" not in file.read_text(encoding="utf-8")):
                missing.append((number, *written))

    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 15
    assert [number for number, cell in rows if ".py" not in cell and "no test" not in cell] == []
    assert missing == []


def test_every_fault_names_tests_that_exist() -> None:
    """The same for what goes wrong by itself."""
    rows = [line for line in (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").splitlines() if "| `" in line]
    named = [file for row in rows for file in re.findall(r"`(\w+/\w+\.py)`", row)]

    assert len(named) > len(rows)
    assert [file for file in named if not (ROOT / "tests" / file).exists()] == []
