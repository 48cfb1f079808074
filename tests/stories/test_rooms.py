"""Rooms move, fall silent and come back, and the couple's rituals go with them."""

from __future__ import annotations

from bot.errors import DeliveryError, RoomHasMoved, Unreachable
from bot.events import BotAdded, BotRemoved, Commanded, Event, RoomMoved, Said, Words
from bot.posts import Done, InRoom, Mark, MessageRef, Place
from stories.chats import PLATFORM, ROOM, BarePhone
from stories.story import Story

NEW = InRoom(PLATFORM, "us-but-larger")


async def happens(story: Story, kind: type, who: BarePhone, place: Place = ROOM, **values: object) -> object:
    event: Event = kind(id=story.chats.event_id(), moment=0, place=place, person=who.person, **values)
    return await story.engine.handle(event)


async def test_the_room_is_told_to_have_moved(story: Story) -> None:
    """What is posted after a move stands in the new room, whichever side told of it first, and told twice."""
    ann, _ = await story.paired()
    for old in (ROOM, ROOM):
        await happens(story, RoomMoved, ann, old, to=NEW)
    await story.comes("2026-03-02 08:00")

    assert len(story.chats.seen_in(NEW)) == 1


async def test_the_room_is_found_to_have_moved(story: Story) -> None:
    """A platform that says so only when it is posted to is followed, and the post arrives once."""
    await story.paired()
    story.chats.troubles.append(lambda to: RoomHasMoved(NEW) if to == ROOM else None)
    await story.comes("2026-03-02 08:00")

    assert len(story.chats.seen_in(NEW)) == 1


async def test_a_room_that_was_greeted_anew_gives_way(story: Story) -> None:
    """Where the new address was opened as a fresh room before the move was told, the two still have theirs."""
    ann, _ = await story.paired()
    await happens(story, BotAdded, ann, NEW)
    await happens(story, RoomMoved, ann, to=NEW)
    await story.comes("2026-03-02 08:00")

    assert len(story.chats.seen_in(NEW)) == 1


async def test_old_numbers_mean_nothing_in_the_new_room(story: Story) -> None:
    """A reply in the new room to a message that happens to bear an old post's number is not taken for an answer."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    post = next(one for one in ann.room if "appreciation" in one.words.lower())
    await happens(story, RoomMoved, ann, to=NEW)
    about = MessageRef(NEW, post.ref.message)
    answer = await happens(story, Said, ann, NEW, parts=(Words("Tea"),), reply_to=about)

    assert answer != Done(Mark.RECORDED)


async def test_a_silent_room_wakes_when_one_of_the_two_speaks_there(story: Story) -> None:
    """Put out, the bot posts nothing; when it is back and one of the two does something, the rituals go on."""
    ann, _ = await story.paired()
    await happens(story, BotRemoved, ann)
    await story.comes("2026-03-02 08:00")
    silent = len(ann.room)
    await story.comes("2026-03-02 12:00")
    await happens(story, Commanded, ann, name="week")
    await story.comes("2026-03-02 22:00")

    assert len(ann.room) == silent + 1


async def test_a_kicked_bot_that_is_added_again_goes_on(story: Story) -> None:
    """A post that finds the door closed rests the room; being added again opens it."""
    ann, _ = await story.paired()
    closed: list[DeliveryError] = [Unreachable("kicked")]
    story.chats.troubles.append(lambda _: closed[0] if closed else None)
    await story.comes("2026-03-02 08:00")
    closed.clear()
    await happens(story, BotAdded, ann)
    silent = len(ann.room)
    await story.comes("2026-03-02 22:00")

    assert len(ann.room) == silent + 1


async def test_one_of_the_two_in_another_thread(story: Story) -> None:
    """In another thread of their chat the two are still the two, and /start there brings the rituals along."""
    ann, _ = await story.paired()
    thread = InRoom(PLATFORM, "us", "7")
    week = await happens(story, Commanded, ann, thread, name="week")
    await happens(story, Commanded, ann, thread, name="start")
    await story.comes("2026-03-02 08:00")

    assert "The week ahead" in str(week)
    assert len(story.chats.seen_in(thread)) == 1
