"""What goes wrong on Discord, and what the two notice of it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from discord_server import OFFICIAL_LIMITS, Fault, Message, Permission
from discord_server.guilds import ASKED
from discord_stage import DiscordPhone, DiscordStage, discord_stage
from the_story import answer_the_form, pair

from bot.turn import Repertoire

MORNING, EVENING = "2026-03-02 08:00", "2026-03-02 22:00"
POST = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[DiscordStage]:
    """Ann and Ben, paired, in a channel on Discord."""
    async with discord_stage(tmp_path, known) as discord:
        await pair(discord)
        yield discord


def recorded(folder: Path) -> list[str]:
    """The words on record."""
    with closing(sqlite3.connect(folder / "couple.db")) as database:
        found = database.execute("SELECT body FROM reply WHERE kept = 'words' ORDER BY id").fetchall()
    return [body[1:].decode() for (body,) in found]


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


async def test_an_event_that_nobody_can_read_blocks_nothing(stage: DiscordStage, tmp_path: Path) -> None:
    """Between two replies lies something that is no event; both are recorded."""
    await stage.comes(MORNING)
    await stage.ann.replies("Before")
    stage.server.inject("MESSAGE_CREATE", {"id": "what", "channel_id": [], "author": 7})
    stage.server.inject("INTERACTION_CREATE", {"id": "1", "type": 99, "token": None})
    await stage.ben.replies("Behind")
    await stage.settles()

    assert recorded(tmp_path) == ["Before", "Behind"]


async def test_ambient_words_leave_no_trace(stage: DiscordStage, tmp_path: Path) -> None:
    """What is said beside the rituals is not kept, also where it mentions the bot and Discord tells its words."""
    await stage.comes(MORNING)
    said = stage.ann.user.writes("a secret word in passing")
    mentioned = stage.ann.user.writes(f"a secret word about {stage.bot.mention}")
    stage.ann.user.edits(said, "a secret word, mended")
    stage.ann.user.edits(mentioned, f"a secret word about {stage.bot.mention}, mended")
    await stage.settles()

    assert b"secret word" not in everything_kept(tmp_path)
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


async def test_discord_is_down_at_the_start(stage: DiscordStage) -> None:
    """The bot asks again until somebody answers."""
    await stage.ends()
    before = stage.bot.identified
    stage.server.goes_down()
    stage.begins()
    await asyncio.sleep(0.05)
    stage.server.comes_back()
    await stage.server.until(lambda: stage.bot.identified > before, 10)
    await stage.comes(MORNING)

    assert len(prompts(stage)) == 1


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


async def test_an_outage_is_no_farewell(stage: DiscordStage) -> None:
    """A server that is unavailable for a while is still the couple's; what was due is said when it is back."""
    stage.channel.guild.goes_unavailable()
    await stage.settles()
    stage.channel.guild.comes_back()
    await stage.settles()
    await stage.comes(MORNING)

    assert len(prompts(stage)) == 1


async def test_rights_that_are_taken_away(stage: DiscordStage) -> None:
    """Where it may not write any more the room rests, the two are told in private, and a command wakes it."""
    guild = stage.channel.guild
    guild.permits(stage.bot, ASKED & ~Permission.SEND_MESSAGES & ~Permission.VIEW_CHANNEL)
    stage.channel.overwrite_everyone(deny=Permission.SEND_MESSAGES)
    await stage.comes(MORNING)
    await stage.comes(EVENING)
    told = [one.shown for one in (*stage.ann.user.screen(stage.bot), *stage.ben.user.screen(stage.bot))]
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
    assert any("You told me first" in one.shown for one in stage.ben.user.screen(stage.bot))


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


async def test_a_sealed_question_is_never_asked_in_the_channel(stage: DiscordStage) -> None:
    """What is asked and answered in the channel is seen by the one who answers alone, and no word of it is left."""
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, stage.ann, "You told me first")

    assert not any("of 6" in one.shown for one in posts(stage))
    assert "You told me first" not in stage.ben.screen
    assert "send it here" not in "\n".join(one.shown for one in stage.ann.user.screen(stage.channel))


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


