"""How a guided walk moves: one alone from step to step, the two together from place to place."""

from __future__ import annotations

from bot import agreements, outbox
from bot.lighter import lighten
from bot.model import Occurrence, Partner, Role, State
from bot.posts import Show, Token
from bot.stepping import await_words, part_of
from bot.store import Who
from bot.turn import Turn
from bot.views import walks
from bot.views.walks import DONE, OVER, STOPPED, WAITS
from bot.walks import Step

REPAIR = "repair"
"""The command of the walks after which days are lighter."""

REVIEWED_WITHIN = 7 * 86400
"""A question about something written that could not be asked for a week is let go."""


def show(turn: Turn, who: Who, occurrence: Occurrence, *, in_place: bool = False) -> Show:
    """The private screen of a partner; a sentence typed in private answers a step that asks for one."""
    part = part_of(turn, who, occurrence)
    step = walks.walk_of(turn, occurrence).step(part.step)
    token = str(Token("walk", occurrence.id, f"say_{step.id}")) if step is not None and step.writes else ""
    await_words(turn, who, token)
    return Show(walks.screen(turn, who.partner, occurrence, part), privately=True, in_place=in_place)


def invite(turn: Turn, occurrence: Occurrence, partner: Partner) -> None:
    """Ask a partner in private whether now suits; who rests is not asked, which looks like any other no."""
    _begin_at_first(turn, occurrence, partner)
    key, until = f"walk/{occurrence.id}", occurrence.closes_at
    outbox.to_partner(turn, partner, "walk", occurrence.id, key, expires_at=until)


def begin_alone(turn: Turn, occurrence: Occurrence, partner: Partner) -> None:
    """Stand at the first step."""
    _begin_at_first(turn, occurrence, partner)


def past(turn: Turn, who: Who, occurrence: Occurrence, step: Step) -> None:
    """Go on behind a private step; who was past it already stays where they are."""
    part = part_of(turn, who, occurrence)
    if part.step != step.id:
        return
    walk = walks.walk_of(turn, occurrence)
    section = walk.entry if step in walk.entry else walk.after
    following = [one for one in section[section.index(step) + 1 :] if _is_for(turn, who, occurrence, one)]
    at_end = WAITS if walk.for_two and step in walk.entry else DONE
    turn.store.occurrences.change_part(part.id, step=following[0].id if following else at_end)
    if following and not walk.for_two:
        turn.store.occurrences.change(occurrence.id, closes_at=turn.now + turn.deck_of(occurrence).closes_after)
    elif not walk.for_two:
        turn.store.occurrences.change(occurrence.id, state=State.CLOSED)
    elif not following and at_end == WAITS:
        _begin_if_both(turn, occurrence)


def declines(turn: Turn, who: Who, occurrence: Occurrence) -> None:
    """Not now: nothing happens until the invitation passes, so that nobody can tell it from silence."""
    part = part_of(turn, who, occurrence)
    turn.store.occurrences.change_part(part.id, role=Role.SKIPPED, step=DONE)


def move(turn: Turn, occurrence: Occurrence, place: str) -> None:
    """Go on behind a place in the chat; who pressed what has passed changes nothing."""
    if occurrence.prompt != place:
        return
    walk = walks.walk_of(turn, occurrence)
    following = walk.places[walk.places.index(place) + 1 :]
    # Of what stood before, only the lines and the day are gone through again.
    done = bool(occurrence.held_at) and walk.at(place)[0].asks_date
    if following and not done:
        closes = turn.now + turn.deck_of(occurrence).closes_after
        turn.store.occurrences.change(occurrence.id, prompt=following[0], closes_at=closes)
        _lighten(turn, occurrence)
    else:
        _end(turn, occurrence)
    outbox.change_posts(turn, "occurrence", occurrence.id)


def stop(turn: Turn, occurrence: Occurrence) -> None:
    """Stop: who stopped is not told, and what was written in private on the way is deleted.

    A line in the chat stays its author's, who alone deletes it; what stood before stands again.
    """
    if not (occurrence.held_at and agreements.stand(turn, occurrence)):
        turn.store.occurrences.change(occurrence.id, state=State.CLOSED, prompt=STOPPED)
    _lighten(turn, occurrence)
    for line in turn.store.replies.lines(occurrence):
        if line.reply.item:
            turn.store.replies.delete(line.reply, turn.now)
    outbox.change_posts(turn, "occurrence", occurrence.id)


