"""What stored rituals cost in memory, against jobs that APScheduler holds in its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figures import REPETITIONS, Figure, at_most, median
from benchmarks.stage import NOW, prepared, temporary

STORED = 100_000
COUNTED = 5_000
"""How many jobs APScheduler is given; what they take is multiplied, because it takes long with all of them."""

MOST = 20


def measure(_: bool) -> Iterator[Figure]:
    """With none, and with many."""
    with temporary() as folder:
        none = prepared(folder / "none.db", 0, ["digital_sunset"], NOW + 86400)
        many = prepared(folder / "many.db", STORED, ["digital_sunset"], NOW + 86400)
        more = _megabytes("core", str(many)) - _megabytes("core", str(none))
    jobs = (_megabytes("apscheduler", str(COUNTED)) - _megabytes("apscheduler", "0")) * STORED / COUNTED
    against = f"more than with none; APScheduler's memory: {jobs:.0f} MB (from {COUNTED:,} jobs, multiplied)"
    yield at_most(f"memory, {STORED:,} stored", more, MOST, " MB", against)


def _megabytes(what: str, of: str) -> float:
    return median([_kibibytes(what, of) / 1024 for _ in range(REPETITIONS)])


def _kibibytes(what: str, of: str) -> int:
    command = [sys.executable, "-m", "benchmarks.stored", what, of]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