async def test_the_commands_are_registered_once(stage: DiscordStage) -> None:
    """Phones are offered every command; started again, the bot writes nothing anew."""
    await stage.ends()
    stage.bot.announced, looked = 0, len(stage.server.requests_to("GET /applications/{application_id}/commands"))
    stage.bot.announced = 1
    await stage.starts()
    await stage.server.until(
        lambda: len(stage.server.requests_to("GET /applications/{application_id}/commands")) > looked
    )
    await stage.settles()

    assert {"checkin", "week", "rest", "help"} <= {one.name for one in stage.bot.commands[0]}
    assert stage.bot.announced == 1


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


async def test_an_old_button_after_a_restart(stage: DiscordStage) -> None:
    """Everything that a button needs is in it."""
    await stage.comes(MORNING)
    await stage.ends()
    await stage.starts()
    await stage.ben.presses("Answer")
    await stage.ends()
    await stage.starts()
    await stage.ben.submits("Your patience")
    await stage.settles()

    assert "Ben\nYour patience" in stage.ann.screen


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


async def test_presses_during_a_drop(stage: DiscordStage) -> None:
    """What was pressed while the line was down arrives when it is taken up again."""
    await stage.comes(MORNING)
    stage.server.drop()
    begun = await stage.ben.user.presses(prompts(stage)[-1], "Answer", waits=False)
    await begun.waited(stage.server.world)
    await stage.ben.submits("Your patience")
    await stage.settles()

    assert stage.bot.resumed == 1
    assert "Ben\nYour patience" in stage.ann.screen


async def test_a_press_that_arrives_too_late(stage: DiscordStage, caplog: pytest.LogCaptureFixture) -> None:
    """Its author was told that nobody answered; what it did is done, shown, and leaves no trace in the log."""
    await stage.comes(MORNING)
    stage.server.drop()
    begun = await stage.ben.user.presses(prompts(stage)[-1], "Not the day for it", waits=False)
    stage.server.clock.forward(5)
    await begun.waited(stage.server.world)
    await stage.server.until(lambda: stage.bot.is_connected)
    await stage.settles()

    assert begun.failed
    assert [one.shown for one in posts(stage)][-1] == "A quiet day."
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


async def test_a_command_that_arrives_too_late(stage: DiscordStage) -> None:
    """What all may see is shown in the channel after all, once; what is for its asker alone is not."""
    stage.server.drop()
    begun = [await stage.ben.user.calls(name, in_=stage.channel, waits=False) for name in ("week", "skip")]
    stage.server.clock.forward(5)
    for one in begun:
        await one.waited(stage.server.world)
    await stage.server.until(lambda: stage.bot.is_connected)
    await stage.settles()

    assert all(one.failed for one in begun)
    assert len([one for one in posts(stage) if one.shown.startswith("The week ahead")]) == 1
    assert "Nothing is open" not in stage.ann.screen


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
        assert "no longer post in your shared chat" in stage.ben.user.screen(stage.bot)[-1].shown


async def test_as_fast_as_discord_allows(tmp_path: Path, known: Repertoire) -> None:
    """Many replies at once are all marked, and hardly anything is asked faster than allowed."""
    async with discord_stage(tmp_path, known, OFFICIAL_LIMITS) as stage:
        await pair(stage)
        await stage.comes(MORNING)
        said = [
            one.writes(f"{one.name} {number}", reply_to=prompts(stage)[-1])
            for number in range(4)
            for one in (stage.ann.user, stage.ben.user)
        ]
        await stage.server.until(lambda: all(map(hand, said)), 15)

        assert len(recorded(tmp_path)) == 8
        # The pace of a route is told in its first answers; until then the library cannot know it.
        assert stage.server.too_fast <= 2


@pytest.mark.parametrize("ending", ["reconnect", "invalidate", "cable"])
async def test_connections_end(stage: DiscordStage, tmp_path: Path, ending: str) -> None:
    """Asked to connect anew, told that the session is over, or cut off: replies of that moment are on record."""
    await stage.comes(MORNING)
    match ending:
        case "reconnect":
            stage.server.reconnect()
        case "invalidate":
            stage.server.invalidate()
        case _:
            stage.server.drop(abruptly=True)
    await stage.ann.replies("Meanwhile")
    await stage.server.until(lambda: recorded(tmp_path), 20)

    assert recorded(tmp_path) == ["Meanwhile"]


