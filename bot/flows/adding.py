"""Either adds lines of their own to a ritual, for it to ask."""

from __future__ import annotations

from bot import owndecks
from bot.decks import Deck, Kind
from bot.errors import Refusal
from bot.events import Pressed, Said, Submitted
from bot.heard import line_of
from bot.model import Ritual
from bot.posts import Answer, Ask, InPrivate, Show, Token
from bot.sayings import Says
from bot.stepping import await_words
from bot.store import Who, Worded
from bot.turn import Turn
from bot.views import lines

MOODS = {"any": owndecks.ANY_DAY, "good": owndecks.GOOD_DAY}


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Add a line, look at one's own, or say on which days one may come."""
    wanted = pressed.token.value
    if wanted in MOODS:
        return _feel(turn, who, pressed, MOODS[wanted])
    ritual, deck = _theirs(turn, who, pressed.token.subject)
    if wanted == "list":
        return Show(lines.own_lines(turn, who.partner, ritual, deck), privately=True)
    if wanted != "add":
        raise Refusal("old-choice")
    _check_room_for_more(turn, who, deck)
    form = lines.line_form(turn, who.partner, ritual, deck)
    await_words(turn, who, str(form.token))
    return Ask(form, privately=True)


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """A line was written; the same one a second time is the one that is there."""
    ritual, deck = _theirs(turn, who, token.subject)
    words = line_of(written, owndecks.LONGEST_LINE)
    await_words(turn, who, "")
    there = next((one for one in lines.lines_of(turn, who.partner, deck) if one.words == words), None)
    line = there or _added(turn, who, deck, words)
    return Show(lines.added(turn, who.partner, ritual, deck, line), privately=True)


def _added(turn: Turn, who: Who, deck: Deck, words: str) -> Worded:
    _check_room_for_more(turn, who, deck)
    saying = turn.store.sayings.add(who.couple.id, who.partner.id, deck.id, Says.LINE, words, turn.now)
    return Worded(saying, words)


def _check_room_for_more(turn: Turn, who: Who, deck: Deck) -> None:
    turn.store.people.hold(who.couple.id)
    there = [one for one in turn.store.sayings.of(who.couple.id) if one.saying.deck == deck.id]
    most = owndecks.MOST_ITEMS if deck.kind is Kind.SEALED else owndecks.MOST_LINES
    if sum(one.saying.says == Says.LINE for one in there) >= most:
        raise Refusal("lines-enough", most=str(most))


def _feel(turn: Turn, who: Who, pressed: Pressed, mood: str) -> Answer:
    saying = turn.store.sayings.saying(pressed.token.subject)
    if saying is None or saying.partner != who.partner.id or owndecks.number_of(saying.deck):
        raise Refusal("old-choice")
    turn.store.sayings.feel(saying, mood)
    in_place = isinstance(pressed.place, InPrivate)
    phrase = "line-on-any-day" if mood == owndecks.ANY_DAY else "line-on-good-days"
    return Show(turn.line(phrase, who.partner), privately=True, in_place=in_place)


def _theirs(turn: Turn, who: Who, ritual: int) -> tuple[Ritual, Deck]:
    """A ritual of the couple's that takes lines, with its deck; anybody else's is declined."""
    found = turn.store.rituals.ritual(ritual)
    if found is None or found.couple != who.couple.id or found.partner:
        raise Refusal("old-choice")
    deck = turn.decks_of(who.couple.id).get(found.deck)
    if deck is None or not lines.takes_lines(deck):
        raise Refusal("deck-gone")
    return found, deck
