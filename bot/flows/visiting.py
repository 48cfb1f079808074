"""Two who live apart meet: for some days one clock holds, and prompts for two in one place come."""

from __future__ import annotations

from datetime import datetime

from bot import outbox
from bot.errors import Refusal
from bot.events import Commanded, Pressed
from bot.planning import plan_again
from bot.posts import Answer, Show
from bot.store import Who
from bot.turn import Turn
from bot.views import visits
from bot.views.doors import zone_of
from bot.wishes import Visit


def plan(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/visit, alone or with dates; both see what was planned, and either may change it."""
    if not who.couple.apart:
        raise Refusal("visit-near")
    words = commanded.words.strip()
    today = datetime.fromtimestamp(turn.now, turn.zone(who.partner.timezone)).date()
    if not words:
        visit = turn.store.wishes.visit(who.couple.id, today.isoformat())
        return Show(visits.planned(turn, who.couple, visit) if visit else visits.asked(turn, who.partner))
    try:
        first, last = turn.known.typed.dates(words, today)
    except ValueError as problem:
        raise Refusal("dates-unknown") from problem
    # Who writes it down is usually the one who is visited or has just booked; the choice below changes it.
    turn.store.wishes.plan_visit(who.couple.id, first.isoformat(), last.isoformat(), who.partner.timezone)
    visit = turn.store.wishes.visit(who.couple.id, first.isoformat())
    assert visit is not None, "it was written down just now"
    plan_again(turn, who.couple)
    outbox.to_rooms(turn, who.couple.id, "visit", visit.id, f"visit/{visit.id}", but=commanded.place)
    return Show(visits.planned(turn, who.couple, visit))


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Another place, a wish to count the days, or no visit after all."""
    visit = turn.store.wishes.visit_row(pressed.token.subject)
    if visit is None or visit.couple != who.couple.id:
        raise Refusal("old-choice")
    value = pressed.token.value
    if value.startswith("in-"):
        return _move(turn, who, visit, zone_of("is-" + value.removeprefix("in-")))
    match value:
        case "count" | "uncount":
            turn.store.wishes.change_visit(visit.id, **{f"counted_by_{who.partner.seat}": value == "count"})
            return Show(turn.line(f"visit-{value}", who.partner), privately=True)
        case "off":
            turn.store.wishes.call_off(visit.id)
            plan_again(turn, who.couple)
            outbox.change_posts(turn, "visit", visit.id)
            return Show(turn.line("visit-off", who.couple), in_place=True)
    raise Refusal("old-choice")


def _move(turn: Turn, who: Who, visit: Visit, zone: str) -> Answer:
    if zone not in {partner.timezone for partner in turn.store.people.partners(who.couple.id)}:
        raise Refusal("old-choice")
    turn.store.wishes.change_visit(visit.id, timezone=zone)
    plan_again(turn, who.couple)
    outbox.change_posts(turn, "visit", visit.id)
    moved = turn.store.wishes.visit_row(visit.id)
    assert moved is not None, "it is still there"
    return Show(visits.planned(turn, who.couple, moved), in_place=True)
