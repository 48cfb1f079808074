"""What goes wrong on Telegram, and what the two notice of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram_server import Fault, Message
from telegram_server.transcript import Posted
from telegram_stage import TelegramPhone, TelegramStage, telegram_stage
from the_story import answer_the_form, pair

from bot.turn import Repertoire
from stories.on_record import words_on_record

MORNING = "2026-03-02 08:00"


@pytest.fixture
async def stage(tmp_path: Path, known: Repertoire) -> AsyncIterator[TelegramStage]:
    """Ann and Ben, paired, in a group on Telegram."""
    async with telegram_stage(tmp_path, known) as telegram:
        await pair(telegram)
        yield telegram


def recorded(stage: TelegramStage, folder: Path) -> list[str]:
    """The words on record."""
    del stage
    return words_on_record(folder / "couple.db", folder / "couple.key")


def everything_kept(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("couple.db*"))


def newest(phone: TelegramPhone) -> Message:
    return [one for one in phone.user.screen(phone.group) if one.author is phone.bot][-1]


def bot_posts(stage: TelegramStage) -> list[str]:
    return [one.text for one in stage.ann.user.screen(stage.group) if one.author is stage.bot]


async def test_an_update_that_nobody_can_read_blocks_nothing(stage: TelegramStage, tmp_path: Path) -> None:
    """Between two replies lies something that is no update; both are recorded."""
    await stage.comes(MORNING)
    await stage.ann.replies("Before")
    stage.server.inject({"message": {"message_id": "what", "chat": 7, "date": []}})
    stage.server.inject({"callback_query": None, "message": {"date": 1}})
    await stage.ben.replies("Behind")
    await stage.settles()

    assert recorded(stage, tmp_path) == ["Before", "Behind"]


async def test_an_update_that_is_no_json_blocks_nothing(stage: TelegramStage, tmp_path: Path) -> None:
    """Whatever comes in one batch with it is no JSON either; all but that one are recorded, in their order."""
    await stage.comes(MORNING)
    await stage.ann.replies("Before")
    torn = stage.server.inject({"message": {"message_id": 7, "text": "torn"}})
    stage.server.transport.troubles.garbled.add(torn.id)
    await stage.ben.replies("Behind")
    await stage.server.until(lambda: not stage.bot.inbox.pending, 30)

    assert recorded(stage, tmp_path) == ["Before", "Behind"]


async def test_an_update_that_comes_twice(stage: TelegramStage, tmp_path: Path) -> None:
    """The same update again changes nothing."""
    await stage.comes(MORNING)
    await stage.ann.replies("Once")
    update = stage.bot.inbox.pending[-1]
    await stage.settles()
    stage.bot.inbox.pending.append(update)
    stage.bot.inbox.filled.set()
    await stage.settles()

    assert recorded(stage, tmp_path) == ["Once"]


async def test_ambient_words_leave_no_trace(stage: TelegramStage, tmp_path: Path) -> None:
    """With privacy off the bot is sent everything, and keeps nothing that was not said to it."""
    stage.bot.can_read_all = True
    await stage.comes(MORNING)
    said = stage.ann.user.writes("a secret word in passing", stage.group, ignoring_prompt=True)
    stage.ann.user.edits(said, "a secret word, mended")
    await stage.settles()

    assert b"secret word" not in everything_kept(tmp_path)
    assert not any("secret word" in words for words in recorded(stage, tmp_path))


async def test_an_edit_changes_the_record_and_the_receipt_stays(stage: TelegramStage, tmp_path: Path) -> None:
    """Editing one's own reply is enough."""
    await stage.comes(MORNING)
    said = stage.ann.user.writes("The tae", stage.group, reply_to=newest(stage.ann))
    await stage.settles()
    stage.ann.user.edits(said, "The tea")
    await stage.settles()

    assert recorded(stage, tmp_path) == ["The tea"]
    assert said.reactions == ["✍"]


async def test_a_group_that_forbids_the_mark(stage: TelegramStage, tmp_path: Path) -> None:
    """Another neutral mark is taken, or none; the words are on record either way."""
    stage.group.allows_reactions("👌")
    await stage.comes(MORNING)
    first = stage.ann.user.writes("One", stage.group, reply_to=newest(stage.ann))
    await stage.settles()
    stage.group.allows_reactions("🎉")
    second = stage.ann.user.writes("Two", stage.group, reply_to=newest(stage.ann))
    await stage.settles()

    assert [first.reactions, second.reactions] == [["👌"], []]
    assert recorded(stage, tmp_path) == ["One", "Two"]


