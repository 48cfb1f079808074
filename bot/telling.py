"""Prints a simulation, or a survey of all rituals, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from bot.decks import DAYS
from bot.simulating import Said
from bot.surveying import Brought, Survey
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


def survey_as_json(survey: Survey) -> str:
    """One object with what each ritual brought, the week's load and every warning."""
    found = {**asdict(survey), "brought": [{**asdict(one), **_named(one)} for one in survey.brought]}
    return json.dumps(found, ensure_ascii=False, indent=2)


def survey_as_table(survey: Survey) -> str:
    """One line for each ritual, then the week, then the warnings."""
    head = f"{'ritual':<26} {'comes':<16} {'posts':>5} {'prompts':>9} {'again after':>12} {'asked':>6} {'room':>5}"
    week = f"a week: {survey.a_week} posts, of which {survey.weighs} ask for an answer (at most {survey.most_a_week})"
    told = [f"warning: {warning}" for warning in survey.warnings] or ["no warnings"]
    return "\n".join([head, *map(_surveyed, survey.brought), "", f"{survey.days} days", week, *told])


def _surveyed(one: Brought) -> str:
    days = "every day" if len(one.days) == 7 else " ".join(_named(one)["days"]) or "on no day"
    if not one.prompts:
        return f"{one.title:<26} {days:<16} {one.posts:>5}"
    again = f"{one.nearest} days" if one.nearest else "never"
    came, asked = f"{one.came}/{one.prompts}", f"{one.asked} d"
    return f"{one.title:<26} {days:<16} {one.posts:>5} {came:>9} {again:>12} {asked:>6} {one.room:>5.0%}"


def _named(one: Brought) -> dict[str, list[str]]:
    return {"days": [DAYS[day] for day in sorted(one.days)], "agreed": [DAYS[day] for day in sorted(one.agreed)]}


def _line(one: Said, known: Repertoire) -> str:
    deck = known.decks.get(one.ritual)
    words = one.text.removeprefix(deck.title).strip() if deck else one.text
    if len(words) > WIDEST:
        words = words[: WIDEST - 1] + "…"
    where = f"{one.where}{', silent' if one.silent else ''}"
    title = deck.title if deck else "–"
    return f"{one.couple:>3}  {' | '.join(one.local):<20}  {title:<20} {one.what:<13} {where:<16} {words}"
