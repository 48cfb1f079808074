"""A partner's own words: to look through, to search, to change and to delete; never a word of the other's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model import Kept, Occurrence, Partner, Reply, State
from bot.posts import LARGEST_ID, Choice, Field, Form, Post, Span, Style, Text, Token
from bot.turn import Turn
from bot.views.forms import item_of
from bot.wording import as_said

A_PAGE = 6
MOST_FOUND = 20
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer with what it answered; *words* read as its author chose or wrote them."""

    reply: Reply
    occurrence: Occurrence
    ritual: str
    question: str
    item: str
    words: str
    is_sealed: bool
    is_walked: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether the other has read it: in an open ritual from the beginning, else once its author has shown it and,
        in a sealed form, its share moment has come.
        """
        if not self.is_sealed:
            return not self.reply.hidden
        return self.reply.shared and (self.is_walked or self.occurrence.state == State.SHARED)


def entry(turn: Turn, reply: Reply) -> Entry | None:
    """An answer with its surroundings; nothing where its ritual is gone from the program."""
    occurrence = turn.store.occurrences.occurrence(reply.occurrence)
    if occurrence is None:
        return None
    deck = turn.deck_behind(occurrence)
    is_walk = deck is not None and deck.walk is not None
    item = item_of(deck, occurrence, reply.item) if deck is not None and reply.item and not is_walk else None
    step = deck.walk.step(reply.item) if deck is not None and deck.walk is not None else None
    line = turn.store.replies.line(occurrence, reply)
    words = line.words if line else turn.say("unreadable-words", turn.store.people.partner(reply.partner))
    if line is not None and reply.kept == Kept.SCALE and item is not None:
        words = item.read(words)
    if line is not None and reply.kept == Kept.SCALE and step is not None:
        words = step.options[int(words)]
    return Entry(
        reply,
        occurrence,
        deck.title if deck else occurrence.deck,
        deck.prompt(occurrence.prompt).text if deck is not None and deck.asks_a_prompt(occurrence.prompt) else "",
        item.short if item else step.label if step else "",
        words,
        # Of a ritual that the program no longer knows nobody can tell, so only what its author shared counts as shared.
        deck is None or deck.kind.is_private,
        step is not None,
    )


def entries(turn: Turn, partner: Partner, before: int = LARGEST_ID, most: int = 0) -> list[Entry]:
    """A partner's own answers, the newest first."""
    found = (entry(turn, reply) for reply in turn.store.replies.of_partner(partner.id, before, most))
    return [one for one in found if one is not None]


def page(turn: Turn, partner: Partner, before: int = LARGEST_ID) -> Post:
    """One page of one's own words, each to open."""
    found = entries(turn, partner, before, A_PAGE + 1)
    shown = found[:A_PAGE]
    more = (
        [Choice(turn.say("choice-earlier", partner), Token("mine", shown[-1].reply.id, "page"))]
        if found[A_PAGE:]
        else []
    )
    if before != LARGEST_ID:
        more.append(_back(turn, partner))
    head = turn.say("mine-intro" if shown else nothing_yet(turn, partner), partner)
    return _listed(turn, partner, head, shown, more)


def nothing_yet(turn: Turn, partner: Partner) -> str:
    """The phrase for no words at all: before the end, and after it."""
    return "mine-none" if turn.store.people.couple(partner.couple).ended_at else "mine-empty"


def found_by(turn: Turn, partner: Partner, words: str) -> Post:
    """One's own words that hold what was searched for."""
    wanted = words.casefold()
    hits = [one for one in entries(turn, partner) if _has_words(one) and wanted in one.words.casefold()][:MOST_FOUND]
    return _listed(turn, partner, turn.say("mine-found" if hits else "mine-not-found", partner), hits, [])


def one(turn: Turn, partner: Partner, shown: Entry) -> Post:
    """One answer, whole, with what can be done about it."""
    label = turn.known.words.day_label(date.fromisoformat(shown.occurrence.day), partner.locale)
    text: Text = (Span(f"{label} · {shown.ritual}", Style.STRONG),)
    for question in filter(None, (shown.question, shown.item)):
        text += (Span(f"\n{question}", Style.SOFT),)
    text += (Span("\n"), Span(as_read(turn, partner, shown), Style.QUOTE))
    text += (Span("\n" + turn.say("mine-shared" if shown.is_shared else "mine-kept", partner), Style.SOFT),)
    may_change = shown.reply.kept == Kept.WORDS and not (shown.is_sealed and shown.is_shared)
    choices = (
        [Choice(turn.say("choice-mine-change", partner), _token(shown, "change"), privately=True)] if may_change else []
    )
    choices.append(Choice(turn.say("choice-mine-delete", partner), _token(shown, "delete"), privately=True))
    return Post(text, (*choices, _back(turn, partner)))


def sure(turn: Turn, partner: Partner, shown: Entry | None) -> Post:
    """The question before something, or everything, is deleted."""
    token = _token(shown, "gone") if shown else Token("mine", 0, "allgone")
    yes = Choice(turn.say("choice-mine-gone", partner), token, privately=True)
    return Post((Span(turn.say("mine-sure" if shown else "mine-sure-all", partner)),), (yes, _back(turn, partner)))


def change_form(turn: Turn, partner: Partner, shown: Entry) -> Form:
    """The form with one's words as they stand."""
    field = Field("words", turn.say("form-answer-title", partner), filled=shown.words)
    return Form(_token(shown, "typed"), shown.ritual, (field,))


def asked_for_both(turn: Turn, partner: Partner) -> Post:
    """A yes to a copy of what both shared waits for the other's; it can be taken back."""
    back = Choice(turn.say("choice-take-back", partner), Token("both", 0, "no"), privately=True)
    return Post((Span(turn.say("export-both-asked", partner)),), (back,))


def as_read(turn: Turn, partner: Partner, shown: Entry) -> str:
    """The words, or what stands for a voice note or a picture."""
    return as_said(turn, partner, shown.reply.kept, shown.words)


def _listed(turn: Turn, partner: Partner, head: str, shown: list[Entry], more: list[Choice]) -> Post:
    text = (Span(turn.say("mine-title", partner), Style.STRONG), Span(f"\n{head}"))
    choices = [Choice(_label(turn, partner, one), _token(one, "see"), privately=True) for one in shown]
    if shown:
        more = [*more, Choice(turn.say("choice-mine-all", partner), Token("mine", 0, "all"), privately=True)]
    return Post(text, (*choices, *more))


def _label(turn: Turn, partner: Partner, shown: Entry) -> str:
    day = turn.known.words.short_day(date.fromisoformat(shown.occurrence.day), partner.locale)
    words = " ".join(as_read(turn, partner, shown).split())
    if shown.reply.kept == Kept.SCALE and shown.item:
        words = f"{shown.item}: {words}"
    label = f"{day} · {words}"
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _has_words(shown: Entry) -> bool:
    return shown.reply.kept in (Kept.WORDS, Kept.SCALE)


def _token(shown: Entry, value: str) -> Token:
    return Token("mine", shown.reply.id, value)


def _back(turn: Turn, partner: Partner) -> Choice:
    return Choice(turn.say("choice-back", partner), Token("mine", 0, "top"), privately=True)
