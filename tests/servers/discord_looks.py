"""What tests on Discord look at: what is on record, and what stands in the channel."""

from __future__ import annotations

from pathlib import Path

from discord_server import Message
from discord_stage import DiscordPhone, DiscordStage
from the_story import answer_the_form, pair

from stories.on_record import words_on_record

MORNING, EVENING = "2026-03-02 08:00", "2026-03-02 22:00"
POST = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


def recorded(folder: Path) -> list[str]:
    """The words on record."""
    return words_on_record(folder / "couple.db", folder / "couple.key")


def everything_kept(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("couple.db*"))


def posts(stage: DiscordStage) -> list[Message]:
    """What the bot said in the channel for both to read."""
    seen = stage.ann.user.screen(stage.channel)
    return [one for one in seen if one.author is stage.bot and not one.is_ephemeral and one.text]


def prompts(stage: DiscordStage) -> list[Message]:
    return [one for one in posts(stage) if one.shown.startswith("Morning appreciation\n")]


def hand(message: Message) -> bool:
    """Whether the receipt is under it."""
    return any(mark.startswith("✍") for mark in message.marks)


async def answer_the_form_in_the_channel(stage: DiscordStage, phone: DiscordPhone) -> None:
    await phone.presses("Answer in private")
    for _ in range(3):
        await phone.presses("Mostly")
    await phone.presses("Write")
    await phone.submits("You told me first")
    await phone.presses("Skip")
    await phone.presses("Skip")
    await phone.presses("Share the warm lines")
    await stage.settles()


async def in_a_bigger_server(stage: DiscordStage) -> None:
    """Ann and Ben, in a channel of a server with four people."""
    people = [stage.server.add_user(name) for name in ("Cleo", "Somebody")]
    guild = stage.server.add_guild("Many", stage.ann.user, stage.ben.user, *people)
    channel = guild.add_channel("ours")
    stage.channel = stage.ann.channel = stage.ben.channel = channel
    guild.add_bot(stage.bot)
    await stage.settles()
    await pair(stage)


async def share_something(stage: DiscordStage, day: str, moment: str) -> None:
    await stage.comes(day)
    await answer_the_form(stage, stage.ann, "You told me first")
    await stage.ann.presses("Share the warm lines")
    await stage.comes(moment)


async def opened(stage: DiscordStage, phone: DiscordPhone) -> str:
    """All that somebody can read in private, once they have opened every note there."""
    screen = phone.user.screen(stage.bot)
    for note in [one for one in screen if "Open" in one.labels]:
        await phone.user.presses(note, "Open")
    await stage.settles()
    return "\n".join(one.shown for one in phone.user.screen(stage.bot))
