"""Rituals come round, or are asked for, and an occurrence opens."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot import outbox
from bot.cadence import Cadence
from bot.decks import Deck, Kind
from bot.errors import Refusal
from bot.events import Commanded
from bot.model import Couple, Occurrence, Partner, Ritual, State
from bot.planning import following, opens_for, write_next
from bot.posts import Answer, InPrivate, Show, Silence
from bot.rotation import Circumstances, Past, choose
from bot.stepping import screen
from bot.store import Who
from bot.turn import Turn
from bot.waking import share_moment
from bot.zones import hemisphere

MOST = 100
"""How many rituals one unit opens."""

REMEMBERED = 200
"""How many past occurrences the choice of a prompt looks back at."""


def open_due(turn: Turn) -> list[str]:
    """Open an occurrence for each ritual that is due and move the ritual on; returns what to log."""
    notes = []
    for ritual in turn.store.rituals.due(turn.now, MOST):
        deck = turn.known.decks.get(ritual.deck)
        if deck is None:
            turn.store.rituals.change(ritual.id, next_due_at=None)
            notes.append(f"ritual {ritual.id}: its deck {ritual.deck!r} is gone, so it sleeps")
        else:
            notes += _come_round(turn, ritual, deck)
    return notes


def ask_now(turn: Turn, couple: Couple, deck: Deck, event: str) -> Occurrence | None:
    """Open an occurrence because someone asked; the same event opens it once."""
    ritual = turn.store.rituals.named(couple.id, deck.id)
    if ritual is None:
        return None
    slot = f"asked:{event}"
    today = datetime.fromtimestamp(turn.now, turn.zone(couple.timezone)).date()
    opened = _open(turn, ritual, couple, deck, slot, today, [turn.now])
    return opened or turn.store.occurrences.in_slot(ritual.id, slot)


def _come_round(turn: Turn, ritual: Ritual, deck: Deck) -> list[str]:
    couple = turn.store.people.couple(ritual.couple)
    due, slot = ritual.next_due_at or turn.now, ritual.next_slot
    resting = couple.rest_until > due
    late = turn.now > due + deck.patience
    if not resting and not late:
        day = date.fromisoformat(slot)
        partners = turn.store.people.partners(couple.id)
        openings = [opens_for(ritual, day, couple, partner) for partner in partners]
        _open(turn, ritual, couple, deck, slot, day, openings)
    moved_on = turn.store.rituals.change(ritual.id, last_slot=slot)
    write_next(turn, moved_on, couple, turn.now - deck.patience)
    return [f"ritual {ritual.id}: {slot} came {turn.now - due} s ago and is let go"] if late and not resting else []


def _open(
    turn: Turn, ritual: Ritual, couple: Couple, deck: Deck, slot: str, day: date, openings: list[int]
) -> Occurrence | None:
    prompt, rule = _choose(turn, ritual, couple, deck, day)
    partners = turn.store.people.partners(couple.id)
    shares_at = _shares_at(turn, couple, deck, partners, openings)
    occurrence = turn.store.occurrences.open(
        ritual=ritual.id,
        couple=couple.id,
        deck=deck.id,
        slot=slot,
        day=day.isoformat(),
        prompt=prompt,
        rule=rule,
        due_at=turn.now,
        shares_at=shares_at,
        closes_at=0 if shares_at else turn.now + deck.closes_after,
    )
    if occurrence is not None:
        _announce(turn, ritual, couple, deck, occurrence, partners)
    return occurrence


def _announce(
    turn: Turn, ritual: Ritual, couple: Couple, deck: Deck, occurrence: Occurrence, partners: list[Partner]
) -> None:
    if deck.kind is Kind.TAP:
        _take_down_earlier(turn, ritual, occurrence)
    patience = turn.now + deck.patience
    outbox.to_rooms(turn, couple.id, "occurrence", occurrence.id, f"occurrence/{occurrence.id}", expires_at=patience)
    if not occurrence.slot.startswith("asked:"):
        _plan_notes(turn, ritual, couple, deck, occurrence, partners)


def _plan_notes(
    turn: Turn, ritual: Ritual, couple: Couple, deck: Deck, occurrence: Occurrence, partners: list[Partner]
) -> None:
    if Cadence.parse(ritual.cadence).together:
        return
    day = date.fromisoformat(occurrence.day)
    for partner in partners:
        opens = opens_for(ritual, day, couple, partner)
        key = f"note/{occurrence.id}"
        turn.store.deliveries.drop_waiting(f"{key}/{partner.id}")
        if opens > occurrence.due_at:
            expires = opens + deck.patience
            outbox.to_partner(turn, partner, "note", occurrence.id, key, after=opens, expires_at=expires)


def _take_down_earlier(turn: Turn, ritual: Ritual, occurrence: Occurrence) -> None:
    """One sunset line stands at a time."""
    for earlier in turn.store.occurrences.past(ritual.id, 2):
        if earlier.id != occurrence.id:
            outbox.remove_posts(turn, "occurrence", earlier.id)
            if earlier.state == State.OPEN:
                turn.store.occurrences.change(earlier.id, closes_at=turn.now)


def _shares_at(turn: Turn, couple: Couple, deck: Deck, partners: list[Partner], openings: list[int]) -> int:
    if deck.kind is not Kind.SEALED:
        return 0
    zones = [turn.zone(partner.timezone) for partner in partners] or [turn.zone(couple.timezone)]
    return share_moment([max(opening, turn.now) for opening in openings], turn.zone(couple.timezone), zones)


def _choose(turn: Turn, ritual: Ritual, couple: Couple, deck: Deck, day: date) -> tuple[str, str]:
    past = turn.store.occurrences.past(ritual.id, REMEMBERED)
    if deck.kind is Kind.SEALED:
        return _sheet(deck, [one for one in past if not one.slot.startswith("asked:")]), ""
    seen = [Past(one.prompt, date.fromisoformat(one.day)) for one in reversed(past)]
    # A second prompt on one day needs another throw than the first.
    seed = f"{couple.id}/{deck.id}/{sum(1 for one in past if one.day == day.isoformat())}"
    choice = choose(deck, seen, _circumstances(turn, ritual, couple, day, len(past)), seed)
    return choice.prompt.id, choice.rule


def _sheet(deck: Deck, scheduled: list[Occurrence]) -> str:
    """Every so many weeks the wider sheet takes the place of the usual one."""
    nth = len(scheduled) + 1
    wider = [sheet for sheet in deck.sheets if sheet.every > 1 and nth % sheet.every == 0]
    return (wider or list(deck.sheets))[0].id


def _circumstances(turn: Turn, ritual: Ritual, couple: Couple, day: date, posts: int) -> Circumstances:
    cadence = Cadence.parse(ritual.cadence)
    partners = turn.store.people.partners(couple.id)
    local = datetime.fromtimestamp(turn.now, turn.zone(couple.timezone))
    return Circumstances(
        day=day,
        hour=local.hour,
        apart=couple.apart,
        southern=hemisphere(couple.timezone) == "south",
        depth=min((partner.depth for partner in partners), default=2),
        days_together_with_bot=max(0, (turn.now - couple.began_at) // 86400) if couple.began_at else 0,
        posts=posts,
        per_day=max(len(cadence.days), 1) / 7,
        gentle=couple.gentle_until > turn.now,
        last_of_day=_is_last_of_day(turn, ritual, couple, day),
        three=ritual.style == "three",
    )


def _is_last_of_day(turn: Turn, ritual: Ritual, couple: Couple, day: date) -> bool:
    """Whether no other ritual of the couple is due before the local day ends."""
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), turn.zone(couple.timezone)).timestamp()
    others = [other for other in turn.store.rituals.of(couple.id) if other.id != ritual.id and other.active]
    for other in others:
        due = following(turn, other, couple, turn.now)
        if due is not None and due.moment < end:
            return False
    return True


def today(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/today: a prompt now, in the shared chat."""
    deck = next((deck for deck in turn.known.decks.values() if deck.kind is Kind.OPEN), None)
    occurrence = ask_now(turn, who.couple, deck, commanded.id) if deck else None
    if occurrence is None:
        raise Refusal("today-off")
    if isinstance(commanded.place, InPrivate):
        return Show(turn.line("today-posted", who.partner), privately=True)
    return Silence()


def checkin(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/checkin: reopen the open one, or open one at once."""
    deck = next((deck for deck in turn.known.decks.values() if deck.kind is Kind.SEALED), None)
    ritual = turn.store.rituals.named(who.couple.id, deck.id) if deck else None
    if deck is None or ritual is None:
        raise Refusal("checkin-off")
    occurrence = turn.store.occurrences.open_of(ritual.id) or ask_now(turn, who.couple, deck, commanded.id)
    if occurrence is None:
        raise Refusal("checkin-off")
    return screen(turn, who, occurrence)
