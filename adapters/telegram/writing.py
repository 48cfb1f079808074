"""A post as Telegram's messages: HTML in which every word is escaped, and an inline keyboard.

| the engine says | Telegram shows |
| --- | --- |
| a choice | a button under the message |
| a choice that opens something private, in a room | a button that opens the private chat with the choice's token |
| a form | a question to reply to, with its token in the title's link |
| a quiet post | a message that rings no phone |
| a long text | several messages; the last one has the buttons |
"""

from __future__ import annotations

from html import escape

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.places import Me, adding_link, link_to, question_link
from bot.events import Person
from bot.posts import BRING, Choice, Field, Form, InRoom, Place, Span, Style, Text, Token

LONGEST = 4096
LONGEST_CAPTION = 1024
"""UTF-16 units, counted after the markup is read (core.telegram.org/bots/api#sendmessage)."""

MOST_ENTITIES = 100
LONGEST_PLACEHOLDER = 64

_MARKUP = {
    Style.PLAIN: ("", ""),
    Style.STRONG: ("<b>", "</b>"),
    Style.SOFT: ("<i>", "</i>"),
    Style.QUOTE: ("<blockquote>", "</blockquote>"),
}


def html(text: Text) -> str:
    """The text as Telegram's HTML."""
    return "".join(f"{_MARKUP[span.style][0]}{escape(span.text)}{_MARKUP[span.style][1]}" for span in text if span.text)


def units(text: str) -> int:
    """How long Telegram takes a text to be."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: Text, longest: int = LONGEST) -> list[Text]:
    """The text in pieces that each fit one message, cut between words where there is such a place."""
    made: list[list[Span]] = [[]]
    room = longest
    for span in text:
        rest = span.text
        while rest:
            if len(made[-1]) == MOST_ENTITIES:
                made.append([])
                room = longest
            head, rest = _cut(rest, room)
            if head:
                made[-1].append(Span(head, span.style))
                room -= units(head)
            if rest:
                made.append([])
                room = longest
    return [tuple(piece) for piece in made if piece]


def keyboard(choices: tuple[Choice, ...], me: Me, place: Place) -> InlineKeyboardMarkup | None:
    """One button a row."""
    if not choices:
        return None
    return InlineKeyboardMarkup([[_button(choice, me, place)] for choice in choices])


def question(form: Form, field: Field, me: Me, place: Place, person: Person) -> str:
    """A form's question as HTML; in a room it names who is asked, so that only their phone offers to reply."""
    lines = [f'<a href="{escape(question_link(me, form.token, field.name))}">{escape(form.title)}</a>']
    if isinstance(place, InRoom):
        lines[0] += f' · <a href="tg://user?id={person.user}">{escape(person.name)}</a>'
    lines.append(f"<b>{escape(field.label)}</b>")
    if field.hint:
        lines.append(f"<i>{escape(field.hint)}</i>")
    if field.filled and not isinstance(place, InRoom):
        lines.append(f"<blockquote>{html(pieces((Span(field.filled),), LONGEST // 2)[0])}</blockquote>")
    return "\n".join(lines)


def reply_wanted(field: Field, place: Place) -> ForceReply:
    """The phone opens a reply; in a room only the phone of the one who is named in the question."""
    return ForceReply(
        selective=isinstance(place, InRoom) or None, input_field_placeholder=field.hint[:LONGEST_PLACEHOLDER] or None
    )


def opening(label: str, me: Me, payload: str) -> InlineKeyboardMarkup:
    """One button that opens the private chat."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=link_to(me, payload))]])


def _button(choice: Choice, me: Me, place: Place) -> InlineKeyboardButton:
    token: Token = choice.token
    if token == BRING:
        return InlineKeyboardButton(choice.label, url=adding_link(me))
    if choice.privately and isinstance(place, InRoom):
        return InlineKeyboardButton(choice.label, url=link_to(me, str(token)))
    return InlineKeyboardButton(choice.label, callback_data=str(token))


def _cut(text: str, room: int) -> tuple[str, str]:
    """What fits into so many units, and the rest."""
    if units(text) <= room:
        return text, ""
    head = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    at = max(head.rfind("\n"), head.rfind(" ")) + 1
    if at <= len(head) // 2:
        at = len(head)
    return text[:at], text[at:]
