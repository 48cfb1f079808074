"""What a host can see of the running program without looking into the database."""

from __future__ import annotations

import pytest

from bot.chance import id_maker
from bot.errors import DeliveryError, Rejected, Unanswered
from bot.posts import Place
from bot.watching import Watch
from stories.chats import ROOM
from stories.checkins import fill_in
from stories.story import Story

UNITS = "couple_rituals_database_seconds_count"
A_LOOK = 2
"""Units of work that a look at the numbers takes itself."""


async def settled(story: Story) -> dict[str, float]:
    await story.settles()
    return await numbers(story)


async def numbers(story: Story) -> dict[str, float]:
    """Every number that Prometheus would read, by its name and labels."""
    text = (await Watch(story.engine, story.vitals).metrics()).decode()
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines if "seconds_sum" not in name}


async def test_what_waits_and_since_when(story: Story) -> None:
    """While the platform does not answer, the outbox grows older by the clock, whatever the next try is."""
    story.ids = id_maker(story.clock)
    await story.restarts()
    await story.paired()
    away = [True]
    story.chats.troubles.append(lambda to: Unanswered("away") if away and to == ROOM else None)
    await story.comes("2026-03-02 08:00")
    began = story.clock.now()
    first = await numbers(story)
    await story.passes(hours=3)
    later = await numbers(story)
    waited = story.clock.now() - began
    away.clear()
    await story.passes(hours=2)
    after = await numbers(story)

    assert first["couple_rituals_outbox_waiting"] == 1
    assert later["couple_rituals_outbox_waiting"] == 1
    assert later["couple_rituals_outbox_oldest_seconds"] == pytest.approx(waited, abs=5)
    assert later['couple_rituals_deliveries_total{outcome="tried_again"}'] > 5
    assert after["couple_rituals_outbox_waiting"] == after["couple_rituals_outbox_oldest_seconds"] == 0


async def test_what_became_of_each_try(story: Story) -> None:
    """Sent and given up are counted apart."""
    await story.paired()
    before = await numbers(story)

    def refuse(to: Place) -> DeliveryError | None:
        return Rejected("never") if to == ROOM else None

    story.chats.troubles.append(refuse)
    await story.comes("2026-03-02 08:30")
    story.chats.troubles.clear()
    await story.comes("2026-03-02 22:30")
    after = await numbers(story)
    grown = {name: after[name] - before[name] for name in after}

    assert grown['couple_rituals_deliveries_total{outcome="given_up"}'] == 1
    assert grown['couple_rituals_deliveries_total{outcome="sent"}'] == 1


async def test_how_late_the_schedule_is(story: Story) -> None:
    """Nothing turns it here, so it grows later by the clock."""
    await story.paired()
    in_time = await numbers(story)
    story.clock.move_to(story.at("2026-03-02 09:00"))
    late = await numbers(story)
    await story.settles()
    caught_up = await numbers(story)

    assert in_time["couple_rituals_schedule_lag_seconds"] == 0
    assert late["couple_rituals_schedule_lag_seconds"] == 3600
    assert caught_up["couple_rituals_schedule_lag_seconds"] == 0


async def test_no_number_tells_of_a_sealed_answer(story: Story) -> None:
    """One of the two may be the host: what the other answers apart, keeps or marks moves nothing."""
    _, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    quiet = [await numbers(story), await settled(story)]
    await fill_in(ben, right="The keys on Tuesday")
    await ben.presses("Share the warm lines")
    await ben.says("/settings", in_room=False)
    busy = [await numbers(story), await settled(story)]

    def grown(pair: list[dict[str, float]]) -> dict[str, float]:
        return {name: pair[1][name] - pair[0][name] for name in pair[1]}

    assert grown(busy) == grown(quiet)
    assert busy[0] == quiet[1] | {UNITS: busy[0][UNITS]}
    assert busy[0][UNITS] - quiet[1][UNITS] == A_LOOK


async def test_it_says_how_it_is(story: Story) -> None:
    """In words that name no couple."""
    is_well, told = await Watch(story.engine, story.vitals).healthz()

    assert is_well
    assert told == {"well": True, "schedule": "turning", "database": "answers", "platforms": {}}
