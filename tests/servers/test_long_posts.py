"""Posts that take several messages, on both platforms: they change and go as one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from discord_stage import DiscordStage, discord_stage
from telegram_stage import TelegramStage, telegram_stage

from bot.ports import Messenger
from bot.posts import Choice, InRoom, MessageRef, Post, Span, Token
from bot.turn import Repertoire

SHORT = Post((Span("Just this."),), (Choice("Press", Token("week")),))


@dataclass(frozen=True, slots=True)
class Ground:
    """One platform's messenger, the couple's room there, and what Ann sees of the bot in it."""

    messenger: Messenger
    room: InRoom
    stage: DiscordStage | TelegramStage

    def shown(self) -> list[Any]:
        place = self.stage.channel if isinstance(self.stage, DiscordStage) else self.stage.group
        seen = self.stage.ann.user.screen(place)
        return [one for one in seen if one.author is self.stage.bot and ("word" in _text(one) or one.labels)][1:]

    def words(self) -> str:
        return " ".join(" ".join(_text(one) for one in self.shown()).split())


def _text(message: Any) -> str:
    return message.content if hasattr(message, "content") else message.text


@pytest.fixture(params=["telegram", "discord"])
async def ground(request: pytest.FixtureRequest, tmp_path: Path, known: Repertoire) -> AsyncIterator[Ground]:
    """Either platform."""
    async with AsyncExitStack() as stack:
        if request.param == "telegram":
            telegram = await stack.enter_async_context(telegram_stage(tmp_path, known))
            room = InRoom("telegram", str(telegram.group.id))
            yield Ground(telegram.pieces.messengers["telegram"], room, telegram)
        else:
            discord = await stack.enter_async_context(discord_stage(tmp_path, known))
            room = InRoom("discord", str(discord.channel.id))
            yield Ground(discord.pieces.messengers["discord"], room, discord)


def long(count: int) -> Post:
    return replace(SHORT, text=(Span(" ".join(f"word{number}" for number in range(count))),))


async def test_a_long_post_becomes_a_short_one(ground: Ground) -> None:
    """What is left over goes, and the message that is left has the words and the choice."""
    stands = await ground.messenger.deliver(long(1300), ground.room, "a")
    before = ground.words()
    now = await ground.messenger.change(stands, SHORT, "b")

    assert before == long(1300).text[0].text
    assert len(stands.earlier) > 1
    assert now == MessageRef(ground.room, stands.message)
    assert [(_text(one), one.labels) for one in ground.shown()] == [("Just this.", ["Press"])]


async def test_a_short_post_becomes_a_long_one(ground: Ground) -> None:
    """It goes on below, the choice with it, and a second change finds all of it."""
    stands = await ground.messenger.deliver(SHORT, ground.room, "a")
    longer = await ground.messenger.change(stands, long(1300), "b")
    after = ground.words()
    labels = [one.labels for one in ground.shown()]
    await ground.messenger.change(longer, long(700), "c")

    assert after == long(1300).text[0].text
    assert labels == [[]] * (len(labels) - 1) + [["Press"]]
    assert ground.words() == long(700).text[0].text
    assert ground.shown()[-1].labels == ["Press"]


async def test_a_long_post_is_taken_away(ground: Ground) -> None:
    """All of it goes, also at a second try."""
    stands = await ground.messenger.deliver(long(1300), ground.room, "a")
    await ground.messenger.remove(stands)
    await ground.messenger.remove(stands)

    assert ground.shown() == []


async def test_a_post_that_no_bot_may_delete_any_more(tmp_path: Path, known: Repertoire) -> None:
    """On Telegram what is older than two days has to stand; its words and its choices go."""
    async with telegram_stage(tmp_path, known) as stage:
        telegram, room = stage.pieces.messengers["telegram"], InRoom("telegram", str(stage.group.id))
        stands = await telegram.deliver(long(900), room, "a")
        stage.server.world.limits = replace(stage.server.world.limits, delete_within=-1)
        await telegram.remove(stands)
        await telegram.remove(stands)
        blank = [one for one in stage.ann.user.screen(stage.group) if one.text == "…"]

        assert "word" not in stage.ann.screen
        assert [one.labels for one in blank] == [[], []]
