"""Who is there on Discord, who may read, and what the bot may do in a server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_looks import (
    EVENING,
    MORNING,
    POST,
    answer_the_form_in_the_channel,
    hand,
    in_a_bigger_server,
    opened,
    posts,
    prompts,
    recorded,
    share_something,
)
from discord_server import Permission
from discord_server.guilds import ASKED
from discord_stage import DiscordStage, discord_stage
from the_story import answer_the_form, pair

from bot.turn import Repertoire


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    """Ann and Ben, paired, in a channel on Discord."""
    async with discord_stage(tmp_path, known) as discord:
        await pair(discord)
        yield discord


async def test_the_bot_is_put_out_and_comes_back(stage: DiscordStage) -> None:
    """Put out, it posts nothing and complains to nobody; added again, it goes on."""
    guild = stage.channel.guild
    guild.removes_bot()
    await stage.settles()
    before = len(stage.server.transcript.posts(stage.bot.name))
    await stage.comes(MORNING)
    silent = len(stage.server.transcript.posts(stage.bot.name))
    guild.add_bot(stage.bot)
    await stage.settles()
    await stage.comes(EVENING)

    assert silent == before
    assert posts(stage)[-1].shown.startswith("Digital sunset")


async def test_rights_that_are_taken_away(stage: DiscordStage) -> None:
    """Where it may not write any more the room rests, the two are told in private, and a command wakes it."""
    guild = stage.channel.guild
    guild.permits(stage.bot, ASKED & ~Permission.SEND_MESSAGES & ~Permission.VIEW_CHANNEL)
    stage.channel.overwrite_everyone(deny=Permission.SEND_MESSAGES)
    await stage.comes(MORNING)
    await stage.comes(EVENING)
    told = [await opened(stage, phone) for phone in (stage.ann, stage.ben)]
    refused = len(stage.server.requests_to(POST))
    guild.permits(stage.bot, ASKED)
    stage.channel.overwrite_everyone(allow=Permission.SEND_MESSAGES)
    await stage.ann.says("/week")
    await stage.settles()
    await stage.comes("2026-03-03 08:00")

    assert prompts(stage)
    assert len([text for text in told if "no longer post in your shared chat" in text]) == 2
    assert refused < 20


async def test_a_third_person_comes(stage: DiscordStage) -> None:
    """Said once, names nobody, and shared lines go to the private chats from then on."""
    cleo = stage.server.add_user("Cleo")
    cleo.joins(stage.channel.guild)
    await stage.settles()
    said = [one for one in posts(stage) if "Others can read this chat" in one.shown]
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, stage.ann, "You told me first")
    await stage.ann.presses("Share the warm lines")
    await stage.comes("2026-03-08 18:30")

    assert len(said) == 1
    assert not any("You told me first" in one.shown for one in posts(stage))
    assert "You told me first" in await opened(stage, stage.ben)


async def test_bystanders(stage: DiscordStage, tmp_path: Path) -> None:
    """A third person's reply is not kept, their presses and commands change nothing and are declined kindly."""
    cleo = stage.server.add_user("Cleo")
    cleo.joins(stage.channel.guild)
    await stage.comes(MORNING)
    said = cleo.writes("Me too", reply_to=prompts(stage)[-1])
    pressed = await cleo.presses(prompts(stage)[-1], "Not the day for it")
    called = await cleo.calls("rituals")
    await stage.settles()

    assert recorded(tmp_path) == []
    assert not hand(said)
    assert pressed.ephemeral is not None
    assert "for the two who share this chat" in pressed.text
    assert called.ephemeral is not None
    assert not any("A quiet day" in one.shown for one in posts(stage))


async def test_forged_and_stale_presses(stage: DiscordStage) -> None:
    """Whatever an altered client sends is answered kindly, once, for its sender alone, and changes nothing."""
    await stage.comes("2026-03-07 10:00")
    forged = ("nonsense", "share-1-ready", "checkin-zzzzzzzzzz", "plan-1-start", "enter-1-x", "é" * 20, "form:x")
    answers = [await stage.ben.user.presses_forged(posts(stage)[-1], data) for data in forged]
    await stage.settles()

    assert all(one.answered and not one.failed for one in answers)
    assert all(one.ephemeral for one in answers)


async def test_a_thread_is_a_room(tmp_path: Path, known: Repertoire) -> None:
    """Begun in a thread, the rituals stay there; asleep, it is woken by the morning; gone, nothing is forced."""
    async with discord_stage(tmp_path, known) as stage:
        thread = stage.ann.user.starts_thread("Rituals", stage.channel)
        await stage.settles()
        await stage.ann.user.calls("start", in_=thread)
        for one in (stage.ann.user, stage.ben.user):
            for label in ("Tell me more", "Join"):
                await one.taps(label, thread)
                await stage.settles()
        await stage.ann.user.taps("Start", thread)
        thread.archives()
        await stage.comes(MORNING)
        answer = stage.ann.user.writes("The tea", reply_to=stage.ann.user.screen(thread)[-1])
        await stage.settles()
        thread.is_deleted()
        await stage.comes(EVENING)

        assert hand(answer)
        assert recorded(tmp_path) == ["The tea"]
        assert not any("Digital sunset" in one.shown for one in posts(stage))


