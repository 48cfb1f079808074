"""A day of the two's own: marked by either, seen by both, and met by a prompt for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.model import Couple, Ritual
from bot.planning import Agreed
from bot.turn import Repertoire
from stories.story import Story, told


async def test_it_is_marked_and_both_see_it(story: Story) -> None:
    """Typed in private it stands in the chat; the other changes it there, and takes it out; twice changes nothing."""
    ann, ben = await story.paired()
    await ann.says("/rituals", in_room=False)
    for _ in range(2):
        await ann.presses("A day of yours")
    await ann.submits("14 June 2015")
    await story.settles()
    told_to_ben = ben.room[-1].words
    await ben.says("/rituals")
    for label in ("A day of yours", "Another day"):
        await ben.presses(label)
    await ben.submits("the nonsense")
    declined = ben.own[-1].words
    await ben.presses("Another day")
    await ben.submits("29 feb")
    message, choice = ben.find_choice("No such day")
    changed = message.words
    for _ in range(2):
        await ben.presses_token(choice.token, message)
    await story.settles()

    assert told_to_ben == "A day of yours: 14 Jun"
    assert "didn't get that day" in declined
    assert "A day of yours: 29 Feb" in changed
    assert message.words.startswith("You have no day of your own here.")
    assert "You have no day of your own here." not in [one.words for one in ben.room]


@pytest.mark.parametrize(
    ("marked", "day", "is_it"),
    [
        ("06-14", date(2027, 6, 14), True),
        ("06-14", date(2027, 6, 15), False),
        ("02-29", date(2028, 2, 29), True),
        ("02-29", date(2028, 2, 28), False),
        ("02-29", date(2027, 2, 28), True),
        ("02-29", date(2027, 3, 1), False),
        ("", date(2027, 6, 14), False),
    ],
)
def test_a_day_comes_every_year(known: Repertoire, marked: str, day: date, is_it: bool) -> None:
    """Also a 29 February, which in other years is the month's last day."""
    ritual = Ritual(id=2, couple=1, deck="memory", cadence="0@480+0/each")

    assert Agreed(ritual, known.decks["memory"], Couple(id=1, own_day=marked), ()).is_own_day(day) is is_it


async def test_a_prompt_for_it_comes_on_it(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """On that day, and on no other."""
    deck = known.decks["morning_appreciation"]
    usual = next(one for one in deck.prompts if one.for_every_day("no"))
    theirs = replace(usual, id="ma-own", text="Today is yours.", season="own_anniversary", tags=("theirs",))
    known = replace(known, decks={**known.decks, deck.id: replace(deck, prompts=(theirs, usual))})
    async with told(tmp_path, known, migrated) as story:
        ann, _ = await story.paired()
        await ann.says("/rituals")
        for _ in range(2):
            await ann.presses("A day of yours")
        await ann.submits("2 march")
        await story.comes("2026-03-05 12:00")

        assert [one.on for one in ann.room if "Today is yours." in one.words] == ["2026-03-02"]
