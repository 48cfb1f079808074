"""How much comes in a week, that /week knows it before, and lighter days after something hard."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.posts import Token
from stories.chats import BarePhone
from stories.story import HOME, Story

ASKING = ("Morning appreciation\n", "Shared memories\n", "Wins\n", "Open journal\n", "Weekly check-in\nAbout")


async def _switch_on(phone: BarePhone, *names: str) -> None:
    for name in names:
        await phone.says(f"/rituals {name} on")


def _came(story: Story, *titles: str) -> list[str]:
    """The days and titles of what was posted, in order."""
    found = [one for one in story.chats.messages if one.author == "bot" and one.words.startswith(titles or ASKING)]
    wall = [(datetime.fromtimestamp(one.at, ZoneInfo(HOME)), one.words.partition("\n")[0]) for one in found]
    return [f"{at:%a %d} {title}" for at, title in wall]


async def test_nine_a_week(story: Story) -> None:
    """With three more rituals the mornings make room; what comes seldom keeps its days."""
    ann, _ = await story.paired()
    await _switch_on(ann, "memory", "wins", "journal")
    await story.comes("2026-03-08 23:00")
    await story.comes("2026-03-15 23:00")
    second_week = [one for one in _came(story) if int(one.split()[1]) > 8]

    assert len(second_week) == 9
    assert [one.split()[0] for one in second_week if "Morning" in one] == ["Mon", "Tue", "Thu"]
    assert sum("journal" in one for one in second_week) == 3


async def test_the_week_shows_what_really_comes(story: Story) -> None:
    """Each line of /week comes, and nothing besides."""
    ann, _ = await story.paired()
    await _switch_on(ann, "memory", "wins", "journal")
    await ann.says("/week", in_room=False)
    titles = {title.partition("\n")[0] for title in ASKING}
    shown = sum(line.partition(" · ")[2] in titles for line in ann.last_post.splitlines())
    before = len(_came(story))
    await story.passes(days=7)

    assert shown == 9
    assert len(_came(story)) - before == shown


async def test_the_two_choose_how_much(story: Story) -> None:
    """Twelve, or all that two a day allow; either changes it, the list says it, and no more than two come on a day."""
    ann, ben = await story.paired()
    await _switch_on(ann, "memory", "wins", "journal")
    await ann.says("/rituals")
    usual = ann.last_post
    await ben.presses("How much a week")
    asked = ben.last_post
    await ben.presses("14 a week")
    listed = ben.last_post
    await ben.presses("Morning appreciation")
    await ben.presses("Keep every one, also in quiet weeks")
    await story.comes("2026-03-15 23:00")
    second_week = [one.split()[0] for one in _came(story) if int(one.split()[1]) > 8]

    assert "At most 9 a week ask for an answer." in usual
    assert asked.startswith("At most 9 a week ask for an answer.")
    assert "At most 14 a week ask for an answer." in listed
    assert len(second_week) == 12
    assert max(second_week.count(day) for day in set(second_week)) == 2


async def test_changed_in_private_both_read_it(story: Story) -> None:
    """The chat reads how it is now, as with every change of what the two share."""
    ann, ben = await story.paired()
    await ann.says("/rituals", in_room=False)
    await ann.presses("How much a week")
    await ann.presses("12 a week")
    await story.settles()

    assert ben.last_post == "Changed. At most 12 a week ask for an answer."


@pytest.mark.parametrize("value", ["load_1", "load_100", "load_", "load_9x"])
async def test_no_other_number(story: Story, value: str) -> None:
    """A forged choice changes nothing."""
    ann, _ = await story.paired()
    await ann.says("/rituals")
    message, choice = ann.find_choice("How much a week")
    await ann.presses_token(Token("rituals", choice.token.subject, value), message)
    await ann.says("/rituals")

    assert "At most 9 a week ask for an answer." in ann.last_post


async def test_a_ritual_says_on_which_days_it_comes(story: Story) -> None:
    """Where it gives way, its own page says so; where it does not, nothing is said."""
    ann, _ = await story.paired()
    await ann.says("/rituals morning")
    alone = ann.last_post
    await _switch_on(ann, "memory", "wins", "journal")
    await ann.says("/rituals morning")

    assert "Beside your other rituals" not in alone
    assert "Beside your other rituals it comes: Mon, Tue, Thu." in ann.last_post


async def test_a_ritual_for_which_no_day_is_left_says_so(story: Story) -> None:
    """Of one that the others leave no day to, its own page says that, and what makes room."""
    ann, _ = await story.paired()
    await _switch_on(ann, "question", "highs", "journal")
    await ann.says("/rituals question")

    assert "Question of the day: every day" in ann.last_post
    assert "for now it comes only when you ask" in ann.last_post


async def test_what_comes_next_is_what_will_come(story: Story) -> None:
    """A ritual's own page names the next date on which it does not give way, and that is when it comes."""
    ann, _ = await story.paired()
    await _switch_on(ann, "memory", "wins", "journal")
    await story.comes("2026-03-03 09:00")
    await ann.says("/rituals morning")
    told = next(line for line in ann.last_post.splitlines() if line.startswith("Next"))
    await story.comes("2026-03-05 08:30")

    assert "Thu" in told
    assert _came(story, "Morning appreciation\n")[-1].startswith("Thu 05")


