"""The commands, as a couple uses them."""

from __future__ import annotations

import pytest

from bot.commands import COMMANDS
from bot.posts import Silence
from stories.checkins import BUILT, fill_in
from stories.story import Story


async def test_today_brings_a_prompt_now(story: Story) -> None:
    """/today posts one prompt to the shared chat."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 15:00")
    count = len(ben.room)
    await ann.says("/today")
    await story.settles()

    assert isinstance(ann.last_answer, Silence)
    assert len(ben.room) == count + 2
    assert "Morning appreciation" in ben.room[-1].words


async def test_today_and_the_morning_do_not_ask_the_same(story: Story) -> None:
    """A second prompt on one day is another one."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 15:00")
    for _ in range(3):
        await ann.says("/today")
    await story.settles()
    posts = [message.words for message in ann.room if message.words.startswith("Morning appreciation")]

    assert len(posts) == len(set(posts)) == 4


async def test_a_day_has_three_prompts_to_ask_for(story: Story) -> None:
    """Whoever asks on and on would read out of what never comes what the other left out; tomorrow there is more."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 15:00")
    for asking in (ann, ben, ann, ben):
        await asking.says("/today")
    await story.settles()
    asked = len([one for one in ann.room if one.words.startswith("Morning appreciation\n")]) - 1
    await story.comes("2026-03-03 15:00")
    await ann.says("/today")
    await story.settles()

    assert asked == 3
    assert "enough for one day" in ben.screen
    assert len([one for one in ann.room if one.words.startswith("Morning appreciation\n")]) == 6


async def test_what_was_asked_for_rings_at_no_hour(story: Story) -> None:
    """A bell that rings now and not an hour later would tell the other's quiet hours."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 15:00")
    await ann.says("/today")
    await story.settles()

    assert ann.room[-1].words.startswith("Morning appreciation\n")
    assert ann.room[-1].post.quiet


async def test_checkin_opens_one_now_and_reopens_it(story: Story) -> None:
    """/checkin opens a check-in for both, and a second call comes back to the same one."""
    ann, ben = await story.paired()
    await story.comes("2026-03-04 12:00")
    await ann.says("/checkin", in_room=False)
    await ben.says("/checkin", in_room=False)
    await story.settles()

    assert sum(message.words.startswith("Weekly check-in\n") for message in ann.room) == 1
    assert "1 of 6" in ann.last_post or "1 of 6" in ann.screen
    assert "1 of 6" in ben.screen


async def test_a_form_is_gone_on_with_where_it_was_left(story: Story) -> None:
    """After a restart the check-in goes on at the same item."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await ann.presses("Answer in private")
    await ann.presses("Mostly")
    await story.restarts()
    await ann.says("/checkin", in_room=False)

    assert "2 of 6" in ann.last_post


async def test_week_shows_what_comes_in_both_times(story: Story) -> None:
    """/week lists the next seven days, and the share moment of an open check-in."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 12:00")
    await ann.says("/week")

    assert "Sunday 8 March" in ann.last_post
    assert "08:00 · Morning appreciation" in ann.last_post
    assert "18:30 · Weekly check-in: what you share appears" in ann.last_post


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("morning 7:30", "Morning appreciation: every day, 07:30"),
        ("morning 8pm", "Morning appreciation: every day, 20:00"),
        ("morning mon wed fri", "Morning appreciation: Mon, Wed, Fri, 08:00"),
        ("sunset off", "Digital sunset: off"),
        ("weekly check-in sunday", "Weekly check-in: Sunday, 10:00"),
        ("check-in 9am", "Weekly check-in: Saturday, 09:00"),
        ("shared break on", "Shared break: Tue, Sat, 16:00"),
        ("shared memories on", "Shared memories: Sunday, "),
    ],
)
async def test_rituals_by_typing(story: Story, words: str, line: str) -> None:
    """A ritual is changed by typing what is wanted."""
    ann, _ = await story.paired()
    await ann.says(f"/rituals {words}")

    assert line in ann.last_post


@pytest.mark.parametrize("words", ["morning soonish", "chess 7:30", "morning 25:00"])
async def test_what_is_not_understood_is_said(story: Story, words: str) -> None:
    """What cannot be read changes nothing and says what works."""
    ann, _ = await story.paired()
    await ann.says(f"/rituals {words}", in_room=False)
    await ann.says("/rituals", in_room=False)

    assert "Morning appreciation: every day, 08:00" in ann.last_post


async def test_rituals_by_choices(story: Story) -> None:
    """Off, on, another time: all by pressing."""
    ann, ben = await story.paired()
    await ann.says("/rituals")
    await ann.presses("Digital sunset")
    await ann.presses("Switch off")
    await story.comes("2026-03-02 23:00")
    silent = "Digital sunset\n" not in ben.screen
    await ann.presses("Switch on")
    await ann.presses("Another time")
    await ann.submits("9pm")
    await story.comes("2026-03-03 21:00")

    assert silent
    assert ben.room[-1].words.startswith("Digital sunset\n")


async def test_the_three_things_every_morning(story: Story) -> None:
    """A couple who wants three things every morning gets them."""
    ann, _ = await story.paired()
    await ann.says("/rituals")
    await ann.presses("Morning appreciation")
    await ann.presses("Always three things")
    await ann.presses("Keep every one, also in quiet weeks")
    await story.comes("2026-03-12 12:00")
    posts = [one.words for one in ann.room if one.words.startswith("Morning appreciation\n")]

    assert len(posts) == 11
    assert all("hree things" in words for words in posts)


