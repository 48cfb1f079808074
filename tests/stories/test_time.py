"""Time in the loop: two zones, downtime, moving, resting, quiet hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.posts import InRoom
from bot.store import Store
from stories.story import Story

MORNING = "Morning appreciation"


def mornings(story: Story) -> list[str]:
    """The wall-clock moments at home of every morning post in the room."""
    posts = [
        one
        for one in story.chats.messages
        if isinstance(one.ref.place, InRoom) and one.words.startswith(MORNING + "\n")
    ]
    return [datetime.fromtimestamp(one.at, ZoneInfo(story.home)).strftime("%a %H:%M") for one in posts]


async def test_downtime_within_the_patience_catches_up(story: Story) -> None:
    """A machine that wakes at half past ten still posts the morning's prompt."""
    await story.paired()
    await story.sleeps_until("2026-03-02 10:30")

    assert mornings(story) == ["Mon 10:30"]


async def test_downtime_beyond_the_patience_skips(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    """A machine that wakes at noon posts no morning prompt, and says so in one line of the log."""
    await story.paired()
    with caplog.at_level("INFO"):
        await story.sleeps_until("2026-03-02 12:00")

    assert mornings(story) == []
    assert [record.action for record in caplog.records if hasattr(record, "action")] == ["ritual_let_go"]


async def test_after_a_week_away_one_prompt_comes_not_seven(story: Story) -> None:
    """After a long absence today's prompt comes, and none of those in between."""
    await story.paired()
    await story.sleeps_until("2026-03-09 09:00")
    await story.comes("2026-03-10 09:00")

    assert mornings(story) == ["Mon 09:00", "Tue 08:00"]


async def test_each_at_their_own_time(story: Story) -> None:
    """The post comes at the first one's eight o'clock, and the other gets a silent private note at theirs."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-03 15:00")
    note = ben.own[-1]
    was_quiet, before = note.post.quiet, note.words
    await ben.presses("Open")

    assert mornings(story)[-1] == "Tue 08:00"
    assert before == "A note for later."
    assert MORNING in note.words
    assert was_quiet
    assert note.at == story.at("2026-03-03 14:00")
    assert MORNING not in "\n".join(message.words for message in ann.own)


async def test_no_note_for_who_has_answered(story: Story) -> None:
    """Who answered before their own morning is not asked again."""
    _, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-03 09:00")
    await ben.replies("You called late")
    await story.comes("2026-03-03 20:00")
    noted = [one.at for one in ben.own if one.words == "A note for later."]

    assert story.at("2026-03-02 14:00") in noted
    assert story.at("2026-03-03 14:00") not in noted


async def test_nobody_else_can_tell_whether_a_note_came(story: Story) -> None:
    """Ann's view is the same whether Ben's note came or not."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-03 13:59")
    before = ann.screen
    await story.comes("2026-03-03 14:30")
    await ben.presses("Open")

    assert MORNING in ben.own[-1].words
    assert ann.screen == before


async def test_an_answer_to_the_note_is_carried_to_the_room(story: Story) -> None:
    """Words given in private to an open prompt appear in the room under their author's name."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-03 15:00")
    await ben.presses("Open")
    await ben.presses("Answer")
    await ben.submits("Your voice at breakfast")
    await story.settles()

    assert "Ben\nYour voice at breakfast" in ann.screen


async def test_together_is_one_instant(story: Story) -> None:
    """A ritual set to one moment comes once, with no private note."""
    _, ben = await story.paired(zones=("Berlin", "New York"))
    await ben.says("/rituals")
    await ben.presses(MORNING)
    await ben.presses("At one moment for both")
    await story.comes("2026-03-03 20:00")

    assert mornings(story)[-1] == "Tue 08:00"
    assert MORNING not in "\n".join(message.words for message in ben.own)


@pytest.mark.parametrize(
    ("road", "expected"),
    [
        (("Tokyo", "2026-03-04 20:00"), ["Tue 08:00", "Wed 08:00"]),
        (("New York", "2026-03-04 10:00"), ["Tue 08:00", "Wed 08:00"]),
    ],
)
async def test_moving_doubles_no_date_and_loses_none(story: Story, road: tuple[str, str], expected: list[str]) -> None:
    """Both move after Wednesday's prompt: Wednesday does not come again, and Thursday comes by the new clock."""
    city, moved_at = road
    ann, ben = await story.paired()
    await story.comes(moved_at)
    for partner in (ann, ben):
        await partner.says(f"/timezone {city}", in_room=False)
    await story.comes("2026-03-05 23:00")
    days = [moment.split()[0] for moment in mornings(story)]

    assert mornings(story)[1:3] == expected
    assert len(mornings(story)) == 4
    assert days[:3] == ["Mon", "Tue", "Wed"]