def _prompts(story: Story, deck: str) -> dict[str, object]:
    return {prompt.text: prompt for prompt in story.known.decks[deck].prompts}


def _morning_prompt(story: Story, phone: BarePhone) -> object:
    newest = next(one for one in reversed(phone.room) if one.words.startswith("Morning appreciation\n"))
    return _prompts(story, "morning_appreciation")[newest.words.splitlines()[1]]


async def _both_begin_a_repair(story: Story) -> tuple[BarePhone, BarePhone]:
    ann, ben = await story.paired()
    await story.comes("2026-03-04 12:00")
    await ann.says("/repair", in_room=False)
    await story.settles()
    await ben.presses("Open")
    for phone in (ann, ben):
        await phone.presses("Now is okay")
        await phone.presses("Both")
    await story.settles()
    return ann, ben


@pytest.mark.parametrize("how", ["to its end", "stopped", "left standing"])
async def test_days_are_lighter_after_a_repair(story: Story, how: str) -> None:
    """From its first step in the chat until 48 hours after it is over; both know why, and /why says it."""
    ann, ben = await _both_begin_a_repair(story)
    for _ in range(20 if how == "to its end" else 1):
        if "Next" in ann.labels:
            await ann.presses("Next")
            await story.settles()
    if how == "stopped":
        await ben.presses("Stop here")
        await story.settles()
    for day in (5, 6):
        await story.comes(f"2026-03-{day:02} 08:30")
        prompt = _morning_prompt(story, ann)
        await ben.says("/why", in_room=False)

        assert prompt.gentle  # type: ignore[attr-defined]
        assert "These are lighter days" in ben.last_post
    await story.comes("2026-03-08 08:30")
    await ben.says("/why", in_room=False)

    assert "These are lighter days" not in ben.last_post


async def test_an_invitation_changes_nothing_before_the_chat_reads_of_it(story: Story) -> None:
    """While only one knows of it days are as they were; once the chat reads that it is not now, they are lighter."""
    ann, _ = await story.paired()
    await story.comes("2026-03-04 07:45")
    await ann.says("/repair", in_room=False)
    await story.comes("2026-03-04 08:05")
    await ann.says("/why", in_room=False)
    unread = ann.last_post
    await story.comes("2026-03-05 08:05")
    await ann.says("/why", in_room=False)

    assert "These are lighter days" not in unread
    assert "These are lighter days" in ann.last_post


async def test_a_practice_is_nothing_hard(story: Story) -> None:
    """Another walk for two leaves the days as they are."""
    ann, ben = await story.paired()
    await story.comes("2026-03-04 12:00")
    await ann.says("/practice", in_room=False)
    await ann.presses("Good news, slowly")
    await story.settles()
    await ben.presses("Open")
    for phone in (ann, ben):
        await phone.presses("Now is okay")
    await story.settles()
    await story.comes("2026-03-05 08:30")
    await ann.says("/why", in_room=False)

    assert "These are lighter days" not in ann.last_post


async def test_no_three_good_things_after_a_low(story: Story) -> None:
    """On the morning after an evening that asks for the hard parts too, who always wants three gets another one."""
    ann, _ = await story.paired()
    await ann.says("/rituals morning")
    await ann.presses("Always three things")
    await ann.presses("Back")
    await _switch_on(ann, "journal")
    threes = {}
    for day in range(2, 16):
        await story.comes(f"2026-03-{day:02} 08:30")
        newest = next(one for one in reversed(ann.room) if one.words.startswith("Morning appreciation\n"))
        if newest.on == f"2026-03-{day:02}":
            threes[day] = "three" in _morning_prompt(story, ann).tags  # type: ignore[attr-defined]
    after_lows = {day for day in threes if datetime(2026, 3, day - 1).weekday() in (0, 2, 5)}

    assert {day for day, three in threes.items() if not three} == after_lows
    assert len(after_lows) >= 3
