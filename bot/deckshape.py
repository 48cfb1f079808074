"""What a deck's file may hold, part by part."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema

from bot.cadence import LONGEST_WINDOW
from bot.deckparts import STRICT, DeckId, Line, Name, TimeOfDay, Title, one_of, wrong
from bot.decks import COMMANDS_OF_DECKS, DAYS, DISTANCES, FORMS, MOODS, NEEDS, OWN_CUE, SEASONS, Kind
from bot.ideafile import IdeasPart
from bot.nudgefile import RestsPart
from bot.openerfile import OpenerPart, TipPart
from bot.sheetfile import ItemPart, SealedPart, SheetPart
from bot.walkfile import CardPart, PausePart, StepPart, TimerPart, WalkPart, WhenPart

DAYS_WRITTEN = f"^(daily|(({'|'.join(DAYS)})( |$))*)$"


def _days(written: object) -> frozenset[int]:
    if not isinstance(written, str):
        wrong('names days in one text, such as "mon wed fri" or "daily"')
    words = DAYS if written == "daily" else written.split()
    for word in words:
        one_of((*DAYS, "daily"))(word)
        if word == "daily":
            wrong('"daily" stands alone')
    return frozenset(DAYS.index(word) for word in words)


DayList = Annotated[frozenset[int], BeforeValidator(_days), WithJsonSchema({"type": "string", "pattern": DAYS_WRITTEN})]


class _Part(BaseModel):
    model_config = STRICT


class HeadPart(_Part):
    """[deck]: what a ritual is, and when it comes."""

    id: DeckId
    title: Title
    kind: Annotated[str, AfterValidator(one_of([kind.value for kind in Kind]))]
    days: DayList
    at: TimeOfDay
    window_minutes: Annotated[int, Field(ge=0, le=LONGEST_WINDOW)] = 0
    most_days: Annotated[int, Field(ge=1, le=7)] = 7
    rests_after: list[RestsPart] = []
    suits: list[Name] = []
    together: bool = False
    patience_minutes: Annotated[int, Field(ge=1, le=1440)]
    closes_after_hours: Annotated[int, Field(ge=0, le=168)]
    no_repeat_days: Annotated[int, Field(ge=0, le=400)]
    quiet: bool = False
    enabled: bool = True
    lows: bool = False
    about: Annotated[str, Field(max_length=220)] = ""
    tap_label: Annotated[str, Field(max_length=30)] = ""
    command: Annotated[str, AfterValidator(one_of(("", *COMMANDS_OF_DECKS)))] = ""
    names: Annotated[list[Title], Field(max_length=12)] = []
    rests_with: list[DeckId] = []


class RhythmPart(_Part):
    """[[rhythm]]: days that the two may choose."""

    label: Title
    days: DayList


class PromptPart(_Part):
    """[[prompt]]: one thing that is asked."""

    id: Name
    text: Line
    depth: Annotated[int, Field(ge=1, le=3)]
    mood: Annotated[str, AfterValidator(one_of(MOODS))]
    distance: Annotated[str, AfterValidator(one_of(DISTANCES))] = "ok"
    tags: Annotated[list[Title], Field(min_length=1)]
    season: Annotated[str, AfterValidator(one_of(SEASONS))] = ""
    private: bool = False
    needs: list[Annotated[str, AfterValidator(one_of(NEEDS))]] = []
    every_days: Annotated[int, Field(ge=0)] = 0
    minutes: Annotated[int, Field(ge=1, le=240)] = 2
    novelty: Annotated[int, Field(ge=1, le=3)] = 1
    cost: Annotated[int, Field(ge=0, le=2)] = 0
    sets: Annotated[str, AfterValidator(one_of(("", OWN_CUE)))] = ""
    form: Annotated[str, AfterValidator(one_of(("", *FORMS)))] = ""


class DeckFile(_Part):
    """A whole file."""

    deck: HeadPart
    rhythm: list[RhythmPart] = []
    opener: list[OpenerPart] = []
    tip: list[TipPart] = []
    prompt: list[PromptPart] = []
    sheet: list[SheetPart] = []
    sealed: SealedPart | None = None
    walk: WalkPart | None = None
    step: list[StepPart] = []
    pause: PausePart | None = None
    timer: TimerPart | None = None
    ideas: IdeasPart | None = None


def keys_at(path: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place."""
    parts: dict[str, type[BaseModel]] = {
        "deck": HeadPart, "rests_after": RestsPart, "rhythm": RhythmPart, "opener": OpenerPart, "tip": TipPart,
        "prompt": PromptPart, "item": ItemPart, "sheet": SheetPart, "sealed": SealedPart, "walk": WalkPart,
        "step": StepPart, "card": CardPart, "when": WhenPart, "pause": PausePart, "timer": TimerPart,
        "ideas": IdeasPart,
    }  # fmt: skip
    names = [part for part in path if isinstance(part, str)]
    fields = (parts[names[-1]] if names else DeckFile).model_fields
    return [field.alias or name for name, field in fields.items()]
