"""What the two write on Discord, and what the bot makes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_looks import (
    CALLBACK,
    EVENING,
    MORNING,
    everything_kept,
    hand,
    posts,
    prompts,
    recorded,
)
from discord_server import Fault
from discord_stage import DiscordStage, discord_stage
from the_story import answer_the_form, pair

from bot.turn import Repertoire


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    """Ann and Ben, paired, in a channel on Discord."""
    async with discord_stage(tmp_path, known) as discord:
        await pair(discord)
        yield discord


async def test_ambient_words_leave_no_trace(stage: DiscordStage, tmp_path: Path) -> None:
    """What is said beside the rituals is not kept, also where it mentions the bot and Discord tells its words."""
    await stage.comes(MORNING)
    said = stage.ann.user.writes("a secret word in passing")
    mentioned = stage.ann.user.writes(f"a secret word about {stage.bot.mention}")
    stage.ann.user.edits(said, "a secret word, mended")
    stage.ann.user.edits(mentioned, f"a secret word about {stage.bot.mention}, mended")
    await stage.settles()

    assert b"secret word" not in everything_kept(tmp_path)
    assert not any("secret word" in words for words in recorded(tmp_path))
    assert recorded(tmp_path) == []


async def test_an_edit_changes_the_record_and_the_receipt_stays(stage: DiscordStage, tmp_path: Path) -> None:
    """Editing one's own reply is enough."""
    await stage.comes(MORNING)
    said = stage.ann.user.writes("The tae", reply_to=posts(stage)[-1])
    await stage.settles()
    stage.ann.user.edits(said, "The tea")
    await stage.settles()

    assert recorded(tmp_path) == ["The tea"]
    assert hand(said)


async def test_the_post_says_how_to_reply(stage: DiscordStage) -> None:
    """A reply has to mention the bot, so the prompt says that, and the others say nothing of replies."""
    await stage.comes(MORNING)
    await stage.comes(EVENING)
    said = {one.shown.partition("\n")[0]: one for one in posts(stage)}

    assert said["Morning appreciation"].shown.endswith("A reply counts when it mentions me.")
    assert "\n-# " in said["Morning appreciation"].text
    assert "mentions me" not in said["Digital sunset"].shown


async def test_a_reply_that_pings_nobody(stage: DiscordStage, tmp_path: Path) -> None:
    """Discord hides its words from the bot; whoever wrote it is told how to be heard, and nothing is kept."""
    await stage.comes(MORNING)
    said = stage.ann.user.writes("The tea", reply_to=posts(stage)[-1], pings=False)
    await stage.settles()
    line = posts(stage)[-1]

    assert recorded(tmp_path) == []
    assert not hand(said)
    assert line.reply_to is said
    assert line.mentions == []


async def test_voices_and_pictures(stage: DiscordStage) -> None:
    """A voice message and a picture are answers too."""
    await stage.comes(MORNING)
    voice = stage.ann.user.sends_voice(reply_to=posts(stage)[-1])
    picture = stage.ben.user.sends("walk.png", b"\x89PNG", "image/png", reply_to=posts(stage)[-1])
    await stage.settles()

    assert hand(voice)
    assert hand(picture)


async def test_an_answer_in_a_thread_under_the_prompt(stage: DiscordStage, tmp_path: Path) -> None:
    """There a mention is enough; it is marked, and not said again in the channel that the thread belongs to."""
    await stage.comes(MORNING)
    thread = stage.ann.user.starts_thread("The tea", stage.channel, about=prompts(stage)[-1])
    said = stage.ann.user.writes(f"<@{stage.bot.id}> The tea", in_=thread)
    stage.ann.user.writes("Among ourselves", in_=thread)
    await stage.settles()

    assert recorded(tmp_path) == ["The tea"]
    assert hand(said)
    assert not any("The tea" in one.shown for one in posts(stage))


async def test_a_form_that_is_sent_again(stage: DiscordStage, tmp_path: Path) -> None:
    """Told that it failed, its author sends the form once more; the words are on record once."""
    await stage.comes(MORNING)
    form = await stage.ben.user.presses(prompts(stage)[-1], "Answer")
    stage.server.fail(CALLBACK, Fault.refused(404, 10062))
    await stage.ben.user.submits(form, {"words": "Your patience"}, waits=False)
    await stage.settles_without_answers()
    await stage.ben.user.submits(form, {"words": "Your patience"})
    await stage.settles()

    assert recorded(tmp_path) == ["Your patience"]
    assert len([one for one in posts(stage) if "Ben\nYour patience" in one.shown]) == 1


async def test_a_sealed_question_is_never_asked_in_the_channel(stage: DiscordStage) -> None:
    """What is asked and answered in the channel is seen by the one who answers alone, and no word of it is left."""
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, stage.ann, "You told me first")

    assert not any("of 6" in one.shown for one in posts(stage))
    assert "You told me first" not in stage.ben.screen
    assert "send it here" not in "\n".join(one.shown for one in stage.ann.user.screen(stage.channel))


async def test_names_and_words_are_never_markup(tmp_path: Path, known: Repertoire) -> None:
    """A name or words that look like markup or mentions read as they are, and ring nobody."""
    async with discord_stage(tmp_path, known) as stage:
        stage.ann.user.name = "**Ann** @everyone"
        await pair(stage)
        await stage.comes(MORNING)
        await stage.ann.presses("Answer")
        await stage.ann.submits(f"{stage.ben.user.mention} @here # *_`[x](https://example.org)")
        await stage.settles()
        said = posts(stage)[-1]

        assert f"**Ann** @everyone\n{stage.ben.user.mention} @here # *_`[x](https://example.org)" in said.shown
        assert all(one.mentions == [] and not one.mentions_everyone for one in posts(stage))


async def test_a_long_answer_comes_back_whole(stage: DiscordStage) -> None:
    """What is longer than a message is shown in several, and none is cut inside a word or refused."""
    words = " ".join(f"word{number}" for number in range(240))
    await stage.comes(MORNING)
    await stage.ann.replies(words)
    await stage.ben.presses("Answer")
    await stage.ben.submits(" ".join(f"_line{number}_" for number in range(400)))
    await stage.settles()
    await stage.ann.says("/history", in_room=False)
    await stage.settles()
    shown = " ".join(one.shown for one in stage.ann.user.screen(stage.bot))

    assert words in " ".join(shown.split())
    assert "_line399_" in stage.ann.screen


async def test_places_are_suggested_while_typing(stage: DiscordStage) -> None:
    """A time zone is found by the name of a city."""
    offered = await stage.ann.user.types("timezone", {"words": "Lisb"})
    await stage.ann.user.calls("timezone", words=offered[0])
    await stage.settles()

    assert any("Lisbon" in one for one in offered)
    assert "Lisbon" in stage.ann.screen


async def test_quiet_posts_ring_no_phone(stage: DiscordStage) -> None:
    """The sunset line is silent, the morning prompt is not."""
    await stage.comes(MORNING)
    await stage.comes(EVENING)
    silent = {one.text.partition("\n")[0].strip("*"): one.silent for one in stage.server.transcript.posts()}

    assert silent["Digital sunset"]
    assert not silent["Morning appreciation"]
