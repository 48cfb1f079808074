"""Nights on which the clocks change in one partner's zone or the other's, during an open check-in. Ten seconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from clocks import CHECKIN, SHARED, beginning_like, posts, promised, wall

from stories.checkins import fill_in
from stories.story import HOME, Story

BERLIN, NEW_YORK, SYDNEY, LORD_HOWE = HOME, "America/New_York", "Australia/Sydney", "Australia/Lord_Howe"

NIGHTS = [
    pytest.param("2026-03-07", NEW_YORK, id="only New York, forward"),
    pytest.param("2026-03-28", NEW_YORK, id="only Berlin, forward"),
    pytest.param("2026-10-24", NEW_YORK, id="only Berlin, back"),
    pytest.param("2026-10-31", NEW_YORK, id="only New York, back"),
    pytest.param("2026-03-28", "Europe/London", id="both, forward"),
    pytest.param("2026-10-24", "Europe/London", id="both, back"),
    pytest.param("2026-04-04", SYDNEY, id="only Sydney, back"),
    pytest.param("2026-10-03", SYDNEY, id="only Sydney, forward"),
    pytest.param("2026-04-04", LORD_HOWE, id="half an hour, back"),
]


@pytest.mark.parametrize(("saturday", "elsewhere"), NIGHTS)
async def test_a_check_in_over_the_night(story: Story, saturday: str, elsewhere: str) -> None:
    """What is shared comes once, at the hour that was promised to each, and at least a day after both could begin."""
    ann, ben = await story.paired(zones=(BERLIN, elsewhere))
    begins = datetime.fromisoformat(saturday)
    await story.sleeps_until(f"{begins - timedelta(hours=22):%Y-%m-%d %H:%M}")
    opened = max(_saturday_at_ten(begins, zone) for zone in (BERLIN, elsewhere))
    await story.comes(opened)
    post = beginning_like(posts(story), CHECKIN)[-1]
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await fill_in(ben)
    await ben.presses("Share the warm lines")
    await story.comes(opened + 4 * 86400)
    found = [one for one in posts(story) if SHARED in one.words]

    assert len(found) == 1
    assert promised(post.words) == {wall(found[0].at, zone) for zone in (BERLIN, elsewhere)}
    assert found[0].at >= opened + 86400
    assert all("08:30" <= wall(found[0].at, zone, "%H:%M") <= "21:30" for zone in (BERLIN, elsewhere))


@pytest.mark.parametrize(("saturday", "elsewhere"), NIGHTS)
async def test_asleep_in_the_night(story: Story, saturday: str, elsewhere: str) -> None:
    """A machine that sleeps through the change and the moment shares once, when both are awake, and never early."""
    ann, ben = await story.paired(zones=(BERLIN, elsewhere))
    begins = datetime.fromisoformat(saturday)
    await story.sleeps_until(f"{begins - timedelta(hours=22):%Y-%m-%d %H:%M}")
    opened = max(_saturday_at_ten(begins, zone) for zone in (BERLIN, elsewhere))
    await story.comes(opened)
    for partner in (ann, ben):
        await fill_in(partner)
        await partner.presses("Share the warm lines")
    await story.sleeps_until(f"{begins + timedelta(days=3, hours=3):%Y-%m-%d %H:%M}")
    await story.comes(opened + 4 * 86400)
    found = [one for one in posts(story) if SHARED in one.words]

    assert len(found) == 1
    assert found[0].at >= opened + 86400
    assert all("08:30" <= wall(found[0].at, zone, "%H:%M") <= "21:30" for zone in (BERLIN, elsewhere))


def _saturday_at_ten(day: datetime, zone: str) -> int:
    return int(day.replace(hour=10, tzinfo=ZoneInfo(zone)).timestamp())
