"""A partner's own words: to look through, to search, to change and to delete; never a word of the other's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot import owndecks
from bot.decks import OWN_CUE, Deck, Kind
from bot.model import Kept, Occurrence, Partner, Reply, State
from bot.posts import LARGEST_ID, Choice, Field, Form, Post, Span, Style, Text, Token
from bot.sayings import Saying, Says
from bot.turn import Turn
from bot.views.forms import item_of
from bot.views.lines import mood_choices
from bot.walks import Step
from bot.wording import as_said

A_PAGE = 6
PICKED = (Kept.SCALE, Kept.CHOICE)
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
    def row(self) -> Reply:
        """What is kept."""
        return self.reply

    @property
    def day(self) -> str:
        """The local date of what it answered."""
        return self.occurrence.day

    @property
    def kept(self) -> str:
        """What the reply holds."""
        return self.reply.kept

    @property
    def may_change(self) -> bool:
        """Whether its author may put other words in its place."""
        return self.kept == Kept.WORDS and not (self.is_sealed and self.is_shared)

    @property
    def is_shared(self) -> bool:
        """Whether the other has read it: in an open ritual from the beginning, else once its author has shown it and,
        in a sealed form, its share moment has come.
        """
        if not self.is_sealed:
            return not self.reply.hidden
        return self.reply.shared and (self.is_walked or self.occurrence.state == State.SHARED)


@dataclass(frozen=True, slots=True)
class Given:
    """A line or a name that a partner gave a ritual; *has_come*: the ritual has said it."""

    saying: Saying
    day: str
    ritual: str
    question: str
    words: str
    has_come: bool
    item: str = ""
    is_sealed: bool = False

    @property
    def row(self) -> Saying:
        """What is kept."""
        return self.saying

    @property
    def kept(self) -> str:
        """What it is for the ritual."""
        return self.saying.says

    @property
    def may_change(self) -> bool:
        """What was asked once stays as it was asked, because it stands above what the other answered."""
        return self.saying.says == Says.NAME or not self.has_come

    @property
    def is_shared(self) -> bool:
        """Whether the other has read it."""
        return self.has_come


Own = Entry | Given
"""Words of a partner's own: an answer, or what they gave a ritual."""


def given(turn: Turn, partner: Partner, saying: Saying) -> Given:
    """What a partner gave a ritual, with its surroundings."""
    worded = turn.store.sayings.worded(saying)
    day = datetime.fromtimestamp(saying.written_at, turn.zone(partner.timezone)).date()
    return Given(
        saying,
        day.isoformat(),
        _ritual_of(turn, partner, saying),
        turn.say(f"given-{saying.says}", partner),
        worded.words if worded else turn.say("unreadable-words", partner),
        _has_come(turn, saying),
    )


def _ritual_of(turn: Turn, partner: Partner, saying: Saying) -> str:
    number = owndecks.number_of(saying.deck)
    own = turn.store.sayings.own_deck(number) if number else None
    deck = turn.own_deck(own) if own else turn.known.decks.get(saying.deck)
    return deck.title if deck else turn.say("own-ritual-unnamed", partner)


def _has_come(turn: Turn, saying: Saying) -> bool:
    number = owndecks.number_of(saying.deck)
    own = turn.store.sayings.own_deck(number) if number else None
    if saying.says == Says.NAME:
        return own is None or bool(own.started_at)
    if own is not None and own.sealed:
        return turn.store.occurrences.has_come(saying.couple, saying.deck)
    return bool(turn.store.occurrences.with_prompt(saying.couple, owndecks.prompt_id(saying)))


def entry(turn: Turn, reply: Reply) -> Entry | None:
    """An answer with its surroundings; nothing where its ritual is gone from the program."""
    occurrence = turn.store.occurrences.occurrence(reply.occurrence)
    if occurrence is None:
        return None
    deck = turn.deck_behind(occurrence)
    has_items = deck is not None and deck.kind is Kind.SEALED
    item = item_of(deck, occurrence, reply.item) if deck is not None and reply.item and has_items else None
    step = _step_of(deck, reply)
    line = turn.store.replies.line(occurrence, reply)
    words = line.words if line else turn.say("unreadable-words", turn.store.people.partner(reply.partner))
    if line is not None and reply.kept in PICKED and item is not None:
        words = item.read(words)
    if line is not None and reply.kept == Kept.SCALE and step is not None:
        words = step.options[int(words)]
    return Entry(
        reply,
        occurrence,
        deck.title if deck else occurrence.deck,
        deck.prompt(occurrence.prompt).text if deck is not None and deck.asks_a_prompt(occurrence.prompt) else "",
        item.short if item else step.label if step else _named(turn, reply),
        words,
        _is_sealed(deck, reply),
        step is not None,
    )


def _step_of(deck: Deck | None, reply: Reply) -> Step | None:
    """The step of a walk that an answer belongs to; a line in the chat belongs to where the two write."""
    if deck is None or deck.walk is None:
        return None
    return deck.walk.step(reply.item) if reply.item else deck.walk.writing


