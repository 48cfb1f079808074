"""How a sealed form looks to the one who fills it in: item by item, then what to share."""

from __future__ import annotations

from bot.decks import Deck
from bot.fitting import fitted
from bot.model import Couple, Kept, Occurrence, Part, Partner, Reply, State
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.sheets import Item, ItemKind, Sheet
from bot.store import Line
from bot.turn import Turn
from bot.wording import as_said, both_times

LONGEST_SENTENCE = 300

LONGEST_SIGN = 40
"""Characters that a form takes for a number or for emoji, of which one may take eight."""


def sheet_of(deck: Deck, occurrence: Occurrence) -> Sheet:
    """The items that this occurrence asks."""
    return deck.sheet(occurrence.prompt)


def item_of(deck: Deck, occurrence: Occurrence, name: str) -> Item | None:
    """An item of the occurrence's sheet, by its id."""
    return next((item for item in sheet_of(deck, occurrence).items if item.id == name), None)


def still_fitting(deck: Deck | None, occurrence: Occurrence, reply: Reply, words: str, kept: Kept) -> str:
    """Other words for an answer, where they answer the same item; a sentence of one's own fits as it is."""
    asked = deck is not None and reply.item and not reply.number
    item = item_of(deck, occurrence, reply.item) if deck is not None and asked else None
    return fitted(item, words, kept) if item is not None and not item.kind.is_picked else words


def item_screen(turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence, at: int) -> Post:
    """One item, with what can be pressed."""
    sheet = sheet_of(deck, occurrence)
    item = sheet.items[at]
    head: Text = (Span(sheet.intro + "\n\n"),) if at == 0 else ()
    if len(sheet.items) > 1:
        place = turn.say("item-place", partner, at=str(at + 1), of=str(len(sheet.items)))
        head += (Span(place + "\n", Style.SOFT),)
    text = (*head, Span(item.text, Style.STRONG))
    if item.kind.is_awaited:
        # Whoever is asked in the shared chat, seen by them alone, would write "here" for all to read.
        hint = f"item-{item.kind}-hint-apart" if turn.in_room else f"item-{item.kind}-hint"
        text = (*text, Span("\n" + turn.say(hint, partner, **_bounds(item)), Style.SOFT))
    leave = (_leave(turn, partner, deck, occurrence),) if at == 0 else ()
    return Post(text, (*_item_choices(turn, partner, occurrence, item), *leave))


def _leave(turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence) -> Choice:
    weekly = deck.sealed is None or deck.sealed.sharing.weekly
    return Choice(
        turn.say("choice-not-this-week" if weekly else "choice-not-today", partner), Token("notweek", occurrence.id)
    )


def write_form(turn: Turn, partner: Partner, occurrence: Occurrence, item: Item) -> Form:
    """The question of an item that is answered in writing."""
    filled = turn.store.replies.sentence_of(occurrence, partner.id, item.id, 0)
    token = Token("say", occurrence.id, item.id)
    hint = turn.say(f"form-{item.kind}-hint", partner, **_bounds(item)) if item.kind is not ItemKind.TEXT else ""
    longest = item.longest if item.kind is ItemKind.TEXT else LONGEST_SIGN
    field = Field("words", item.text, hint, filled, longest)
    return Form(token, turn.say("form-write-title", partner), (field,))


def _bounds(item: Item) -> dict[str, str]:
    return {"least": str(item.least), "most": str(item.most)} if item.kind is ItemKind.NUMBER else {}


def sentence_form(turn: Turn, partner: Partner, occurrence: Occurrence, item: Item) -> Form:
    """The sentence with which a word of a scale may be shared."""
    filled = turn.store.replies.sentence_of(occurrence, partner.id, item.id, 1)
    label = turn.say("form-sentence-label", partner)
    token = Token("sentence", occurrence.id, item.id)
    return Form(token, turn.say("form-sentence-title", partner), (_field(label, filled, LONGEST_SENTENCE),))


def answer_form(turn: Turn, partner: Partner, occurrence: Occurrence, question: str) -> Form:
    """The question of an open prompt, to answer in a form."""
    title = turn.say("form-answer-title", partner)
    return Form(Token("write", occurrence.id), title, (_field(question, "", 4000),))


def share_screen(turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence, part: Part) -> Post:
    """The last screen: what to share, and ready."""
    assert deck.sealed is not None
    lines = turn.store.replies.lines(occurrence, partner.id)
    if occurrence.state != State.OPEN:
        return turn.line("written-late", partner)
    marked = in_order(deck, [line for line in lines if line.reply.shared])
    text: Text = (Span(_share_heading(turn, partner, deck, occurrence, part, marked=bool(marked))),)
    for line in marked:
        text = (*text, *own_line(turn, partner, deck, occurrence, line))
    if not marked and not part.ready_at:
        text = (*text, Span("\n\n" + _what_sharing_means(turn, partner, deck, occurrence, lines), Style.SOFT))
    return Post(text, _share_choices(turn, partner, deck, occurrence, part, lines))


