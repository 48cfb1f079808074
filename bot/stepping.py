"""Where a partner is in a sealed form, and the screen that shows it."""

from __future__ import annotations

from bot.errors import Refusal
from bot.model import Occurrence, Part, Role
from bot.posts import Show, Token
from bot.store import Who
from bot.turn import Turn
from bot.views import forms

AT_THE_END = "end"
"""The step of a partner who has been through every item."""


def screen(turn: Turn, who: Who, occurrence: Occurrence, *, in_place: bool = False) -> Show:
    """The item that a partner is at, or the last screen; a sentence typed in private answers an open item."""
    deck = turn.deck_of(occurrence)
    part = turn.store.occurrences.part(occurrence.id, who.partner.id)
    items = forms.sheet_of(deck, occurrence).items
    names = [item.id for item in items]
    if not names:
        # Its sheet was taken out of the deck since, or whoever wrote what it asks deleted that.
        raise Refusal("deck-gone")
    if part.step not in names:
        if part.step != AT_THE_END:
            return step_to(turn, who, occurrence, names[0], in_place=in_place)
        await_words(turn, who, "")
        post = forms.share_screen(turn, who.partner, deck, occurrence, part)
        return Show(post, privately=True, in_place=in_place)
    at = names.index(part.step)
    token = str(Token("say", occurrence.id, part.step)) if items[at].kind.is_awaited else ""
    await_words(turn, who, token)
    return Show(forms.item_screen(turn, who.partner, deck, occurrence, at), privately=True, in_place=in_place)


def step_to(turn: Turn, who: Who, occurrence: Occurrence, step: str, *, in_place: bool = False) -> Show:
    """Go to an item, or to the end, and show it; who goes on takes part again."""
    part = turn.store.occurrences.part(occurrence.id, who.partner.id)
    turn.store.occurrences.change_part(part.id, step=step, role=Role.TAKING_PART)
    return screen(turn, who, occurrence, in_place=in_place)


def step_after(turn: Turn, who: Who, occurrence: Occurrence, item: str, *, in_place: bool = False) -> Show:
    """Go on behind an item."""
    names = [one.id for one in forms.sheet_of(turn.deck_of(occurrence), occurrence).items]
    if item not in names:
        raise Refusal("old-choice")
    following = names.index(item) + 1
    return step_to(turn, who, occurrence, names[following] if following < len(names) else AT_THE_END, in_place=in_place)


def await_words(turn: Turn, who: Who, token: str) -> None:
    """Note which question the partner's next sentence in the private chat answers."""
    if who.partner.awaiting != token:
        turn.store.people.change_partner(who.partner.id, awaiting=token)


def part_of(turn: Turn, who: Who, occurrence: Occurrence) -> Part:
    """The partner's part in an occurrence."""
    return turn.store.occurrences.part(occurrence.id, who.partner.id)


def theirs(turn: Turn, who: Who, occurrence: int) -> Occurrence:
    """An occurrence of the partner's own couple; anybody else's, and what the other has alone, is declined as if it
    were not there.
    """
    found = turn.store.occurrences.occurrence(occurrence)
    if found is None or found.couple != who.couple.id:
        raise Refusal("old-choice")
    ritual = turn.store.rituals.ritual(found.ritual)
    if ritual is None or ritual.partner not in (0, who.partner.id):
        raise Refusal("old-choice")
    return found
