"""What "More" shows: about this bot, what is kept, where a person can turn to."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.helplines import Country, Helplines
from bot.model import Delivery, Partner
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.turn import Turn

BESIDE = "beside"
"""What asks for More in a message of its own, where the one that was pressed is still needed."""


def menu(turn: Turn, reader: Partner | None, asked: int = 0) -> Post:
    """About this bot, and the ways on; *asked* is the message that asked for it, which goes with it."""
    wanted = [("privacy", "choice-more-privacy"), ("support", "choice-more-support"), ("gone", "choice-more-remove")]
    choices = [_choice(turn, reader, phrase, value, asked) for value, phrase in wanted]
    if reader is not None:
        choices.insert(2, Choice(turn.say("choice-set-leave", reader), Token("leave"), privately=True))
    return Post((Span(turn.say("more", reader, host=turn.host(reader))),), tuple(choices))


def privacy(turn: Turn, reader: Partner | None, asked: int = 0) -> Post:
    """What is kept and what is not."""
    text = turn.say("privacy", reader, host=turn.host(reader))
    return Post((Span(text),), (_back(turn, reader, asked), _choice(turn, reader, "choice-more-remove", "gone", asked)))


def card(turn: Turn, reader: Partner | None, country: str = "", asked: int = 0) -> Post:
    """Where a person can turn to; it says plainly what nobody has checked."""
    known, today = turn.known.helplines, datetime.fromtimestamp(turn.now, UTC).date()
    usable = known.countries_on(today)
    chosen = next((one for one in usable if one.code == country), None)
    text: Text = (Span(turn.say("support-card", reader)),)
    text += _of_country(turn, reader, chosen) if chosen else ()
    text += _directories(turn, reader, known, today)
    text += (Span("\n\n" + turn.say("support-phone", reader)),)
    locale = reader.locale if reader else "en"
    countries = tuple(
        Choice(
            turn.known.words.country_name(one.code, locale), Token("more", asked, f"support_{one.code}"), privately=True
        )
        for one in usable
        if one is not chosen
    )
    remove = _choice(turn, reader, "choice-more-remove", "gone", asked)
    return Post(text, (remove, *countries, _back(turn, reader, asked)))


def delivered_card(turn: Turn, delivery: Delivery) -> Post | None:
    """The same card for everybody, once a quarter; not to who rests."""
    partner = turn.store.people.partner(delivery.subject)
    if partner.left_at or partner.rest_until > turn.now:
        return None
    post = card(turn, partner)
    return Post(
        (Span(turn.say("support-quarterly", partner) + "\n\n", Style.SOFT), *post.text), post.choices, quiet=True
    )


def _of_country(turn: Turn, reader: Partner | None, country: Country) -> Text:
    lines = "".join(f"\n{name}: {contact}" for name, contact in country.lines)
    return (Span("\n\n" + turn.say("support-emergency", reader, number=country.emergency) + lines),)


def _directories(turn: Turn, reader: Partner | None, known: Helplines, today: date) -> Text:
    checked = known.are_directories_checked(today) and bool(known.countries_on(today))
    lines = "".join(f"\n{one.name}: {one.url} ({one.covers})" for one in known.directories)
    return (Span("\n\n" + turn.say("support-directories" if checked else "support-unchecked", reader) + lines),)


def _choice(turn: Turn, reader: Partner | None, phrase: str, value: str, asked: int) -> Choice:
    return Choice(turn.say(phrase, reader), Token("more", asked, value), privately=True)


def _back(turn: Turn, reader: Partner | None, asked: int) -> Choice:
    return Choice(turn.say("choice-back", reader), Token("more", asked), privately=True)
