"""What happens on Discord while the bot is away, or may not speak, and what of it is made good."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_looks import MORNING, in_a_bigger_server, opened, posts, prompts, recorded, share_something
from discord_server import Fault, Permission
from discord_server.guilds import ASKED
from discord_stage import DiscordPhone, DiscordStage, discord_stage
from the_story import answer_the_form, pair

from bot.turn import Repertoire


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    """Ann and Ben, paired, in a channel on Discord."""
    async with discord_stage(tmp_path, known) as discord:
        await pair(discord)
        yield discord


async def to_the_first_words(stage: DiscordStage, phone: DiscordPhone) -> None:
    """Into the check-in, up to the first line that is answered in words."""
    await stage.comes("2026-03-07 10:00")
    await phone.presses("Answer in private")
    for _ in range(3):
        await phone.presses("Mostly")


async def test_something_is_due_when_the_bot_returns(stage: DiscordStage, tmp_path: Path) -> None:
    """What somebody wrote in private is read before anything new is said there."""
    await to_the_first_words(stage, stage.ben)
    await stage.ends()
    await stage.ben.says("Built in private", in_room=False)
    stage.ben.user.private(stage.bot)
    stage.server.world.make_message(stage.ben.user.private(stage.bot), stage.bot, content="Something else")
    await stage.starts()
    await stage.settles()

    assert recorded(tmp_path) == ["Built in private"]


async def test_words_whose_answer_was_never_shown(stage: DiscordStage, tmp_path: Path) -> None:
    """Recorded, and then the bot was gone: once it is back it asks the next question, and records nothing twice."""
    await to_the_first_words(stage, stage.ben)
    stage.server.fail("POST /channels/{channel_id}/messages", Fault.refused(403, 50013), times=1)
    await stage.ben.says("Built in private", in_room=False)
    await stage.server.until(lambda: recorded(tmp_path))
    await stage.settles()
    unanswered = stage.ben.messages[-1].author is stage.ben.user
    await stage.ends()
    await stage.starts()
    await stage.server.until(lambda: stage.ben.messages[-1].author is stage.bot)

    assert unanswered
    assert recorded(tmp_path) == ["Built in private"]
    assert "5 of 6" in stage.ben.messages[-1].shown


async def test_words_that_come_while_the_bot_catches_up(stage: DiscordStage, tmp_path: Path) -> None:
    """Two lines, one written before the bot was back and one just after, answer two questions in that order."""
    await to_the_first_words(stage, stage.ben)
    await stage.ends()
    await stage.ben.says("First", in_room=False)
    before = stage.bot.identified
    stage.begins()
    await stage.server.until(lambda: stage.bot.identified > before)
    await stage.ben.says("Second", in_room=False)
    await stage.server.until(lambda: len(recorded(tmp_path)) == 2)

    assert recorded(tmp_path) == ["First", "Second"]


async def test_an_edit_while_the_bot_is_away(stage: DiscordStage, tmp_path: Path) -> None:
    """A reply that was recorded and then mended reads as it was mended."""
    await stage.comes("2026-03-02 08:00")
    said = stage.ann.user.writes("The tae", reply_to=prompts(stage)[-1])
    await stage.settles()
    await stage.ends()
    stage.ann.user.edits(said, "The tea")
    await stage.starts()
    await stage.server.until(lambda: recorded(tmp_path) == ["The tea"])

    assert recorded(tmp_path) == ["The tea"]


async def test_what_was_taken_back_while_the_bot_was_away(stage: DiscordStage) -> None:
    """In the channel and in private: the other is not shown it, its author still has it."""
    await stage.comes("2026-03-02 08:00")
    said = stage.ann.user.writes("The tea", reply_to=prompts(stage)[-1])
    stage.ben.user.writes("Your patience", reply_to=prompts(stage)[-1])
    await to_the_first_words(stage, stage.ann)
    await stage.ann.says("You told me first", in_room=False)
    await stage.settles()
    for _ in range(2):
        await stage.ann.presses("Skip")
    await stage.ann.presses("Share the warm lines")
    await stage.settles()
    in_private = next(
        one for one in stage.ann.user.screen(stage.bot) if one.author is stage.ann.user and "told me" in one.shown
    )
    await stage.ends()
    stage.ann.user.deletes(said)
    stage.ann.user.deletes(in_private)
    await stage.starts()
    await stage.settles()
    await stage.comes("2026-03-08 21:00")
    for phone in (stage.ann, stage.ben):
        await phone.says("/history")
    await stage.settles()

    assert "You told me first" not in stage.ben.screen
    assert "The tea" not in stage.ben.screen
    assert "Your patience" in stage.ben.screen
    assert "The tea" in stage.ann.screen


async def test_other_peoples_deletions_leave_no_trace(stage: DiscordStage) -> None:
    """What is deleted in other channels, and beside the rituals, is no business of the bot's."""
    channel = stage.channel.guild.add_channel("talk")
    await stage.settles()
    before = stage.handler.count
    for place in (channel, stage.channel):
        stage.ann.user.deletes(stage.ann.user.writes("Hello", in_=place))
    await stage.settles()

    assert stage.handler.count == before


