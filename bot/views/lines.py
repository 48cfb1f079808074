"""Lines that the two add to a ritual: the form, what one wrote, and when it may come."""

from __future__ import annotations

from bot import owndecks
from bot.decks import Deck, Kind
from bot.model import Couple, Partner, Ritual
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.sayings import Saying, Says
from bot.store import Worded
from bot.turn import Turn

MOST_SHOWN = 20
LONGEST_LABEL = 60


def takes_lines(deck: Deck) -> bool:
    """Whether the two may add lines: to what asks one of several, and to whatever they made."""
    return deck.kind.takes_lines or bool(owndecks.number_of(deck.id))


def choices_on_page(turn: Turn, reader: Couple, ritual: Ritual, deck: Deck) -> list[Choice]:
    """What a ritual's page offers; both read that page, so it tells nothing of who wrote what."""
    if not takes_lines(deck):
        return []
    wanted = ("add", "list")
    return [
        Choice(turn.say(f"choice-line-{what}", reader), Token("line", ritual.id, what), privately=True)
        for what in wanted
    ]


def line_form(turn: Turn, reader: Partner, ritual: Ritual, deck: Deck) -> Form:
    """The question for one more line."""
    field = Field("words", turn.say("line-form-label", reader), longest=owndecks.LONGEST_LINE)
    return Form(Token("line", ritual.id, "typed"), deck.title, (field,))


def added(turn: Turn, reader: Partner, ritual: Ritual, deck: Deck, line: Worded) -> Post:
    """What was added, where it will stand, and how to take it back."""
    text: Text = (Span(deck.title, Style.STRONG), Span("\n"), Span(line.words, Style.QUOTE))
    where = "line-asked-in-private" if deck.kind is Kind.SEALED else "line-comes"
    text += (Span("\n\n" + turn.say(where, reader, host=turn.host(reader)), Style.SOFT),)
    again = Choice(turn.say("choice-line-another", reader), Token("line", ritual.id, "add"), privately=True)
    remove = Choice(turn.say("choice-line-remove", reader), Token("mine", line.saying.id, "delete"), privately=True)
    return Post(text, (*mood_choices(turn, reader, line.saying), again, remove))


def own_lines(turn: Turn, reader: Partner, ritual: Ritual, deck: Deck) -> Post:
    """The lines that the reader added to a ritual, each to open; the newest first."""
    mine = lines_of(turn, reader, deck)[::-1][:MOST_SHOWN]
    head = turn.say("lines-yours" if mine else "lines-none", reader)
    choices = [Choice(_label(one.words), Token("mine", one.saying.id, "see"), privately=True) for one in mine]
    again = Choice(turn.say("choice-line-add", reader), Token("line", ritual.id, "add"), privately=True)
    return Post((Span(deck.title, Style.STRONG), Span("\n" + head)), (*choices, again))


def lines_of(turn: Turn, partner: Partner, deck: Deck) -> list[Worded]:
    """What a partner added to a ritual, the oldest first."""
    return [
        one
        for one in turn.store.sayings.of(partner.couple)
        if (one.saying.partner, one.saying.deck, one.saying.says) == (partner.id, deck.id, Says.LINE)
    ]


def mood_choices(turn: Turn, reader: Partner, saying: Saying) -> list[Choice]:
    """On which days a line that was added to a deck from a file may come: on any, or never after a hard one."""
    if saying.says != Says.LINE or owndecks.number_of(saying.deck):
        return []
    wanted = "any" if saying.mood == owndecks.GOOD_DAY else "good"
    return [Choice(turn.say(f"choice-line-{wanted}", reader), Token("line", saying.id, wanted), privately=True)]


def _label(words: str) -> str:
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"