def _is_sealed(deck: Deck | None, reply: Reply) -> bool:
    """Whether it is its author's until they share it; a line in the chat of a walk has been read as it was written."""
    if deck is None:
        # Of a ritual that the program no longer knows nobody can tell, so only what its author shared counts as shared.
        return True
    return deck.kind.is_private and (deck.walk is None or bool(reply.item))


def _named(turn: Turn, reply: Reply) -> str:
    """What a moment of one's own is called; everything else that has no name is told by its question."""
    author = turn.store.people.partner(reply.partner)
    return turn.say("cue-form-title", author) if reply.item == OWN_CUE else ""


def entries(turn: Turn, partner: Partner, before: int = LARGEST_ID, most: int = 0) -> list[Own]:
    """A partner's own words, the newest first."""
    answers = (entry(turn, reply) for reply in turn.store.replies.of_partner(partner.id, before, most))
    gave = (given(turn, partner, saying) for saying in turn.store.sayings.of_partner(partner.id, before, most))
    found = sorted((one for one in (*answers, *gave) if one is not None), key=lambda one: one.row.id, reverse=True)
    return found[:most] if most else found


def page(turn: Turn, partner: Partner, before: int = LARGEST_ID) -> Post:
    """One page of one's own words, each to open."""
    found = entries(turn, partner, before, A_PAGE + 1)
    shown = found[:A_PAGE]
    more = (
        [Choice(turn.say("choice-earlier", partner), Token("mine", shown[-1].row.id, "page"))] if found[A_PAGE:] else []
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


def one(turn: Turn, partner: Partner, shown: Own) -> Post:
    """One of them, whole, with what can be done about it."""
    label = turn.known.words.day_label(date.fromisoformat(shown.day), partner.locale)
    text: Text = (Span(f"{label} · {shown.ritual}", Style.STRONG),)
    for question in filter(None, (shown.question, shown.item)):
        text += (Span(f"\n{question}", Style.SOFT),)
    text += (Span("\n"), Span(as_read(turn, partner, shown), Style.QUOTE))
    text += (Span("\n" + turn.say(_state(shown), partner), Style.SOFT),)
    wanted = ["change", "delete"] if shown.may_change else ["delete"]
    choices = [Choice(turn.say(f"choice-mine-{what}", partner), _token(shown, what), privately=True) for what in wanted]
    if isinstance(shown, Given):
        choices += mood_choices(turn, partner, shown.saying)
    return Post(text, (*choices, _back(turn, partner)))


def _state(shown: Own) -> str:
    """The phrase for who can read it."""
    if isinstance(shown, Given) and not shown.has_come:
        return "given-to-come"
    return "mine-shared" if shown.is_shared else "mine-kept"


def sure(turn: Turn, partner: Partner, shown: Own | None) -> Post:
    """The question before something, or everything, is deleted."""
    token = _token(shown, "gone") if shown else Token("mine", 0, "allgone")
    yes = Choice(turn.say("choice-mine-gone", partner), token, privately=True)
    return Post((Span(turn.say("mine-sure" if shown else "mine-sure-all", partner)),), (yes, _back(turn, partner)))


def change_form(turn: Turn, partner: Partner, shown: Own) -> Form:
    """The form with one's words as they stand."""
    field = Field("words", turn.say("form-answer-title", partner), filled=shown.words)
    return Form(_token(shown, "typed"), shown.ritual, (field,))


def asked_for_both(turn: Turn, partner: Partner) -> Post:
    """A yes to a copy of what both shared waits for the other's; it can be taken back."""
    back = Choice(turn.say("choice-take-back", partner), Token("both", 0, "no"), privately=True)
    return Post((Span(turn.say("export-both-asked", partner)),), (back,))


def as_read(turn: Turn, partner: Partner, shown: Own) -> str:
    """The words, or what stands for a voice note or a picture."""
    return as_said(turn, partner, shown.kept, shown.words)


def _listed(turn: Turn, partner: Partner, head: str, shown: list[Own], more: list[Choice]) -> Post:
    text = (Span(turn.say("mine-title", partner), Style.STRONG), Span(f"\n{head}"))
    choices = [Choice(_label(turn, partner, one), _token(one, "see"), privately=True) for one in shown]
    if shown:
        more = [*more, Choice(turn.say("choice-mine-all", partner), Token("mine", 0, "all"), privately=True)]
    return Post(text, (*choices, *more))


def _label(turn: Turn, partner: Partner, shown: Own) -> str:
    day = turn.known.words.short_day(date.fromisoformat(shown.day), partner.locale)
    words = " ".join(as_read(turn, partner, shown).split())
    if shown.kept in PICKED and shown.item:
        words = f"{shown.item}: {words}"
    label = f"{day} · {words}"
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _has_words(shown: Own) -> bool:
    return shown.kept not in (Kept.VOICE, Kept.PICTURE)


def _token(shown: Own, value: str) -> Token:
    return Token("mine", shown.row.id, value)


def _back(turn: Turn, partner: Partner) -> Choice:
    return Choice(turn.say("choice-back", partner), Token("mine", 0, "top"), privately=True)
