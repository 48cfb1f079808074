"""One of the two leaves: at once, or slowly, with a copy, with their words deleted, or leaving all as it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import ending, outbox, thinning
from bot.cadence import instant
from bot.errors import Refusal
from bot.events import Happening, Pressed
from bot.posts import Answer, InPrivate, Post, Show
from bot.store import Who
from bot.turn import Turn
from bot.views import endings

SLOWLY = timedelta(days=14)
NOON = 12 * 60
MOST = 100


def ask(turn: Turn, who: Who, event: Happening) -> Answer:
    """/leave: how, or not at all."""
    return _shown(event, endings.how(turn, who.partner))


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A way was chosen, and what shall become of one's words."""
    way, _, what = pressed.token.value.partition("_")
    match way, what:
        case "", "":
            return ask(turn, who, pressed)
        case "stay", "":
            turn.store.people.change_partner(who.partner.id, leaves_at=0, leaves_nothing=False)
            if who.partner.leaves_at and not who.partner.fewer:
                thinning.wish_is_over(turn, who.partner)
            return _shown(pressed, turn.line("leave-stayed", who.partner))
        case (("now" | "slow"), ""):
            return _shown(pressed, endings.with_what(turn, who.partner, way))
        case (("now" | "slow"), "copy"):
            return Show(ending.copy_first(turn, who.partner, way), privately=True)
        case "now", ("nothing" | "asis"):
            return _go(turn, who, pressed, deletes=what == "nothing")
        case "slow", ("nothing" | "asis"):
            return _go_slowly(turn, who, pressed, deletes=what == "nothing")
    raise Refusal("old-choice")


def leave_due(turn: Turn) -> None:
    """Whoever went slowly has gone, and reads in private that it is done."""
    for partner in turn.store.people.leaving(turn.now, MOST):
        ending.end(turn, partner, deletes=partner.leaves_nothing)
        outbox.to_partner(turn, partner, "gone-quietly", partner.id, f"gone/{partner.couple}")


def _go(turn: Turn, who: Who, pressed: Pressed, *, deletes: bool) -> Answer:
    ending.end(turn, who.partner, deletes=deletes)
    return _shown(pressed, turn.line("left-and-deleted" if deletes else "left", who.partner))


def _go_slowly(turn: Turn, who: Who, pressed: Pressed, *, deletes: bool) -> Answer:
    """To the other it looks like a wish for fewer posts, and ends like any other stop."""
    thinning.wish_begins(turn, who.partner)
    zone = turn.zone(who.couple.timezone)
    # The hour tells nothing of when it was asked for.
    stops = instant((datetime.fromtimestamp(turn.now, zone) + SLOWLY).date(), NOON, zone)
    turn.store.people.change_partner(who.partner.id, leaves_at=stops, leaves_nothing=deletes)
    date = turn.known.words.date_line(stops, turn.zone(who.partner.timezone), who.partner.locale)
    return _shown(pressed, turn.line("leaving-slowly", who.partner, date=date))


def _shown(event: Happening, post: Post) -> Show:
    return Show(post, privately=True, in_place=isinstance(event, Pressed) and isinstance(event.place, InPrivate))
