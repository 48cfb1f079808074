"""How long the command line takes to say what it can do, against a bare start of Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, at_most, median, seconds

TIMES = 9
MOST = 150


def measure(_: bool) -> Iterator[Figure]:
    """Both in turn, so that what else the machine does falls on both."""
    bare, ours = [], []
    for _turn in range(TIMES):
        bare.append(_start([sys.executable, "-c", "pass"]))
        ours.append(_start([str(Path(sys.executable).with_name("couple-rituals")), "--help"]))
    against = f"more than a bare start of Python ({median(ours) * 1000:.0f} ms against {median(bare) * 1000:.0f} ms)"
    yield at_most("couple-rituals --help", (median(ours) - median(bare)) * 1000, MOST, " ms", against)


def _start(words: list[str]) -> float:
    return seconds(lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL))  # noqa: S603
