"""Guided walks: begun by a command, gone step by step, left at any time and taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import agreements, outbox, walking
from bot.decks import Deck, Kind
from bot.errors import Refusal
from bot.events import Commanded, Happening, Pressed, Said, Submitted
from bot.heard import parts_of, source_of, words_of
from bot.model import ASKED, Kept, Occurrence, Reply, Ritual, Role, State
from bot.posts import Answer, Ask, Choice, InPrivate, Post, Show, Span, Style, Token
from bot.stepping import await_words, part_of, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import agreements as looks
from bot.views import prompts, walks
from bot.walks import Step


def begin(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/repair, /assess, /practice: the one walk that the command opens, or what there is to choose from."""
    theirs = turn.decks_of(who.couple.id).values()
    decks = [deck for deck in theirs if deck.kind is Kind.WALK and deck.command == commanded.name]
    if not decks:
        raise Refusal("deck-gone")
    if len(decks) == 1:
        standing = agreements.standing(turn, who.couple, decks[0])
        if standing and _open_time(turn, who, decks[0]) is None:
            return Show(looks.what_stands(turn, who.partner, decks[0], standing), privately=True)
        return _begin(turn, who, decks[0], commanded)
    under_way = {deck.id for deck in decks if _open_time(turn, who, deck) is not None}
    return Show(walks.practices(turn, who.partner, decks, under_way), privately=True)