async def test_voices_and_pictures(stage: TelegramStage) -> None:
    """A voice note and a picture are answers too."""
    await stage.comes(MORNING)
    voice = stage.ann.user.sends_voice(stage.group, reply_to=newest(stage.ann))
    picture = stage.ben.user.sends_photo(stage.group, reply_to=newest(stage.ann))
    await stage.settles()

    assert [voice.reactions, picture.reactions] == [["✍"], ["✍"]]


async def test_the_bot_is_put_out_and_comes_back(stage: TelegramStage) -> None:
    """Put out, it posts nothing and complains to nobody; added again, it goes on."""
    stage.group.removes_bot(stage.bot)
    await stage.settles()
    before = len(bot_posts(stage))
    await stage.comes(MORNING)
    silent = len(bot_posts(stage))
    stage.group.add_bot(stage.bot, by=stage.ann.user)
    await stage.settles()
    await stage.comes("2026-03-02 22:00")

    assert silent == before
    assert bot_posts(stage)[-1].startswith("Digital sunset")


async def test_a_kick_that_is_found_out_by_posting(stage: TelegramStage) -> None:
    """Where nobody told the bot that it is out, the first refused post does, and the room rests."""
    stage.server.fail("sendMessage", Fault.forbidden("Forbidden: bot was kicked from the group chat"), times=1)
    await stage.comes(MORNING)
    await stage.comes("2026-03-02 22:00")
    rested = bot_posts(stage)
    await stage.ann.says("/week")
    await stage.settles()
    await stage.comes("2026-03-03 08:00")

    assert not any(text.startswith(("Morning appreciation\n", "Digital sunset")) for text in rested)
    assert bot_posts(stage)[-1].startswith("Morning appreciation\n")


async def test_someone_who_blocked_the_bot(stage: TelegramStage, tmp_path: Path) -> None:
    """A check-in is not pressed on someone who blocked the bot; when they start it again all is as before."""
    stage.ben.user.blocks(stage.bot)
    await stage.settles()
    await stage.comes("2026-03-07 10:00")
    await stage.ben.presses("Answer in private")
    await stage.settles()
    await stage.ben.presses("Mostly")
    await stage.settles()

    assert "2 of 6" in stage.ben.screen


async def test_a_third_person_comes(stage: TelegramStage) -> None:
    """Said once, names nobody, and shared lines go to the private chats from then on; another bot is nobody."""
    other = stage.server.add_bot("987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "another_bot")
    stage.group.add_bot(other, by=stage.ann.user)
    await stage.settles()
    before = [text for text in bot_posts(stage) if "Others can read this chat" in text]
    cleo, other = stage.server.add_user("Cleo"), stage.server.add_user("Somebody")
    cleo.joins(stage.group)
    other.joins(stage.group)
    await stage.settles()
    await stage.comes("2026-03-08 18:30")
    said = [text for text in bot_posts(stage) if "Others can read this chat" in text]

    assert [len(before), len(said)] == [0, 1]
    assert not any(text.startswith("Weekly check-in\n\n") for text in bot_posts(stage))


async def test_bystanders(stage: TelegramStage, tmp_path: Path) -> None:
    """A third person's reply is not kept, their presses and commands change nothing and are declined kindly."""
    cleo = stage.server.add_user("Cleo")
    cleo.joins(stage.group)
    await stage.comes(MORNING)
    said = cleo.writes("Me too", stage.group, reply_to=newest(stage.ann))
    pressed = cleo.taps("Not the day for it", stage.group)
    cleo.commands(f"/rituals@{stage.bot.username}", stage.group)
    await stage.settles()

    assert recorded(stage, tmp_path) == []
    assert said.reactions == []
    assert "for the two who share this chat" in pressed.text
    assert not any("A quiet day" in text for text in bot_posts(stage))
    assert stage.server.world.place(stage.ann.user, stage.group) is stage.group


async def test_an_anonymous_administrator(stage: TelegramStage, tmp_path: Path) -> None:
    """Who writes as the group is told that nobody can tell who it was, and nothing is kept of it."""
    await stage.comes(MORNING)
    stage.group.anonymous_admin_writes(f"/week@{stage.bot.username}")
    stage.group.anonymous_admin_writes("The tea", reply_to=newest(stage.ann))
    await stage.settles()

    assert len([text for text in bot_posts(stage) if "You're writing as the group" in text]) == 2
    assert recorded(stage, tmp_path) == []


async def test_forged_and_stale_presses(stage: TelegramStage) -> None:
    """Whatever an altered client sends is answered kindly, once, and changes nothing."""
    await stage.comes("2026-03-07 10:00")
    post = newest(stage.ann)
    forged = [
        stage.ben.user.presses_forged(post, data)
        for data in ("", "nonsense", "share-1-ready", "checkin-zzzzzzzzzz", "plan-1-start", "enter-1-x", "é" * 20)
        if data
    ]
    stage.ann.user.deletes(post)
    await stage.settles()

    assert all(press.answered for press in forged)
    assert all("another time" in press.text or "old" in press.text or press.text for press in forged)


async def test_a_sealed_question_is_never_asked_in_the_group(stage: TelegramStage) -> None:
    """A sealed form's press, forged under a post of the group, leads to the private chat."""
    await stage.comes("2026-03-07 10:00")
    occurrence = newest(stage.ann).buttons[0]["url"].partition("checkin-")[2]
    stage.ben.user.presses_forged(newest(stage.ann), f"say-{occurrence}-tc-built")
    stage.ben.user.presses_forged(newest(stage.ann), f"checkin-{occurrence}")
    await stage.settles()

    assert not any("of 6" in text or "In your own words" in text for text in bot_posts(stage))


async def test_the_group_becomes_a_supergroup_in_the_middle_of_a_checkin(stage: TelegramStage) -> None:
    """The check-in goes on in private, and its shared lines appear in the group as it is now."""
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, stage.ann, "You told me first")
    moved = stage.group.migrates()
    await stage.settles()
    stage.ann.group = stage.ben.group = stage.group = moved
    await stage.ann.presses("Share the warm lines")
    await stage.settles()
    await stage.comes("2026-03-08 18:30")

    assert "Ann shared from the week:" in bot_posts(stage)[-1]