async def test_a_random_time_change_starts_with_the_next_date(story: Story) -> None:
    """A time that is typed counts from the next chosen date on."""
    ann, _ = await story.paired()
    await ann.says("/rituals morning 9:15")
    await story.comes("2026-03-03 12:00")

    assert mornings(story) == ["Mon 09:15", "Tue 09:15"]


async def test_the_room_rests_and_comes_back(story: Story) -> None:
    """While the room rests nothing is posted; afterwards the agreed rhythm returns by itself."""
    ann, ben = await story.paired()
    await ann.says("/rest", in_room=False)
    await ann.presses("Both of us, three days")
    await story.comes("2026-03-05 12:00")
    during = mornings(story)
    await story.comes("2026-03-06 12:00")

    assert during == ["Thu 08:00"]
    assert mornings(story) == ["Thu 08:00", "Fri 08:00"]
    assert "I'm resting for a while." in ben.screen


async def test_one_alone_rests_without_a_trace(story: Story) -> None:
    """Who rests alone gets no private note, and the other sees nothing of it."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    before = ann.screen
    await ben.says("/rest 3 days", in_room=False)
    assert ann.screen == before
    await story.comes("2026-03-03 20:00")

    assert MORNING not in "\n".join(message.words for message in ben.own)


async def test_a_post_in_quiet_hours_is_silent(story: Story) -> None:
    """Nothing rings at anybody's night."""
    await story.paired(zones=("Berlin", "America/Los_Angeles"))
    await story.comes("2026-03-03 12:00")
    posts = [one for one in story.chats.messages if isinstance(one.ref.place, InRoom) and one.words.startswith(MORNING)]

    assert posts[-1].post.quiet


async def test_two_weeks_of_untouched_evenings_are_asked_about_once(story: Story) -> None:
    """After fourteen untouched nights one question comes, and no second."""
    ann, _ = await story.paired()
    await story.comes("2026-04-15 12:00")

    assert ann.screen.count("has come for a while now") == 1


async def test_some_evenings_is_one_press(story: Story) -> None:
    """The question's answer changes the rhythm."""
    ann, _ = await story.paired()
    await story.comes("2026-03-17 12:00")
    await ann.presses("Some evenings")

    assert "Digital sunset: Mon, Wed, Fri, Sun, 22:00" in ann.screen


async def test_the_share_times_are_shown_on_both_clocks(story: Story) -> None:
    """The check-in says when it will be shared, in both partners' own time."""
    ann, _ = await story.paired(zones=("Berlin", "Tokyo"))
    await story.comes("2026-03-07 11:00")

    assert "Monday 08:30" in ann.screen
    assert "Monday 16:30" in ann.screen


async def test_through_both_changes_of_the_clocks_every_date_comes_once(story: Story) -> None:
    """Across the nights on which the clocks change, on both sides of the ocean, each chosen date comes once."""
    ann, _ = await story.paired(zones=("Berlin", "New York"))
    for words in ("/rituals", "Morning appreciation", "Keep every one, also in quiet weeks"):
        await (ann.says(words) if words.startswith("/") else ann.presses(words))
    await story.comes("2026-03-31 12:00")
    await story.sleeps_until("2026-10-22 12:00")
    await story.comes("2026-11-03 12:00")

    def slots(store: Store) -> list[str]:
        ritual = store.rituals.named(1, "morning_appreciation")
        assert ritual is not None
        return [one.slot for one in reversed(store.occurrences.past(ritual.id, 1000))]

    march = [f"2026-03-{day:02}" for day in range(2, 32)]
    autumn = [f"2026-10-{day}" for day in range(23, 32)] + [f"2026-11-{day:02}" for day in range(1, 4)]

    assert await story.database.run(slots) == march + autumn
