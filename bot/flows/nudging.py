"""A line comes to one partner alone; the other learns nothing of it, and nothing is asked afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import alone, outbox
from bot.decks import OWN_CUE, Deck, Kind, Prompt
from bot.errors import Refusal
from bot.events import Pressed, Said, Submitted
from bot.heard import parts_of, source_of, words_of
from bot.model import Kept, Occurrence
from bot.planning import Agreed, agreed, move_on
from bot.posts import Answer, Ask, InPrivate, Show, Token
from bot.rotation import Circumstances, Past, choose
from bot.stepping import await_words, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import nudges
from bot.zones import hemisphere

MOST = 100
REMEMBERED = 200
ASKED_FROM = timedelta(days=7)
"""In the second week a moment of one's own is asked for, once."""

NAMED_EVERY = 3
"""Of so many lines in a row after one that names it, none does."""


def open_due(turn: Turn) -> None:
    """Let each line that is due for one of the two come, or pass; neither stands in a log."""
    for ritual in turn.store.rituals.due_alone(turn.now, MOST):
        deck = turn.deck_behind(ritual)
        if deck is None or deck.kind is not Kind.NUDGE:
            turn.store.rituals.change(ritual.id, next_due_at=None)
        else:
            _come_round(turn, agreed(turn, ritual))


def ask_cue(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A partner would like to name a moment of their own."""
    occurrence = _nudge(turn, who, pressed.token.subject)
    form = nudges.cue_form(turn, who.partner, occurrence)
    if isinstance(pressed.place, InPrivate):
        await_words(turn, who, str(form.token))
    return Ask(form, privately=True)


def write_cue(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Keep the moment in its author's own words, for them alone."""
    occurrence = _nudge(turn, who, token.subject)
    words, kept = words_of(parts_of(written))
    if not words or kept != Kept.WORDS:
        raise Refusal("nothing-written")
    if len(words) > nudges.LONGEST_CUE:
        raise Refusal("too-long", most=str(nudges.LONGEST_CUE))
    # The newest one holds, and there is one at a time.
    earlier = turn.store.replies.latest(who.partner.id, OWN_CUE)
    if earlier is not None and earlier.occurrence != occurrence.id:
        turn.store.replies.delete(earlier, turn.now)
    source = source_of(written)
    turn.store.replies.put(occurrence, who.partner.id, OWN_CUE, 0, words, source, turn.now, Kept.WORDS)
    await_words(turn, who, "")
    return Show(turn.line("cue-set", who.partner), privately=True, in_place=isinstance(written, Submitted))


def _come_round(turn: Turn, planned: Agreed) -> None:
    ritual, slot, patience = planned.ritual, planned.ritual.next_slot, planned.deck.patience
    day = date.fromisoformat(slot)
    in_time = turn.now <= (ritual.next_due_at or turn.now) + patience
    if in_time and planned.partners and alone.may_come(turn, planned, day) and _is_far_enough(turn, planned, day):
        _open(turn, planned, day)
    move_on(turn, planned, slot, turn.now - patience)


def _is_far_enough(turn: Turn, planned: Agreed, day: date) -> bool:
    (reader,) = planned.partners
    return alone.is_far_enough(turn, reader, planned.clock_of(day, reader), day)


def _open(turn: Turn, planned: Agreed, day: date) -> None:
    try:
        prompt, rule = _choose(turn, planned, day)
    except LookupError:
        # Its reader has hidden whatever could come today.
        return
    (reader,) = planned.partners
    until = min(turn.now + planned.deck.patience, alone.window_ends(turn, planned, day))
    occurrence = turn.store.occurrences.open(
        ritual=planned.ritual.id,
        couple=planned.couple.id,
        deck=planned.deck.id,
        slot=day.isoformat(),
        day=day.isoformat(),
        prompt=prompt,
        rule=rule,
        due_at=turn.now,
        closes_at=until,
    )
    if occurrence is not None:
        outbox.to_partner(turn, reader, "nudge", occurrence.id, f"nudge/{occurrence.id}", expires_at=until)


def _choose(turn: Turn, planned: Agreed, day: date) -> tuple[str, str]:
    came = turn.store.occurrences.came(planned.ritual.id, REMEMBERED)
    # Nobody is asked for an answer here, so none is lacking.
    past = [Past(one.prompt, date.fromisoformat(one.day)) for one in reversed(came)]
    now, seed = _circumstances(turn, planned, day, len(past)), f"{planned.ritual.id}"
    for deck in _decks(planned.deck, past, now):
        try:
            choice = choose(deck, past, now, seed)
        except LookupError:
            continue
        return choice.prompt.id, choice.rule
    raise LookupError(planned.deck.id)


def _decks(deck: Deck, past: list[Past], now: Circumstances) -> list[Deck]:
    """What to choose from, and from what else where nothing of that may come: a moment of one's own is asked for once,
    in the second week; once there is one, it is named now and then.
    """
    asking = [one for one in deck.prompts if one.sets]
    naming = [one for one in deck.prompts if OWN_CUE in one.needs]
    usual = _of(deck, [one for one in deck.prompts if one not in asking and one not in naming])
    is_second_week = bool(past) and now.day - past[0].day >= ASKED_FROM
    if now.own_cue and not _came(naming, past[-NAMED_EVERY:]):
        return [_of(deck, naming), usual]
    if not now.own_cue and is_second_week and not _came(asking, past):
        return [_of(deck, asking), usual]
    return [usual]


def _of(deck: Deck, prompts: list[Prompt]) -> Deck:
    return replace(deck, prompts=tuple(prompts))


def _came(prompts: list[Prompt], past: list[Past]) -> bool:
    return bool({one.prompt for one in past} & {one.id for one in prompts})


def _circumstances(turn: Turn, planned: Agreed, day: date, posts: int) -> Circumstances:
    couple, (reader,) = planned.couple, planned.partners
    return Circumstances(
        day=day,
        hour=datetime.fromtimestamp(turn.now, turn.zone(planned.clock_of(day, reader))).hour,
        apart=couple.apart and not planned.is_visit(day),
        southern=hemisphere(reader.timezone) == "south",
        depth=reader.depth,
        days_together_with_bot=max(0, (turn.now - couple.began_at) // 86400) if couple.began_at else 0,
        posts=posts,
        per_day=max(len(planned.cadence.days), 1) / 7,
        own_cue=turn.store.replies.latest(reader.id, OWN_CUE) is not None,
        alone=True,
        own_day=planned.is_own_day(day),
        hidden=frozenset(one.prompt for one in turn.store.wishes.hidden([reader.id])),
    )


def _nudge(turn: Turn, who: Who, occurrence: int) -> Occurrence:
    """A line that came to this partner alone."""
    found = theirs(turn, who, occurrence)
    if turn.deck_of(found).kind is not Kind.NUDGE:
        raise Refusal("old-choice")
    return found
