"""Lives through 42,000 events of nonsense on Discord, as frames of its gateway, in about a minute.

After every hundred there is a well-formed message, and none of them may be missed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from discord_server import GuildChannel
from discord_server.components import buttons
from discord_stage import DiscordPhone, DiscordStage, discord_stage
from nonsense import Nonsense
from nonsense_discord import ANN, CHANNEL, DIRECT, GUILD, LATE, MOMENT, TOKENS, Pool, Shapes
from nonsense_gateway import Gateway, gateway, itself
from nonsense_ledger import Ledger
from nonsense_log import Overheard, overheard
from the_story import pair

from adapters.discord.frontend import Discord
from bot.turn import Repertoire
from stories.on_record import words_on_record

pytestmark = pytest.mark.skipif(not Shapes.are_here(), reason="the stored description of Discord is not here")

SEEDS = range(3)
BATCHES, A_BATCH, AN_HOUR = 140, 100, 60
WITHIN = 20.0
"""Seconds in which a batch has to be taken in; it takes a tenth of one."""

FRAMES: dict[str, str | bytes] = {
    "no JSON": "{",
    "a number": "7",
    "a list": "[]",
    "nothing": "null",
    "an unknown operation": '{"op": "x", "d": {}}',
    "a hello that tells nothing": '{"op": 10, "d": {}}',
    "a hello of another kind": '{"op": 10, "d": {"heartbeat_interval": "often"}}',
    "a dispatch of nothing": '{"op": 0, "t": "MESSAGE_CREATE", "s": null, "d": null}',
    "a dispatch of a list": '{"op": 0, "t": ["MESSAGE_CREATE"], "s": "one", "d": []}',
    "a number that is none": '{"op": 0, "t": "GUILD_CREATE", "s": {}, "d": {}}',
    "a ready that tells nothing": '{"op": 0, "t": "READY", "s": 7, "d": {}}',
    "resumed, and nothing else": '{"op": 0, "t": "RESUMED", "s": 7, "d": null}',
    "go and come back": '{"op": 7, "d": "x"}',
    "an invalid session of another kind": '{"op": 9, "d": "x"}',
    "very deep": f'{{"op": 0, "t": "MESSAGE_CREATE", "s": 7, "d": {"[" * 100_000}{"]" * 100_000}}}',
    "a very long number": f'{{"op": 0, "t": "MESSAGE_CREATE", "s": {"9" * 5000}, "d": {{}}}}',
    "what was never packed": b"\x00\x01\x02\x00\x00\xff\xff",
    "bytes without an end": b"{}",
}

Shape = dict[str, Any]


def in_private(number: int, words: str) -> Shape:
    """What Ann writes in the direct messages."""
    ann = {"id": str(ANN), "username": "ann", "discriminator": "0", "avatar": None, "global_name": "Ann"}
    told: Shape = {"id": str(LATE + number), "channel_id": str(DIRECT), "author": ann, "content": words, "type": 0}
    told |= {"timestamp": MOMENT, "edited_timestamp": None, "flags": 0, "components": [], "attachments": []}
    return told | {"embeds": [], "mentions": [], "mention_roles": [], "mention_everyone": False, "tts": False}


def in_reply(number: int, words: str) -> Shape:
    """What Ann replies to the bot in the channel."""
    about = in_private(0, "How was it?") | {"author": itself(), "channel_id": str(CHANNEL)}
    told = in_private(number, words) | {"type": 19, "channel_id": str(CHANNEL), "guild_id": str(GUILD)}
    told |= {"mentions": [itself()], "referenced_message": about, "member": {"roles": [], "flags": 0}}
    return told | {"message_reference": {"message_id": about["id"], "channel_id": str(CHANNEL)}}


@asynccontextmanager
async def at_the_gateway(
    ledger: Ledger, known: Repertoire
) -> AsyncIterator[tuple[Gateway, Overheard, asyncio.Task[None]]]:
    with overheard() as ear:
        async with gateway() as found:
            running = asyncio.create_task(Discord("t", ledger, known.words, known=ledger, **found.urls).run())
            try:
                yield found, ear, running
            finally:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await running


@pytest.mark.parametrize("seed", SEEDS)
async def test_events_of_nonsense(seed: int, known: Repertoire) -> None:
    """Whatever an event holds, those behind it are heard, nothing escapes, and no word of it is in the log."""
    ledger, chance = Ledger(), random.Random(seed)
    shapes, nonsense = Shapes(chance), Nonsense(chance)
    async with at_the_gateway(ledger, known) as (found, ear, running):
        for batch in range(BATCHES):
            await found.tell_all(shapes.spoilt(nonsense, A_BATCH))
            words = f"still here {batch}"
            await found.tell("MESSAGE_CREATE", (in_private, in_reply)[batch % 2](10 + batch, words))
            is_heard = await found.until(lambda words=words: running.done() or words in ledger.words, WITHIN)
            where = f"seed {seed}, batch {batch}\n{ear}"

            assert not running.done(), where
            assert is_heard, where

    assert found.greetings == [2], f"seed {seed}: it lost the connection"
    assert ledger.unsound == {}, f"seed {seed}"
    assert ear.unheard == [], f"seed {seed}"
    assert ear.indiscreet == [], f"seed {seed}"
    assert ledger.kinds.total() > BATCHES * A_BATCH / 10, "too few of them could be read to say much"


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
async def test_frames_that_are_none(frame: str | bytes, known: Repertoire) -> None:
    """Whatever the gateway sends in the place of an event, what is told behind it is heard."""
    ledger = Ledger()
    async with at_the_gateway(ledger, known) as (found, ear, running):
        await found.tell("MESSAGE_CREATE", in_private(1, "before"))
        before = await found.until(lambda: ledger.words, WITHIN)
        await found.say(frame)
        # The bot may go and come back; what is told in between is told again.
        for number in range(2, 12):
            await found.tell("MESSAGE_CREATE", in_private(number, "still here"))
            if await found.until(lambda: "still here" in ledger.words, 1):
                break

    assert before
    assert "still here" in ledger.words, f"{running}\n{ear}"
    assert ear.unheard == []


@pytest.mark.parametrize("seed", SEEDS)
async def test_nonsense_with_the_whole_bot_behind_it(seed: int, tmp_path: Path, known: Repertoire) -> None:
    """One couple's server is full of nonsense for twelve hours; another's words are recorded all the while."""
    chance, said = random.Random(seed), []
    async with discord_stage(tmp_path, known) as stage:
        with overheard() as ear:
            await pair(stage)
            torn = await another_couple(stage)
            for hour in range(8, 20):
                await stage.comes(f"2026-03-02 {hour:02}:00")
                nonsense, shapes = Nonsense(chance), Shapes(chance, about(torn))
                for kind, told in shapes.spoilt(nonsense, AN_HOUR):
                    stage.server.inject(kind, told)
                said.append(f"still here {hour}")
                await stage.ann.replies(said[-1])
                try:
                    await stage.settles()
                except AssertionError:
                    pytest.fail(f"stuck: seed {seed}, hour {hour}\n{ear}")

    assert [one for one in words_on_record(tmp_path / "couple.db", tmp_path / "couple.key") if one in said] == said
    assert ear.unheard == [], f"seed {seed}"
    assert ear.indiscreet == [], f"seed {seed}"


async def another_couple(stage: DiscordStage) -> DiscordStage:
    """Another Ann and another Ben, in a server of their own."""
    two = [stage.server.add_user(name) for name in ("Ann", "Ben")]
    guild = stage.server.add_guild("Us", *two)
    channel = guild.add_channel("general")
    guild.add_bot(stage.bot)
    phones = [DiscordPhone(stage.server, user, channel, stage.bot) for user in two]
    torn = replace(stage, channel=channel, ann=phones[0], ben=phones[1])
    await torn.settles()
    await pair(torn)
    return torn


def about(torn: DiscordStage) -> Pool:
    """What nonsense about these two is made of: their channel as it is now."""
    assert isinstance(torn.channel, GuildChannel)
    posts = [one for phone in (torn.ann, torn.ben) for one in phone.messages]
    tokens = [part["custom_id"] for one in posts for part in buttons(one.components) if "custom_id" in part]
    return Pool(
        people=(torn.ann.user.id, torn.ben.user.id, torn.bot.id),
        channels=(torn.channel.id, torn.channel.id, 601),
        guilds=(torn.channel.guild.id, 501),
        messages=[one.id for one in posts],
        tokens=(*TOKENS, *tokens[-12:]),
        me=torn.bot.id,
    )
