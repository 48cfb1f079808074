"""Rooms move, fall silent and come back, and the couple's rituals go with them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.errors import DeliveryError, RetryLater, RoomHasMoved, Unanswered, Unreachable
from bot.events import BotAdded, BotRemoved, Commanded, Event, RoomMoved, Said, Words
from bot.posts import Done, InRoom, Mark, MessageRef, Place
from bot.store import Store
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


async def test_a_room_at_rest_is_tried_once_a_day(story: Story) -> None:
    """Closed without a word, it is knocked at with one post a day; once one arrives, all is as before."""
    ann, _ = await story.paired()
    before = len(ann.own)
    knocks: list[str] = []
    closed = [True]

    def door(to: Place) -> DeliveryError | None:
        if closed and to == ROOM:
            knocks.append(to.chat)
            return Unreachable("closed")
        return None

    story.chats.troubles.append(door)
    await story.comes("2026-03-05 12:00")
    tried = len(knocks)
    told = len(ann.own) - before
    closed.clear()
    await story.comes("2026-03-06 12:00")
    opened = len(ann.room)
    await story.comes("2026-03-06 22:00")

    room = await story.reads(lambda store: store.people.room_at(ROOM))

    assert tried == 4
    assert told == 1
    assert (room.reachable, room.rested_at) == (True, 0)  # type: ignore[attr-defined]
    assert len(ann.room) == opened + 1
    assert [one.on for one in ann.room[-2:]] == ["2026-03-06", "2026-03-06"]


async def test_one_of_the_two_in_another_thread(story: Story) -> None:
    """In another thread of their chat the two are still the two, and /start there brings the rituals along."""
    ann, _ = await story.paired()
    thread = InRoom(PLATFORM, "us", "7")
    week = await happens(story, Commanded, ann, thread, name="week")
    await happens(story, Commanded, ann, thread, name="start")
    await story.comes("2026-03-02 08:00")

    assert "The week ahead" in str(week)
    assert len(story.chats.seen_in(thread)) == 1


async def test_many_posts_that_cannot_be_brought_hold_up_no_other_room(story: Story) -> None:
    """With far more posts waiting for a platform that is down than are taken at once, another room's still leaves."""
    await story.paired()
    await story.reads(_down_with_a_backlog)
    story.chats.troubles.append(lambda to: Unanswered("down") if to == DOWN else None)
    posts = len(story.chats.seen_in(ROOM))
    await story.comes("2026-03-02 08:00")

    assert len(story.chats.seen_in(ROOM)) == posts + 1


DOWN = InRoom(PLATFORM, "down")


def _down_with_a_backlog(store: Store) -> None:
    couple = store.people.couples()[0]
    room = store.people.add_room(couple, DOWN, others_read=False)
    for number in range(250):
        waiting = store.deliveries.new(
            key=f"backlog/{number}", couple=couple, room=room.id, view="plan", subject=couple, attempts=1
        )
        store.deliveries.add(waiting)


async def test_the_courier_tries_again_by_itself(story: Story) -> None:
    """What a platform asked to bring later is brought later, though nothing else happens meanwhile."""
    ann, _ = await story.paired()
    slower: list[DeliveryError] = [RetryLater(timedelta(seconds=1))]
    story.chats.troubles.append(lambda _: slower.pop() if slower else None)
    story.clock.move_to(story.at("2026-03-02 08:00"))
    await story.engine.open_due()
    seen = len(ann.room)
    courier = asyncio.create_task(story.courier.run())
    async with asyncio.timeout(10):
        while len(ann.room) == seen:
            await asyncio.sleep(0.01)
            story.clock.move_to(story.clock.now() + (0 if slower else 1))
    courier.cancel()
    await asyncio.gather(courier, return_exceptions=True)

    assert not slower