async def test_a_move_that_only_a_refused_post_tells_of(stage: TelegramStage) -> None:
    """Where the service messages were missed, the server's refusal names the new group, and the post goes there."""
    moved = stage.group.migrates()
    stage.bot.inbox.pending.clear()
    await stage.comes(MORNING)
    stage.ann.group = stage.ben.group = stage.group = moved
    await stage.settles()

    assert bot_posts(stage)[-1].startswith("Morning appreciation\n")


async def test_a_topic_of_a_forum(tmp_path: Path, known: Repertoire) -> None:
    """Begun in a topic, the rituals stay in the topic, and so do the questions."""
    async with telegram_stage(tmp_path, known) as stage:
        ann, ben = stage.server.add_user("Ann"), stage.server.add_user("Ben")
        forum = stage.server.add_group("Ours", ann, ben, is_forum=True)
        forum.add_bot(stage.bot, by=ann)
        topic = forum.opens_topic("Rituals", by=ann)
        await stage.settles()
        ann.commands(f"/start@{stage.bot.username}", forum, topic=topic.id)
        await stage.settles()
        for one in (ann, ben):
            one.taps("Tell me more", forum)
            await stage.settles()
            one.taps("Join", stage.bot)
            await stage.settles()
        ann.taps("Start", forum)
        await stage.comes(MORNING)
        ann.taps("Answer", forum)
        await stage.settles()
        answer = ann.writes("The tea", forum)
        await stage.settles()
        posts = [one for one in ann.screen(forum) if one.author is stage.bot]

        assert posts[-1].text.startswith("Morning appreciation\n")
        assert {one.thread for one in posts[1:]} == {topic.id}
        assert answer.reactions == ["✍"]


async def test_names_and_words_are_never_markup(tmp_path: Path, known: Repertoire) -> None:
    """A name that looks like markup is shown as it is, in the question and above shared words."""
    async with telegram_stage(tmp_path, known) as stage:
        stage.ann.user.name = "<b>Ann</b> & @everyone"
        await pair(stage)
        await stage.comes(MORNING)
        await stage.ann.presses("Answer")
        await stage.settles()
        asked = bot_posts(stage)[-1]
        await stage.ann.submits("<a href='https://example.org'>x</a> *_`[")
        await stage.settles()

        assert "<b>Ann</b> & @everyone" in asked


async def test_a_long_answer_comes_back_whole(stage: TelegramStage) -> None:
    """What is longer than a message is shown in several, and none is cut inside a word or refused."""
    words = " ".join(f"word{number}" for number in range(480))
    await stage.comes(MORNING)
    await stage.ann.replies(words)
    await stage.ben.replies(words[::-1])
    await stage.settles()
    await stage.ann.says("/history", in_room=False)
    await stage.settles()
    shown = [one.text for one in stage.ann.user.screen(stage.bot) if one.author is stage.bot][-3:]

    assert words in " ".join(" ".join(shown).split())
    assert all(len(text) <= 4096 for text in shown)


async def test_a_command_by_someone_who_never_met_the_bot(tmp_path: Path, known: Repertoire) -> None:
    """A private answer in a group leads whoever has no private chat yet to one, without a word of the answer."""
    async with telegram_stage(tmp_path, known) as stage:
        await stage.ann.says("/week")
        await stage.settles()
        link = newest(stage.ann).links[0]
        said = bot_posts(stage)[-1]
        stage.ann.user.opens(link)
        await stage.settles()

        assert said == "That goes in private."
        assert "/start shows the way" in stage.ann.screen


