"""A year of many couples by the rules alone: their rhythms, their load and the choice of every prompt, in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache, partial
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure, at_most
from bot import wiring
from bot.cadence import instant
from bot.deckfile import read_decks
from bot.decks import CORE, Deck
from bot.yearly import Life, Wanted, live

COUPLES, WITH_ALL = 1_000, 100
CORES = 2
MOST = 60
START, A_YEAR = date(2026, 1, 5), 365
AT_A_TIME = 10
"""So many couples one process takes at a time, that both are at work until the end."""

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata")


def measure(_: bool) -> Iterator[Figure]:
    """With the plan that two begin with, and with everything that two may switch on.

    Each core's seconds are those of the processor: what else the machine does has no say in them.
    """
    for name, couples in (("usual plan", COUPLES), ("all rituals", WITH_ALL)):
        began = time.perf_counter()
        with ProcessPoolExecutor(CORES) as cores:
            year = partial(_lived, everything=couples == WITH_ALL)
            lives = list(cores.map(year, range(couples), chunksize=AT_A_TIME))
        took, posts = sum(seconds for seconds, _ in lives) / CORES, sum(posts for _, posts in lives)
        against = f"on each of {CORES} cores; {posts:,} posts, {time.perf_counter() - began:.0f} s by the wall's clock"
        yield at_most(f"a year, {couples:,} couples, {name}", took, MOST, " s", against)


def _lived(number: int, *, everything: bool) -> tuple[float, int]:
    """The seconds that a couple's year takes, and its posts; couples differ in whatever a choice depends on."""
    began = time.process_time()
    posts = _posts(number, everything=everything)
    return time.process_time() - began, posts


def _posts(number: int, *, everything: bool) -> int:
    decks = [deck for name, deck in _decks().items() if deck.usual.days and (everything or name in CORE)]
    rituals = tuple(Wanted(deck, deck.usual) for deck in decks)
    apart, southern, depth = number % 2 == 1, number % 4 == 2, 1 + number % 3
    zone = ZoneInfo(ZONES[number % len(ZONES)])
    came = live(Life(rituals, apart, southern, depth, seed=str(number)), START, A_YEAR)
    return len([instant(one.day, one.at, zone) for one in came])


@cache
def _decks() -> dict[str, Deck]:
    return read_decks(wiring.CONTENT / "en")
