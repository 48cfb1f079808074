"""A simulation's warnings."""

from __future__ import annotations

from datetime import date

from bot.simulating import Agreed, sample, simulate, warnings
from bot.turn import Repertoire

START = date(2026, 3, 28)
MORNING, SUNSET = "morning_appreciation", "digital_sunset"


async def warned(known: Repertoire, couple: Agreed, days: int = 3) -> list[str]:
    said = await simulate(known, [couple], START, days)
    return warnings(known, [couple], said, START, days)


async def test_two_posts_in_one_minute(known: Repertoire) -> None:
    """Two rituals at one time of day are pointed out."""
    rituals = ((MORNING, "0123456@480+0/each", "", True), (SUNSET, "0123456@480+0/each", "", True))
    found = await warned(known, Agreed(("Europe/Berlin",) * 2, "Europe/Berlin", rituals))

    assert any("same minute" in line for line in found)


async def test_a_time_that_daylight_saving_empties(known: Repertoire) -> None:
    """A time that does not exist on one night is pointed out, once."""
    rituals = ((MORNING, "0123456@150+0/each", "", True),)
    found = await warned(known, Agreed(("Europe/Berlin",) * 2, "Europe/Berlin", rituals))

    assert len([line for line in found if "2026-03-29" in line and "jump over" in line]) == 1


async def test_a_post_in_quiet_hours(known: Repertoire) -> None:
    """A post that falls into one partner's night is pointed out."""
    found = await warned(known, sample(known, ("Europe/Berlin", "America/New_York")))

    assert any("quiet hours in America/New_York" in line for line in found)


async def test_the_usual_plan_in_one_place_has_no_warnings(known: Repertoire) -> None:
    """The plan that ships is fine."""
    assert await warned(known, sample(known, ("Europe/Berlin", "Europe/Berlin")), days=30) == []


async def test_the_usual_load(known: Repertoire) -> None:
    """By default at most two posts a day and nine a week ask for an answer."""
    said = await simulate(known, [sample(known, ("Europe/Berlin",) * 2)], START, 28)
    asking = [one for one in said if one.what == "post" and one.ritual != SUNSET and one.where == "room"]
    days = [one.local[0][:14] for one in asking]

    assert len(asking) <= 9 * 4
    assert max(days.count(day) for day in days) <= 2