def came_to_rest(turn: Turn, occurrence: Occurrence) -> None:
    """An invitation that not both took up passes: the chat reads one line, whatever the reason; a pause is over.

    So is a timer, whether it ran out or one of the two ended it.
    """
    deck = turn.deck_of(occurrence)
    if deck.timer is not None:
        until = occurrence.closes_at + deck.patience
        key = f"timer-over/{occurrence.id}"
        outbox.to_rooms(turn, occurrence.couple, "timer-over", occurrence.id, key, expires_at=until)
        outbox.change_posts(turn, "occurrence", occurrence.id)
        return
    if deck.pause is not None:
        outbox.to_rooms(turn, occurrence.couple, "pause-over", occurrence.id, f"pause-over/{occurrence.id}")
        outbox.change_posts(turn, "occurrence", occurrence.id)
        return
    _lighten(turn, occurrence)
    if walks.walk_of(turn, occurrence).for_two and not occurrence.prompt:
        _post(turn, occurrence)
    if occurrence.held_at and agreements.stand(turn, occurrence):
        outbox.change_posts(turn, "occurrence", occurrence.id)


def ask_again(turn: Turn, who: Who, occurrence: Occurrence, step: Step) -> None:
    """Plan the questions about what was written at a step."""
    reply = turn.store.replies.of_item(occurrence.id, who.partner.id, step.id)
    if reply is None:
        return
    for days in step.review_days:
        after = turn.now + days * 86400
        key = f"review/{occurrence.id}/{step.id}/{days}"
        until = after + REVIEWED_WITHIN
        outbox.to_partner(turn, who.partner, "review", reply.id, key, after=after, expires_at=until)


def _begin_at_first(turn: Turn, occurrence: Occurrence, partner: Partner) -> None:
    part = turn.store.occurrences.part(occurrence.id, partner.id)
    first = walks.walk_of(turn, occurrence).steps[0]
    turn.store.occurrences.change_part(part.id, step=first.id)


def _begin_if_both(turn: Turn, occurrence: Occurrence) -> None:
    parts = turn.store.occurrences.parts(occurrence.id)
    ready = [part for part in parts if part.step == WAITS]
    if len(ready) < len(turn.store.people.partners(occurrence.couple)):
        return
    first = walks.walk_of(turn, occurrence).places[0]
    closes = turn.now + turn.deck_of(occurrence).closes_after
    turn.store.occurrences.change(occurrence.id, prompt=first, closes_at=closes)
    _lighten(turn, occurrence)
    _post(turn, occurrence)


def _end(turn: Turn, occurrence: Occurrence) -> None:
    if not agreements.stand(turn, occurrence, occurrence.shares_at):
        turn.store.occurrences.change(occurrence.id, state=State.CLOSED, prompt=OVER, closes_at=turn.now)
    _lighten(turn, occurrence)
    after = walks.walk_of(turn, occurrence).after
    if not after or occurrence.held_at:
        return
    for partner in turn.store.people.partners(occurrence.couple):
        part = turn.store.occurrences.part(occurrence.id, partner.id)
        turn.store.occurrences.change_part(part.id, step=after[0].id)
        outbox.to_partner(turn, partner, "walk", occurrence.id, f"walk-after/{occurrence.id}")


def _lighten(turn: Turn, occurrence: Occurrence) -> None:
    """While the two put something right, and for a while after, days are lighter; both see why in the chat."""
    if turn.deck_of(occurrence).command == REPAIR and walks.walk_of(turn, occurrence).for_two:
        lighten(turn, occurrence.couple)


def _post(turn: Turn, occurrence: Occurrence) -> None:
    outbox.to_rooms(turn, occurrence.couple, "occurrence", occurrence.id, f"occurrence/{occurrence.id}")


def _is_for(turn: Turn, who: Who, occurrence: Occurrence, step: Step) -> bool:
    return all(_picked(turn, who, occurrence, when.step) in when.picked for when in step.when)


def _picked(turn: Turn, who: Who, occurrence: Occurrence, step: str) -> int:
    """Which option somebody picked at a step; -1 for none."""
    words = turn.store.replies.sentence_of(occurrence, who.partner.id, step, 0)
    return int(words) if words.isdecimal() else -1
