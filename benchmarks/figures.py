"""What a benchmark reports, and how many times it looks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

REPETITIONS = 3
"""How many times each figure is measured at least; the median counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: what it was held against, what it should be, and whether it is."""

    name: str
    value: str
    against: str
    target: str
    met: bool

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{self.name:<34} {self.value:>10}  target {self.target:<16} {verdict:<7} {self.against}"


def at_least(name: str, ratio: float, wanted: float, against: str) -> Figure:
    """A ratio that should be high."""
    return Figure(name, f"{ratio:.3f}x", against, f"at least {wanted:g}x", ratio >= wanted)


def at_most(name: str, measured: float, most: float, unit: str, against: str) -> Figure:
    """A measured amount that should be low."""
    digits = 0 if measured >= 100 or unit == "" else 2
    return Figure(name, f"{measured:.{digits}f}{unit}", against, f"at most {most:g}{unit}", measured <= most)


def seconds(work: Callable[[], object]) -> float:
    """How long something took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(measured: Sequence[float]) -> float:
    """The one in the middle."""
    return statistics.median(measured)


def percentile(measured: Sequence[float], share: float) -> float:
    """The smallest value that so many percent do not exceed."""
    ranked = sorted(measured)
    return ranked[min(len(ranked) - 1, max(0, -(-len(ranked) * int(share) // 100) - 1))]
