"""Whom the bot serves is the host's to say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.events import BotAdded, Commanded, Event, Pressed
from bot.posts import Answer, InPrivate, InRoom, Show, Token
from bot.turn import Repertoire
from bot.welcome import Couples, Welcome
from stories.chats import PLATFORM, ROOM, BarePhone
from stories.story import Story, told

CODE = "open-sesame"
Opens = Callable[[Couples], AbstractAsyncContextManager[Story]]


@pytest.fixture
def hosted(tmp_path: Path, known: Repertoire, migrated: Path) -> Opens:
    """A story whose host has set whom to serve."""

    @asynccontextmanager
    async def opened(couples: Couples) -> AsyncIterator[Story]:
        async with told(tmp_path, replace(known, welcome=Welcome(couples, "Cleo", CODE)), migrated) as story:
            yield story

    return opened


async def is_known_as_host(story: Story, who: BarePhone, code: str = CODE) -> Answer:
    pressed = Pressed(
        id=story.chats.event_id(), moment=0, place=who.private, person=who.person, token=Token("host", 0, code)
    )
    return await story.engine.handle(pressed)


async def test_the_host_is_asked_about_a_chat(hosted: Opens) -> None:
    """A chat waits until the host lets it in, and then begins with a press in the room."""
    async with hosted("ask-host") as story:
        ann, cleo = story.person("Ann"), story.person("Cleo")
        await ann.says("/start")
        waiting = ann.labels
        await is_known_as_host(story, cleo)
        await cleo.presses("I run this bot")
        await cleo.presses("Let it in")
        await story.settles()
        await ann.presses("Begin")

        assert waiting == ["I run this bot"]
        assert "Cleo, who runs this bot, says yes" in ann.screen.replace("\u2068", "").replace("\u2069", "")
        assert "Tell me more" in ann.labels


async def test_a_host_who_brings_the_bot_has_said_yes(hosted: Opens) -> None:
    """The host's own chat begins at once."""
    async with hosted("ask-host") as story:
        ann = story.person("Ann")
        await is_known_as_host(story, ann)
        await ann.adds_bot()

        assert ann.labels == ["Tell me more"]


async def test_nobody_else_lets_a_chat_in(hosted: Opens) -> None:
    """A wrong code makes no host, the right one in a room neither, and without one the door stays closed."""
    async with hosted("ask-host") as story:
        ann = story.person("Ann")
        await ann.says("/start")
        await is_known_as_host(story, ann, "guessed")
        in_room = Pressed(id="x", moment=0, place=ROOM, person=ann.person, token=Token("host", 0, CODE))
        await story.engine.handle(in_room)
        await ann.presses("I run this bot")

        assert "Only whoever runs this bot" in ann.last_post
        assert "Tell me more" not in ann.labels


async def test_begin_does_nothing_before_the_yes(hosted: Opens) -> None:
    """A forged "Begin" opens no way in."""
    async with hosted("ask-host") as story:
        ann = story.person("Ann")
        await ann.says("/start")
        message, choice = ann.find_choice("I run this bot")
        await ann.presses_token(Token("begin", choice.token.subject), message)

        assert "Tell me more" not in ann.labels


async def test_a_bot_that_is_full_says_so(hosted: Opens) -> None:
    """With room for one couple, a second chat is told kindly, and the first goes on."""
    async with hosted(1) as story:
        _, ben = await story.paired()
        other = InRoom(PLATFORM, "another chat")
        cleo = story.person("Cleo")
        answer = await story.engine.handle(
            Commanded(id="second", moment=0, place=other, person=cleo.person, name="start")
        )
        await story.comes("2026-03-02 08:00")

        assert isinstance(answer, Show)
        assert "as many couples as its host takes on" in answer.post.text[0].text
        assert "appreciation" in ben.last_post.lower()


async def test_two_chats_that_began_before_it_was_full(hosted: Opens) -> None:
    """Of two chats that were greeted while there was room for one, the first yes takes it."""
    async with hosted(1) as story:
        ann, cleo = story.person("Ann"), story.person("Cleo")
        await ann.says("/start")
        _, late = ann.find_choice("Tell me more")
        other = InRoom(PLATFORM, "another chat")
        added: Event = BotAdded(id="second", moment=0, place=other, person=cleo.person)
        greeted = await story.engine.handle(added)
        assert isinstance(greeted, Show)
        enter = Token("enter", greeted.post.choices[0].token.subject, greeted.post.choices[0].token.value)
        place = InPrivate(PLATFORM, "cleo")
        await story.engine.handle(Pressed(id="yes", moment=0, place=place, person=cleo.person, token=enter))
        await ann.presses("Tell me more")
        await ann.presses("Join")

        assert late.token.verb == "join"
        assert "as many couples as its host takes on" in ann.last_post


async def test_added_by_its_link_the_bot_greets_once(story: Story) -> None:
    """The /start that a platform sends along with the joining adds no second greeting; a later one does."""
    ann = story.person("Ann")
    await ann.adds_bot()
    await ann.says("/start hello")
    once = len([one for one in ann.room if one.author == "bot"])
    await story.passes(minutes=2)
    await ann.says("/start hello")

    assert [once, len([one for one in ann.room if one.author == "bot"])] == [1, 2]


async def test_added_by_its_link_the_bot_waits_once(hosted: Opens) -> None:
    """Where the host is asked, the bot says so once, though the joining comes with a /start."""
    async with hosted("ask-host") as story:
        ann = story.person("Ann")
        await ann.adds_bot()
        await ann.says("/start hello")

        assert len([one for one in ann.room if one.author == "bot"]) == 1
