"""A ritual that comes at once, because one of the two pressed Now on its page."""

from __future__ import annotations

import asyncio

import pytest

from stories.chats import BarePhone
from stories.story import Story


async def _page(phone: BarePhone, title: str, *, in_room: bool = True) -> None:
    await phone.says("/rituals", in_room=in_room)
    if title not in phone.labels:
        await phone.presses("More rituals")
    await phone.presses(title)


def _came(phone: BarePhone, title: str) -> int:
    return sum(
        one.author == "bot" and one.words.startswith(f"{title}\n") and bool(one.post.choices) for one in phone.room
    )


@pytest.mark.parametrize("title", ["Morning appreciation", "Digital sunset", "Wins", "Slow hug", "Shared break"])
@pytest.mark.parametrize("in_room", [True, False])
async def test_it_comes_at_once(story: Story, title: str, *, in_room: bool) -> None:
    """Whatever has prompts comes to the chat, switched on or not, without a bell, and switches nothing on."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 13:00")
    before = _came(ben, title)
    await _page(ann, title, in_room=in_room)
    await ann.presses("Now")
    await story.settles()
    post = next(one for one in reversed(ben.room) if one.words.startswith(f"{title}\n"))
    await story.comes("2026-03-02 15:00")

    assert _came(ben, title) == before + 1
    assert post.post.quiet
    assert ("It's in your shared chat." in ann.screen) is not in_room


async def test_what_is_answered_in_private_opens_there(story: Story) -> None:
    """The check-in's Now is its form, as by /checkin, and the other's phone rings for nothing."""
    ann, ben = await story.paired()
    await _page(ann, "Weekly check-in", in_room=False)
    await ann.presses("Now")
    once = ann.last_post
    await _page(ann, "Weekly check-in", in_room=False)
    await ann.presses("Now")
    await story.settles()

    assert "1 of 6" in once
    assert ann.own[-1].words == once
    assert _came(ben, "Weekly check-in") == 1


async def test_pressed_twice_is_one_wish(story: Story) -> None:
    """Twice, or by both at once, it comes once; a while later it is another wish, and three a day are enough."""
    ann, ben = await story.paired()
    for phone in (ann, ben):
        await _page(phone, "Slow hug", in_room=False)
    presses = [(phone, *phone.find_choice("Now")) for phone in (ann, ben, ann)]
    await asyncio.gather(*(phone.presses_token(choice.token, message) for phone, message, choice in presses))
    await story.settles()
    at_once = _came(ann, "Slow hug")
    for _ in range(3):
        await story.passes(minutes=2)
        phone, message, choice = presses[1]
        await phone.presses_token(choice.token, message)
    await story.settles()

    assert at_once == 1
    assert _came(ann, "Slow hug") == 3
    assert "enough for one day" in ben.screen


async def test_not_during_a_pause(story: Story) -> None:
    """What rests with a pause does not come by Now either, and no reason is given."""
    ann, ben = await story.paired()
    await ann.says("/pause 30", in_room=False)
    await story.settles()
    await _page(ben, "Slow hug", in_room=False)
    await ben.presses("Now")
    await story.settles()

    assert _came(ann, "Slow hug") == 0
    assert ben.last_post == "Nothing today. Enjoy it."


async def test_somebody_elses_ritual(story: Story) -> None:
    """A forged press for another couple's ritual, or for none, brings nothing."""
    ann, _ = await story.paired()
    await _page(ann, "Slow hug")
    message, choice = ann.find_choice("Now")
    for other in (choice.token.subject + 100_000, 0):
        await ann.presses_token(type(choice.token)("now", other), message)
    await story.settles()

    assert _came(ann, "Slow hug") == 0
    assert "from another time" in ann.last_post
