"""A time that the two set, among the events of their server: once, moved, called off, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_looks import in_a_bigger_server, posts
from discord_server import Fault, Permission
from discord_server.guilds import ASKED
from discord_server.scheduling import ScheduledEvent
from discord_stage import DiscordStage, discord_stage
from the_story import pair

from bot.turn import Repertoire

EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = f"{EVENTS}/{{guild_scheduled_event_id}}"
CREATE, READ = f"POST {EVENTS}", f"GET {EVENTS}"
MAY_PLAN = ASKED | Permission.CREATE_EVENTS
HOUR, NOTE = 3600, "A note for later."
TOMORROW_AT_EIGHT = 1772564400
"""20:00 on Tuesday, 3 March 2026, in Berlin."""


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    """Ann and Ben on Discord, who picked an idea, with a bot that may make events."""
    async with discord_stage(tmp_path, known, same_clock=True) as discord:
        await pair(discord)
        await discord.comes("2026-03-02 12:00")
        discord.channel.guild.permits(discord.bot, MAY_PLAN)
        await picks(discord)
        yield discord


async def picks(stage: DiscordStage) -> None:
    await stage.settles()
    await stage.ann.says("/date")
    await stage.settles()
    await does(stage, "The first")


async def does(stage: DiscordStage, *labels: str) -> None:
    for label in labels:
        await stage.ann.presses(label)
        await stage.settles()


def planned(stage: DiscordStage) -> list[ScheduledEvent]:
    return stage.channel.guild.events


def asked(stage: DiscordStage) -> list[str]:
    """What was asked about events, in order."""
    return [one.key for one in stage.server.requests if "scheduled-events" in one.key]


async def test_a_time_is_an_event(stage: DiscordStage) -> None:
    """One event, for the server alone, which says nothing of the idea and leads to the post."""
    await does(stage, "When?", "Tomorrow")
    (event,) = planned(stage)
    post = next(one for one in posts(stage) if "This one:" in one.shown)

    assert (event.name, event.description) == ("Time for two", None)
    assert (event.begins, event.ends) == (TOMORROW_AT_EIGHT, TOMORROW_AT_EIGHT + 1.5 * HOUR)
    assert event.place == f"https://discord.com/channels/{stage.channel.guild.id}/{stage.channel.id}/{post.id}"


async def test_moved_changed_and_called_off(stage: DiscordStage) -> None:
    """The event follows the post; while they let the week pass there is none."""
    await does(stage, "When?", "Tomorrow", "Another time", "Saturday")
    (moved,) = planned(stage)
    begins = moved.begins
    await does(stage, "Rather the other one")
    (changed,) = planned(stage)
    length = changed.ends - changed.begins
    await does(stage, "Not this week")
    off = list(planned(stage))
    await does(stage, "See the ideas again", "The first")

    assert begins == TOMORROW_AT_EIGHT + 4 * 24 * HOUR
    assert changed.id == moved.id
    assert length != 1.5 * HOUR
    assert off == []
    assert [one.begins for one in planned(stage)] == [begins]


@pytest.mark.parametrize("fault", [Fault.lost_answer(), Fault.hang_up(carried_out=True), Fault.server_error(503)])
async def test_never_twice(stage: DiscordStage, fault: object) -> None:
    """Where the answer was lost it is tried again, and what is there already is found."""
    stage.server.fail(CREATE, fault)  # type: ignore[arg-type]  # every fault is a trouble
    await does(stage, "When?", "Tomorrow")
    await stage.comes("2026-03-02 12:30")

    assert [one.begins for one in planned(stage)] == [TOMORROW_AT_EIGHT]


async def test_found_again_after_a_restart(stage: DiscordStage) -> None:
    """Nothing is kept of an event, and none is doubled."""
    await does(stage, "When?", "Tomorrow")
    await stage.ends()
    await stage.starts()
    await does(stage, "Another time", "Tonight")

    assert [one.begins for one in planned(stage)] == [TOMORROW_AT_EIGHT - 24 * HOUR]


async def test_doubled_by_whatever_chance(stage: DiscordStage) -> None:
    """A second event of the same post goes as soon as the post changes; others' events are nobody's of ours."""
    await does(stage, "When?", "Tomorrow")
    (event,) = planned(stage)
    guild = stage.channel.guild
    again = (event.name, event.place, event.begins, event.ends)
    guild.events.append(ScheduledEvent(event.id + 1, guild, stage.bot, *again))
    guild.events.append(ScheduledEvent(event.id + 2, guild, stage.ann.user, *again))
    await does(stage, "Another time", "Tonight")

    assert [one.creator for one in planned(stage)] == [stage.bot, stage.ann.user]


async def test_called_off_by_hand(stage: DiscordStage) -> None:
    """What was deleted in the server comes back only with another time."""
    await does(stage, "When?", "Tomorrow")
    planned(stage).clear()
    await stage.comes("2026-03-02 13:00")
    still_gone = list(planned(stage))
    await does(stage, "Another time", "Tonight")

    assert still_gone == []
    assert len(planned(stage)) == 1


async def test_without_the_right(stage: DiscordStage) -> None:
    """Nothing is asked of Discord, nothing said, and the file is there all the same."""
    stage.channel.guild.permits(stage.bot, ASKED)
    await stage.settles()
    await does(stage, "When?", "Tomorrow", "Calendar file")

    assert asked(stage) == []
    assert "For your own calendar." in stage.ann.screen


async def test_the_right_is_taken_away_meanwhile(stage: DiscordStage) -> None:
    """A refusal is no trouble of the post's: nobody is told in private that the chat cannot be reached."""
    notes = stage.ann.screen.count(NOTE)
    stage.server.fail(CREATE, Fault.refused(403, 50013, "Missing Permissions"))
    await does(stage, "When?", "Tomorrow")
    await stage.comes("2026-03-02 13:00")

    assert planned(stage) == []
    assert asked(stage).count(CREATE) == 1
    assert "When: Tuesday 20:00" in stage.ben.screen
    assert stage.ann.screen.count(NOTE) == notes


async def test_where_others_are(tmp_path: Path, known: Repertoire) -> None:
    """All of a server could see its events, so where others are there is none."""
    async with discord_stage(tmp_path, known, same_clock=True) as stage:
        await in_a_bigger_server(stage)
        await stage.comes("2026-03-02 12:00")
        stage.channel.guild.permits(stage.bot, MAY_PLAN)
        await picks(stage)
        await does(stage, "When?", "Tomorrow")

        assert asked(stage) == []
        assert "When: Tuesday 20:00" in stage.ben.screen


async def test_other_posts_ask_nothing(stage: DiscordStage) -> None:
    """Only a post with a time is looked for among the events."""
    await does(stage, "Rather the other one", "Not this week")
    await stage.comes("2026-03-03 09:00")

    assert asked(stage) == []
