"""The machine sleeps for eight hours, three days and forty, at every hour, also over an open check-in. Ten seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from clocks import CHECKIN, MORNING, MORNING_ENDS, SHARED, SUNSET, beginning_like, posts, wall

from stories.checkins import fill_in
from stories.story import HOME, Story

WAKES_AT = [3, 7, 9, 12, 17, 21, 23]
"""Hours on the wall at home."""

CALM = 3
"""Posts that may stand there when one comes back: a prompt, a sunset line or check-in, and a share post."""


@pytest.mark.parametrize("hours", [8, 72, 960])
async def test_waking_is_calm(story: Story, hours: int) -> None:
    """A few posts at most, no morning prompt after the morning, none twice, and the next ones at their own time."""
    await story.paired()
    await story.comes("2026-03-04 12:00")
    for hour in WAKES_AT:
        begun = story.clock.now()
        woken = _next(begun + hours * 3600, hour)
        story.clock.move_to(woken)
        await story.settles()
        said = posts(story, begun + 1)
        await story.comes(_next(woken + 1, 23) + 1)
        later = posts(story, woken + 1)

        assert len(said) <= CALM, [one.words for one in said]
        assert all(MORNING_ENDS >= wall(one.at, HOME, "%H:%M") >= "08:00" for one in beginning_like(said, MORNING))
        assert all("23:00" >= wall(one.at, HOME, "%H:%M") >= "22:00" for one in beginning_like(said, SUNSET))
        assert all(len(beginning_like(said, title)) <= 1 for title in (MORNING, SUNSET, CHECKIN))
        assert {wall(one.at, HOME, "%H:%M") for one in beginning_like(later, MORNING)} <= {"08:00"}
        assert {wall(one.at, HOME, "%H:%M") for one in beginning_like(later, SUNSET)} <= {"22:00"}


def _next(moment: int, hour: int) -> int:
    """The first moment from *moment* on at which the clock at home shows this full hour."""
    there = datetime.fromtimestamp(moment, ZoneInfo(HOME))
    found = there.replace(hour=hour, minute=0, second=0)
    return int((found if found >= there else found + timedelta(days=1)).timestamp())


async def _open_checkin(story: Story, *zones: str) -> None:
    """Ann has shared from the week, Ben has kept everything; the share moment is Sunday at half past six."""
    ann, ben = await story.paired(zones=zones or None)  # type: ignore[arg-type]
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await fill_in(ben)
    await ben.presses("Keep all")
    await story.comes("2026-03-08 12:00")


@pytest.mark.parametrize(
    ("wakes", "shared"),
    [
        ("2026-03-08 18:00", "Sun 08 18:30"),
        ("2026-03-08 20:00", "Sun 08 20:00"),
        ("2026-03-08 23:30", "Mon 09 08:30"),
        ("2026-03-11 12:00", "Wed 11 12:00"),
        ("2026-03-11 03:00", "Wed 11 08:30"),
    ],
)
async def test_asleep_over_the_share_moment(story: Story, wakes: str, shared: str) -> None:
    """What was to be shared comes once, as soon as both are awake, and never before it was promised."""
    await _open_checkin(story)
    await story.sleeps_until(wakes)
    await story.comes("2026-03-13 12:00")
    found = [one for one in posts(story) if SHARED in one.words]

    assert [wall(one.at, HOME, "%a %d %H:%M") for one in found] == [shared]


async def test_asleep_for_forty_days_over_the_share_moment(story: Story) -> None:
    """It still comes, once, and five weeks of check-ins do not come with it."""
    await _open_checkin(story)
    begun = story.clock.now()
    await story.sleeps_until("2026-04-17 12:00")
    said = posts(story, begun + 1)

    assert sum(SHARED in one.words for one in said) == 1
    assert not [one for one in said for choice in one.post.choices if choice.label == "Answer in private"]
    assert len(said) <= CALM
