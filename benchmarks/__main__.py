"""Runs the benchmarks: `python -m benchmarks [names] [--large]`."""

from __future__ import annotations

import argparse
import importlib
import time
import traceback

NAMES = (
    "replies",
    "rituals",
    "ticks",
    "soak",
    "year",
    "memory",
    "starting",
    "playing",
    "lateness",
    "taps",
    "telegram_replies",
    "telegram_pacing",
    "discord_presses",
)


def main() -> None:
    """Measure what was asked for and print a line for each figure."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the bot against something real.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(NAMES)} (default: all)")
    parser.add_argument(
        "--large", action="store_true", help="also with a million rituals, 3,000 posts due, and 10,000 couples"
    )
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(NAMES)}")
    began = time.monotonic()
    missed = sum(_missed(name, options.large) for name in options.names or NAMES)
    print(f"{missed or 'No'} target{'s' if missed != 1 else ''} missed; {time.monotonic() - began:.0f} s.")


def _missed(name: str, large: bool) -> int:
    """Print the figures of one benchmark, and tell how many of them are not what they should be."""
    missed = 0
    try:
        for figure in importlib.import_module(f"benchmarks.{name}").measure(large):
            print(figure, flush=True)
            missed += not figure.met
    except Exception:
        # One that breaks takes no other with it.
        traceback.print_exc()
        print(f"{name}: MISSED, it could not be measured", flush=True)
        missed += 1
    return missed


main()
