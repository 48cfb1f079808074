"""Sealed forms: their sheets, what each item asks for, and when what is shared of them appears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.waking import WEEKLY, Sharing

BEHIND_THE_SHEET = "/"
"""Stands between a sheet and a prompt in what an occurrence asks; no id has it."""

THE_PROMPT = "{prompt}"
"""Stands in an item's text for the prompt that was chosen."""


class ItemKind(StrEnum):
    """What an item asks for."""

    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    EMOJI = "emoji"
    VOICE = "voice"
    PICTURE = "picture"

    @property
    def is_picked(self) -> bool:
        """Whether one of its labels is the answer, and nothing else."""
        return self in (ItemKind.SCALE, ItemKind.CHOICE)

    @property
    def is_awaited(self) -> bool:
        """Whether something that is sent in private answers it."""
        return not self.is_picked

    @property
    def is_written(self) -> bool:
        """Whether it can be answered in a form."""
        return self in (ItemKind.TEXT, ItemKind.NUMBER, ItemKind.EMOJI)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a sealed form; *share* is warm (offered to share), keep, or never.

    *labels* are to pick from, *longest* is how many characters a text takes, *least* and *most* bound a number.
    Whoever wrote there is offered, the next day and alone, what the command opens that it *leads_to*.
    """

    id: str
    kind: ItemKind
    text: str
    short: str
    share: str
    labels: tuple[str, ...] = ()
    longest: int = 500
    least: int = 0
    most: int = 0
    leads_to: str = ""

    def read(self, body: str) -> str:
        """An answer as it reads: of a pick, which is kept by its place, the label."""
        picked = self.kind.is_picked and body.isdecimal() and int(body) < len(self.labels)
        return self.labels[int(body)] if picked else body


@dataclass(frozen=True, slots=True)
class Sheet:
    """The items that one occurrence asks; of several sheets, each comes every so many times.

    The two may choose one for good by its *label*. It asks only prompts that have its *tag* (none: any).
    """

    id: str
    every: int
    intro: str
    items: tuple[Item, ...]
    label: str = ""
    tag: str = ""

    @property
    def asks_a_prompt(self) -> bool:
        """Whether an item of it names the prompt."""
        return any(THE_PROMPT in item.text for item in self.items)

    def asking(self, prompt: str) -> Sheet:
        """The sheet with the words of a prompt where its items name it."""
        items = tuple(replace(item, text=item.text.replace(THE_PROMPT, prompt)) for item in self.items)
        return replace(self, items=items)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealed ritual says around its items; *by_item*: shared lines stand item by item, not author by author."""

    room_text: str
    closing: str
    author_line: str
    after: str
    empty: str
    differ: tuple[str, ...] = ()
    sharing: Sharing = WEEKLY
    by_item: bool = False


def asked(sheet: Sheet, prompt: str) -> str:
    """What an occurrence asks, as it is written down: the sheet, and the prompt where the sheet names one."""
    return f"{sheet.id}{BEHIND_THE_SHEET}{prompt}" if prompt else sheet.id


def sheet_in(sheets: Sequence[Sheet], written: str) -> Sheet:
    """The sheet that an occurrence asks; one that was taken out of the deck since has no items."""
    name = written.partition(BEHIND_THE_SHEET)[0]
    return next((sheet for sheet in sheets if sheet.id == name), Sheet(name, 1, "", ()))


def next_sheet(sheets: Sequence[Sheet], chosen: str, scheduled: int) -> Sheet:
    """The one that the two chose; otherwise every so many times a wider sheet takes the place of the usual one.

    LookupError says that none of them asks anything.
    """
    asking = [sheet for sheet in sheets if sheet.items]
    if not asking:
        raise LookupError("no sheet asks anything")
    theirs = [sheet for sheet in asking if sheet.label and sheet.id == chosen]
    wider = [sheet for sheet in asking if sheet.every > 1 and (scheduled + 1) % sheet.every == 0]
    return (theirs or wider or asking)[0]


def prompt_in(written: str) -> str:
    """The id of the prompt that an occurrence asks."""
    return written.rpartition(BEHIND_THE_SHEET)[2]