async def test_other_bots_commands(stage: TelegramStage) -> None:
    """What is addressed to another bot, or is nobody's in particular, is not answered."""
    stage.bot.can_read_all = True
    before = len(bot_posts(stage))
    for text in ("/week@another_bot", "/frobnicate", "/week@another_bot hello"):
        stage.ann.user.commands(text, stage.group)
    await stage.settles()

    assert len(bot_posts(stage)) == before


async def test_too_many_requests_and_a_lost_line(stage: TelegramStage, tmp_path: Path) -> None:
    """A request to slow down, a server in trouble and a broken line delay an answer and lose none."""
    await stage.comes(MORNING)
    stage.server.fail("setMessageReaction", Fault.too_many(1), times=1)
    stage.server.fail("setMessageReaction", Fault.server_error(502), times=1, after=1)
    said = stage.ann.user.writes("The tea", stage.group, reply_to=newest(stage.ann))
    await stage.server.until(lambda: said.reactions)

    assert said.reactions == ["✍"]
    assert recorded(stage, tmp_path) == ["The tea"]


async def test_commands_are_offered_in_every_kind_of_chat(stage: TelegramStage) -> None:
    """Phones offer the same commands in private and in groups."""
    offered = {scope: [one["command"] for one in found] for (scope, _), found in stage.bot.commands.items()}

    assert set(offered) == {'{"type": "all_private_chats"}', '{"type": "all_group_chats"}'}
    assert all({"checkin", "week", "rest", "help"} <= set(names) for names in offered.values())


async def test_a_private_command_typed_in_the_group(stage: TelegramStage) -> None:
    """What it shows comes in private, and says that the line itself stands where both see it."""
    stage.ben.user.commands(f"/settings@{stage.bot.username}", stage.group)
    await stage.settles()
    private = stage.ben.user.screen(stage.bot)[-1].text
    stage.ben.user.commands("/settings", stage.bot)
    await stage.settles()

    assert "Your own line stands in the group" in private
    assert "stands in the group" not in stage.ben.user.screen(stage.bot)[-1].text
    assert "Quiet hours" in private


async def test_quiet_posts_ring_no_phone(stage: TelegramStage) -> None:
    """The sunset line is silent, the morning prompt is not."""
    await stage.comes(MORNING)
    await stage.comes("2026-03-02 22:00")
    posts = {one.text.partition("\n")[0]: one.silent for one in stage.server.transcript if isinstance(one, Posted)}

    assert posts["Digital sunset"]
    assert not posts["Morning appreciation"]


async def test_telegram_is_away_for_a_while(stage: TelegramStage, tmp_path: Path) -> None:
    """What was written while Telegram did not answer arrives once it does."""
    await stage.comes(MORNING)
    stage.server.fail("getUpdates", Fault.server_error(502), times=1)
    stage.server.fail("getUpdates", Fault.hang_up(), times=1, after=1)
    await stage.ann.replies("Written meanwhile")
    await stage.server.until(lambda: not stage.bot.inbox.pending, 20)
    await asyncio.sleep(0)

    assert recorded(stage, tmp_path) == ["Written meanwhile"]


async def test_a_reply_to_a_post_whose_arrival_is_not_known_yet(stage: TelegramStage, tmp_path: Path) -> None:
    """The line broke after Telegram had taken the post: an answer to it counts, before and after it comes again."""
    stage.server.fail("sendMessage", Fault.hang_up(carried_out=True), times=1)
    await stage.comes(MORNING)
    first = newest(stage.ann)
    stage.ann.user.writes("To the one that stands there", stage.group, reply_to=first)
    await stage.settles()
    early = recorded(stage, tmp_path)
    await stage.comes("2026-03-02 08:05")
    second = newest(stage.ann)
    stage.ben.user.writes("To the first of two", stage.group, reply_to=first)
    stage.ben.user.writes("To the second", stage.group, reply_to=second)
    await stage.settles()

    assert second is not first
    assert early == ["To the one that stands there"]
    assert recorded(stage, tmp_path) == ["To the one that stands there", "To the first of two", "To the second"]


async def test_a_reply_to_another_line_of_the_bots_is_none(stage: TelegramStage, tmp_path: Path) -> None:
    """While a post is on its way, a reply to the greeting is still not an answer to it."""
    greeting = next(one for one in stage.ann.user.screen(stage.group) if one.author is stage.bot)
    stage.server.fail("sendMessage", Fault.hang_up(carried_out=True), times=1)
    await stage.comes(MORNING)
    stage.ann.user.writes("Hello, bot", stage.group, reply_to=greeting)
    await stage.settles()

    assert recorded(stage, tmp_path) == []
