"""A full disk under the bot on Discord, which tells nothing twice. Half a minute."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from discord_killed import TOKEN, Mornings, config
from discord_server import DiscordServer, Message
from storage import HeardBot, a_disk, fill, moment, until

from stories.story import BEGINNING


@asynccontextmanager
async def a_morning(folder: Path) -> AsyncIterator[tuple[Mornings, HeardBot, Message]]:
    """The two in a channel, the bot with its clock, and the morning's prompt."""
    async with DiscordServer.running() as server:
        two = (server.add_user("Ann"), server.add_user("Ben"))
        bot = server.add_bot(TOKEN)
        channel = server.add_guild("Us", *two).add_channel("general")
        process = HeardBot(folder, config(server), moment(BEGINNING))
        mornings = Mornings(server, bot, channel, two, process, random.Random(1))
        try:
            await mornings.starts()
            await mornings.pair()
            await process.turn_to(moment("2026-03-02 08:00"))
            await mornings.settles()
            prompt = next(one for one in two[0].screen(channel) if one.shown.startswith("Morning appreciation\n"))
            yield mornings, process, prompt
        finally:
            if process.alive:
                await process.kill()


def both_write(mornings: Mornings, prompt: Message, when: str) -> None:
    for number in range(2):
        for one in mornings.two:
            mornings.said.append(f"{one.name}, {when}, line {number}")
            one.writes(mornings.said[-1], reply_to=prompt)


def is_on_record_once(mornings: Mornings) -> bool:
    return sorted(mornings.recorded()) == sorted(mornings.said)


async def test_a_full_disk_on_discord(tmp_path: Path) -> None:
    """What is written meanwhile is on record once there is room, by itself; a form that was not taken says so."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as (mornings, process, prompt):
            both_write(mornings, prompt, "before")
            await until(lambda: is_on_record_once(mornings), 30, str)
            form = (await mornings.two[0].presses(prompt, "Answer")).modal
            ballast = fill(disk)
            sent = await mornings.two[0].submits(form, {"words": "By form, in vain"})
            both_write(mornings, prompt, "while it is full")
            await until(lambda: "disk is full" in "\n".join(process.said), 30, str)
            await asyncio.sleep(3)
            ballast.unlink()
            await until(lambda: is_on_record_once(mornings), 30, lambda: str(mornings.recorded()))
            await process.stop()

            assert not sent.failed
            assert "By form, in vain" not in mornings.recorded()
            told = [one.shown for one in mornings.two[0].screen(mornings.channel) if one.is_ephemeral]
            assert "I haven't kept it" in told[-1], told
            assert [line for line in process.said if line.startswith((" ", "Traceback", "which led to"))] == []
            assert not mornings.server.violations


async def test_ended_while_the_disk_is_full(tmp_path: Path) -> None:
    """What stood there undecided when the program ended is read from the history by the next life."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as (mornings, process, prompt):
            both_write(mornings, prompt, "before")
            await until(lambda: is_on_record_once(mornings), 30, str)
            ballast = fill(disk)
            both_write(mornings, prompt, "while it is full")
            await until(lambda: "disk is full" in "\n".join(process.said), 30, str)
            await process.kill()
            ballast.unlink()
            await mornings.starts()
            await until(lambda: is_on_record_once(mornings), 30, lambda: str(mornings.recorded()))
            await process.stop()

            assert is_on_record_once(mornings)
            assert not mornings.server.violations
