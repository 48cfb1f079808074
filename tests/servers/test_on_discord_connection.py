"""Drops, outages, late and lost answers on Discord, and what the two notice of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_looks import (
    CALLBACK,
    MORNING,
    POST,
    hand,
    posts,
    prompts,
    recorded,
)
from discord_server import OFFICIAL_LIMITS, Fault
from discord_stage import DiscordStage, discord_stage
from the_story import pair

from bot.turn import Repertoire


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    """Ann and Ben, paired, in a channel on Discord."""
    async with discord_stage(tmp_path, known) as discord:
        await pair(discord)
        yield discord


async def test_an_event_that_nobody_can_read_blocks_nothing(stage: DiscordStage, tmp_path: Path) -> None:
    """Between two replies lies something that is no event; both are recorded."""
    await stage.comes(MORNING)
    await stage.ann.replies("Before")
    stage.server.inject("MESSAGE_CREATE", {"id": "what", "channel_id": [], "author": 7})
    stage.server.inject("INTERACTION_CREATE", {"id": "1", "type": 99, "token": None})
    await stage.ben.replies("Behind")
    await stage.settles()

    assert recorded(tmp_path) == ["Before", "Behind"]


async def test_discord_is_down_at_the_start(stage: DiscordStage) -> None:
    """The bot asks again until somebody answers."""
    await stage.ends()
    before = stage.bot.identified
    stage.server.goes_down()
    stage.begins()
    await asyncio.sleep(0.05)
    stage.server.comes_back()
    await stage.server.until(lambda: stage.bot.identified > before, 10)
    await stage.comes(MORNING)

    assert len(prompts(stage)) == 1


async def test_an_outage_is_no_farewell(stage: DiscordStage) -> None:
    """A server that is unavailable for a while is still the couple's; what was due is said when it is back."""
    stage.channel.guild.goes_unavailable()
    await stage.settles()
    stage.channel.guild.comes_back()
    await stage.settles()
    await stage.comes(MORNING)

    assert len(prompts(stage)) == 1


async def test_the_commands_are_registered_once(stage: DiscordStage) -> None:
    """Phones are offered every command; started again, the bot writes nothing anew."""
    await stage.ends()
    stage.bot.announced, looked = 0, len(stage.server.requests_to("GET /applications/{application_id}/commands"))
    stage.bot.announced = 1
    await stage.starts()
    await stage.server.until(
        lambda: len(stage.server.requests_to("GET /applications/{application_id}/commands")) > looked
    )
    await stage.settles()

    assert {"checkin", "week", "rest", "help"} <= {one.name for one in stage.bot.commands[0]}
    assert stage.bot.announced == 1


async def test_an_old_button_after_a_restart(stage: DiscordStage) -> None:
    """Everything that a button needs is in it."""
    await stage.comes(MORNING)
    await stage.ends()
    await stage.starts()
    await stage.ben.presses("Answer")
    await stage.ends()
    await stage.starts()
    await stage.ben.submits("Your patience")
    await stage.settles()

    assert "Ben\nYour patience" in stage.ann.screen


async def test_presses_during_a_drop(stage: DiscordStage) -> None:
    """What was pressed while the line was down arrives when it is taken up again."""
    await stage.comes(MORNING)
    stage.server.drop()
    begun = await stage.ben.user.presses(prompts(stage)[-1], "Answer", waits=False)
    await begun.waited(stage.server.world)
    await stage.ben.submits("Your patience")
    await stage.settles()

    assert stage.bot.resumed == 1
    assert "Ben\nYour patience" in stage.ann.screen


async def test_a_press_that_arrives_too_late(stage: DiscordStage, caplog: pytest.LogCaptureFixture) -> None:
    """Its author was told that nobody answered; what it did is done, shown, and leaves no trace in the log."""
    await stage.comes(MORNING)
    stage.server.drop()
    begun = await stage.ben.user.presses(prompts(stage)[-1], "Not the day for it", waits=False)
    stage.server.clock.forward(5)
    await begun.waited(stage.server.world)
    await stage.server.until(lambda: stage.bot.is_connected)
    await stage.settles()

    assert begun.failed
    assert [one.shown for one in posts(stage)][-1] == "A quiet day."
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


async def test_a_command_that_arrives_too_late(stage: DiscordStage) -> None:
    """What all may see is shown in the channel after all, once; what is for its asker alone is not."""
    stage.server.drop()
    begun = [await stage.ben.user.calls(name, in_=stage.channel, waits=False) for name in ("week", "skip")]
    stage.server.clock.forward(5)
    for one in begun:
        await one.waited(stage.server.world)
    await stage.server.until(lambda: stage.bot.is_connected)
    await stage.settles()

    assert all(one.failed for one in begun)
    assert len([one for one in posts(stage) if one.shown.startswith("The week ahead")]) == 1
    assert "Nothing is open" not in stage.ann.screen


