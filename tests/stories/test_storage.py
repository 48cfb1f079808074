"""What the database does to the posts: nothing is said twice, and nothing stops, while it does not work."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from bot import courier
from bot.courier import Courier
from bot.errors import StoreUnusable
from bot.posts import MessageRef, Place, Post
from stories.chats import Chats
from stories.story import Story

UNSENT = "SELECT count(*) FROM delivery WHERE sent_at = 0 AND given_up_at = 0 AND view = 'occurrence'"


class Failing:
    """The story's database, which fails for the units that a test names, as often as it says."""

    def __init__(self, story: Story) -> None:
        self._database = story.database
        self.fails: list[Exception] = []

    async def run_later(self, unit: Callable[..., Any], *args: Any) -> Any:
        if self.fails:
            raise self.fails.pop(0)
        return await self._database.run_later(unit, *args)


class Slow:
    """The chat, whose answer takes until *answers* is set; a post stands there before."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.came, self.answers = asyncio.Event(), asyncio.Event()
        self.brought = 0

    async def deliver(self, post: Post, place: Place, key: str) -> MessageRef:
        self.brought += 1
        found = await self._chats.deliver(post, place, key)
        self.came.set()
        await self.answers.wait()
        return found

    async def change(self, message: MessageRef, post: Post, key: str) -> MessageRef:
        return await self._chats.change(message, post, key)

    async def remove(self, message: MessageRef) -> None:
        await self._chats.remove(message)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "A_MOMENT", 0.01)
    monkeypatch.setattr(courier, "LONGEST_LOOK", 0.02)


async def _morning(story: Story) -> tuple[Failing, Slow, Courier, asyncio.Task[None]]:
    """The two in their chat, the first prompt about to go out, and a courier at work."""
    await story.paired()
    story.clock.move_to(story.at("2026-03-02 08:00"))
    await story.engine.open_due()
    failing, slow = Failing(story), Slow(story.chats)
    bringing = Courier(failing, story.clock, story.known, {story.chats.platform: slow})  # type: ignore[arg-type,dict-item]
    running = asyncio.create_task(bringing.run())
    await asyncio.wait_for(slow.came.wait(), 5)
    return failing, slow, bringing, running


def _unsent(story: Story) -> int:
    with closing(sqlite3.connect(story.folder / "story.db")) as opened:
        return int(opened.execute(UNSENT).fetchone()[0])


async def _until_sent(story: Story) -> None:
    async with asyncio.timeout(5):
        while _unsent(story):  # noqa: ASYNC110 - the file rings no bell
            await asyncio.sleep(0.01)


async def _ends(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_that_a_post_arrived_is_noted_once_the_database_works_again(story: Story) -> None:
    """Until then it is not brought a second time."""
    failing, slow, _, running = await _morning(story)
    failing.fails = [StoreUnusable("held")] * 5
    slow.answers.set()
    await _until_sent(story)
    await _ends(running)

    assert not failing.fails
    assert slow.brought == 1


async def test_a_post_that_takes_longer_than_its_lease_is_not_brought_twice(story: Story) -> None:
    """However long a platform's pace, or a database that does not work, keeps it in hand."""
    _, slow, _, running = await _morning(story)
    story.clock.move_to(story.clock.now() + courier.LEASE + 60)
    await asyncio.sleep(0.1)
    slow.answers.set()
    await _until_sent(story)
    await _ends(running)

    assert slow.brought == 1


async def test_the_courier_goes_on_whatever_it_stumbles_over(story: Story) -> None:
    """Looking for what waits, and for when, may fail; the next post comes all the same."""
    failing, slow, bringing, running = await _morning(story)
    slow.answers.set()
    await _until_sent(story)
    failing.fails = [StoreUnusable("held")] * 4
    story.clock.move_to(story.at("2026-03-02 22:00"))
    await story.engine.open_due()
    bringing.wake()
    await _until_sent(story)
    still = not running.done()
    await _ends(running)

    assert still
    assert any(one.words.startswith("Digital sunset\n") for one in story.chats.messages)
