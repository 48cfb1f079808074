"""More: about this bot, what is kept, where a person can turn to; opened alone, noted nowhere."""

from __future__ import annotations

from bot import outbox
from bot.events import Happening, Pressed
from bot.model import CARD
from bot.posts import LARGEST_ID, Answer, Gone, InPrivate, MessageRef, Show
from bot.quarters import await_next_card
from bot.store import Who
from bot.turn import Turn
from bot.views import support

MOST = 100


def more(turn: Turn, who: Who | None, event: Happening) -> Answer:
    """/more, and the choice of that name."""
    return _shown(event, who, turn, "")


def press(turn: Turn, who: Who | None, pressed: Pressed) -> Answer:
    """One of the ways on was chosen."""
    if pressed.token.value == "gone":
        return Gone(_command_behind(pressed))
    return _shown(pressed, who, turn, pressed.token.value)


def cards_due(turn: Turn) -> None:
    """Bring the card to everybody whose quarter has begun, by each one's own clock."""
    for ritual in turn.store.rituals.due(turn.now, MOST, only=CARD):
        partner = turn.store.people.partner(ritual.partner)
        outbox.to_partner(turn, partner, "support-card", partner.id, f"card/{ritual.next_slot}")
        await_next_card(turn, ritual, partner)


def _command_behind(pressed: Pressed) -> MessageRef | None:
    # The line that asked for it stands in the same private chat, or it is nobody's business.
    number = pressed.token.subject
    return MessageRef(pressed.place, str(number)) if number and isinstance(pressed.place, InPrivate) else None


def _asked_by(event: Happening) -> int:
    if isinstance(event, Pressed):
        return event.token.subject if event.token.verb == "more" else 0
    if event.message is None or not isinstance(event.place, InPrivate) or not event.message.message.isdecimal():
        return 0
    number = int(event.message.message)
    return number if number <= LARGEST_ID else 0


def _shown(event: Happening, who: Who | None, turn: Turn, value: str) -> Answer:
    reader = who.partner if who else None
    name, _, country = value.partition("_")
    asked = _asked_by(event)
    match name:
        case "support":
            post = support.card(turn, reader, country, asked)
        case "privacy":
            post = support.privacy(turn, reader, asked)
        case _:
            post = support.menu(turn, reader, asked)
    in_place = isinstance(event, Pressed) and isinstance(event.place, InPrivate) and name != support.BESIDE
    return Show(post, privately=True, in_place=in_place)