async def test_discord_is_away_for_a_while(stage: DiscordStage, tmp_path: Path) -> None:
    """Posts wait, and replies are read when it is back."""
    stage.server.goes_down()
    await asyncio.sleep(0.05)
    stage.server.comes_back()
    await stage.server.until(lambda: stage.bot.is_connected, 20)
    await stage.comes(MORNING)
    await stage.ann.replies("The tea")
    await stage.settles()

    assert len(prompts(stage)) == 1
    assert recorded(tmp_path) == ["The tea"]


async def test_both_at_the_same_instant(stage: DiscordStage) -> None:
    """Two presses and two forms that cross each other are both counted."""
    await stage.comes(MORNING)
    prompt = prompts(stage)[-1]
    both = (stage.ann.user, stage.ben.user)
    opened = await asyncio.gather(*(one.presses(prompt, "Answer") for one in both))
    await asyncio.gather(
        *(one.submits(form, {"words": f"By {one.name}"}) for one, form in zip(both, opened, strict=True))
    )
    await stage.settles()
    said = [one.shown for one in posts(stage)]

    assert len([text for text in said if "Ann\nBy Ann" in text]) == 1
    assert len([text for text in said if "Ben\nBy Ben" in text]) == 1


async def test_an_answer_that_takes_long(stage: DiscordStage, caplog: pytest.LogCaptureFixture) -> None:
    """Discord is told in time that it comes, and it comes."""
    stage.handler.delay = 2.3
    called, open_ = await asyncio.gather(stage.ann.user.calls("history"), stage.ben.user.calls("week"))
    before = len(posts(stage))
    stage.handler.delay = 0
    await stage.server.until(lambda: called.shown is not None and len(posts(stage)) > before)

    assert max(called.took, open_.took) < 3
    assert called.ephemeral is not None
    assert open_.shown is None
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.parametrize(
    "fault",
    [Fault.lost_answer(502), Fault.refused(404, 10062), Fault.refused(400, 40060), Fault.hang_up(carried_out=True)],
)
async def test_an_acknowledgement_that_goes_wrong(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture, fault: object
) -> None:
    """Late, double or lost: it leaves no trace but what was done."""
    await stage.comes(MORNING)
    stage.server.fail(CALLBACK, fault)  # type: ignore[arg-type]
    await stage.ben.user.presses(prompts(stage)[-1], "Not the day for it", waits=False)
    await stage.settles_without_answers()

    assert not [one for one in caplog.records if one.exc_info]
    assert len([one for one in posts(stage) if "A quiet day" in one.shown]) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault.lost_answer(502), Fault.lost_answer(503), Fault.hang_up(carried_out=True), Fault.too_many(0.1)],
)
async def test_a_post_whose_answer_is_lost(stage: DiscordStage, fault: object) -> None:
    """Tried again, it does not stand there twice."""
    stage.server.fail(POST, fault)  # type: ignore[arg-type]
    await stage.comes(MORNING)
    for _ in range(200):
        if prompts(stage) and await stage.pieces.engine.next_moment():
            break
        await stage.settles()
    await stage.comes("2026-03-02 08:05")

    assert len(prompts(stage)) == 1


async def test_closed_direct_messages(stage: DiscordStage) -> None:
    """A private answer to a reply finds no way; a line under the message says so, and the rest works."""
    stage.ann.user.closes_dms()
    await stage.comes("2026-03-07 10:00")
    await answer_the_form_in_the_channel(stage, stage.ann)
    await stage.comes("2026-03-08 18:30")

    assert "Ann shared from the week:" in stage.ben.screen


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


async def test_a_bigger_server(tmp_path: Path, known: Repertoire) -> None:
    """Where others read along the two are told so first, and shared lines go to their private chats."""
    async with discord_stage(tmp_path, known) as stage:
        await in_a_bigger_server(stage)
        hello, *_ = posts(stage)
        await share_something(stage, "2026-03-07 10:00", "2026-03-08 18:30")

        assert "Others can read along here." in hello.shown
        assert any("Others can read this chat" in one.shown for one in posts(stage))
        assert not any("You told me first" in one.shown for one in posts(stage))
        assert any("You told me first" in one.shown for one in stage.ben.user.screen(stage.bot))


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
        assert any("You told me first" in one.shown for one in stage.ben.user.screen(stage.bot))
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
