"""A ritual that one of the two makes: what there is of it so far, how it will look, and its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot import deckwriting, owndecks
from bot.cadence import Cadence
from bot.decks import Deck
from bot.model import Couple, Delivery, Partner, Ritual
from bot.planning import agreed, gives_way
from bot.posts import LARGEST_ID, Choice, Field, File, Form, Post, Span, Style, Text, Token
from bot.sayings import OwnDeck, Says
from bot.store import Worded
from bot.turn import Turn
from bot.wording import days_line, rhythm_line


def draft(turn: Turn, reader: Partner, own: OwnDeck) -> Post:
    """All that there is so far, and what can be chosen; its author alone reads it."""
    name, lines = name_of(turn, own), lines_of(turn, own)
    text: Text = (Span(turn.say("own-draft-title", reader), Style.STRONG),)
    text += (Span("\n" + turn.say("own-draft-name", reader) + " ", Style.SOFT), Span(name.words if name else "…"))
    text += (Span("\n" + turn.say("own-draft-asks", reader), Style.SOFT),)
    text += tuple(Span(f"\n· {line.words}") for line in lines) or (Span(" …"),)
    how = turn.say("own-draft-sealed" if own.sealed else "own-draft-open", reader)
    text += (Span(f"\n{_when(turn, reader, own)}\n{how}"),)
    text += (Span("\n\n" + turn.say("own-draft-alone", reader, host=turn.host(reader)), Style.SOFT),)
    return Post(text, tuple(_choice(turn, reader, own, what) for what in _wanted(own, name, lines)))


def _wanted(own: OwnDeck, name: Worded | None, lines: list[Worded]) -> list[str]:
    """What can be done next, the likeliest first."""
    ready = ["look"] if name and lines else []
    last = ["less"] if lines else []
    return [*ready, "ask", *last, "name", "days", "time", "open" if own.sealed else "sealed", "away"]


def days(turn: Turn, reader: Partner, own: OwnDeck) -> Post:
    """On which days it may come."""
    choices = [
        Choice(rhythm.label, _token(own, "days_" + "".join(map(str, sorted(rhythm.days)))), privately=True)
        for rhythm in turn.own_deck(own).rhythms
    ]
    return Post((Span(turn.say("own-days-question", reader)),), (*choices, _choice(turn, reader, own, "see")))


def looks(turn: Turn, reader: Partner, own: OwnDeck) -> Post:
    """The post as it will stand in the chat, and the choice to start it."""
    deck = turn.own_deck(own)
    text: Text = (Span(deck.title, Style.STRONG), Span("\n" + _first_words(turn, reader, deck)))
    if own.sealed:
        text += (Span("\n\n" + turn.say("own-look-private", reader), Style.SOFT),)
        text += tuple(Span(f"\n· {item.text}") for item in deck.sheets[0].items)
    text += (Span(f"\n\n{_when(turn, reader, own)}"),)
    if _would_give_way(turn, own, deck):
        text += (Span("\n" + turn.say("own-look-full", reader)),)
    text += (Span("\n" + turn.say("own-look", reader), Style.SOFT),)
    return Post(text, tuple(_choice(turn, reader, own, what) for what in ("start", "see", "away")))


def _would_give_way(turn: Turn, own: OwnDeck, deck: Deck) -> bool:
    """Whether others ask enough on each of its days, so that it would never come."""
    ritual = Ritual(id=LARGEST_ID, couple=own.couple, deck=deck.id, cadence=own.cadence)
    planned = agreed(turn, ritual)
    rituals = [*turn.store.rituals.of(own.couple), ritual]
    today = datetime.fromtimestamp(turn.now, UTC).date()
    days = [today + timedelta(days=ahead) for ahead in range(7)]
    return all(gives_way(turn, planned, day, rituals) for day in days if day.weekday() in planned.cadence.days)


def _first_words(turn: Turn, reader: Partner, deck: Deck) -> str:
    if deck.sealed is None:
        return deck.prompts[0].text
    return deck.sealed.room_text.format(share_times=turn.say("own-look-share-times", reader))


def name_form(turn: Turn, reader: Partner, own: OwnDeck | None) -> Form:
    """The question for its name."""
    name = name_of(turn, own) if own else None
    field = Field(
        "words",
        turn.say("own-name-label", reader),
        hint=turn.say("own-name-hint", reader),
        filled=name.words if name else "",
        longest=owndecks.LONGEST_NAME,
    )
    token = _token(own, "name") if own else Token("own", 0, "name")
    return Form(token, turn.say("own-draft-title", reader), (field,))


def ask_form(turn: Turn, reader: Partner, own: OwnDeck) -> Form:
    """The question for one text that it asks."""
    field = Field(
        "words",
        turn.say("own-ask-label", reader),
        hint=turn.say("own-ask-hint", reader),
        longest=owndecks.LONGEST_LINE,
    )
    return Form(_token(own, "ask"), turn.own_deck(own).title, (field,))


def time_form(turn: Turn, reader: Partner, own: OwnDeck) -> Form:
    """The question for its time of day."""
    at = Cadence.parse(own.cadence).at
    filled = f"{at // 60:02}:{at % 60:02}"
    label, hint = turn.say("time-form-label", reader), turn.say("time-form-hint", reader)
    return Form(
        _token(own, "time"),
        turn.own_deck(own).title,
        (Field("words", label, hint=hint, filled=filled, longest=40),),
    )


def sure(turn: Turn, reader: Partner, own: OwnDeck) -> Post:
    """The question before it goes for good."""
    phrase = "own-sure" if own.started_at else "own-sure-draft"
    choices = [_choice(turn, reader, own, "gone")]
    if not own.started_at:
        choices.append(_choice(turn, reader, own, "see"))
    return Post((Span(turn.say(phrase, reader, title=turn.own_deck(own).title)),), tuple(choices))


def choices_on_page(turn: Turn, couple: Couple, deck: Deck) -> list[Choice]:
    """What the page of a ritual that the two made offers besides."""
    number = owndecks.number_of(deck.id)
    wanted = ("file", "away") if number else ()
    return [
        Choice(turn.say(f"choice-own-{what}", couple), Token("own", number, what), privately=True) for what in wanted
    ]


def as_file(turn: Turn, reader: Partner, deck: Deck) -> Post:
    """The file to hand on, and whose words it holds."""
    shared = deckwriting.as_file(deck)
    file = File(f"{shared.id}.toml", deckwriting.written(shared).encode())
    return Post((Span(turn.say("own-file", reader)),), file=file)


def delivered_begun(turn: Turn, delivery: Delivery) -> Post | None:
    """Both read that a ritual of their own comes from now on."""
    ritual = turn.store.rituals.ritual(delivery.subject)
    deck = turn.deck_behind(ritual) if ritual else None
    if ritual is None or deck is None or not deck.enabled:
        return None
    couple = turn.store.people.couple(ritual.couple)
    line = rhythm_line(turn, couple, deck, Cadence.parse(ritual.cadence))
    look = Choice(turn.say("choice-own-look-at", couple), Token("ritual", ritual.id, "see"))
    return Post((Span(turn.say("own-begun", couple, line=line)),), (look,), quiet=True)


def delivered_ended(turn: Turn, delivery: Delivery) -> Post | None:
    """Both read that its author has ended a ritual of their own."""
    ritual = turn.store.rituals.ritual(delivery.subject)
    return turn.line("own-ended", turn.store.people.couple(ritual.couple)) if ritual else None


def name_of(turn: Turn, own: OwnDeck) -> Worded | None:
    """What it is called, where it has a name."""
    return next((one for one in _said(turn, own) if one.saying.says == Says.NAME), None)


def lines_of(turn: Turn, own: OwnDeck) -> list[Worded]:
    """What it asks."""
    return [one for one in _said(turn, own) if one.saying.says == Says.LINE]


def _said(turn: Turn, own: OwnDeck) -> list[Worded]:
    name = owndecks.name_of(own)
    return [one for one in turn.store.sayings.of(own.couple) if one.saying.deck == name]


def _when(turn: Turn, reader: Partner, own: OwnDeck) -> str:
    cadence = Cadence.parse(own.cadence)
    at = f"{cadence.at // 60:02}:{cadence.at % 60:02}"
    return turn.say("own-when", reader, days=days_line(turn, reader, cadence.days), at=at)


def _choice(turn: Turn, reader: Partner, own: OwnDeck, value: str) -> Choice:
    return Choice(turn.say(f"choice-own-{value}", reader), _token(own, value), privately=True)


def _token(own: OwnDeck, value: str) -> Token:
    return Token("own", own.id, value)