def press_practice(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """One of several walks was chosen."""
    deck = turn.decks_of(who.couple.id).get(pressed.token.value)
    if deck is None or deck.kind is not Kind.WALK:
        raise Refusal("old-choice")
    return _begin(turn, who, deck, pressed)


def resume(turn: Turn, who: Who, occurrence: int) -> Answer:
    """The private screen of a walk, in place of the line that covered it."""
    return walking.show(turn, who, _walk(turn, who, occurrence), in_place=True)


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Something was pressed on a walk."""
    occurrence = _walk(turn, who, pressed.token.subject)
    what, _, at = pressed.token.value.partition("_")
    match what:
        case "pick":
            return _pick(turn, who, occurrence, at)
        case "say":
            return _ask_words(turn, who, occurrence, at)
        case "past":
            return _past(turn, who, occurrence, at)
        case "card":
            return _card(turn, who, occurrence)
        case "stop":
            return _stop(turn, who, occurrence, pressed)
        case "show":
            return _show_in_chat(turn, who, occurrence, at)
        case _:
            raise Refusal("old-choice")


def write(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Record what was written at a step, for its author alone, and go on."""
    occurrence = _walk(turn, who, token.subject)
    step = _private_step(turn, occurrence, token.value.partition("_")[2])
    words, kept = words_of(parts_of(written))
    if not words or not step.writes:
        raise Refusal("nothing-written")
    _still_theirs(turn, who, occurrence, step)
    source = f"{source_of(written)}/{step.id}"
    if turn.store.replies.from_source(occurrence.id, who.partner.id, source) is None:
        turn.store.replies.put(occurrence, who.partner.id, step.id, 0, words, source, turn.now, kept)
        walking.ask_again(turn, who, occurrence, step)
        walking.past(turn, who, occurrence, step)
    return _shown(turn, who, occurrence, step, in_place=isinstance(written, Submitted))


def review(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """What was written down some time ago is kept, changed, or put down."""
    reply = turn.store.replies.reply(pressed.token.subject)
    if reply is None or reply.partner != who.partner.id:
        raise Refusal("old-choice")
    occurrence = _walk(turn, who, reply.occurrence)
    match pressed.token.value:
        case "keep":
            return Show(turn.line("review-kept", who.partner), privately=True, in_place=True)
        case "change":
            return _change(turn, who, occurrence, reply)
        case "drop":
            turn.store.replies.delete(reply, turn.now)
            outbox.remove_posts(turn, "carried", reply.id)
            return Show(turn.line("review-dropped", who.partner), privately=True, in_place=True)
        case _:
            raise Refusal("old-choice")


def _begin(turn: Turn, who: Who, deck: Deck, event: Commanded | Pressed) -> Answer:
    occurrence = _open_time(turn, who, deck)
    in_place = isinstance(event, Pressed) and isinstance(event.place, InPrivate)
    if occurrence is None:
        occurrence = _open(turn, who, deck, event)
    elif occurrence.prompt and walks.walk_of(turn, occurrence).for_two:
        return Show(prompts.occurrence_post(turn, occurrence), privately=True)
    return walking.show(turn, who, occurrence, in_place=in_place)


def _open_time(turn: Turn, who: Who, deck: Deck) -> Occurrence | None:
    ritual = _ritual(turn, who, deck)
    there = turn.store.occurrences.open_in(who.couple.id) if ritual else []
    # What the two have agreed on stands beside whatever they begin next.
    return next((one for one in there if ritual and one.ritual == ritual.id and not one.held_at), None)


def _ritual(turn: Turn, who: Who, deck: Deck) -> Ritual | None:
    if deck.walk is not None and deck.walk.for_two:
        return turn.store.rituals.named(who.couple.id, deck.id)
    return next((one for one in turn.store.rituals.of_partner(who.partner.id) if one.deck == deck.id), None)


def _open(turn: Turn, who: Who, deck: Deck, event: Happening) -> Occurrence:
    walk = deck.walk
    assert walk is not None, "a deck of another kind"
    partners = turn.store.people.partners(who.couple.id)
    if walk.for_two and len(partners) < 2:
        raise Refusal("not-yet-two")
    ritual = _ritual(turn, who, deck) or turn.store.rituals.add(
        couple=who.couple.id,
        partner=0 if walk.for_two else who.partner.id,
        deck=deck.id,
        cadence=str(deck.usual),
        active=False,
    )
    slot = ASKED + event.id
    found = turn.store.occurrences.open(
        ritual=ritual.id,
        couple=who.couple.id,
        deck=deck.id,
        slot=slot,
        day=datetime.fromtimestamp(turn.now, turn.zone(who.partner.timezone)).date().isoformat(),
        prompt="",
        due_at=turn.now,
        closes_at=turn.now + (walk.waits if walk.for_two else deck.closes_after),
    )
    occurrence = found or turn.store.occurrences.in_slot(ritual.id, slot)
    assert occurrence is not None, "a slot that is taken has an occurrence"
    if found is not None:
        _stand_at_first(turn, who, occurrence)
    return occurrence


def _stand_at_first(turn: Turn, who: Who, occurrence: Occurrence) -> None:
    walking.begin_alone(turn, occurrence, who.partner)
    if walks.walk_of(turn, occurrence).for_two:
        for partner in turn.store.people.partners(who.couple.id):
            if partner.id != who.partner.id:
                walking.invite(turn, occurrence, partner)


def _pick(turn: Turn, who: Who, occurrence: Occurrence, at: str) -> Answer:
    name, _, number = at.rpartition("_")
    step = _private_step(turn, occurrence, name)
    if not number.isdecimal() or int(number) >= len(step.options):
        raise Refusal("old-choice")
    _still_theirs(turn, who, occurrence, step)
    part = part_of(turn, who, occurrence)
    if part.step != step.id:
        return walking.show(turn, who, occurrence, in_place=True)
    if step.yes and int(number) not in step.yes:
        walking.declines(turn, who, occurrence)
        return Show(turn.line("walk-not-now", who.partner), privately=True, in_place=True)
    if step.roles:
        turn.store.occurrences.change_part(part.id, role=step.roles[int(number)])
    elif not step.yes:
        # What one says at a gate, or as which of the two, is no answer to keep.
        source = f"pick/{step.id}"
        turn.store.replies.put(occurrence, who.partner.id, step.id, 0, number, source, turn.now, Kept.SCALE)
    walking.past(turn, who, occurrence, step)
    return walking.show(turn, who, theirs(turn, who, occurrence.id), in_place=True)


def _ask_words(turn: Turn, who: Who, occurrence: Occurrence, name: str) -> Answer:
    step = _private_step(turn, occurrence, name)
    _still_theirs(turn, who, occurrence, step)
    await_words(turn, who, str(Token("walk", occurrence.id, f"say_{step.id}")))
    return Ask(walks.write_form(turn, who.partner, occurrence, step), privately=True)


def _past(turn: Turn, who: Who, occurrence: Occurrence, place: str) -> Answer:
    walk = walks.walk_of(turn, occurrence)
    if place in walk.places:
        if walk.at(place)[0].asks_each:
            raise Refusal("old-choice")
        if occurrence.state == State.OPEN:
            walking.move(turn, occurrence, place)
        return Show(prompts.occurrence_post(turn, theirs(turn, who, occurrence.id)), in_place=True)
    step = _private_step(turn, occurrence, place)
    _still_theirs(turn, who, occurrence, step)
    walking.past(turn, who, occurrence, step)
    return walking.show(turn, who, theirs(turn, who, occurrence.id), in_place=True)


def _card(turn: Turn, who: Who, occurrence: Occurrence) -> Answer:
    if occurrence.state != State.OPEN or occurrence.prompt not in walks.walk_of(turn, occurrence).places:
        raise Refusal("old-choice")
    role = part_of(turn, who, occurrence).role
    return Show(walks.cards(turn, who.partner, occurrence, role), privately=True)


def _stop(turn: Turn, who: Who, occurrence: Occurrence, pressed: Pressed) -> Answer:
    walk = walks.walk_of(turn, occurrence)
    if walk.for_two and not occurrence.prompt:
        walking.declines(turn, who, occurrence)
        return Show(turn.line("walk-not-now", who.partner), privately=True, in_place=True)
    if occurrence.state == State.OPEN and (not walk.for_two or occurrence.prompt in walk.places):
        walking.stop(turn, occurrence)
    if walk.for_two and not isinstance(pressed.place, InPrivate):
        return Show(prompts.occurrence_post(turn, theirs(turn, who, occurrence.id)), in_place=True)
    await_words(turn, who, "")
    return Show(Post((Span(walk.stopped),)), privately=True, in_place=True)


def _show_in_chat(turn: Turn, who: Who, occurrence: Occurrence, name: str) -> Answer:
    """What one wrote for oneself is shown to the other, because its author says so."""
    step = _private_step(turn, occurrence, name)
    reply = turn.store.replies.of_item(occurrence.id, who.partner.id, step.id)
    if reply is None or not step.may_show:
        raise Refusal("old-choice")
    if not reply.shared:
        turn.store.replies.mark(occurrence.id, who.partner.id, step.id, shared=True)
        outbox.to_rooms(turn, who.couple.id, "carried", reply.id, f"carried/{reply.id}")
    show = walking.show(turn, who, theirs(turn, who, occurrence.id), in_place=True)
    shown = Span(turn.say("walk-shown", who.partner) + "\n\n", Style.SOFT)
    return replace(show, post=replace(show.post, text=(shown, *show.post.text)))


def _change(turn: Turn, who: Who, occurrence: Occurrence, reply: Reply) -> Answer:
    step = _private_step(turn, occurrence, reply.item)
    await_words(turn, who, str(Token("walk", occurrence.id, f"say_{step.id}")))
    return Ask(walks.write_form(turn, who.partner, occurrence, step), privately=True)


def _shown(turn: Turn, who: Who, occurrence: Occurrence, step: Step, *, in_place: bool) -> Show:
    """Where one is now, with the offer to show what was just written where the step has one."""
    show = walking.show(turn, who, theirs(turn, who, occurrence.id), in_place=in_place)
    if not step.may_show:
        return show
    label = turn.say("choice-show-in-chat", who.partner)
    offer = Choice(label, Token("walk", occurrence.id, f"show_{step.id}"), privately=True)
    return replace(show, post=replace(show.post, choices=(*show.post.choices, offer)))


def _walk(turn: Turn, who: Who, occurrence: int) -> Occurrence:
    """A walk of the partner's couple, or of theirs alone."""
    found = theirs(turn, who, occurrence)
    if turn.deck_of(found).kind is not Kind.WALK:
        raise Refusal("old-choice")
    return found


def _private_step(turn: Turn, occurrence: Occurrence, name: str) -> Step:
    step = walks.walk_of(turn, occurrence).step(name)
    if step is None or step.in_chat:
        raise Refusal("old-choice")
    return step


def _still_theirs(turn: Turn, who: Who, occurrence: Occurrence, step: Step) -> None:
    """Whether a step may still be gone: until the walk closed, behind it, or to change what one wrote there."""
    ended_well = walks.ended_well(occurrence)
    written = turn.store.replies.of_item(occurrence.id, who.partner.id, step.id) is not None and step.writes
    declined = part_of(turn, who, occurrence).role == Role.SKIPPED
    if (occurrence.state != State.OPEN and not ended_well and not written) or declined:
        raise Refusal("walk-closed")