async def test_a_thread_that_was_closed(tmp_path: Path, known: Repertoire) -> None:
    """Asleep and locked, it is not forced open; the two are told in private where they can see it."""
    async with discord_stage(tmp_path, known) as stage:
        thread = stage.ann.user.starts_thread("Rituals", stage.channel)
        await stage.settles()
        await stage.ann.user.calls("start", in_=thread)
        for one in (stage.ann.user, stage.ben.user):
            for label in ("Tell me more", "Join"):
                await one.taps(label, thread)
                await stage.settles()
        await stage.ann.user.taps("Start", thread)
        thread.archives(locked=True)
        await stage.comes(MORNING)
        await stage.comes(EVENING)

        assert not any(one.shown.startswith("Morning") for one in stage.ann.user.screen(thread))
        assert "no longer post in your shared chat" in await opened(stage, stage.ben)


async def test_closed_direct_messages(stage: DiscordStage) -> None:
    """A private answer to a reply finds no way; a line under the message says so, and the rest works."""
    stage.ann.user.closes_dms()
    await stage.comes("2026-03-07 10:00")
    await answer_the_form_in_the_channel(stage, stage.ann)
    await stage.comes("2026-03-08 18:30")

    assert "Ann shared from the week:" in stage.ben.screen


async def test_it_says_hello_where_it_may_and_names_what_it_lacks(tmp_path: Path, known: Repertoire) -> None:
    """The first channel is closed to it, and it may not mark messages."""
    async with discord_stage(tmp_path, known) as stage:
        ann, ben = stage.ann.user, stage.ben.user
        guild = stage.server.add_guild("Another", ann, ben)
        closed, open_ = guild.add_channel("closed"), guild.add_channel("open")
        closed.overwrite_everyone(deny=Permission.VIEW_CHANNEL)
        guild.everyone.permissions &= ~Permission.ADD_REACTIONS & ~Permission.ATTACH_FILES
        guild.add_bot(stage.bot, ASKED & ~Permission.ADD_REACTIONS)
        await stage.settles()
        said = [one for one in ann.screen(open_) if one.author is stage.bot]

        assert len(said) == 2
        assert "Tell me more" in said[0].labels
        assert "put a mark" in said[1].shown
        assert not [one for one in ann.screen(closed) if one.author is stage.bot and one.text]


async def test_a_bigger_server(tmp_path: Path, known: Repertoire) -> None:
    """Where others read along the two are told so first, and shared lines go to their private chats."""
    async with discord_stage(tmp_path, known) as stage:
        await in_a_bigger_server(stage)
        hello, *_ = posts(stage)
        await share_something(stage, "2026-03-07 10:00", "2026-03-08 18:30")

        assert "Others can read along here." in hello.shown
        assert any("Others can read this chat" in one.shown for one in posts(stage))
        assert not any("You told me first" in one.shown for one in posts(stage))
        assert "You told me first" in await opened(stage, stage.ben)


@pytest.mark.parametrize("announced", [True, False])
async def test_the_partner_joins_and_a_third_later(tmp_path: Path, known: Repertoire, announced: bool) -> None:
    """Who comes to make it two is no reader; who comes after that is one, also where Discord writes no line of it."""
    async with discord_stage(tmp_path, known) as stage:
        guild = stage.server.add_guild("Ours", stage.ann.user)
        guild.says_who_joins = announced
        channel = guild.add_channel("ours")
        stage.channel = stage.ann.channel = stage.ben.channel = channel
        guild.add_bot(stage.bot)
        await stage.settles()
        await stage.ann.says("/start")
        stage.ben.user.joins(guild)
        await stage.settles()
        await pair(stage)
        alone = [one.shown for one in posts(stage)]
        stage.server.add_user("Cleo").joins(guild)
        await stage.settles()
        await share_something(stage, "2026-03-07 10:00", "2026-03-08 18:30")

        assert not any("Others can read" in text for text in alone)
        assert not any("You told me first" in one.shown for one in posts(stage))
        assert "You told me first" in await opened(stage, stage.ben)
        assert len([one for one in posts(stage) if "Others can read this chat" in one.shown]) == 1


async def test_both_accept_that_others_read(tmp_path: Path, known: Repertoire) -> None:
    """One yes changes nothing, two let shared lines stand in the channel, and a newcomer asks for them anew."""
    async with discord_stage(tmp_path, known) as stage:
        await in_a_bigger_server(stage)
        await stage.ann.presses("It may stand here")
        alone = stage.ann.screen
        await stage.ben.presses("It may stand here")
        await share_something(stage, "2026-03-07 10:00", "2026-03-08 18:30")
        shared = [one.shown for one in posts(stage) if "You told me first" in one.shown]
        stage.server.add_user("Somebody else").joins(stage.channel.guild)
        await stage.settles()
        await share_something(stage, "2026-03-14 10:00", "2026-03-15 18:30")

        assert "It stays private unless" in alone
        assert "It stays private unless" not in stage.ben.screen
        assert len(shared) == 1
        assert len([one for one in posts(stage) if "You told me first" in one.shown]) == 1
        assert len([one for one in posts(stage) if "Others can read this chat" in one.shown]) == 2
