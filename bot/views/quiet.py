"""Whether a post may ring: nobody's phone does at their night."""

from __future__ import annotations

from datetime import datetime

from bot.model import Couple, Partner
from bot.planning import visit_of
from bot.turn import Turn
from bot.waking import is_quiet


def is_anybodys_night(turn: Turn, couple: Couple) -> bool:
    """Whether this moment lies in the quiet hours of either of the two."""
    return any(is_quiet_for(turn, couple, partner) for partner in turn.store.people.partners(couple.id))


def is_quiet_for(turn: Turn, couple: Couple, partner: Partner) -> bool:
    """Whether this moment lies in a partner's quiet hours, by the clock of where they are."""
    visit = visit_of(turn, couple)
    zone = turn.zone(partner.timezone)
    if visit is not None and visit.first <= datetime.fromtimestamp(turn.now, zone).date().isoformat() <= visit.last:
        zone = turn.zone(visit.timezone)
    return is_quiet(turn.now, zone, partner.quiet_from, partner.quiet_to)
