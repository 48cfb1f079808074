"""What a ritual is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.cadence import Cadence
from bot.sheets import Sealed, Sheet, prompt_in, sheet_in
from bot.walks import Pause, Timer, Walk

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = ("month_start", "year_end", "monday", "sunday", "own_anniversary", "summer", "winter")
MOODS = ("any", "light", "playful", "warm", "tender", "steady", "heavy")
GENTLE_MOODS = ("light", "steady")
DISTANCES = ("ok", "only", "no")
FORMS = ("doing", "writing", "voice", "talking")
"""What a prompt asks for: something to do, words, a voice note, a talk."""

CORE = ("morning_appreciation", "digital_sunset", "trust_checkin")
"""What two begin with; every other ritual is offered to them."""

COMMANDS_OF_WALKS = ("repair", "assess", "practice", "agree")
"""The commands that a walk may be opened by, and has to be by one."""

COMMANDS_OF_DECKS = (
    *COMMANDS_OF_WALKS,
    "pause",
    "today",
    "checkin",
    "question",
    "memory",
    "win",
    "journal",
    "walk",
    "date",
)
"""The commands that a deck may be opened by."""

OWN_CUE = "own_cue"
"""A moment of a partner's own, in their words, that prompts may need; also the item that such words answer."""

CUE = "cue"
"""What stands in braces where a reader's own moment comes in."""

NEEDS = ("last_message_of_day", OWN_CUE, "after_repair")


