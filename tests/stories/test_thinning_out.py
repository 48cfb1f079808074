"""Open rituals thin out in quiet weeks and come back; a private wish for fewer looks the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from stories.chats import BarePhone
from stories.story import Story


def days(phone: BarePhone, title: str = "Morning appreciation") -> list[str]:
    """The local dates of a ritual's posts, in order."""
    return [one.on for one in phone.room if one.words.startswith(f"{title}\n")]


async def answers_until(story: Story, phone: BarePhone, last: str) -> None:
    """Every day from tomorrow on, whatever came is answered."""
    day = datetime.fromtimestamp(story.clock.now(), ZoneInfo("Europe/Berlin")).date()
    while day < date.fromisoformat(last):
        day += timedelta(days=1)
        await story.comes(f"{day.isoformat()} 09:00")
        if days(phone)[-1:] == [day.isoformat()]:
            await phone.replies("The tea", to="Morning appreciation")


async def test_after_seven_silent_posts_every_second_one_comes(story: Story) -> None:
    """Said by nothing; the sunset line and the check-in keep their pace."""
    ann, _ = await story.paired()
    await story.comes("2026-03-09 07:00")
    before = len(days(ann))
    await story.comes("2026-03-23 07:00")

    assert before == 7
    assert len(days(ann)) - before == 7
    assert len(days(ann, "Digital sunset")) >= 1
    assert len(days(ann, "Weekly check-in")) >= 3


async def test_after_a_reply_the_rhythm_comes_back_within_weeks(story: Story) -> None:
    """Not at once, and at the latest after three weeks; the day is nobody's to foresee."""
    ann, _ = await story.paired()
    await story.comes("2026-03-16 08:30")
    await ann.replies("The tea", to="Morning appreciation")
    answered = len(days(ann))
    await answers_until(story, ann, "2026-03-22")
    soon = len(days(ann)) - answered
    await answers_until(story, ann, "2026-04-13")

    assert soon in (2, 3, 4)
    assert days(ann)[-7:] == [f"2026-04-{day:02}" for day in range(7, 14)]


async def test_keep_every_one(story: Story) -> None:
    """The two can say that quiet weeks change nothing, and take it back."""
    ann, ben = await story.paired()
    await ann.says("/rituals")
    await ann.presses("Morning appreciation")
    await ann.presses("Keep every one, also in quiet weeks")
    await story.comes("2026-03-23 07:00")
    kept = len(days(ann))
    await ben.presses("Fewer in quiet weeks")
    await story.comes("2026-04-13 07:00")

    assert kept == 21
    assert len(days(ann)) - kept < 21


@pytest.mark.parametrize("every", [False, True])
async def test_a_private_wish_for_fewer(story: Story, every: bool) -> None:
    """It halves the rhythm although both answer, whatever the two agreed, and says nothing to the other."""
    ann, ben = await story.paired()
    if every:
        await ann.says("/rituals")
        await ann.presses("Morning appreciation")
        await ann.presses("Keep every one, also in quiet weeks")
    before = ann.screen
    await ben.says("/settings fewer on", in_room=False)
    unnoticed = ann.screen == before
    await answers_until(story, ann, "2026-03-15")
    thin = len(days(ann))
    await ben.says("/settings fewer off", in_room=False)
    await answers_until(story, ann, "2026-03-22")
    soon = len(days(ann)) - thin
    await answers_until(story, ann, "2026-04-14")

    assert unnoticed
    assert 7 < thin < 12
    assert every or soon in (3, 4)
    assert days(ann)[-7:] == [f"2026-04-{day:02}" for day in range(8, 15)]


async def test_a_wish_taken_back_at_once_changes_nothing(story: Story) -> None:
    """It holds from some later day on, so a press by mistake costs no post."""
    ann, ben = await story.paired()
    await ben.says("/settings fewer on", in_room=False)
    await ben.says("/settings fewer off", in_room=False)
    await answers_until(story, ann, "2026-03-22")

    assert len(days(ann)) == 21


async def test_a_wish_holds_from_some_later_day(story: Story) -> None:
    """The next morning comes as agreed, so that the day of the wish is not to be found."""
    _, ben = await story.paired()
    await ben.says("/settings fewer on", in_room=False)
    partner = (await story.reads(lambda store: store.people.who("bare", "ben"))).partner  # type: ignore[attr-defined]

    assert 86400 <= partner.fewer_from - story.clock.now() <= 6 * 86400


async def test_once_a_week_becomes_every_second_week(story: Story) -> None:
    """Of one chosen day every second one comes, never none."""
    ann, ben = await story.paired()
    await ann.says("/rituals morning mon")
    await ben.says("/settings fewer on", in_room=False)
    await story.comes("2026-05-01 12:00")
    came = [date.fromisoformat(day) for day in days(ann)]

    assert {(after - before).days for before, after in pairwise(came)} == {14}
