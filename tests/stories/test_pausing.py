"""A pause: called alone, with a time to come back that either may move, and no word of who did what."""

from __future__ import annotations

import pytest

from stories.chats import BarePhone
from stories.story import Story

OVER = "The pause is over. You can pick a new time, or let it rest for today."


def _room(phone: BarePhone) -> list[str]:
    return [one.words for one in phone.room if one.author == "bot"]


async def _pauses(story: Story, phone: BarePhone, label: str = "30 minutes") -> None:
    await phone.says("/pause", in_room=False)
    await phone.presses(label)
    await story.settles()


async def test_from_the_call_to_the_return(story: Story) -> None:
    """The chat reads the moment of the return, both are asked shortly before, and both calm means back."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 12:00")
    await _pauses(story, ann)
    called = _room(ben)[-1]
    await story.passes(minutes=25)
    for phone in (ann, ben):
        await phone.presses("Open")
        await phone.presses("Yes")
    await story.passes(minutes=5)

    assert called == "Pause. Back at 12:30. No need to reply. The topic can wait, and so can I."
    assert _room(ben)[-2] == "Pause\nThis one is over."
    assert _room(ben)[-1].startswith("Back. One starts, the other listens, then swap.")
    assert "Yes, now" in ben.labels


async def test_the_room_is_silent_meanwhile(story: Story) -> None:
    """What would have come in the pause does not, nor after it; and for two days only light posts come."""
    ann, _ = await story.paired()
    await story.comes("2026-03-03 07:50")
    await _pauses(story, ann, "An hour")
    before = len(_room(ann))
    await story.comes("2026-03-03 08:45")
    silent = len(_room(ann)) == before
    await story.comes("2026-03-04 08:30")

    assert silent
    assert sum(words.startswith("Morning appreciation") for words in _room(ann)) == 2


@pytest.mark.parametrize("who", ["Ann", "Ben", "nobody"])
async def test_who_was_not_ready_is_not_told(story: Story, who: str) -> None:
    """One calm, one silent, or none: the chat reads the same words at the same moment."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 12:00")
    await _pauses(story, ann)
    await story.passes(minutes=25)
    for phone in (ann, ben):
        if phone.name == who:
            await phone.presses("Open")
            await phone.presses("Yes")
    await story.passes(minutes=5)

    assert _room(ben)[-1].startswith(OVER)


@pytest.mark.parametrize("who", [0, 1])
async def test_more_time(story: Story, who: int) -> None:
    """Either asks in private to move the return; the chat reads until when, and both are asked again then."""
    two = await story.paired()
    await story.comes("2026-03-02 12:00")
    await _pauses(story, two[0])
    await story.passes(minutes=25)
    await two[who].presses("Open")
    await two[who].presses("I need more time")
    await two[who].presses("An hour")
    await story.settles()
    moved = _room(two[0])[-1]
    await story.passes(minutes=60)
    still = _room(two[0])[-1]
    covered = [phone.labels.count("Open") for phone in two]
    await story.passes(minutes=10)

    assert moved == still == "The pause runs on until 13:30."
    # Of the first question the one who answered it has nothing left to open; of the second one nobody answered.
    assert covered == ([3, 1] if who else [2, 2])
    assert _room(two[0])[-1].startswith(OVER)


async def test_not_today(story: Story) -> None:
    """One not today is enough, and then no talk is offered."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 12:00")
    await _pauses(story, ann)
    await story.passes(minutes=25)
    await ben.presses("Open")
    await ben.presses("Not today")
    await story.passes(minutes=5)

    assert _room(ann)[-1] == "Not today. Pick a time that suits you both, or let it rest."


async def test_ended_early_only_by_who_called_it(story: Story) -> None:
    """Its caller ends it alone, and the day's rituals go on; a press that the other forged does nothing."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 21:50")
    await _pauses(story, ann, "An hour")
    _, choice = ann.find_choice("End it now")
    await ben.presses_token(choice.token, ben.find_choice("Tell me more")[0])
    forged = ben.last_post
    still = _room(ann)[-1]
    await ann.presses("End it now")
    await story.settles()
    ended = _room(ann)[-1]
    await story.comes("2026-03-02 22:05")

    assert "from another time" in forged
    assert still.startswith("Pause. Back at 22:50.")
    assert ended.startswith(OVER)
    assert _room(ann)[-1].startswith("Digital sunset")


async def test_a_second_one_within_a_day(story: Story) -> None:
    """Both read, alike and covered, where a person can turn to; after a first one nobody does."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 12:00")
    await _pauses(story, ann, "20 minutes")
    first = ann.screen + ben.screen
    await story.passes(hours=3)
    await _pauses(story, ben, "20 minutes")
    for phone in (ann, ben):
        await phone.presses("Open")

    assert "has people to talk to" not in first
    for phone in (ann, ben):
        assert "More is private and has people to talk to" in phone.screen


async def test_one_at_a_time(story: Story) -> None:
    """A second call while one is on shows it; the same press twice calls it once."""
    ann, ben = await story.paired()
    await ann.says("/pause", in_room=False)
    message, choice = ann.find_choice("30 minutes")
    await ann.presses_token(choice.token, message)
    await ann.presses_token(choice.token, message)
    await story.settles()
    await ben.says("/pause 45", in_room=False)
    await story.settles()

    assert sum(words.startswith("Pause.") for words in _room(ann)) == 1
    assert "Paused until" in ben.last_post


@pytest.mark.parametrize(
    ("typed", "works"), [("20", True), ("1440", True), ("19", False), ("1441", False), ("x", False)]
)
async def test_typed(story: Story, typed: str, works: bool) -> None:
    """Twenty minutes to a day."""
    ann, _ = await story.paired()
    await ann.says(f"/pause {typed}", in_room=False)
    await story.settles()

    assert any(words.startswith("Pause.") for words in _room(ann)) is works


async def test_killed_meanwhile(story: Story) -> None:
    """The return comes at its moment after a restart, and once if nobody was there at its moment."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 12:00")
    await _pauses(story, ann)
    await story.restarts()
    await story.sleeps_until("2026-03-02 13:00")
    await story.settles()

    assert sum(words.startswith("The pause is over") for words in _room(ann)) >= 1
    assert _room(ann)[-1].startswith(OVER)


async def test_no_trace_of_it_stays(story: Story) -> None:
    """Two days after the return nothing on record says that there was a pause."""
    ann, _ = await story.paired()
    await _pauses(story, ann, "20 minutes")
    kept = await story.reads(lambda store: store.occurrences.over_since(["pause"], 1 << 60, 9))
    await story.passes(minutes=25)
    over = await story.reads(lambda store: store.occurrences.over_since(["pause"], 1 << 60, 9))
    await story.passes(days=4)
    gone = await story.reads(lambda store: store.occurrences.over_since(["pause"], 1 << 60, 9))
    said = await story.reads(lambda store: store.deliveries.about(over[0], "pause-over"))

    assert kept == []
    assert len(over) == 1
    assert gone == []
    assert said == []