class Kind(StrEnum):
    """How a ritual is answered: openly, by a tap, sealed until its share moment, step by step, by picking an idea.

    An offer, a pause, a timer and a nudge are not: of them nothing is kept.
    """

    OPEN = "open"
    TAP = "tap"
    OFFER = "offer"
    SEALED = "sealed"
    WALK = "walk"
    PAUSE = "pause"
    TIMER = "timer"
    NUDGE = "nudge"
    IDEAS = "ideas"

    @property
    def is_on_request(self) -> bool:
        """Whether it comes only when somebody asks for it, and so is nothing to switch on."""
        return self in (Kind.WALK, Kind.PAUSE)

    @property
    def is_begun(self) -> bool:
        """Whether it has no days and begins when somebody asks for it; the chat then reads its end, too."""
        return self in (Kind.WALK, Kind.PAUSE, Kind.TIMER)

    @property
    def asks(self) -> bool:
        """Whether its post asks the two for an answer."""
        return self in (Kind.OPEN, Kind.TAP, Kind.SEALED)

    @property
    def takes_words(self) -> bool:
        """Whether words that answer its post are kept."""
        return self in (Kind.OPEN, Kind.TAP)

    @property
    def has_its_day(self) -> bool:
        """Whether either may say that it is not the day for it, or leave one of its prompts out for good."""
        return self in (Kind.OPEN, Kind.OFFER)

    @property
    def is_for_both(self) -> bool:
        """Whether the two have it together and switch it on together, in /rituals."""
        return not self.is_on_request and self is not Kind.NUDGE

    @property
    def takes_lines(self) -> bool:
        """Whether it asks one of several prompts, so that the two may add their own."""
        return self in (Kind.OPEN, Kind.TAP, Kind.OFFER, Kind.IDEAS)

    @property
    def weighs(self) -> bool:
        """Whether each of its posts asks for an answer, and so counts among those of a week."""
        return self in (Kind.OPEN, Kind.SEALED, Kind.IDEAS)

    @property
    def is_private(self) -> bool:
        """Whether an answer is its author's alone until they share it."""
        return self in (Kind.SEALED, Kind.WALK, Kind.NUDGE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask; *distance* is ok, only or no for couples who live apart.

    It comes at most once in *every_days* (0: as often as the deck allows) and takes about so many *minutes*. Its *form*
    says what it asks for where its tags do not. *is_own*: one of the two wrote it. What its reader writes to it *sets*
    what other prompts need. Of an idea *novelty* (1 to 3) says how new it is likely to be for the two, *cost* (0 to 2)
    whether it takes money.
    """

    id: str
    text: str
    depth: int
    mood: str
    tags: tuple[str, ...]
    distance: str = "ok"
    season: str = ""
    private: bool = False
    needs: tuple[str, ...] = ()
    every_days: int = 0
    minutes: int = 2
    novelty: int = 1
    cost: int = 0
    form: str = ""
    is_own: bool = False
    sets: str = ""

    @property
    def unfilled(self) -> str:
        """The text where nobody's moment comes in."""
        return self.text.replace(f"{{{CUE}}}", "…")

    @property
    def gentle(self) -> bool:
        """Whether it may come in the days after a pause, an open repair or a hard day."""
        return self.mood in GENTLE_MOODS and self.depth < 3 and "memory" not in self.tags

    def for_every_day(self, distance: str) -> bool:
        """Whether it may come on every day to every couple that lives in one place ("no") or apart ("only")."""
        asks = self.private or self.season or self.needs or self.sets or self.every_days
        return not asks and self.distance in ("ok", distance) and self.depth == 1 and self.gentle


@dataclass(frozen=True, slots=True)
class RestsAfter:
    """A ritual keeps silent for so many seconds from the beginning of another one of the couple's."""

    deck: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Tip:
    """A line for whoever listens; *to* is high or low, for prompts about those, or nothing for any."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days that a couple may choose for a ritual, with a label."""

    label: str
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ideas:
    """What a ritual says of two ideas: *intro* above both, *picked* above the one picked, *none* where they rest.

    *calendar* is what a calendar shows of it, *usual_at* the minute of the day that is offered until the two have set
    a time of their own; *time* is said at that time, if anything is.
    """

    intro: str
    picked: str
    none: str
    calendar: str
    usual_at: int
    time: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """A ritual's definition.

    *about* says what it is where it is offered, *command* opens it; *patience* and *closes_after* are in seconds (0: at
    its share moment). One of the *openers* stands before a prompt, a *tip* is shown to whoever asks for one, and the
    two may choose one of its *names*. While one of the decks that it *rests_with* (ids) is under way, it does not come.
    A nudge comes on *most_days* of a week at most. A walk *suits* whoever picks these items of a check-in lowest. With
    *lows* it asks for the hard parts of a day.
    """

    id: str
    title: str
    kind: Kind
    usual: Cadence
    rhythms: tuple[Rhythm, ...]
    patience: int
    closes_after: int
    no_repeat_days: int
    quiet: bool
    tap_label: str
    prompts: tuple[Prompt, ...]
    sheets: tuple[Sheet, ...]
    sealed: Sealed | None
    about: str = ""
    command: str = ""
    enabled: bool = True
    lows: bool = False
    walk: Walk | None = None
    pause: Pause | None = None
    timer: Timer | None = None
    openers: tuple[str, ...] = ()
    tips: tuple[Tip, ...] = ()
    names: tuple[str, ...] = ()
    rests_with: tuple[str, ...] = ()
    most_days: int = 7
    rests_after: tuple[RestsAfter, ...] = ()
    ideas: Ideas | None = None
    suits: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # Equal decks have one id, and nobody hashes hundreds of prompts to find what is remembered of a deck.
        return hash(self.id)

    @property
    def has_own(self) -> bool:
        """Whether one of the two wrote some of its prompts, which stand behind the others."""
        return bool(self.prompts) and self.prompts[-1].is_own

    @property
    def asks_anything(self) -> bool:
        """Whether it has anything to ask; of one that the two made, its authors may have deleted all."""
        return bool(self.prompts) or any(sheet.items for sheet in self.sheets)

    def prompt(self, asked: str) -> Prompt:
        """The prompt that an occurrence asks; one that was taken out of the deck since reads as its title."""
        name = prompt_in(asked)
        for prompt in self.prompts:
            if prompt.id == name:
                return prompt
        return Prompt(name, self.title, 1, "any", ())

    def sheet(self, asked: str) -> Sheet:
        """The items that an occurrence asks, with its prompt where they name it."""
        return sheet_in(self.sheets, asked).asking(self.prompt(asked).text)

    def asks_a_prompt(self, asked: str) -> bool:
        """Whether a prompt of this deck stands in what an occurrence asks."""
        if self.kind is Kind.SEALED:
            return sheet_in(self.sheets, asked).asks_a_prompt
        return self.kind.has_its_day

    def prompts_in(self, asked: str) -> tuple[Prompt, ...]:
        """The prompts that an occurrence asks: one, both of two ideas, or none."""
        if self.kind is Kind.IDEAS:
            return tuple(self.prompt(name) for name in asked.split())
        return (self.prompt(asked),) if self.kind is Kind.NUDGE or self.asks_a_prompt(asked) else ()


@lru_cache(maxsize=100)
def tagged(deck: Deck, tag: str) -> Deck:
    """A deck with the prompts alone that have a tag; without one the deck as it is."""
    return replace(deck, prompts=tuple(one for one in deck.prompts if tag in one.tags)) if tag else deck
