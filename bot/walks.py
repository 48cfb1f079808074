"""Guided walks, gone alone or together, the pause and the timer: what comes only when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass

SPEAKER, LISTENER, STUCK = "speaker", "listener", "stuck"
PLACES_FOR_CARDS = (SPEAKER, LISTENER, STUCK)


@dataclass(frozen=True, slots=True)
class Card:
    """What one of the two reads at a step; *who* is a role of the walk, or speaker, listener, stuck (anybody)."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class When:
    """A step is gone only by who picked one of these options at an earlier step; of several, all hold."""

    step: str
    picked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    *yes* are the options that go on at a gate (none: it is no gate); *roles* has one for each option. *turns*: it comes
    twice, so that each speaks once. *best* names earlier steps, whose highest picks stand in the text as {best}.
    *review* is asked again so many days after (*review_days*), with what was written as {words}.

    In the chat the two write together where it *writes*, with the deck's prompts to begin with (*starters*); *yes* asks
    each in private; with *asks_date* they choose when *review* stands there again above their lines.
    """

    id: str
    text: str
    text_apart: str = ""
    note: str = ""
    in_chat: bool = False
    options: tuple[str, ...] = ()
    yes: frozenset[int] = frozenset()
    roles: tuple[str, ...] = ()
    short: str = ""
    writes: bool = False
    may_show: bool = False
    turns: bool = False
    cards: tuple[Card, ...] = ()
    when: tuple[When, ...] = ()
    best: tuple[str, ...] = ()
    review: str = ""
    review_days: tuple[int, ...] = ()
    starters: bool = False
    asks_date: bool = False

    @property
    def asks_each(self) -> bool:
        """Whether the two go on in the chat only once each has said yes in private."""
        return self.in_chat and bool(self.yes)

    @property
    def label(self) -> str:
        """What names it beside one's own words."""
        return self.short or self.text


@dataclass(frozen=True, slots=True)
class Pause:
    """The words around a pause; *minutes* are offered, {back} stands for the moment of the return.

    *set_up* is the walk in which each says alone how it works for them: their word at its step *word*, and at *lines*
    whether a line meanwhile is welcome, which the first option says.
    """

    minutes: tuple[int, ...]
    ask: str
    called: str
    moved: str
    before: str
    back: str
    not_today: str
    over: str
    repair: str
    again: str
    meanwhile: tuple[str, ...]
    set_up: str = ""
    word: str = ""
    lines: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """The words around a time that the two spend side by side; *minutes* are offered, {until} stands for its end."""

    minutes: tuple[int, ...]
    ask: str
    runs: str
    start: tuple[str, ...]
    halfway: tuple[str, ...]
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps of a deck of kind walk.

    *waits* is for how many seconds an invitation to two stands. *declined* is what the chat reads if not both said yes,
    whatever the reason; *stopped* and *over* stand at an end.
    """

    for_two: bool
    waits: int
    declined: str
    stopped: str
    over: str
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """A step by its id."""
        return next((one for one in self.steps if one.id == name), None)

    @property
    def places(self) -> tuple[str, ...]:
        """Where the two can be in the chat, in order; a step with turns is two places."""
        names = [(one.id, f"{one.id}_2") if one.turns else (one.id,) for one in self.steps if one.in_chat]
        return tuple(place for pair in names for place in pair)

    @property
    def entry(self) -> tuple[Step, ...]:
        """What each goes through in private before anything stands in the chat; of a walk for one, all of it."""
        first = next((at for at, one in enumerate(self.steps) if one.in_chat), len(self.steps))
        return self.steps[:first]

    @property
    def after(self) -> tuple[Step, ...]:
        """What each goes through in private once the chat's steps are over."""
        last = max((at for at, one in enumerate(self.steps) if one.in_chat), default=len(self.steps))
        return self.steps[last + 1 :]

    @property
    def writing(self) -> Step | None:
        """The step in the chat where the two write together."""
        return next((one for one in self.steps if one.in_chat and one.writes), None)

    @property
    def settling(self) -> Step | None:
        """The step in the chat where each says in private whether it suits as it stands."""
        return next((one for one in self.steps if one.asks_each), None)

    @property
    def dating(self) -> Step | None:
        """The step in the chat where the two choose when they look at it again."""
        return next((one for one in self.steps if one.asks_date), None)

    def at(self, place: str) -> tuple[Step, int]:
        """The step of a place in the chat, and whose turn it is there: 0 or 1."""
        name, _, second = place.partition("_")
        step = self.step(name)
        if step is None:
            raise LookupError(place)
        return step, int(bool(second))
