"""A year of every ritual in one view."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import CORE, Deck
from bot.loads import MOST_A_DAY
from bot.surveying import Survey, survey
from bot.telling import survey_as_json, survey_as_table

MONDAY = date(2026, 3, 2)
DECKS = read_decks(wiring.CONTENT / "en")
MORNING = DECKS["morning_appreciation"]


def surveyed(decks: Sequence[Deck], days: int = 365) -> Survey:
    return survey(decks, MONDAY, days)


def test_the_usual_plan_in_one_view() -> None:
    """Eight a week ask for an answer, no prompt comes again before its time, and every post is counted."""
    found = surveyed([DECKS[name] for name in CORE])
    posts = {one.deck: one.posts for one in found.brought}

    assert (found.weighs, found.a_week, found.most_a_week) == (8, 15, 9)
    assert posts == {"morning_appreciation": 365, "digital_sunset": 365, "trust_checkin": 52}
    assert all(one.nearest >= one.window for one in found.brought)
    assert not any("week is full" in one for one in found.warnings)


def test_the_whole_catalogue() -> None:
    """With everything switched on the week is full, two come a day, and what gives way is named."""
    found = surveyed([*DECKS.values()], 60)
    on_a_day = [sum(day in one.days for one in found.brought if one.deck != "digital_sunset") for day in range(7)]

    assert found.weighs == found.most_a_week
    assert max(on_a_day) == MOST_A_DAY
    assert "the week is full: 9 posts ask for an answer, and 9 are the most" in found.warnings
    assert any(one.startswith("morning_appreciation comes on") for one in found.warnings)
    assert not {one.deck for one in found.brought} & {deck.id for deck in DECKS.values() if not deck.kind.is_for_both}


def test_too_few_prompts_are_pointed_out() -> None:
    """A deck that asks for longer rests than its prompts can fill, and prompts that come to nobody."""
    waiting = replace(MORNING.prompts[3], id="x-001", needs=("own_cue",))
    few = replace(MORNING, prompts=(*MORNING.prompts[:12], waiting))
    found = surveyed([few])

    assert any("asks for 120 days without a repeat; its prompts last for" in one for one in found.warnings)
    assert "morning_appreciation has prompts that never come: x-001" in found.warnings
    assert 0 < found.brought[0].nearest < 120


def test_what_comes_to_some_couples_is_not_missing() -> None:
    """Prompts for two who live apart, for a season, for the day's end or for after a talk do come, to some."""
    found = surveyed([DECKS["digital_sunset"], DECKS["hug"], DECKS["memory"]], 30)

    assert not any("never come" in one for one in found.warnings)


def test_as_a_table_and_as_json() -> None:
    """A line for each ritual, the week, the warnings; the JSON holds the same."""
    found = surveyed([*DECKS.values()], 90)
    table, written = survey_as_table(found), json.loads(survey_as_json(found))

    assert all(len(line) <= 120 for line in table.splitlines())
    assert all(any(line.startswith(one.title) for line in table.splitlines()) for one in found.brought)
    assert f"a week: {found.a_week} posts, of which 9 ask for an answer (at most 9)" in table
    assert [one["deck"] for one in written["brought"]] == [one.deck for one in found.brought]
    assert written["warnings"] == [*found.warnings]
