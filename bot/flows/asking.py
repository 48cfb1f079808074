"""Rituals come round, or are asked for, and an occurrence opens."""

from __future__ import annotations

from datetime import date, datetime

from bot import choosing, mending, outbox, thinning
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Commanded, Pressed
from bot.model import ASKED, Occurrence, Ritual, State
from bot.planning import Agreed, agreed, gives_way, move_on, zones_at
from bot.posts import Answer, InPrivate, Show, Silence
from bot.promises import promised
from bot.stepping import screen
from bot.store import Who
from bot.turn import Turn
from bot.waking import share_moment

MOST = 100
"""How many rituals one unit opens."""

MOST_ASKED = 3
"""How many prompts a couple may ask for on one day: a whole deck at once would show what one of the two left out."""


A_MOMENT = 60
"""Seconds within which a second press is no second wish."""


def open_due(turn: Turn) -> list[str]:
    """Open an occurrence for each ritual that is due and move the ritual on; returns what to log."""
    due = turn.store.rituals.due(turn.now, MOST)
    with turn.store.read_ahead(ritual.couple for ritual in due):
        return [note for ritual in due for note in _come_round_or_sleep(turn, ritual)]


def _come_round_or_sleep(turn: Turn, ritual: Ritual) -> list[str]:
    if turn.deck_behind(ritual) is not None:
        return _come_round(turn, agreed(turn, ritual))
    turn.store.rituals.change(ritual.id, next_due_at=None)
    return [f"ritual {ritual.id}: its deck {ritual.deck!r} is gone, so it sleeps"]


def ask_now(turn: Turn, planned: Agreed, event: str) -> Occurrence | None:
    """Open an occurrence because someone asked; the same event opens it once."""
    slot = ASKED + event
    today = datetime.fromtimestamp(turn.now, turn.zone(planned.couple.timezone)).date()
    return _open(turn, planned, slot, today, [turn.now]) or turn.store.occurrences.in_slot(planned.ritual.id, slot)


def _come_round(turn: Turn, planned: Agreed) -> list[str]:
    ritual, patience = planned.ritual, planned.deck.patience
    due, slot = ritual.next_due_at or turn.now, ritual.next_slot
    resting = planned.couple.rest_until > due
    late = turn.now > due + patience
    day = date.fromisoformat(slot)
    # Who wished for silence or for less stands in no log and in no post.
    left_out = (
        _is_quiet_date(turn, planned, slot)
        or thinning.passes_over(planned, day)
        or gives_way(turn, planned, day, turn.store.rituals.of(planned.couple.id))
    )
    if not resting and not late and not left_out:
        _open(turn, planned, slot, day, [planned.opens_for(day, partner) for partner in planned.partners])
    move_on(turn, planned, slot, turn.now - patience)
    return [f"ritual {ritual.id}: {slot} came {turn.now - due} s ago and is let go"] if late and not resting else []


def _is_quiet_date(turn: Turn, planned: Agreed, day: str) -> bool:
    return turn.store.wishes.is_quiet_date([partner.id for partner in planned.partners], day)


def _open(turn: Turn, planned: Agreed, slot: str, day: date, openings: list[int]) -> Occurrence | None:
    if mending.rests(turn, planned):
        return None
    try:
        prompt, rule = choosing.choose_for(turn, planned, day)
    except LookupError:
        # The two have hidden, or deleted, whatever could come today.
        return None
    shares_at = _shares_at(turn, planned, openings)
    occurrence = turn.store.occurrences.open(
        ritual=planned.ritual.id,
        couple=planned.couple.id,
        deck=planned.deck.id,
        slot=slot,
        day=day.isoformat(),
        prompt=prompt,
        rule=rule,
        due_at=turn.now,
        shares_at=shares_at,
        clocks=promised(shares_at, zones_at(turn, [*planned.partners], shares_at)) if shares_at else "",
        closes_at=0 if shares_at else turn.now + planned.deck.closes_after,
    )
    if occurrence is not None:
        _announce(turn, planned, occurrence)
    return occurrence


def _announce(turn: Turn, planned: Agreed, occurrence: Occurrence) -> None:
    if planned.deck.kind is Kind.TAP:
        _take_down_earlier(turn, planned.ritual, occurrence)
    key, expires = f"occurrence/{occurrence.id}", turn.now + planned.deck.patience
    later = _later_openings(planned, occurrence)
    own_rooms = _private_rooms(turn, planned)
    after = {room: later[partner] for partner, room in own_rooms.items() if partner in later}
    outbox.to_rooms(turn, planned.couple.id, "occurrence", occurrence.id, key, after=after, expires_at=expires)
    _plan_notes(turn, planned, occurrence, {one: when for one, when in later.items() if one not in own_rooms})


def _later_openings(planned: Agreed, occurrence: Occurrence) -> dict[int, int]:
    """The partners whose own time comes later, with its moment."""
    if occurrence.slot.startswith(ASKED) or planned.cadence.together:
        return {}
    day = date.fromisoformat(occurrence.day)
    openings = {partner.id: planned.opens_for(day, partner) for partner in planned.partners}
    return {partner: opens for partner, opens in openings.items() if opens > occurrence.due_at}


