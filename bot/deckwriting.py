"""Writes a deck as the file that it could have been read from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

import tomli_w

from bot.cadence import Cadence
from bot.decks import DAYS, Deck, Prompt, Rhythm
from bot.sheets import Item, Sealed, Sheet

LONGEST_WORD = 30


def as_file(deck: Deck) -> Deck:
    """A deck as another host may have it: it and its prompts are named anew, because an id tells when it was made."""
    usual = Cadence(deck.usual.days, deck.usual.at, together=deck.usual.together)
    prompts = tuple(
        replace(prompt, id=f"line-{at}", tags=(f"line-{at}",), is_own=False)
        for at, prompt in enumerate(deck.prompts, 1)
    )
    sheets = tuple(
        replace(sheet, items=tuple(replace(item, id=f"line-{at}") for at, item in enumerate(sheet.items, 1)))
        for sheet in deck.sheets
    )
    return replace(deck, id=_name(deck), usual=usual, prompts=prompts, sheets=sheets)


def written(deck: Deck) -> str:
    """An open or a sealed deck as TOML; read again, it is the same."""
    file: dict[str, Any] = {"deck": _head(deck), "rhythm": [_rhythm(one) for one in deck.rhythms]}
    if deck.sealed is not None:
        file["sealed"] = _sealed(deck.sealed)
        file["sheet"] = [_sheet(one) for one in deck.sheets]
    else:
        file["prompt"] = [_prompt(one) for one in deck.prompts]
    return tomli_w.dumps(file)


def _name(deck: Deck) -> str:
    """An id from the words, so that the same ritual is named the same by whoever hands it on."""
    words = re.sub(r"[^a-z0-9]+", "_", deck.title.lower()).strip("_")[:LONGEST_WORD]
    asked = [*(one.text for one in deck.prompts), *(item.text for sheet in deck.sheets for item in sheet.items)]
    print_of = hashlib.sha256("\n".join((deck.title, *asked)).encode()).hexdigest()[:6]
    return f"{words if words[:1].isalpha() else 'ritual'}_{print_of}"


def _head(deck: Deck) -> dict[str, Any]:
    return {
        "id": deck.id,
        "title": deck.title,
        "about": deck.about,
        "kind": deck.kind.value,
        "days": _days(deck.usual.days),
        "at": _time(deck.usual.at),
        "together": deck.usual.together,
        "patience_minutes": deck.patience // 60,
        "closes_after_hours": deck.closes_after // 3600,
        "no_repeat_days": deck.no_repeat_days,
        "quiet": deck.quiet,
    }


def _days(days: frozenset[int]) -> str:
    return "daily" if len(days) == len(DAYS) else " ".join(DAYS[day] for day in sorted(days))


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _rhythm(rhythm: Rhythm) -> dict[str, Any]:
    return {"label": rhythm.label, "days": _days(rhythm.days)}


def _prompt(prompt: Prompt) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "text": prompt.text,
        "depth": prompt.depth,
        "mood": prompt.mood,
        "tags": list(prompt.tags),
        "minutes": prompt.minutes,
    }


def _sealed(sealed: Sealed) -> dict[str, Any]:
    return {
        "room_text": sealed.room_text,
        "closing": sealed.closing,
        "author_line": sealed.author_line,
        "after": sealed.after,
        "empty": sealed.empty,
        "differ": list(sealed.differ),
        "shares": "weekly" if sealed.sharing.weekly else "same-day",
        "shares_at": _time(sealed.sharing.at),
        "least_hours": sealed.sharing.least_hours,
        "by_item": sealed.by_item,
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "every": sheet.every,
        "intro": sheet.intro,
        "label": sheet.label,
        "tag": sheet.tag,
        "item": [_item(item) for item in sheet.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "text": item.text,
        "short": item.short,
        "share": item.share,
        "longest": item.longest,
    }
