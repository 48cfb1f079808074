"""What two wrote down together: it stands, is looked at again on the day they chose, and stays their own words."""

from __future__ import annotations

from datetime import date

from bot import outbox
from bot.cadence import instant
from bot.decks import Deck
from bot.model import Couple, Occurrence, State
from bot.planning import zones_at
from bot.turn import Turn
from bot.views.agreements import AGREED, LOOKS, lines
from bot.waking import first_waking
from bot.walks import Walk

LOOKS_AT = 10 * 60
"""The local minute of the day from which they are asked, once both are awake."""

TIMES_LOOKED_AT = 30
MOST_LISTED = 5
"""How many of the things that two agreed on are listed, of so many times looked at."""

A_DAY = 86400
LONGEST_DAYS = 366


def walk_of(turn: Turn, occurrence: Occurrence) -> Walk | None:
    """The walk that the two go together, if an occurrence is a time of one."""
    deck = turn.deck_behind(occurrence)
    walk = deck.walk if deck is not None else None
    return walk if walk is not None and walk.for_two else None


def takes_lines(turn: Turn, occurrence: Occurrence) -> bool:
    """Whether the two are where they write together."""
    walk = walk_of(turn, occurrence)
    is_there = walk is not None and walk.writing is not None and occurrence.prompt == walk.writing.id
    return is_there and occurrence.state == State.OPEN


def lines_changed(turn: Turn, occurrence: Occurrence) -> None:
    """Show a line that came, was edited or went in the post of a walk that shows their lines."""
    walk = walk_of(turn, occurrence)
    if walk is not None and walk.writing is not None and occurrence.prompt:
        outbox.change_posts(turn, "occurrence", occurrence.id)


def standing(turn: Turn, couple: Couple, deck: Deck) -> list[Occurrence]:
    """What the two agreed on by a deck whose lines each said yes to, the newest first; of a plan nothing is listed."""
    ritual = turn.store.rituals.named(couple.id, deck.id)
    if ritual is None or deck.walk is None or deck.walk.settling is None:
        return []
    came = turn.store.occurrences.past(ritual.id, TIMES_LOOKED_AT)
    return [one for one in came if one.prompt in (AGREED, LOOKS) and lines(turn, one)][:MOST_LISTED]


def stand(turn: Turn, occurrence: Occurrence, looks_at: int = 0) -> bool:
    """Let what they wrote stand, until the day they chose if they chose one; False where nothing is written."""
    if not lines(turn, occurrence):
        return False
    turn.store.occurrences.change(
        occurrence.id,
        prompt=AGREED,
        state=State.OPEN if looks_at else State.CLOSED,
        shares_at=looks_at,
        closes_at=0,
        held_at=occurrence.held_at or turn.now,
    )
    return True


def look_on(turn: Turn, couple: Couple, occurrence: Occurrence, day: date) -> Occurrence:
    """Note the day on which they look at it again; it comes when both are awake."""
    zone = turn.zone(couple.timezone)
    moment = instant(day, LOOKS_AT, zone)
    asks = first_waking(moment, zones_at(turn, turn.store.people.partners(couple.id), moment))
    turn.store.occurrences.change(occurrence.id, shares_at=asks)
    found = turn.store.occurrences.occurrence(occurrence.id)
    assert found is not None, "it was there a moment ago"
    return found


def look_again(turn: Turn, couple: Couple, occurrence: Occurrence) -> None:
    """Ask both, silently, whether it still suits; not while they rest, in gentle days, or at anybody's night."""
    zones = zones_at(turn, turn.store.people.partners(couple.id), turn.now)
    free = max(turn.now, couple.rest_until, couple.gentle_until)
    moment = first_waking(free if occurrence.prompt == AGREED else turn.now + A_DAY, zones)
    if moment > turn.now:
        turn.store.occurrences.change(occurrence.id, shares_at=moment)
    elif not lines(turn, occurrence):
        turn.store.occurrences.change(occurrence.id, shares_at=0, state=State.CLOSED)
    else:
        ask_about(turn, occurrence)
        bring(turn, occurrence)


def bring(turn: Turn, occurrence: Occurrence) -> None:
    """Post it anew, below what was said since."""
    outbox.to_rooms(turn, occurrence.couple, "occurrence", occurrence.id, f"again/{occurrence.id}/{turn.now}")


def ask_about(turn: Turn, occurrence: Occurrence) -> None:
    """Offer to keep, change or let go what stands."""
    closes = turn.now + turn.deck_of(occurrence).closes_after
    turn.store.occurrences.change(occurrence.id, prompt=LOOKS, state=State.OPEN, shares_at=0, closes_at=closes)
