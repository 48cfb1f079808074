"""A partner fills in a sealed form, item by item, in private."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import outbox
from bot.cadence import instant
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Pressed, Said, Submitted
from bot.fitting import asks_for, fitted
from bot.heard import parts_of, source_of, words_of
from bot.model import Kept, Occurrence, Role, State
from bot.posts import Answer, Ask, InPrivate, Show, Span, Style, Token
from bot.sheets import Item, ItemKind
from bot.stepping import AT_THE_END, await_words, part_of, screen, step_after, step_to, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import forms

LEADS_ON_AT = 10 * 60
"""The local minute of the next day at which something is offered because of what was written."""

LEADS_ON_FOR = 12 * 3600


def begin(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Show the partner where they are in the form; "anew" goes through it again."""
    occurrence = _sealed(turn, who, pressed.token.subject)
    in_place = isinstance(pressed.place, InPrivate) and not _stays(turn, pressed)
    if pressed.token.value == "anew":
        return _told_if_late(turn, who, occurrence, step_to(turn, who, occurrence, "", in_place=in_place))
    return screen(turn, who, occurrence, in_place=in_place)


def _told_if_late(turn: Turn, who: Who, occurrence: Occurrence, show: Show) -> Show:
    """What is added behind the share moment stays with its author, who reads that first."""
    if occurrence.state == State.OPEN:
        return show
    said = (Span(turn.say("written-late", who.partner) + "\n\n", Style.SOFT),)
    return replace(show, post=replace(show.post, text=(*said, *show.post.text)))


def go_on(turn: Turn, who: Who) -> Answer:
    """Something was written that nothing asked for: a form that waits for a press is offered once more.

    A press can be lost (Telegram forgets one after 150 s while the bot is away), and its author may write then.
    """
    for occurrence in turn.store.occurrences.open_in(who.couple.id):
        if turn.deck_of(occurrence).kind is Kind.SEALED:
            part = part_of(turn, who, occurrence)
            if part.role == Role.TAKING_PART and part.step not in ("", AT_THE_END):
                return screen(turn, who, occurrence)
    raise Refusal("nothing-asked")


def _stays(turn: Turn, pressed: Pressed) -> bool:
    """Whether what was pressed is a post of the couple's, which no screen takes the place of."""
    return pressed.message is not None and turn.store.deliveries.behind(turn.store.people, pressed.message) is not None


KEPT_AS = {ItemKind.SCALE: Kept.SCALE, ItemKind.CHOICE: Kept.CHOICE}
"""Of these a pick is kept by its place among the labels; of any other item the label itself is."""


def pick(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Record one of an item's labels and go on; which one was picked is not shown any more."""
    occurrence, item, value = _item_and_value(turn, who, pressed.token)
    if not value.isdecimal() or int(value) >= len(item.labels):
        raise Refusal("old-choice")
    _not_yet_shared(turn, who, occurrence, item)
    words = value if item.kind.is_picked else item.labels[int(value)]
    kept = KEPT_AS.get(item.kind, Kept.WORDS)
    turn.store.replies.put(occurrence, who.partner.id, item.id, 0, words, f"pick/{item.id}", turn.now, kept)
    return step_after(turn, who, occurrence, item.id, in_place=True)


def ask_words(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Open the form for an item that is answered in writing."""
    occurrence, item, _ = _item_and_value(turn, who, pressed.token)
    if not item.kind.is_written:
        raise asks_for(item)
    await_words(turn, who, str(Token("say", occurrence.id, item.id)))
    return Ask(forms.write_form(turn, who.partner, occurrence, item), privately=True)


def pass_over(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Leave out the item that one is at; what was answered to it before is deleted."""
    occurrence, item, _ = _item_and_value(turn, who, pressed.token)
    if part_of(turn, who, occurrence).step != item.id:
        # An older screen that still stands in the chat: it takes nothing back.
        return screen(turn, who, occurrence)
    _not_yet_shared(turn, who, occurrence, item)
    turn.store.replies.forget(occurrence.id, who.partner.id, item.id)
    return step_after(turn, who, occurrence, item.id, in_place=True)


def write(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Record what was sent as the answer to an item and go on."""
    occurrence, item, _ = _item_and_value(turn, who, token)
    words, kept = words_of(parts_of(written))
    if not words:
        raise Refusal("nothing-written")
    if turn.store.replies.from_source(occurrence.id, who.partner.id, source_of(written)) is not None:
        # The same sentence a second time; by now another item may be the one that waits for words.
        return screen(turn, who, occurrence)
    _not_yet_shared(turn, who, occurrence, item)
    words = fitted(item, words, kept)
    turn.store.replies.put(occurrence, who.partner.id, item.id, 0, words, source_of(written), turn.now, kept)
    _lead_on_tomorrow(turn, who, occurrence, item)
    return step_after(turn, who, occurrence, item.id, in_place=isinstance(written, Submitted))


def _lead_on_tomorrow(turn: Turn, who: Who, occurrence: Occurrence, item: Item) -> None:
    """What was written down may lead on to something, which its author alone reads of, once, the next morning."""
    written = turn.store.replies.of_item(occurrence.id, who.partner.id, item.id)
    if not item.leads_to or written is None:
        return
    zone = turn.zone(who.partner.timezone)
    tomorrow = datetime.fromtimestamp(turn.now, zone).date() + timedelta(days=1)
    after = instant(tomorrow, LEADS_ON_AT, zone)
    key, until = f"leads-on/{occurrence.id}/{item.id}", after + LEADS_ON_FOR
    outbox.to_partner(turn, who.partner, "leads-on", written.id, key, after=after, expires_at=until)


def not_this_week(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Leave this one out, without a reason and without a trace."""
    occurrence = _sealed(turn, who, pressed.token.subject)
    turn.store.occurrences.change_part(part_of(turn, who, occurrence).id, role=Role.SKIPPED, ready_at=0)
    turn.store.replies.keep_all(occurrence.id, who.partner.id)
    await_words(turn, who, "")
    return Show(turn.line("skipped", who.partner, title=turn.deck_of(occurrence).title), privately=True, in_place=True)


def _not_yet_shared(turn: Turn, who: Who, occurrence: Occurrence, item: Item) -> None:
    """What both have read stays as they read it; everything else may still be changed."""
    if occurrence.state == State.SHARED and turn.store.replies.is_shared(occurrence.id, who.partner.id, item.id):
        raise Refusal("already-shared")


def _sealed(turn: Turn, who: Who, occurrence: int) -> Occurrence:
    found = theirs(turn, who, occurrence)
    if turn.deck_of(found).kind is not Kind.SEALED:
        raise Refusal("old-choice")
    return found


def _item_and_value(turn: Turn, who: Who, token: Token) -> tuple[Occurrence, Item, str]:
    occurrence = _sealed(turn, who, token.subject)
    name, _, value = token.value.partition("_")
    item = forms.item_of(turn.deck_of(occurrence), occurrence, name)
    if item is None:
        raise Refusal("old-choice")
    return occurrence, item, value
