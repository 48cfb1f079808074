"""A voice note from the direct messages, passed on into the channel: with its file, or without where that cannot be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server import Message
from discord_server.permissions import Permission
from discord_stage import DiscordStage, discord_stage

from bot.posts import InRoom, MessageRef, Post, Recorded, Span
from bot.turn import Repertoire

WORDS = "Ann: A voice note."


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    async with discord_stage(tmp_path, known) as found:
        yield found


async def passed_on(stage: DiscordStage, said: Message) -> MessageRef:
    """What the courier would have delivered."""
    handle = f"{said.channel.id}/{said.id}/{said.attachments[0].id}"
    recorded = Recorded("discord", handle, is_voice=True)
    place = InRoom("discord", str(stage.channel.id))
    messenger = stage.pieces.messengers["discord"]
    return await messenger.deliver(Post((Span(WORDS),), recorded=recorded), place, f"key-{said.id}")


def newest(stage: DiscordStage) -> Message:
    return [one for one in stage.ben.user.screen(stage.channel) if one.author is stage.bot][-1]


async def test_with_its_file(stage: DiscordStage) -> None:
    """The file comes with its words, and stays when the words change."""
    said = stage.ann.user.sends_voice(in_=stage.bot)
    await stage.settles()
    ref = await passed_on(stage, said)
    content = newest(stage).attachments[0].content
    changed = Post((Span("Ann: A voice note. Softly"),), recorded=Recorded("discord", "1/2/3", is_voice=True))
    await stage.pieces.messengers["discord"].change(ref, changed, "change-1")

    assert content == said.attachments[0].content
    assert newest(stage).shown.startswith("Ann: A voice note. Softly")
    assert [one.content for one in newest(stage).attachments] == [content]


async def test_where_it_is_gone(stage: DiscordStage) -> None:
    """Deleted by its author in between: the words alone."""
    said = stage.ann.user.sends_voice(in_=stage.bot)
    await stage.settles()
    stage.ann.user.deletes(said)
    await stage.settles()
    await passed_on(stage, said)

    assert (newest(stage).shown, newest(stage).attachments) == (WORDS, [])


async def test_where_no_file_may_be_sent(stage: DiscordStage) -> None:
    """A channel in which the bot may not attach files still reads the words."""
    stage.channel.overwrite(stage.bot, deny=Permission.ATTACH_FILES)
    said = stage.ann.user.sends_voice(in_=stage.bot)
    await stage.settles()
    await passed_on(stage, said)

    assert (newest(stage).shown, newest(stage).attachments) == (WORDS, [])
