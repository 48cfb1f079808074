"""Reads the sheets of a sealed ritual, and the words around them, from a deck's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from bot.deckparts import STRICT, Line, Name, TimeOfDay, Title, one_of, placeholders, twice
from bot.emoji import is_emoji
from bot.sheets import THE_PROMPT, Item, ItemKind, Sealed, Sheet
from bot.waking import EVENING, SLEEPS, WAKES, Sharing

LEAST_HOURS = {"weekly": 24, "same-day": 3}
"""How many hours there are at least to answer, unless the deck says otherwise."""


LABELS = {ItemKind.SCALE: (2, 7), ItemKind.CHOICE: (2, 20), ItemKind.EMOJI: (0, 12)}
"""How many labels an item of a kind has at least and at most; of any other kind it has none."""

Bound = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]


class _Part(BaseModel):
    model_config = STRICT


class ItemPart(_Part):
    """[[sheet.item]]: one line of the form."""

    id: Name
    kind: Annotated[str, AfterValidator(one_of([kind.value for kind in ItemKind]))]
    text: Line
    short: Title
    share: Annotated[str, AfterValidator(one_of(("warm", "keep", "never")))]
    labels: list[Title] = []
    longest: Annotated[int, Field(ge=1, le=4000)] = 500
    least: Bound = 0
    most: Bound = 0
    leads_to: Annotated[str, AfterValidator(one_of(("", "repair")))] = ""
    enabled: bool = True


class SheetPart(_Part):
    """[[sheet]]: what is asked at one time."""

    id: Name
    every: Annotated[int, Field(ge=1)]
    intro: Line
    item: Annotated[list[ItemPart], Field(min_length=1)]
    label: Annotated[str, Field(max_length=40)] = ""
    tag: Annotated[str, Field(max_length=40)] = ""


class SealedPart(_Part):
    """[sealed]: the words around the items, and the share moment."""

    room_text: Line
    closing: Line
    author_line: Line
    after: Line
    empty: Line
    differ: list[Line] = []
    shares: Annotated[str, AfterValidator(one_of(tuple(LEAST_HOURS)))] = "weekly"
    shares_at: TimeOfDay = EVENING
    least_hours: Annotated[int, Field(ge=0, le=48)] | None = None
    by_item: bool = False


def sheet_of(read: SheetPart) -> Sheet:
    """A sheet, without the items that are switched off."""
    items = tuple(
        Item(
            one.id,
            ItemKind(one.kind),
            one.text,
            one.short,
            one.share,
            tuple(one.labels),
            one.longest,
            one.least,
            one.most,
            one.leads_to,
        )
        for one in read.item
        if one.enabled
    )
    return Sheet(read.id, read.every, read.intro, items, read.label, read.tag)


def sealed_of(read: SealedPart) -> Sealed:
    """What a sealed ritual says around its items."""
    hours = LEAST_HOURS[read.shares] if read.least_hours is None else read.least_hours
    words = read.model_dump(exclude={"shares", "shares_at", "least_hours", "differ"})
    sharing = Sharing(read.shares_at, weekly=read.shares == "weekly", least_hours=hours)
    return Sealed(**words, differ=tuple(read.differ), sharing=sharing)


def mistakes(read: SealedPart | None, sheets: Sequence[SheetPart]) -> Iterable[tuple[str, str]]:
    """Keys, and what is wrong there that one value alone cannot tell."""
    if read is None:
        yield "sealed", "a sealed deck has a [sealed] table"
    else:
        yield from _mistakes_around(read, sheets)
    if not any(sheet.every == 1 for sheet in sheets):
        yield "sheet", "a sealed deck has a [[sheet]] with every = 1"
    items = {f"sheet[{at}].item[{nth}]": one for at, sheet in enumerate(sheets) for nth, one in enumerate(sheet.item)}
    yield from twice("{}.id", [item.id for item in items.values()], list(items))
    for key, item in items.items():
        yield from _mistakes_of_item(key, item)
    for at, sheet in enumerate(sheets):
        if not any(item.enabled for item in sheet.item):
            yield f"sheet[{at}].item", "at least one is enabled"


def mistakes_of_prompts(sheets: Sequence[Sheet], tags: Sequence[Sequence[str]]) -> Iterable[tuple[str, str]]:
    """What is wrong between sheets and prompts; *tags* are those of each prompt that fits every day."""
    for at, sheet in enumerate(sheets):
        if sheet.tag and not sheet.asks_a_prompt:
            yield f"sheet[{at}].tag", f"no item of the sheet names {THE_PROMPT}"
        if sheet.asks_a_prompt and not any(sheet.tag in ("", *mine) for mine in tags):
            yield f"sheet[{at}]", "at least one [[prompt]] that it may ask fits every day"


def _mistakes_around(read: SealedPart, sheets: Sequence[SheetPart]) -> Iterable[tuple[str, str]]:
    may_ask = ("prompt",) if all(sheet_of(sheet).asks_a_prompt for sheet in sheets) else ()
    if "{prompt}" in read.room_text and not may_ask:
        yield "sealed.room_text", "{prompt} may stand in it only if each sheet has an item whose text names {prompt}"
    yield from placeholders("sealed.room_text", read.room_text, ("share_times",), may_ask)
    yield from placeholders("sealed.author_line", read.author_line, ("name",))
    if not WAKES <= read.shares_at < SLEEPS:
        yield "sealed.shares_at", "is a time between 08:30 and 21:29, when people are awake"
    if not read.differ and any(item.kind == ItemKind.SCALE for sheet in sheets for item in sheet.item):
        yield "sealed.differ", "at least one sentence, for two who share the same scale and lie apart"


def _mistakes_of_item(key: str, item: ItemPart) -> Iterable[tuple[str, str]]:
    yield from placeholders(f"{key}.text", item.text, (), ("prompt",))
    fewest, most = LABELS.get(ItemKind(item.kind), (0, 0))
    if not fewest <= len(item.labels) <= most:
        yield f"{key}.labels", f"{item.kind}: {fewest} to {most} labels" if most else f"belong to no {item.kind}"
    yield from twice(key + ".labels[{}]", item.labels)
    if item.kind == ItemKind.EMOJI and not all(map(is_emoji, item.labels)):
        yield f"{key}.labels", "each is an emoji, or a few"
    if (item.least, item.most) != (0, 0) if item.kind != ItemKind.NUMBER else item.least >= item.most:
        yield f"{key}.most", "a number has least and most, least being the smaller one; nothing else has them"
    if item.kind == ItemKind.SCALE and item.share == "warm":
        yield f"{key}.share", "a scale's word goes with a sentence of its author's, so it is 'keep' or 'never'"