async def test_a_change_made_in_private_is_seen_by_both(story: Story) -> None:
    """Either may change a ritual, and both see that it changed."""
    ann, ben = await story.paired()
    await ann.says("/rituals morning 7:30", in_room=False)
    await story.settles()

    assert "Changed. Morning appreciation: every day, 07:30" in ben.screen


@pytest.mark.parametrize("typed", ["Lisbon", "europe/lisbon", "lisboa"])
async def test_timezone_by_city(story: Story, typed: str) -> None:
    """A city's name sets the clock."""
    ann, _ = await story.paired()
    await ann.says(f"/timezone {typed}", in_room=False)

    assert "Set: Lisbon, where it is 06:00 now." in ann.last_post


async def test_timezone_by_the_time_on_the_wall(story: Story) -> None:
    """Who does not know their zone says what time it is."""
    ann, _ = await story.paired()
    await ann.says("/timezone", in_room=False)
    await ann.says("11:30", in_room=False)

    assert "Kolkata" in ann.last_post or "Kolkata" in " ".join(ann.labels)


async def test_a_city_that_is_several_is_asked_about(story: Story) -> None:
    """Of several cities of one name the right one is pressed."""
    ann, _ = await story.paired()
    await ann.says("/timezone San Jose", in_room=False)
    label = next(label for label in ann.labels if "CR" in label)
    await ann.presses(label)

    assert "Costa Rica" in ann.last_post


async def test_a_place_nobody_knows(story: Story) -> None:
    """An unknown place is met with what works instead."""
    ann, _ = await story.paired()
    await ann.says("/timezone Xyzzyville", in_room=False)

    assert "I don't know that place" in ann.last_post


async def test_skip_leaves_no_trace(story: Story) -> None:
    """A skip is said to its author alone."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 09:00")
    before = ben.screen
    await ann.says("/skip", in_room=False)

    assert ann.last_post == "Skipped: Morning appreciation."
    assert ben.screen == before


async def test_history_has_pages(story: Story) -> None:
    """More than a page of past is turned over, newest first, until there is no more."""
    ann, _ = await story.paired()
    for day in range(2, 18):
        await story.comes(f"2026-03-{day:02} 08:00")
        await ann.replies(f"words of day {day}")
    await ann.says("/history", in_room=False)
    pages = [ann.last_post]
    while "Earlier" in ann.labels:
        await ann.presses("Earlier")
        pages.append(ann.own[-1].words)
    read = "\n".join(pages)

    assert all(read.count(f"words of day {day}\n") + read.endswith(f"words of day {day}") == 1 for day in range(2, 18))
    assert "words of day 17" in pages[0]


async def test_history_after_the_share_moment_shows_what_both_shared(story: Story) -> None:
    """Shared lines are there for both afterwards."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-09 10:00")
    await ben.says("/history", in_room=False)

    assert BUILT in ben.last_post
    assert "Mostly" not in ben.last_post


async def test_help_names_every_command(story: Story) -> None:
    """/help lists the whole table."""
    ann = story.person("Ann")
    await ann.says("/help", in_room=False)

    assert all(f"/{command.name} " in ann.last_post for command in COMMANDS)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
async def test_every_command_is_answered_before_and_after_pairing(story: Story, command: str) -> None:
    """No command is met with silence or an error, whoever calls it, and wherever."""
    stranger = story.person("Cleo")
    await stranger.says(f"/{command}", in_room=False)
    await stranger.says(f"/{command}")
    ann, _ = await story.paired()
    for in_room in (True, False):
        await ann.says(f"/{command} something odd", in_room=in_room)
        await ann.says(f"/{command}", in_room=in_room)

    assert stranger.last_post


async def test_completion_of_cities_and_rituals(story: Story) -> None:
    """While a command is typed, its words are offered."""
    ann, _ = await story.paired()
    await ann.types("timezone", "lisb")
    cities = ann.suggestions
    await ann.types("rituals", "dig")

    assert "Lisbon, PT" in cities
    assert ann.suggestions == ("Digital sunset",)


async def test_the_first_three_posts_say_how_to_answer(story: Story) -> None:
    """Later ones trust that it is known."""
    ann, _ = await story.paired()
    await story.comes("2026-03-10 12:00")
    told = [one for one in ann.room if "To answer, reply" in one.words]

    assert 1 <= len(told) <= 3


async def test_not_the_day_for_it(story: Story) -> None:
    """The post becomes a quiet day for both, whoever pressed, and light ones follow."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ben.presses("Not the day for it")
    await story.settles()
    await story.comes("2026-03-03 08:00")
    prompt = ann.room[-1]

    assert "A quiet day." in ann.screen
    assert prompt.post.quiet
    moods = {one.text: one.mood for one in story.known.decks["morning_appreciation"].prompts}
    assert next(mood for text, mood in moods.items() if text in prompt.words) in ("light", "steady")


async def test_week_with_two_clocks_says_whose_times_they_are(story: Story) -> None:
    """Where the two live by different clocks, /week says how its times are meant."""
    ann, _ = await story.paired(zones=("Berlin", "New York"))
    await ann.says("/week")

    assert "08:00 · Morning appreciation" in ann.last_post
    assert "each one's own clock" in ann.last_post


async def test_history_says_of_each_line_whether_it_was_shared(story: Story) -> None:
    """Every line of one's own carries its mark beside its name."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.comes("2026-03-09 10:00")
    await ann.says("/history", in_room=False)

    assert "Built a bit of trust (shared)\nYou told me first" in ann.last_post
    assert "Felt heard: Mostly (kept)" in ann.last_post
