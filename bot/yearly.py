"""A couple's rituals over a year, day by day, by the rules alone: what comes when, without a database or a clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import loads
from bot.cadence import Cadence
from bot.decks import Deck, Kind, tagged
from bot.drawing import draw
from bot.model import USUAL_A_WEEK
from bot.rotation import LOOKS_BACK, THREE, Choice, Circumstances, Past, choose_among, effective_window, may_come
from bot.sheets import next_sheet
from bot.suiting import Fit, together


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ritual that the two have switched on."""

    deck: Deck
    cadence: Cadence
    three: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """What a choice depends on and does not change by the day; on *lighter* days only light or steady prompts come."""

    rituals: tuple[Wanted, ...]
    apart: bool = False
    southern: bool = False
    depth: int = 2
    hidden: frozenset[str] = frozenset()
    most_a_week: int = USUAL_A_WEEK
    lighter: frozenset[date] = frozenset()
    fits: tuple[Fit, ...] = ()
    seed: str = "a couple"

    @property
    def days(self) -> dict[int, frozenset[int]]:
        """The days of the week on which each ritual comes, by its place among them."""
        found = [loads.coming(at, one.deck, one.cadence) for at, one in enumerate(self.rituals)]
        quiet = {at: one.cadence.days for at, one in enumerate(self.rituals) if one.deck.kind is Kind.TAP}
        return quiet | loads.days_that_come(filter(None, found), self.most_a_week)


@dataclass(frozen=True, slots=True)
class Came:
    """One post with what was chosen for it: one prompt, two ideas, or of a sealed form none.

    They were chosen *among* so many that rest for a *window* of days.
    """

    day: date
    at: int
    deck: Deck
    choices: tuple[Choice, ...] = ()
    among: int = 0
    window: int = 0


def live(life: Life, start: date, days: int) -> list[Came]:
    """Everything that comes, in order; nobody is late, and a day on which a deck has nothing goes without it."""
    pasts: list[list[Past]] = [[] for _ in life.rituals]
    found: list[Came] = []
    weekly = life.days
    for step in range(days):
        found += _lived(life, weekly, start + timedelta(days=step), step, pasts)
    return found


def _lived(
    life: Life, weekly: Mapping[int, frozenset[int]], day: date, step: int, pasts: Sequence[list[Past]]
) -> Iterator[Came]:
    """What comes on a day; each prompt joins its ritual's past."""
    today = [at for at in sorted(weekly, key=lambda at: life.rituals[at].cadence.at) if day.weekday() in weekly[at]]
    for order, at in enumerate(today):
        wanted, past = life.rituals[at], pasts[at]
        deck, every = _asks(wanted.deck, len(past))
        now = _circumstances(life, wanted, day, step, len(past), last=order == len(today) - 1)
        came = _chosen(deck, past[-LOOKS_BACK:], replace(now, per_day=len(weekly[at]) / 7 / every), life.seed)
        if came is not None or not deck.prompts:
            past += [Past(one.prompt.id, day) for one in came.choices] if came else [Past("", day)]
            yield replace(came or Came(day, 0, deck), at=wanted.cadence.at, deck=wanted.deck)


def _asks(deck: Deck, scheduled: int) -> tuple[Deck, int]:
    """The prompts among which one is chosen, and that they are asked every so many times; of a plain form none."""
    if not deck.sheets:
        return deck, 1
    sheet = next_sheet(deck.sheets, "", scheduled)
    return (tagged(deck, sheet.tag), sheet.every) if sheet.asks_a_prompt else (replace(deck, prompts=()), 1)


def _chosen(deck: Deck, past: Sequence[Past], now: Circumstances, seed: str) -> Came | None:
    eligible = may_come(deck, past, now) if deck.prompts else []
    if not eligible:
        return None
    choices: tuple[Choice, ...]
    if deck.kind is Kind.IDEAS:
        choices = draw(deck, past, replace(now, posts=now.posts // 2), f"{seed}/{deck.id}")
    else:
        choices = (choose_among(eligible, deck, past, now, f"{seed}/{deck.id}"),)
    window = effective_window(deck, len(eligible), len(choices) * now.per_day)
    return Came(now.day, 0, deck, choices, len(eligible), window)


def _circumstances(life: Life, wanted: Wanted, day: date, step: int, posts: int, *, last: bool) -> Circumstances:
    return Circumstances(
        day=day,
        hour=wanted.cadence.at // 60,
        apart=life.apart,
        southern=life.southern,
        depth=life.depth,
        days_together_with_bot=step,
        posts=posts,
        gentle=day in life.lighter,
        last_of_day=last,
        three=wanted.three,
        after_lows=_is_after_lows(life, wanted, day),
        hidden=life.hidden,
        fits=together(life.fits, day),
    )


def _is_after_lows(life: Life, wanted: Wanted, day: date) -> bool:
    """Whether another ritual asked for the hard parts of the day before."""
    lows = [at for at, one in enumerate(life.rituals) if one.deck.lows]
    if not lows or not any(THREE in prompt.tags for prompt in wanted.deck.prompts):
        return False
    weekly, before = life.days, (day.weekday() - 1) % 7
    return any(before in weekly.get(at, ()) for at in lows)
