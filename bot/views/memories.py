"""What a partner reads of the past: their own words, and what was shared."""

from __future__ import annotations

from datetime import date

from bot.decks import Deck, Kind
from bot.model import Kept, Occurrence, Partner, State
from bot.posts import Choice, Post, Span, Style, Text, Token
from bot.store import Line
from bot.turn import Turn
from bot.views.forms import in_order, own_line
from bot.views.own import nothing_yet
from bot.views.walks import walked_line
from bot.wording import as_said, name_in_line

A_PAGE = 6


def history(turn: Turn, reader: Partner, before: int) -> Post:
    """One page of the past, newest first; nothing that the other kept."""
    pages, oldest = _page(turn, reader, before)
    text: Text = (Span(turn.say("history-title", reader), Style.STRONG),)
    for page in pages:
        text += page
    if not pages:
        text += (Span("\n" + turn.say(nothing_yet(turn, reader), reader)),)
    choices = (Choice(turn.say("choice-earlier", reader), Token("history", oldest)),) if oldest else ()
    return Post(text, choices)


def _page(turn: Turn, reader: Partner, before: int) -> tuple[list[Text], int]:
    """The entries of a page, and the moment before which the next page begins (0: no more)."""
    pages: list[Text] = []
    while True:
        found = turn.store.occurrences.of_couple(reader.couple, before, A_PAGE * 4, reader.id)
        for occurrence in found:
            entry = _entry(turn, reader, occurrence)
            if entry and len(pages) == A_PAGE:
                return pages, before
            before = occurrence.due_at
            pages += [entry] if entry else []
        if not found:
            return pages, 0


def _entry(turn: Turn, reader: Partner, occurrence: Occurrence) -> Text:
    deck = turn.deck_behind(occurrence)
    if deck is None:
        return ()
    lines = [line for line in turn.store.replies.lines(occurrence) if _may_read(reader, deck, occurrence, line)]
    if not lines:
        return ()
    if deck.kind is Kind.SEALED:
        lines = in_order(deck, lines)
    label = turn.known.words.day_label(date.fromisoformat(occurrence.day), reader.locale)
    head: Text = (Span(f"\n\n{label} · {deck.title}", Style.STRONG),)
    asked = deck.prompt(occurrence.prompt).text
    if deck.asks_a_prompt(occurrence.prompt) and asked != deck.title:
        head += (Span(f"\n{asked}", Style.SOFT),)
    for partner in turn.store.people.partners(reader.couple):
        head += _lines_of(turn, reader, partner, deck, occurrence, lines)
    return head


def _may_read(reader: Partner, deck: Deck, occurrence: Occurrence, line: Line) -> bool:
    if line.reply.partner == reader.id:
        return True
    if line.reply.hidden or line.reply.kept == Kept.TAP:
        return False
    if deck.kind is Kind.NUDGE:
        return line.reply.shared
    if deck.kind is Kind.WALK:
        return line.reply.shared or not line.reply.item
    return deck.kind is not Kind.SEALED or (occurrence.state == State.SHARED and line.reply.shared)


def _lines_of(
    turn: Turn, reader: Partner, author: Partner, deck: Deck, occurrence: Occurrence, lines: list[Line]
) -> Text:
    theirs = [line for line in lines if line.reply.partner == author.id]
    if not theirs:
        return ()
    whose = turn.say("history-you", reader) if author.id == reader.id else name_in_line(author.name)
    text: Text = (Span(f"\n{whose}", Style.STRONG),)
    for line in theirs:
        text += _line(turn, reader, deck, occurrence, line)
    return text


def _line(turn: Turn, reader: Partner, deck: Deck, occurrence: Occurrence, line: Line) -> Text:
    if line.reply.kept == Kept.TAP:
        return (Span(f"\n{deck.tap_label}", Style.SOFT),)
    if line.reply.kept in (Kept.VOICE, Kept.PICTURE) and deck.kind is not Kind.SEALED:
        return (Span("\n" + as_said(turn, reader, line.reply.kept, line.words), Style.SOFT),)
    words: Text = (Span("\n"), Span(line.words, Style.QUOTE))
    if deck.kind is Kind.SEALED:
        words = own_line(turn, reader, deck, occurrence, line)
    elif deck.walk is not None:
        words = walked_line(deck.walk, line)
    if deck.kind is Kind.SEALED and not line.reply.number and line.reply.partner == reader.id:
        return _marked(words, turn.say(_where_it_stands(occurrence, line), reader))
    return words


def _where_it_stands(occurrence: Occurrence, line: Line) -> str:
    if not line.reply.shared:
        return "history-kept"
    return {State.SHARED: "history-shared", State.OPEN: "history-marked"}.get(State(occurrence.state), "history-kept")


def _marked(words: Text, mark: str) -> Text:
    """A line of a form with a mark: behind its name where the words stand below, otherwise behind the words."""
    if not words or not words[0].text.endswith("\n"):
        return (*words, Span(f" {mark}", Style.SOFT))
    return (Span(f"{words[0].text.removesuffix(chr(10))} {mark}\n", words[0].style), *words[1:])
