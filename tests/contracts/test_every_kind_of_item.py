"""Every kind of item, asked and answered on the bare engine and on each platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_stage import DiscordPhone
from playground_stage import PlaygroundPhone
from telegram_stage import TelegramPhone
from test_the_same_story import on_stage
from the_story import Phone, Stage, pair

from bot.turn import Repertoire
from stories.chats import BarePhone
from stories.every_kind import OTHER_EMOJI, SEEN, SPOKEN, WORDS, every_kind


@pytest.fixture(params=["bare engine", "playground", "telegram", "discord"])
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, known: Repertoire, migrated: Path
) -> AsyncIterator[Stage]:
    """Each platform in turn, with a deck that asks for everything."""
    async with on_stage(request.param, tmp_path, every_kind(known, tmp_path), migrated) as found:
        yield found


async def speaks(phone: Phone) -> None:
    """Send a voice note to the bot in private; on the playground's phones it is made up."""
    if isinstance(phone, BarePhone):
        await phone.sends(SPOKEN)
    elif isinstance(phone, TelegramPhone):
        phone.user.sends_voice(phone.bot)
    elif isinstance(phone, DiscordPhone):
        phone.user.sends_voice(in_=phone.bot)
    elif isinstance(phone, PlaygroundPhone):
        await phone.sends("voice")


async def shows(phone: Phone) -> None:
    """Send a picture to the bot in private."""
    if isinstance(phone, BarePhone):
        await phone.sends(SEEN)
    elif isinstance(phone, TelegramPhone):
        phone.user.sends_photo(phone.bot)
    elif isinstance(phone, DiscordPhone):
        phone.user.sends("walk.png", b"\x89PNG", "image/png", in_=phone.bot)
    elif isinstance(phone, PlaygroundPhone):
        await phone.sends("picture")


def recordings(phone: Phone) -> list[str]:
    """What the bot passed on to the shared chat, without its words."""
    if isinstance(phone, TelegramPhone):
        posts = [one for one in phone.user.screen(phone.group) if one.author is phone.bot]
        return [one.media.kind for one in posts if one.media is not None]
    if isinstance(phone, DiscordPhone):
        shown = [one for one in phone.user.screen(phone.channel) if one.author is phone.bot]
        return ["voice" if "voice" in file.filename else "picture" for one in shown for file in one.attachments]
    if isinstance(phone, PlaygroundPhone):
        return [one["holds"] for one in phone.messages.values() if one["chat"] == "us" and "holds" in one]
    return []


async def test_every_kind(stage: Stage) -> None:
    """By buttons, in forms, in messages; what does not fit is met with what works; and all of it is shared."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/question", in_room=False)
    await stage.settles()
    for label in ("Mostly", "A sofa"):
        await ann.presses(label)
        await stage.settles()
    await ann.says(WORDS, in_room=False)
    await stage.settles()
    await ann.presses("Write")
    await ann.submits("11")
    await stage.settles()
    declined = ann.screen
    await ann.says("7", in_room=False)
    await stage.settles()
    await ann.says(OTHER_EMOJI, in_room=False)
    await stage.settles()
    await ann.says("I'd rather write", in_room=False)
    await stage.settles()
    also_declined = ann.screen
    await speaks(ann)
    await stage.settles()
    await shows(ann)
    await stage.settles()
    await ann.presses("Share the warm lines")
    await stage.settles()
    before = ben.screen
    await stage.comes("2026-03-02 20:00")

    assert "This one is for a number from 1 to 10" in declined
    assert "This one is for a voice note" in also_declined
    for line in ("The choice: A sofa", WORDS, "The number: 7", f"The emoji: {OTHER_EMOJI}"):
        assert line in ben.screen
        assert line not in before
    assert "Mostly" not in ben.screen


async def test_recordings_are_passed_on(stage: Stage) -> None:
    """What was sent in private comes into the shared chat at the share moment, and not before."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/question", in_room=False)
    await stage.settles()
    for _ in range(5):
        await ann.presses("Skip")
        await stage.settles()
    await speaks(ann)
    await stage.settles()
    await shows(ann)
    await stage.settles()
    await ann.presses("Share the warm lines")
    await stage.settles()
    before = recordings(ben)
    await stage.comes("2026-03-02 20:00")

    assert before == []
    assert "The voice: A voice note." in ben.screen
    assert "The picture: A picture." in ben.screen
    if not isinstance(ben, BarePhone):
        assert [one.replace("photo", "picture") for one in recordings(ben)] == ["picture", "voice"]
