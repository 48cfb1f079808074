"""A voice note from the private chat, passed on into the group by its handle, or without it where that is not known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram_server import Message
from telegram_stage import TelegramStage, telegram_stage

from bot.posts import InRoom, MessageRef, Post, Recorded, Span
from bot.turn import Repertoire

WORDS = "Ann: A voice note."


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(tmp_path, known) as found:
        yield found


async def passed_on(stage: TelegramStage, handle: str, words: str = WORDS) -> MessageRef:
    """What the courier would have delivered."""
    recorded = Recorded("telegram", handle, is_voice=True)
    place = InRoom("telegram", str(stage.group.id))
    return await stage.pieces.messengers["telegram"].deliver(Post((Span(words),), recorded=recorded), place, "key")


def newest(stage: TelegramStage) -> Message:
    return [one for one in stage.ben.user.screen(stage.group) if one.author is stage.bot][-1]


def handle_of(stage: TelegramStage) -> str:
    said = stage.ann.user.sends_voice(stage.bot)
    assert said.media is not None
    return said.media.files[0].id_for(stage.bot.id)


async def test_by_its_handle(stage: TelegramStage) -> None:
    """The note comes with its words below, and both can be changed and taken away as one."""
    ref = await passed_on(stage, handle_of(stage))
    came = newest(stage)
    shown, kind = came.text, came.media.kind if came.media else ""
    messenger = stage.pieces.messengers["telegram"]
    await messenger.change(ref, Post((Span("Ann: Softly."),)), "change")
    changed = newest(stage).text
    await messenger.remove(ref)

    assert (shown, kind, changed) == (WORDS, "voice", "Ann: Softly.")
    assert came not in stage.ben.user.screen(stage.group)


async def test_without_it(stage: TelegramStage) -> None:
    """A handle that Telegram does not know leaves the words."""
    await passed_on(stage, "nothing-that-is-known")

    assert (newest(stage).text, newest(stage).media) == (WORDS, None)


async def test_with_more_words_than_fit_below(stage: TelegramStage) -> None:
    """A long text comes in pieces, the last one under the note."""
    await passed_on(stage, handle_of(stage), "word " * 400)
    posts = [one for one in stage.ben.user.screen(stage.group) if one.author is stage.bot][-2:]

    assert [one.media.kind if one.media else "" for one in posts] == ["", "voice"]
    assert " ".join(one.text for one in posts).split() == ["word"] * 400