async def test_as_fast_as_discord_allows(tmp_path: Path, known: Repertoire) -> None:
    """Many replies at once are all marked, and hardly anything is asked faster than allowed."""
    async with discord_stage(tmp_path, known, OFFICIAL_LIMITS) as stage:
        await pair(stage)
        await stage.comes(MORNING)
        said = [
            one.writes(f"{one.name} {number}", reply_to=prompts(stage)[-1])
            for number in range(4)
            for one in (stage.ann.user, stage.ben.user)
        ]
        await stage.server.until(lambda: all(map(hand, said)), 15)

        assert len(recorded(tmp_path)) == 8
        # The pace of a route is told in its first answers; until then the library cannot know it.
        assert stage.server.too_fast <= 2


@pytest.mark.parametrize("ending", ["reconnect", "invalidate", "cable"])
async def test_connections_end(stage: DiscordStage, tmp_path: Path, ending: str) -> None:
    """Asked to connect anew, told that the session is over, or cut off: replies of that moment are on record."""
    await stage.comes(MORNING)
    match ending:
        case "reconnect":
            stage.server.reconnect()
        case "invalidate":
            stage.server.invalidate()
        case _:
            stage.server.drop(abruptly=True)
    await stage.ann.replies("Meanwhile")
    await stage.server.until(lambda: recorded(tmp_path), 20)

    assert recorded(tmp_path) == ["Meanwhile"]


async def test_discord_is_away_for_a_while(stage: DiscordStage, tmp_path: Path) -> None:
    """Posts wait, and replies are read when it is back."""
    stage.server.goes_down()
    await asyncio.sleep(0.05)
    stage.server.comes_back()
    await stage.server.until(lambda: stage.bot.is_connected, 20)
    await stage.comes(MORNING)
    await stage.ann.replies("The tea")
    await stage.settles()

    assert len(prompts(stage)) == 1
    assert recorded(tmp_path) == ["The tea"]


async def test_both_at_the_same_instant(stage: DiscordStage) -> None:
    """Two presses and two forms that cross each other are both counted."""
    await stage.comes(MORNING)
    prompt = prompts(stage)[-1]
    both = (stage.ann.user, stage.ben.user)
    opened = await asyncio.gather(*(one.presses(prompt, "Answer") for one in both))
    await asyncio.gather(
        *(one.submits(form, {"words": f"By {one.name}"}) for one, form in zip(both, opened, strict=True))
    )
    await stage.settles()
    said = [one.shown for one in posts(stage)]

    assert len([text for text in said if "Ann\nBy Ann" in text]) == 1
    assert len([text for text in said if "Ben\nBy Ben" in text]) == 1


async def test_an_answer_that_takes_long(stage: DiscordStage, caplog: pytest.LogCaptureFixture) -> None:
    """Discord is told in time that it comes, and it comes."""
    stage.handler.delay = 2.3
    called, open_ = await asyncio.gather(stage.ann.user.calls("history"), stage.ben.user.calls("week"))
    before = len(posts(stage))
    stage.handler.delay = 0
    await stage.server.until(lambda: called.shown is not None and len(posts(stage)) > before)

    assert max(called.took, open_.took) < 3
    assert called.ephemeral is not None
    assert open_.shown is None
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.parametrize(
    "fault",
    [Fault.lost_answer(502), Fault.refused(404, 10062), Fault.refused(400, 40060), Fault.hang_up(carried_out=True)],
)
async def test_an_acknowledgement_that_goes_wrong(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture, fault: object
) -> None:
    """Late, double or lost: it leaves no trace but what was done."""
    await stage.comes(MORNING)
    stage.server.fail(CALLBACK, fault)  # type: ignore[arg-type]
    await stage.ben.user.presses(prompts(stage)[-1], "Not the day for it", waits=False)
    await stage.settles_without_answers()

    assert not [one for one in caplog.records if one.exc_info]
    assert len([one for one in posts(stage) if "A quiet day" in one.shown]) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault.lost_answer(502), Fault.lost_answer(503), Fault.hang_up(carried_out=True), Fault.too_many(0.1)],
)
async def test_a_post_whose_answer_is_lost(stage: DiscordStage, fault: object) -> None:
    """Tried again, it does not stand there twice."""
    stage.server.fail(POST, fault)  # type: ignore[arg-type]
    await stage.comes(MORNING)
    for _ in range(200):
        if prompts(stage) and await stage.pieces.engine.next_moment():
            break
        await stage.settles()
    await stage.comes("2026-03-02 08:05")

    assert len(prompts(stage)) == 1
