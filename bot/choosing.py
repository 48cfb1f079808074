"""What comes next in a ritual: how the couple's circumstances and past are handed to the choice of a prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import mending
from bot.circumstances import needs_of
from bot.decks import Deck, Kind, tagged
from bot.drawing import draw
from bot.model import ASKED, Occurrence, Ritual
from bot.planning import Agreed, days_of
from bot.rotation import AFTER_REPAIR, LOOKS_BACK, THREE, Choice, Circumstances, Past, choose, heeds_answers_to
from bot.sheets import asked, next_sheet, prompt_in
from bot.store import Came
from bot.suiting import Fit, together
from bot.turn import Turn
from bot.zones import hemisphere

AFTER_LOWS = 18 * 3600
"""For so many seconds after the two were asked for a low nothing asks for three good things: the next morning too."""


def choose_for(turn: Turn, planned: Agreed, day: date) -> tuple[str, str]:
    """What is asked, a prompt or a sheet or both, and the rule that picked it; LookupError where nothing may come."""
    is_sealed = planned.deck.kind is Kind.SEALED
    heeded = frozenset[str]() if is_sealed else heeds_answers_to(planned.deck)
    came = turn.store.occurrences.came(planned.ritual.id, LOOKS_BACK, heeded)
    if planned.deck.kind is Kind.IDEAS:
        return _two_ideas(turn, planned, day, came)
    if not is_sealed:
        choice = _chosen(turn, planned, day, _past(came), planned.deck)
        return choice.prompt.id, choice.rule
    scheduled = sum(1 for one in came if not one.slot.startswith(ASKED))
    sheet = next_sheet(planned.deck.sheets, planned.ritual.style, scheduled)
    if not sheet.asks_a_prompt:
        return asked(sheet, ""), ""
    # What somebody answered apart tells nothing to the choice: the other would see it by what comes.
    silent = [replace(one, answered=True) for one in _past(came)]
    every = 1 if sheet.id == planned.ritual.style else sheet.every
    choice = _chosen(turn, planned, day, silent, tagged(planned.deck, sheet.tag), every=every)
    return asked(sheet, choice.prompt.id), choice.rule


def _two_ideas(turn: Turn, planned: Agreed, day: date, came: Sequence[Came]) -> tuple[str, str]:
    seed = f"{planned.couple.id}/{planned.deck.id}/{sum(1 for one in came if one.day == day.isoformat())}"
    first, second = draw(planned.deck, _past(came), _circumstances(turn, planned, day, len(came)), seed)
    return f"{first.prompt.id} {second.prompt.id}", first.rule


def choose_instead(turn: Turn, planned: Agreed, occurrence: Occurrence) -> Choice:
    """Another prompt than the one that an occurrence has, or had; LookupError where there is none."""
    came = turn.store.occurrences.came(planned.ritual.id, LOOKS_BACK, heeds_answers_to(planned.deck))
    past = _past(came, put_away=occurrence.slot)
    stood = frozenset((occurrence.prompt, *occurrence.put_away.split()))
    return _chosen(turn, planned, date.fromisoformat(occurrence.day), past, planned.deck, stood)


def _chosen(
    turn: Turn,
    planned: Agreed,
    day: date,
    past: Sequence[Past],
    deck: Deck,
    left_out: frozenset[str] = frozenset(),
    *,
    every: int = 1,
) -> Choice:
    """A prompt of a deck, of which one comes *every* so many times."""
    # A second prompt on one day needs another throw than the first.
    seed = f"{planned.couple.id}/{deck.id}/{sum(1 for one in past if one.day == day)}"
    now = _circumstances(turn, planned, day, sum(1 for one in past if not one.put_away))
    return choose(deck, past, replace(now, hidden=now.hidden | left_out, per_day=now.per_day / every), seed)


def _past(came: Sequence[Came], *, put_away: str = "") -> list[Past]:
    """What came, newest last; what stands in the slot *put_away* is put away now."""
    past = []
    for one in reversed(came):
        day = date.fromisoformat(one.day)
        past += [Past(prompt, day, answered=False, put_away=True) for prompt in one.put_away]
        # Two ideas came at once.
        names = prompt_in(one.prompt).split()
        past += [Past(name, day, one.answered, put_away=one.slot == put_away) for name in names]
    return past


def _circumstances(turn: Turn, planned: Agreed, day: date, posts: int) -> Circumstances:
    couple, rituals = planned.couple, turn.store.rituals.of(planned.couple.id)
    return Circumstances(
        day=day,
        hour=datetime.fromtimestamp(turn.now, turn.zone(couple.timezone)).hour,
        apart=couple.apart and not planned.is_visit(day),
        own_day=planned.is_own_day(day),
        southern=hemisphere(couple.timezone) == "south",
        depth=min((partner.depth for partner in planned.partners), default=2),
        days_together_with_bot=max(0, (turn.now - couple.began_at) // 86400) if couple.began_at else 0,
        posts=posts,
        per_day=_a_week(turn, planned, rituals) / 7,
        gentle=couple.gentle_until > turn.now,
        last_of_day=_is_last_of_day(turn, planned, day, rituals),
        three=planned.ritual.style == "three",
        after_repair=AFTER_REPAIR in needs_of(planned.deck) and mending.is_after_repair(turn, couple),
        after_lows=_is_after_lows(turn, planned, rituals),
        hidden=frozenset(one.prompt for one in turn.store.wishes.hidden([one.id for one in planned.partners])),
        fits=together([Fit(one.form, one.minutes) for one in planned.partners], day),
    )


def _a_week(turn: Turn, planned: Agreed, rituals: Sequence[Ritual]) -> int:
    """How often a week it comes, beside all the others; what comes on request only counts as once."""
    if planned.deck.kind is Kind.TAP:
        return len(planned.cadence.days) or 1
    days = days_of(turn, planned.couple, rituals)
    return len(days.get(planned.ritual.id, planned.cadence.days)) or 1


def _is_after_lows(turn: Turn, planned: Agreed, rituals: Sequence[Ritual]) -> bool:
    """Whether the two were asked for the hard parts of a day a short while ago; what they answered is not looked at."""
    if not any(THREE in prompt.tags for prompt in planned.deck.prompts):
        return False
    decks = [(one, turn.deck_behind(one)) for one in rituals]
    came = [turn.store.occurrences.past(one.id, 1) for one, deck in decks if deck is not None and deck.lows]
    return any(latest and latest[0].due_at > turn.now - AFTER_LOWS for latest in came)


def _is_last_of_day(turn: Turn, planned: Agreed, day: date, rituals: Sequence[Ritual]) -> bool:
    """Whether no other ritual of the couple is due before the local day ends."""
    if "last_message_of_day" not in needs_of(planned.deck):
        return False
    zone = turn.zone(planned.couple.timezone)
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone).timestamp()
    others = (other for other in rituals if other.id != planned.ritual.id)
    return not any(other.next_due_at is not None and other.next_due_at < end for other in others)
