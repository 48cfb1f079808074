"""Prints a simulation as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from bot.simulating import Said
from bot.turn import Repertoire

WIDEST = 70


def as_json(said: Sequence[Said], warnings: Sequence[str]) -> str:
    """One object with everything said and every warning."""
    posts = [{**asdict(one), "at": datetime.fromtimestamp(one.moment, UTC).isoformat()} for one in said]
    return json.dumps({"posts": posts, "warnings": list(warnings)}, ensure_ascii=False, indent=2)


def as_table(said: Sequence[Said], warnings: Sequence[str], known: Repertoire) -> str:
    """One line for each thing said, then the warnings."""
    lines = [_line(one, known) for one in said]
    told = [f"warning: {warning}" for warning in warnings] or ["no warnings"]
    return "\n".join([*lines, "", f"{len(said)} posts", *told])


def _line(one: Said, known: Repertoire) -> str:
    deck = known.decks.get(one.ritual)
    words = one.text.removeprefix(deck.title).strip() if deck else one.text
    if len(words) > WIDEST:
        words = words[: WIDEST - 1] + "…"
    where = f"{one.where}{', silent' if one.silent else ''}"
    title = deck.title if deck else "–"
    return f"{one.couple:>3}  {' | '.join(one.local):<20}  {title:<20} {one.what:<13} {where:<16} {words}"
