"""The one place that paces what goes out on Telegram."""

from __future__ import annotations

import asyncio

import pytest

from adapters.telegram.gate import Gate, Limits
from bot.errors import RetryLater


async def sends(gate: Gate, chat: str, out: list[tuple[str, float]], *, answer: bool = False) -> None:
    """Send one message, and note when it left."""
    async with gate.turn(chat, answer=answer):
        out.append((chat, asyncio.get_running_loop().time()))


async def test_no_second_ever_holds_more_than_it_may() -> None:
    """Wherever a second begins, no more messages leave in it than are allowed in all."""
    gate, out = Gate(Limits(a_second=5)), list[tuple[str, float]]()
    await asyncio.gather(*(sends(gate, f"chat {number}", out) for number in range(12)))
    times = sorted(moment for _, moment in out)

    assert len(times) == 12
    assert all(later - earlier >= 1.0 for earlier, later in zip(times, times[5:], strict=False))


async def test_one_chat_has_one_a_second_and_keeps_the_order() -> None:
    """Two messages to one chat lie a second apart, in the order in which they came."""
    gate, out = Gate(Limits()), list[tuple[str, float]]()
    first = asyncio.create_task(sends(gate, "7", out, answer=True))
    await asyncio.sleep(0)
    await sends(gate, "7", out, answer=True)
    await first

    assert out[1][1] - out[0][1] >= 1.0


async def test_an_answer_overtakes_posts() -> None:
    """What a person waits for leaves before posts that came earlier."""
    gate, out = Gate(Limits(a_second=2)), list[tuple[str, float]]()
    posts = [asyncio.create_task(sends(gate, f"post {number}", out)) for number in range(6)]
    await asyncio.sleep(0.01)
    await sends(gate, "a person", out, answer=True)
    overtaken = 6 - (len(out) - 1)
    for post in posts:
        post.cancel()
    await asyncio.gather(*posts, return_exceptions=True)

    assert overtaken >= 3


async def test_a_post_does_not_wait_long_for_its_chat() -> None:
    """A group that has had its minute's share is come back to; the courier goes on meanwhile."""
    gate, out = Gate(Limits(a_second_in_a_chat=50, a_minute_in_a_group=2)), list[tuple[str, float]]()
    for _ in range(2):
        await sends(gate, "-100", out)
    with pytest.raises(RetryLater) as slower:
        await sends(gate, "-100", out)

    assert 50 < slower.value.after.total_seconds() <= 60


async def test_the_servers_own_word_counts() -> None:
    """Where the server asked to wait for a chat, nothing is posted to it before."""
    gate, out = Gate(Limits()), list[tuple[str, float]]()
    gate.hold("7", 30)
    with pytest.raises(RetryLater):
        await sends(gate, "7", out)
    await sends(gate, "8", out)

    assert [chat for chat, _ in out] == ["8"]


async def test_who_gives_up_waiting_gives_the_place_back() -> None:
    """A message that is cancelled while it waits, or on its way, takes nobody's place for ever."""
    gate, out = Gate(Limits(a_second=1)), list[tuple[str, float]]()
    await sends(gate, "first", out)
    waiting = [asyncio.create_task(sends(gate, f"gone {number}", out)) for number in range(3)]
    await asyncio.sleep(0.01)
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(3):
        await sends(gate, "second", out)

    assert [chat for chat, _ in out] == ["first", "second"]


async def test_many_chats_are_forgotten_and_none_that_has_to_wait() -> None:
    """The memory of whole crowds of chats goes, and a group keeps its minute."""
    gate, out = Gate(Limits(100_000, 100_000, 1)), list[tuple[str, float]]()
    await sends(gate, "-1", out)
    for number in range(2500):
        gate.hold(str(number), -1)
    with pytest.raises(RetryLater):
        await sends(gate, "-1", out)

    assert len(gate._chats) < 2500
