"""What people do, and which of it the bot hears."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram_server import Message
from telegram_server.caller import Stage, staged
from telegram_server.errors import ApiError

GOOD = {"inline_keyboard": [[{"text": "Good", "callback_data": "g"}]]}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


async def posts(stage: Stage, text: str, **parameters: Any) -> Message:
    """The bot posts in the group."""
    told = await stage.caller.call("sendMessage", **{"chat_id": stage.group.id, "text": text} | parameters)
    return stage.group.messages[told["message_id"]]


async def heard(stage: Stage) -> list[str]:
    """The words of the messages that the bot was told of."""
    return [one["message"]["text"] for one in await stage.caller.updates() if "message" in one]


async def test_privacy_mode(stage: Stage) -> None:
    """The bot hears its own commands, replies to it, and bare commands if no other bot posted since."""
    other = stage.server.add_bot("7000000002:b", "other_bot", name="Other")
    stage.group.add_bot(other)
    question = await posts(stage, "How was your day?")
    stage.ann.writes("only between us", stage.group)
    stage.ann.commands("/today@couple_rituals_bot", stage.group)
    stage.ann.commands("/today@other_bot", stage.group)
    stage.ann.commands("/week", stage.group)
    mine = stage.ann.writes("fine", stage.group, reply_to=question)
    stage.ben.writes("me too", stage.group, reply_to=mine)
    stage.group.last_bot = other
    stage.ann.commands("/sunset", stage.group)

    await stage.caller.updates(limit=1)
    assert await heard(stage) == ["/today@couple_rituals_bot", "/week", "fine"]


async def test_without_privacy_mode(stage: Stage) -> None:
    """As an administrator, or with privacy mode off, the bot hears all."""
    stage.group.promotes(stage.bot)
    stage.ann.writes("one", stage.group)
    stage.group.demotes(stage.bot)
    stage.ann.writes("two", stage.group)
    stage.bot.can_read_all = True
    stage.ann.writes("three", stage.group)

    assert await heard(stage) == ["one", "three"]


async def test_prompts_wait_for_their_answer(stage: Stage) -> None:
    """What a person writes next replies to the prompt, once, and only if the prompt is meant for that person."""
    await posts(stage, "Ann, what was good?", reply_markup={"force_reply": True})
    first = stage.ann.writes("the walk", stage.group)
    second = stage.ann.writes("and the soup", stage.group)
    selective = {"force_reply": True, "selective": True}
    await posts(stage, "@ann, and today?", reply_markup=selective)
    unasked = stage.ben.writes("not me", stage.group, ignoring_prompt=True)
    stage.ben.writes("nor me", stage.group)
    command = stage.ann.commands("/week", stage.group)
    third = stage.ann.writes("the rain", stage.group)

    assert first.reply_to is not None
    assert first.reply_to.text == "Ann, what was good?"
    assert (second.reply_to, unasked.reply_to, command.reply_to) == (None, None, None)
    assert third.reply_to is not None
    assert third.reply_to.text == "@ann, and today?"


async def test_a_prompt_for_whoever_pressed(stage: Stage) -> None:
    """A selective prompt that replies to a message asks its author; once it is deleted, it asks nobody."""
    asked = stage.ben.commands("/today@couple_rituals_bot", stage.group)
    selective = {"force_reply": True, "selective": True}
    prompt = await posts(stage, "And you?", reply_markup=selective, reply_parameters={"message_id": asked.id})
    waiting = (stage.ann.prompt(stage.group), stage.ben.prompt(stage.group))
    await stage.caller.call("deleteMessage", chat_id=stage.group.id, message_id=prompt.id)

    assert waiting == (None, prompt)
    assert stage.ben.writes("fine", stage.group).reply_to is None


async def test_presses(stage: Stage) -> None:
    """A press is told with its message and takes one answer in time."""
    await posts(stage, "How?", reply_markup=GOOD)
    press, late = stage.ben.taps("Good", stage.group), stage.ann.taps("Good", stage.group)
    answer = {"callback_query_id": press.id, "text": "noted", "show_alert": True}
    await stage.caller.call("answerCallbackQuery", **answer)
    with pytest.raises(ApiError, match="query is too old"):
        await stage.caller.call("answerCallbackQuery", **answer)
    with pytest.raises(ApiError, match="MESSAGE_TOO_LONG"):
        await stage.caller.call("answerCallbackQuery", callback_query_id=late.id, text="x" * 201)
    stage.server.clock.forward(21)
    with pytest.raises(ApiError, match="query is too old"):
        await stage.caller.call("answerCallbackQuery", callback_query_id=late.id)

    assert (press.answered, press.text, press.alert, late.answered) == (True, "noted", True, False)


async def test_presses_that_no_button_offered(stage: Stage) -> None:
    """A forged press arrives; under a deleted message it carries what is left; nobody presses what is not there."""
    question = await posts(stage, "How?", reply_markup=GOOD)
    stage.ben.presses_forged(question, "forged")
    await stage.caller.call("deleteMessage", chat_id=stage.group.id, message_id=question.id)
    stage.ben.presses_forged(question, "g")
    first, second = [one["callback_query"] for one in await stage.caller.updates()]
    with pytest.raises(AssertionError, match="does not see"):
        stage.ben.presses(question, "Good")

    assert (first["data"], first["message"]["text"]) == ("forged", "How?")
    assert second["message"] == {"chat": stage.group.shape(), "message_id": question.id, "date": 0}


async def test_links_open_the_private_chat(stage: Stage) -> None:
    """A link button, an answered press and a link in the words start the bot with their payload."""
    link = "https://t.me/couple_rituals_bot?start="
    keyboard = {"inline_keyboard": [[{"text": "Open", "url": link + "one"}, {"text": "Go", "callback_data": "g"}]]}
    message = await posts(stage, f'<a href="{link}three">here</a>', parse_mode="HTML", reply_markup=keyboard)
    stage.ann.taps("Open", stage.group)
    press = stage.ann.taps("Go", stage.group)
    await stage.caller.call("answerCallbackQuery", callback_query_id=press.id, url=link + "two")
    stage.ann.opens(message.links[0])
    again = stage.ann.taps("Go", stage.group)
    with pytest.raises(ApiError, match="URL_INVALID"):
        await stage.caller.call("answerCallbackQuery", callback_query_id=again.id, url="https://t.me/other?start=x")

    assert await heard(stage) == ["/start one", "/start two", "/start three"]


async def test_a_link_brings_the_bot_into_a_group(stage: Stage) -> None:
    """A startgroup link adds the bot and tells it the payload."""
    home = stage.server.add_group("Home", stage.ben)
    stage.ben.opens("https://t.me/couple_rituals_bot?startgroup=pair", in_=home)
    added, service, started = await stage.caller.updates()

    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["username"] == "couple_rituals_bot"
    assert started["message"]["text"] == "/start@couple_rituals_bot pair"


async def test_who_cannot_be_written_to(stage: Stage) -> None:
    """Strangers, people who never started or have blocked the bot, and groups that threw it out, each in its words."""

    async def refusal(chat: int) -> str:
        with pytest.raises(ApiError) as refused:
            await stage.caller.call("sendMessage", chat_id=chat, text="hello")
        return f"{refused.value.code} {refused.value.description}"

    stranger = stage.server.add_user("Cleo")
    stage.ann.starts()
    stage.ann.blocks()
    stage.group.removes_bot(stage.bot)

    assert await refusal(stranger.id) == "400 Bad Request: chat not found"
    assert await refusal(stage.ben.id) == "403 Forbidden: bot can't initiate conversation with a user"
    assert await refusal(stage.ann.id) == "403 Forbidden: bot was blocked by the user"
    assert await refusal(stage.group.id) == "403 Forbidden: bot was kicked from the group chat"
    stage.ann.unblocks()
    await stage.caller.call("sendMessage", chat_id=stage.ann.id, text="hello again")


async def test_comings_and_goings(stage: Stage) -> None:
    """Who comes and who goes is told; who left sees nothing any more."""
    cleo = stage.server.add_user("Cleo")
    cleo.joins(stage.group)
    cleo.leaves(stage.group)
    stage.ben.is_removed(stage.group)
    told = [one["message"] for one in await stage.caller.updates()]

    assert told[0]["new_chat_members"][0]["first_name"] == "Cleo"
    assert [one["left_chat_member"]["first_name"] for one in told[1:]] == ["Cleo", "Ben"]
    assert [one["from"]["first_name"] for one in told[1:]] == ["Cleo", "Ann"]
    assert stage.ben.screen(stage.group) == []


async def test_migration(stage: Stage) -> None:
    """The group gets another id and its numbers begin again; both chats say so, and the old one refuses."""
    before = await posts(stage, "before")
    new = stage.group.migrates()
    old_told, new_told = [one["message"] for one in await stage.caller.updates()]
    with pytest.raises(ApiError) as refused:
        await stage.caller.call("editMessageText", chat_id=stage.group.id, message_id=before.id, text="x")
    stage.ann.commands("/today@couple_rituals_bot", stage.group)

    assert (old_told["chat"]["id"], old_told["migrate_to_chat_id"]) == (stage.group.id, new.id)
    assert (new_told["chat"]["id"], new_told["migrate_from_chat_id"]) == (new.id, stage.group.id)
    assert refused.value.parameters == {"migrate_to_chat_id": new.id}
    following = await stage.caller.newest("message")
    assert (following["chat"]["type"], following["message_id"]) == ("supergroup", 2)


async def test_topics(stage: Stage) -> None:
    """In a forum, what is written and answered stays in its topic."""
    forum = stage.server.add_group("Forum", stage.ann, is_forum=True)
    forum.add_bot(stage.bot, admin=True)
    opened = await stage.caller.call("createForumTopic", chat_id=forum.id, name="Rituals")
    topic = opened["message_thread_id"]
    asked = stage.ann.commands("/today", forum, topic=topic)
    reply = {"chat_id": forum.id, "reply_parameters": {"message_id": asked.id}}
    answered = await stage.caller.call("sendMessage", **reply, text="Here")

    told = await stage.caller.newest("message")
    assert (told["message_thread_id"], told["is_topic_message"]) == (topic, True)
    assert told["reply_to_message"]["forum_topic_created"]["name"] == "Rituals"
    assert (answered["message_thread_id"], answered["is_topic_message"]) == (topic, True)


async def test_whispers() -> None:
    """What is meant for one person is seen by one person, and only shortly after that person asked for it."""
    async with staged(is_super=True) as stage:
        stage.ann.commands("/secret", stage.group, privately=True)
        command = await stage.caller.newest("message")
        whisper = {
            "chat_id": stage.group.id,
            "text": "between us",
            "ephemeral_message_parameters": {"receiver_user_id": stage.ann.id},
            "reply_parameters": {"ephemeral_message_id": command["ephemeral_message_id"]},
        }
        told = await stage.caller.call("sendMessage", **whisper)
        named = {"receiver_user_id": stage.ann.id, "ephemeral_message_id": told["ephemeral_message_id"]}
        await stage.caller.call("editEphemeralMessageText", chat_id=stage.group.id, **named, text="still")
        seen = [one.text for one in stage.ann.screen(stage.group)], [one.text for one in stage.ben.screen(stage.group)]
        await stage.caller.call("deleteEphemeralMessage", chat_id=stage.group.id, **named)
        stage.server.clock.forward(16)
        with pytest.raises(ApiError, match="EPHEMERAL"):
            await stage.caller.call("sendMessage", **whisper)

        assert (command["message_id"], told["message_id"]) == (0, 0)
        assert seen == (["", "/secret", "still"], [""])
        assert stage.server.transcript.posts("Couple Rituals")[0].seen_by == ("Ann",)


async def test_the_transcript_tells_who_sees_what(stage: Stage) -> None:
    """Posts, edits, marks, answers and deletions stand in the order in which they could be seen."""
    question = await posts(stage, "<b>How?</b>", parse_mode="HTML", reply_markup=GOOD, disable_notification=True)
    press = stage.ben.taps("Good", stage.group)
    await stage.caller.call("answerCallbackQuery", callback_query_id=press.id, text="noted")
    await stage.caller.call("editMessageText", chat_id=stage.group.id, message_id=question.id, text="Thanks")
    stage.ben.reacts(question, "❤")
    await stage.caller.call("deleteMessage", chat_id=stage.group.id, message_id=question.id)
    posted, answered, edited, reacted, deleted = stage.server.transcript.visible[1:]

    assert (posted.text, posted.buttons, posted.seen_by, posted.silent) == ("How?", ("Good",), ("Ann", "Ben"), True)
    assert (answered.seen_by, answered.text) == ("Ben", "noted")
    assert (edited.text, edited.buttons, reacted.marks, deleted.by) == ("Thanks", (), ("❤",), "Couple Rituals")
