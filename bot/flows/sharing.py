"""What is shared of a sealed form, and the moment at which it appears."""

from __future__ import annotations

from bot import agreements, outbox, promises, thinning, walking
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Pressed, Said, Submitted
from bot.heard import parts_of, source_of, words_of
from bot.model import ASKED, Couple, Kept, Occurrence, State
from bot.planning import zones_at
from bot.posts import Answer, Ask, Post, Show, Token
from bot.sheets import ItemKind
from bot.stepping import AT_THE_END, await_words, part_of, screen, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import forms, shares
from bot.waking import first_waking, held

MOST = 100
ASKS_AFTER = 14
LATE = 3600
"""How many seconds a share moment may be late before it waits for both to be awake again."""

A_DAY = 86400
DIFFER_AT_MOST_EVERY = 28 * A_DAY


def decide(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """The last screen: share the warm lines, choose, keep all, ready."""
    occurrence = _open_form(turn, who, pressed.token.subject)
    part = part_of(turn, who, occurrence)
    turn.store.occurrences.change_part(part.id, step=AT_THE_END)
    match pressed.token.value:
        case "warm":
            _mark_warm(turn, who, occurrence)
        case "choose":
            return _choosing(turn, who, occurrence)
        case "none":
            turn.store.replies.keep_all(occurrence.id, who.partner.id)
            turn.store.occurrences.change_part(part.id, ready_at=0)
            return Show(_kept(turn, who, occurrence), privately=True, in_place=True)
        case "ready":
            turn.store.occurrences.change_part(part.id, ready_at=turn.now)
            _come_early(turn, occurrence)
        case "again":
            turn.store.occurrences.change_part(part.id, ready_at=0)
    return screen(turn, who, occurrence, in_place=True)


def _kept(turn: Turn, who: Who, occurrence: Occurrence) -> Post:
    command = turn.deck_of(occurrence).command
    return turn.line("kept-to-reopen" if command else "kept", who.partner, command=command)


def mark(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Mark one line to share or to keep; a word of a scale goes with a sentence of its author's, or not at all."""
    occurrence = _open_form(turn, who, pressed.token.subject)
    name, _, wanted = pressed.token.value.partition("_")
    item = forms.item_of(turn.deck_of(occurrence), occurrence, name)
    if item is None or item.share == "never":
        raise Refusal("old-choice")
    if wanted == "on" and item.kind is ItemKind.SCALE:
        await_words(turn, who, str(Token("sentence", occurrence.id, item.id)))
        return Ask(forms.sentence_form(turn, who.partner, occurrence, item), privately=True)
    turn.store.replies.mark(occurrence.id, who.partner.id, item.id, shared=wanted == "on")
    return _choosing(turn, who, occurrence)


def add_sentence(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Record the sentence that goes with a scale's word, and mark both to share."""
    occurrence = _open_form(turn, who, token.subject)
    item = forms.item_of(turn.deck_of(occurrence), occurrence, token.value)
    words, _ = words_of(parts_of(written))
    if item is None or item.kind is not ItemKind.SCALE or not words:
        raise Refusal("nothing-written")
    mine, source = who.partner.id, f"sentence/{source_of(written)}"
    turn.store.replies.put(occurrence, mine, item.id, 1, words, source, turn.now, Kept.WORDS)
    turn.store.replies.mark(occurrence.id, mine, item.id, shared=True)
    await_words(turn, who, "")
    answer = _choosing(turn, who, occurrence)
    return Show(answer.post, privately=True, in_place=isinstance(written, Submitted))


def share_due(turn: Turn) -> None:
    """Let each share moment that has come appear, in one frame, also when it is empty."""
    for occurrence in turn.store.occurrences.sharing_due(turn.now, MOST):
        couple = turn.store.people.couple(occurrence.couple)
        if turn.deck_behind(occurrence) is None:
            # It waits for its deck to be back, and holds nobody else up.
            turn.store.occurrences.change(occurrence.id, shares_at=turn.now + A_DAY, clocks="")
        elif agreements.walk_of(turn, occurrence) is not None:
            agreements.look_again(turn, couple, occurrence)
        elif couple.gentle_until > turn.now and not occurrence.held_at:
            _hold(turn, couple, occurrence)
        elif turn.now - occurrence.shares_at > LATE and _next_waking(turn, couple) > turn.now:
            turn.store.occurrences.change(occurrence.id, shares_at=_next_waking(turn, couple), clocks="")
        else:
            _share(turn, couple, occurrence)


def close_stale(turn: Turn) -> None:
    """Close what has been open long enough, silently."""
    for occurrence in turn.store.occurrences.closing_due(turn.now, MOST):
        turn.store.occurrences.change(occurrence.id, state=State.CLOSED)
        deck = turn.deck_behind(occurrence)
        if deck is not None and deck.kind.is_begun:
            walking.came_to_rest(turn, occurrence)
            continue
        if deck is None or turn.store.replies.answered(occurrence.id):
            continue
        ritual = turn.store.rituals.ritual(occurrence.ritual)
        if deck.kind is Kind.TAP:
            _count_untouched(turn, occurrence)
        elif deck.kind is Kind.OPEN and ritual is not None and not occurrence.slot.startswith(ASKED):
            thinning.came_and_went(turn, ritual)


def _count_untouched(turn: Turn, occurrence: Occurrence) -> None:
    """After two weeks of untouched evenings the two are asked, once, whether it still suits them."""
    ritual = turn.store.rituals.ritual(occurrence.ritual)
    if ritual is not None:
        turn.store.rituals.change(ritual.id, untouched=ritual.untouched + 1)
        if ritual.untouched + 1 == ASKS_AFTER:
            outbox.to_rooms(turn, occurrence.couple, "untouched", ritual.id, f"untouched/{occurrence.id}")


def _share(turn: Turn, couple: Couple, occurrence: Occurrence) -> None:
    rule = "differ" if shares.weeks_differ(turn, occurrence) and _said_long_ago(turn, occurrence) else ""
    turn.store.occurrences.change(occurrence.id, state=State.SHARED, rule=rule)
    _tell(turn, couple, "share", occurrence.id, f"share/{occurrence.id}")
    for recorded in turn.store.replies.recorded(occurrence.id):
        if recorded.shared:
            _tell(turn, couple, "carried", recorded.id, f"carried/{recorded.id}")


def _tell(turn: Turn, couple: Couple, view: str, subject: int, key: str) -> None:
    """Say it where the two read what is shared: in their chat, or to each alone if others read there."""
    partners = turn.store.people.partners(couple.id)
    others_read = any(room.others_read for room in turn.store.people.rooms(couple.id))
    if others_read and not all(partner.minds_no_readers for partner in partners):
        for partner in partners:
            outbox.to_partner(turn, partner, view, subject, key)
    else:
        outbox.to_rooms(turn, couple.id, view, subject, key)


def _hold(turn: Turn, couple: Couple, occurrence: Occurrence) -> None:
    """Wait a day, once, and ask each author again; no answer means keep."""
    zones = zones_at(turn, turn.store.people.partners(couple.id), occurrence.shares_at)
    moment = held(occurrence.shares_at, zones)
    turn.store.occurrences.change(
        occurrence.id, shares_at=moment, clocks=promises.promised(moment, zones), held_at=turn.now
    )
    turn.store.replies.keep_all(occurrence.id)
    for partner in turn.store.people.partners(couple.id):
        part = turn.store.occurrences.part(occurrence.id, partner.id)
        turn.store.occurrences.change_part(part.id, ready_at=0)
        outbox.to_partner(turn, partner, "ask-again", occurrence.id, f"ask-again/{occurrence.id}")
    outbox.change_posts(turn, "occurrence", occurrence.id)


def _come_early(turn: Turn, occurrence: Occurrence) -> None:
    """Only if both are ready and each marked a line; kept, skipped and silent never hasten it."""
    ready = {part.partner for part in turn.store.occurrences.parts(occurrence.id) if part.ready_at}
    marked = {line.reply.partner for line in turn.store.replies.lines(occurrence) if line.reply.shared}
    if len(ready & marked) == 2:
        turn.store.occurrences.change(occurrence.id, shares_at=turn.now, clocks="")


def _mark_warm(turn: Turn, who: Who, occurrence: Occurrence) -> None:
    for item in forms.sheet_of(turn.deck_of(occurrence), occurrence).items:
        if item.share == "warm":
            turn.store.replies.mark(occurrence.id, who.partner.id, item.id, shared=True)


def _choosing(turn: Turn, who: Who, occurrence: Occurrence) -> Show:
    post: Post = forms.choose_screen(turn, who.partner, turn.deck_of(occurrence), occurrence)
    return Show(post, privately=True, in_place=True)


def _open_form(turn: Turn, who: Who, occurrence: int) -> Occurrence:
    found = theirs(turn, who, occurrence)
    if turn.deck_of(found).kind is not Kind.SEALED:
        raise Refusal("old-choice")
    if found.state != State.OPEN or not found.shares_at:
        raise Refusal("written-late")
    return found


def _next_waking(turn: Turn, couple: Couple) -> int:
    return first_waking(turn.now, zones_at(turn, turn.store.people.partners(couple.id), turn.now))


def _said_long_ago(turn: Turn, occurrence: Occurrence) -> bool:
    earlier = turn.store.occurrences.past(occurrence.ritual, 20)
    return not any(one.rule == "differ" and turn.now - one.due_at < DIFFER_AT_MOST_EVERY for one in earlier)