async def test_the_channel_is_deleted(stage: DiscordStage) -> None:
    """Where one of the two begins anew, their rituals go on."""
    guild = stage.channel.guild
    other = guild.add_channel("other")
    stage.channel.is_deleted()
    await stage.settles()
    stage.channel = stage.ann.channel = stage.ben.channel = other
    await stage.ann.says("/start")
    await stage.settles()
    await stage.comes("2026-03-02 08:00")

    assert len(prompts(stage)) == 1
    assert not any("Tell me more" in one.labels for one in posts(stage))


async def test_paired_where_the_bot_may_not_write(tmp_path: Path, known: Repertoire) -> None:
    """The plan comes once it may, so that the two can start."""
    async with discord_stage(tmp_path, known) as stage:
        guild = stage.channel.guild
        guild.permits(stage.bot, ASKED & ~Permission.SEND_MESSAGES)
        stage.channel.overwrite_everyone(deny=Permission.SEND_MESSAGES)
        for one in (stage.ann, stage.ben):
            await one.presses("Tell me more")
            await one.presses("Join")
            await stage.settles()
        await stage.ann.says("/start")
        await stage.settles()
        lacking = [one for one in stage.ann.user.screen(stage.channel) if "not allowed" in one.shown]
        refused = [one for one in posts(stage) if "Start" in one.labels]
        guild.permits(stage.bot, ASKED)
        stage.channel.overwrite_everyone(allow=Permission.SEND_MESSAGES)
        await stage.ann.says("/week")
        await stage.settles()
        await stage.ann.presses("Start")
        await stage.comes("2026-03-02 08:00")

        assert refused == []
        assert [one.is_ephemeral for one in lacking] == [True]
        assert "write in it" in lacking[0].shown
        assert len(prompts(stage)) == 1


async def test_closed_direct_messages_at_the_share_moment(tmp_path: Path, known: Repertoire) -> None:
    """Where others read and a private chat is closed, the shared lines come once it is open and its owner is back."""
    async with discord_stage(tmp_path, known) as stage:
        await in_a_bigger_server(stage)
        stage.ben.user.closes_dms()
        await share_something(stage, "2026-03-07 10:00", "2026-03-08 18:30")
        closed = stage.ben.screen
        stage.ben.user.opens_dms()
        await stage.ben.says("/week")
        await stage.settles()

        assert "You told me first" not in closed
        assert "You told me first" in await opened(stage, stage.ben)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_deleted_reply(stage: DiscordStage, restarted: bool) -> None:
    """A message that vanishes takes its words out of what the other is shown, also when the bot came back since."""
    await stage.comes(MORNING)
    said = stage.ann.user.writes("The tea", reply_to=posts(stage)[-1])
    await stage.settles()
    if restarted:
        await stage.ends()
        await stage.starts()
    stage.ann.user.deletes(said)
    await stage.settles()
    for phone in (stage.ann, stage.ben):
        await phone.says("/history")
    await stage.settles()

    assert "The tea" in stage.ann.screen
    assert "The tea" not in stage.ben.screen


async def test_replies_written_while_the_bot_was_away(stage: DiscordStage, tmp_path: Path) -> None:
    """What was written to it meanwhile is read once it comes, once, also in the direct messages."""
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, stage.ann, "You told me first")
    await stage.ben.presses("Answer in private")
    for _ in range(3):
        await stage.ben.presses("Mostly")
    await stage.comes("2026-03-08 08:00")
    await stage.ends()
    await stage.ann.replies("Written meanwhile")
    await stage.ben.says("Built in private", in_room=False)
    for _ in range(2):
        await stage.starts()
        await stage.settles()
        await stage.ends()
    await stage.starts()

    assert recorded(tmp_path).count("Written meanwhile") == 1
    assert recorded(tmp_path).count("Built in private") == 1


async def test_added_while_the_bot_was_away(stage: DiscordStage) -> None:
    """It says hello once it comes, and once only."""
    guild = stage.server.add_guild("Another", stage.ann.user, stage.ben.user)
    channel = guild.add_channel("general")
    await stage.ends()
    guild.add_bot(stage.bot)
    for _ in range(2):
        await stage.starts()
        await stage.settles()
        await stage.ends()
    await stage.starts()

    assert len([one for one in stage.ann.user.screen(channel) if "Tell me more" in one.labels]) == 1