def _private_rooms(turn: Turn, planned: Agreed) -> dict[int, int]:
    """Each partner's own private chat, where it is a room, by the partner."""
    found = {}
    for room in turn.store.people.rooms(planned.couple.id):
        owner = turn.store.people.who(room.platform, room.chat) if room.private else None
        if owner is not None:
            found[owner.partner.id] = room.id
    return found


def _plan_notes(turn: Turn, planned: Agreed, occurrence: Occurrence, later: dict[int, int]) -> None:
    """Whoever's own time comes later gets a silent private note then."""
    for partner in planned.partners:
        opens = later.get(partner.id, 0)
        if opens:
            key, expires = f"note/{occurrence.id}", opens + planned.deck.patience
            outbox.to_partner(turn, partner, "note", occurrence.id, key, after=opens, expires_at=expires)


def _take_down_earlier(turn: Turn, ritual: Ritual, occurrence: Occurrence) -> None:
    """One sunset line stands at a time."""
    for earlier in turn.store.occurrences.past(ritual.id, 2):
        if earlier.id != occurrence.id:
            outbox.remove_posts(turn, "occurrence", earlier.id)
            if earlier.state == State.OPEN:
                turn.store.occurrences.change(earlier.id, closes_at=turn.now)


def _shares_at(turn: Turn, planned: Agreed, openings: list[int]) -> int:
    if planned.deck.sealed is None:
        return 0
    sharing = planned.deck.sealed.sharing
    begun = [max(opening, turn.now) for opening in openings]
    if planned.visit is not None:
        there = turn.zone(planned.visit.timezone)
        moment = share_moment(begun, there, [there], sharing)
        if planned.is_visit(datetime.fromtimestamp(moment, there).date()):
            return moment
    couple_zone = turn.zone(planned.couple.timezone)
    zones = [turn.zone(partner.timezone) for partner in planned.partners] or [couple_zone]
    return share_moment(begun, couple_zone, zones, sharing)


def today(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/today, /memory, /win, /journal, /walk, /date: a prompt, or two ideas, now and in the shared chat."""
    return _bring(turn, who, agreed(turn, _opened_by(turn, who, commanded.name)), commanded)


def now(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A ritual comes at once; a second press within a moment is the same wish."""
    ritual = turn.store.rituals.ritual(pressed.token.subject)
    if ritual is None or ritual.couple != who.couple.id or ritual.partner:
        raise Refusal("old-choice")
    if ritual.deck not in turn.decks_of(who.couple.id):
        raise Refusal("deck-gone")
    planned = agreed(turn, ritual)
    if planned.deck.kind is Kind.SEALED:
        return _form(turn, who, ritual, pressed)
    if not planned.deck.prompts:
        raise Refusal("old-choice")
    came = turn.store.occurrences.past(ritual.id, 1)
    if came and came[0].slot.startswith(ASKED) and turn.now - came[0].due_at < A_MOMENT:
        return _posted(turn, who, pressed)
    return _bring(turn, who, planned, pressed)


def _bring(turn: Turn, who: Who, planned: Agreed, event: Commanded | Pressed) -> Answer:
    if _asked_today(turn, planned) >= MOST_ASKED:
        raise Refusal("today-enough")
    if ask_now(turn, planned, event.id) is None:
        return Show(turn.line("today-none", who.partner))
    return _posted(turn, who, event)


def _posted(turn: Turn, who: Who, event: Commanded | Pressed) -> Answer:
    """In the shared chat the prompt itself is the answer."""
    if isinstance(event.place, InPrivate) and turn.store.people.room_at(event.place) is None:
        return Show(turn.line("today-posted", who.partner), privately=True, in_place=isinstance(event, Pressed))
    return Silence()


def _asked_today(turn: Turn, planned: Agreed) -> int:
    today = datetime.fromtimestamp(turn.now, turn.zone(planned.couple.timezone)).date().isoformat()
    came = turn.store.occurrences.came(planned.ritual.id, MOST_ASKED + 2)
    return sum(1 for one in came if one.day == today and one.slot.startswith(ASKED))


def in_private(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/checkin, /question: reopen the open one, or open one at once."""
    return _form(turn, who, _opened_by(turn, who, commanded.name), commanded)


def _form(turn: Turn, who: Who, ritual: Ritual, event: Commanded | Pressed) -> Answer:
    occurrence = turn.store.occurrences.open_of(ritual.id)
    if occurrence is None:
        planned = agreed(turn, ritual)
        if planned.deck.prompts and _asked_today(turn, planned) >= MOST_ASKED:
            raise Refusal("today-enough")
        occurrence = ask_now(turn, planned, event.id)
    if occurrence is None:
        raise Refusal("today-none")
    return screen(turn, who, occurrence)


def _opened_by(turn: Turn, who: Who, command: str) -> Ritual:
    """The couple's ritual that a command opens, switched on or not."""
    deck = next((one for one in turn.decks_of(who.couple.id).values() if one.command == command), None)
    if deck is None:
        raise Refusal("deck-gone")
    found = turn.store.rituals.named(who.couple.id, deck.id)
    return found or turn.store.rituals.add(couple=who.couple.id, deck=deck.id, cadence=str(deck.usual), active=False)