def _what_sharing_means(turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence, lines: list[Line]) -> str:
    items, answered = sheet_of(deck, occurrence).items, {line.reply.item for line in lines}
    warm = [item.short for item in items if item.share == "warm" and item.id in answered]
    ready = turn.say("share-about-ready", partner)
    if not warm or len(items) == 1:
        return ready
    return " ".join((turn.say("share-about-warm", partner, lines=", ".join(warm)), ready))


def choose_screen(turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence) -> Post:
    """Every line that its author may share, to mark one by one."""
    lines = _shareable(turn, partner, deck, occurrence)
    choices = tuple(_mark_choice(turn, partner, occurrence, item, line.reply) for item, line in lines)
    done = Choice(turn.say("choice-done", partner), Token("share", occurrence.id, "look"))
    text: Text = (Span(turn.say("choose-lines", partner)),)
    for item, line in lines:
        state = turn.say("line-appears" if line.reply.shared else "line-stays", partner)
        text += (Span(f"\n\n{item.short}: ", Style.SOFT), Span(state))
    return Post(text, (*choices, done))


def in_order(deck: Deck, lines: list[Line]) -> list[Line]:
    """The lines of a sealed form as its items stand, each sentence behind the word that it goes with."""
    asked = [item.id for sheet in deck.sheets for item in sheet.items]
    where = {item: at for at, item in enumerate(asked)}
    return sorted(lines, key=lambda line: (where.get(line.reply.item, len(asked)), line.reply.number))


def own_line(turn: Turn, reader: Partner | Couple, deck: Deck, occurrence: Occurrence, line: Line) -> Text:
    """One line of a sealed form: the item's short name, then what was answered."""
    item = item_of(deck, occurrence, line.reply.item)
    if item is None:
        return ()
    words = answered(turn, reader, item, line)
    if line.reply.number == 1:
        return (Span("\n"), words)
    gap = "\n" if words.style is Style.QUOTE else ": "
    return (Span(f"\n\n{item.short}{gap}", Style.SOFT), words)


def answered(turn: Turn, reader: Partner | Couple, item: Item, line: Line) -> Span:
    """What was answered to an item: a pick as its label, words of one's own as a quotation."""
    if line.reply.number or (item.kind is ItemKind.TEXT and line.reply.kept == Kept.WORDS):
        return Span(line.words, Style.QUOTE)
    return Span(as_said(turn, reader, line.reply.kept, item.read(line.words)))


def _field(label: str, filled: str, longest: int) -> Field:
    return Field("words", label, filled=filled, longest=longest)


def _item_choices(turn: Turn, partner: Partner, occurrence: Occurrence, item: Item) -> tuple[Choice, ...]:
    skip = Choice(turn.say("choice-skip", partner), Token("pass", occurrence.id, item.id))
    labels = (Choice(label, Token("pick", occurrence.id, f"{item.id}_{at}")) for at, label in enumerate(item.labels))
    write = Choice(turn.say("choice-write", partner), Token("say", occurrence.id, item.id))
    return (*labels, write, skip) if item.kind.is_written else (*labels, skip)


def _share_heading(
    turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence, part: Part, *, marked: bool
) -> str:
    partners = turn.store.people.partners(occurrence.couple)
    times = both_times(turn, partner, partners, occurrence.shares_at)
    if part.ready_at:
        return turn.say("share-ready", partner, times=times)
    if marked:
        return turn.say("share-marked", partner, times=times)
    assert deck.sealed is not None
    return deck.sealed.closing


def _share_choices(
    turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence, part: Part, lines: list[Line]
) -> tuple[Choice, ...]:
    items = sheet_of(deck, occurrence).items
    phrases = {"warm": "choice-share-it", "none": "choice-keep-it"} if len(items) == 1 else {}
    wanted = ["again"] if part.ready_at else []
    if not part.ready_at:
        answered = {line.reply.item for line in lines}
        may_warm = any(item.share == "warm" and item.id in answered for item in items)
        wanted += ["warm"] if may_warm and not any(line.reply.shared for line in lines) else []
        # Of one line alone there is nothing to choose, unless it may be shared and was not offered to be.
        wanted += ["choose"] if lines and not (len(items) == 1 and may_warm) else []
        wanted += ["none", "ready"] if lines else ["ready"]
    return (
        *(
            Choice(turn.say(phrases.get(value, f"choice-share-{value}"), partner), Token("share", occurrence.id, value))
            for value in wanted
        ),
        Choice(turn.say("choice-change-answers", partner), Token("checkin", occurrence.id, "anew")),
    )


def _shareable(turn: Turn, partner: Partner, deck: Deck, occurrence: Occurrence) -> list[tuple[Item, Line]]:
    lines = {
        line.reply.item: line for line in turn.store.replies.lines(occurrence, partner.id) if not line.reply.number
    }
    items = sheet_of(deck, occurrence).items
    return [(item, lines[item.id]) for item in items if item.share != "never" and item.id in lines]


def _mark_choice(turn: Turn, partner: Partner, occurrence: Occurrence, item: Item, reply: Reply) -> Choice:
    if reply.shared:
        return Choice(
            turn.say("choice-keep-line", partner, line=item.short), Token("mark", occurrence.id, f"{item.id}_off")
        )
    return Choice(
        turn.say("choice-share-line", partner, line=item.short), Token("mark", occurrence.id, f"{item.id}_on")
    )
