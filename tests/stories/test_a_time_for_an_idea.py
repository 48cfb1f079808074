"""A time for a picked idea: offered or typed, on both clocks, in a calendar file, and moved by either."""

from __future__ import annotations

import pytest

from bot.posts import Appointment, Show, Token
from stories.chats import BarePhone, Message
from stories.pairs import paired_apart
from stories.story import Story

TITLE = "Date night at a distance"
IT_IS_TIME = "It's the time you picked, if it still suits you both."
MINUTES = 90
"""How long the first idea takes."""


async def _picked(story: Story, zones: tuple[str, str] | None = None) -> tuple[BarePhone, BarePhone]:
    """Ann and Ben, who asked for two ideas on a Monday at noon and picked the first one."""
    ann, ben = await story.paired(zones=zones)
    await story.comes("2026-03-02 12:00")
    await ann.says("/date")
    await story.settles()
    await _presses(story, ben, "The first")
    return ann, ben


async def _presses(story: Story, phone: BarePhone, *labels: str) -> None:
    for label in labels:
        await phone.presses(label)
        await story.settles()


async def _types(story: Story, phone: BarePhone, words: str) -> None:
    await phone.presses("Another moment")
    await phone.submits(words)
    await story.settles()


def _post(phone: BarePhone) -> Message:
    return next(one for one in reversed(phone.room) if one.words.startswith(TITLE))


def _when(phone: BarePhone) -> str:
    """What the chat reads of the time."""
    return _post(phone).words.partition("When: ")[2]


def _appointment(phone: BarePhone) -> Appointment | None:
    return _post(phone).post.appointment


def _says_that_it_is_time(phone: BarePhone) -> list[int]:
    return [one.at for one in phone.room if one.words == IT_IS_TIME]


@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize(
    ("label", "day", "date"),
    [("Tonight", "Monday", "02"), ("Tomorrow", "Tuesday", "03"), ("Saturday", "Saturday", "07")],
)
async def test_a_time_that_is_offered(story: Story, who: int, label: str, day: str, date: str) -> None:
    """The question is one's own; the chat then reads the time, whoever set it, and a calendar gets its span."""
    two = await _picked(story)
    other = two[1 - who].happened()
    await _presses(story, two[who], "When?")
    unseen = two[1 - who].happened() == other
    await _presses(story, two[who], label)
    begins = story.at(f"2026-03-{date} 20:00")

    assert unseen
    for phone in two:
        assert _when(phone) == f"{day} 20:00"
        assert (found := _appointment(phone)) is not None
        assert found == Appointment("Time for two", begins, begins + MINUTES * 60, found.key)


async def test_the_week_ahead_has_it(story: Story) -> None:
    """The time that they set stands in /week of both, on both clocks, until it is let go or begins."""
    ann, ben = await _picked(story, ("Berlin", "New York"))
    await _presses(story, ann, "When?", "Tomorrow")
    weeks = []
    for phone in (ann, ben):
        await phone.says("/week", in_room=False)
        weeks.append(phone.last_post)
    await _presses(story, ben, "Not this week")
    await ann.says("/week", in_room=False)
    line = f"20:00 (\u2068Ann\u2069), 14:00 (\u2068Ben\u2069) · {TITLE}"

    assert all(line in week for week in weeks)
    assert TITLE not in ann.last_post


async def test_on_both_clocks(story: Story) -> None:
    """Two who live apart read each time twice, before they set it and after."""
    ann, ben = await _picked(story, ("Berlin", "New York"))
    await _presses(story, ben, "When?")
    asked = ben.last_post
    await _types(story, ben, "sunday")
    usual = _when(ann)
    await _presses(story, ben, "Tonight")
    both = "Monday 20:00 (\u2068Ann\u2069), Monday 14:00 (\u2068Ben\u2069)"

    assert f"Tonight: {both}" in asked
    assert usual == "Sunday 8 March, 20:00 (\u2068Ann\u2069), Sunday 8 March, 15:00 (\u2068Ben\u2069)"
    assert _when(ann) == both


@pytest.mark.parametrize(
    ("words", "wall"),
    [
        ("Saturday 19:30", "2026-03-07 19:30"),
        ("8pm tomorrow", "2026-03-03 20:00"),
        ("21:15", "2026-03-02 21:15"),
        ("9:00", "2026-03-03 09:00"),
        ("sunday", "2026-03-08 20:00"),
        ("28 March at 20:00", "2026-03-28 20:00"),
    ],
)
async def test_another_moment(story: Story, words: str, wall: str) -> None:
    """It is typed with a day, a time, or both; a day alone means the usual time, a time alone the next one."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?")
    await _types(story, ann, words)
    found = _appointment(ben)

    assert found is not None
    assert found.begins == story.at(wall)


async def test_typed_on_ones_own_clock(story: Story) -> None:
    """Whoever types means their own wall, also in the weeks in which only one of the two clocks has changed."""
    ann, ben = await _picked(story, ("Berlin", "New York"))
    await _presses(story, ben, "When?")
    await _types(story, ben, "10 March 14:00")
    apart = _when(ann)
    await _presses(story, ann, "Another time")
    await _types(story, ann, "30 March 20:00")

    assert apart == "Tuesday 10 March, 19:00 (\u2068Ann\u2069), Tuesday 10 March, 14:00 (\u2068Ben\u2069)"
    assert _when(ann) == "Monday 30 March, 20:00 (\u2068Ann\u2069), Monday 30 March, 14:00 (\u2068Ben\u2069)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("when the stars align", "I didn't get that"),
        ("today 9:00", "has passed"),
        ("24 December 20:00", "further away"),
        ("12-14 March 20:00", "I didn't get that"),
    ],
)
async def test_what_cannot_be_set(story: Story, words: str, said: str) -> None:
    """It is declined in private, and the chat stays as it was."""
    ann, ben = await _picked(story)
    before = _post(ben).words
    await _presses(story, ann, "When?")
    await _types(story, ann, words)

    assert said in ann.last_post
    assert _post(ben).words == before


async def test_the_usual_time_is_theirs(story: Story) -> None:
    """The hour that they chose last is offered next."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?")
    await _types(story, ann, "tomorrow 10:30")
    await story.comes("2026-03-11 09:00")
    await ben.says("/date")
    await story.settles()
    await _presses(story, ben, "The second", "When?")

    assert ben.last_post.splitlines()[2:] == [
        "Today: Wednesday 10:30", "Tomorrow: Thursday 10:30", "Saturday: Saturday 10:30",
    ]  # fmt: skip


async def test_moved_by_the_other_and_pressed_twice(story: Story) -> None:
    """Either moves it; the same press twice, also after a restart, means the same once."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?", "Tonight")
    await _presses(story, ben, "Another time")
    message, choice = ben.find_choice("Tomorrow")
    await ben.presses_token(choice.token, message)
    await story.settles()
    changes = _post(ann).changes
    await story.restarts()
    await ben.presses_token(choice.token, message)
    await story.settles()

    assert _when(ann) == "Tuesday 20:00"
    assert _post(ann).changes == changes


async def test_both_set_a_time_at_once(story: Story) -> None:
    """The later one stands, for both."""
    ann, ben = await _picked(story)
    for phone in (ann, ben):
        await _presses(story, phone, "When?")
    first, second = ann.find_choice("Tonight"), ben.find_choice("Saturday")
    await ann.presses_token(first[1].token, first[0])
    await ben.presses_token(second[1].token, second[0])
    await story.settles()

    assert _when(ann) == _when(ben) == "Saturday 20:00"


async def test_a_calendar_file(story: Story) -> None:
    """It is handed to whoever asks, alone, shows nothing of the idea, and is the newer one once the time has moved."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?", "Saturday")
    before = ben.happened()
    await _presses(story, ann, "Calendar file")
    first = _file(ann)
    unseen = ben.happened() == before
    await story.passes(minutes=10)
    await _presses(story, ben, "Another time", "Tomorrow", "Calendar file")
    second = _file(ben)

    assert unseen
    assert "DTSTART:20260307T190000Z" in first
    assert "DTSTART:20260303T190000Z" in second
    assert "SUMMARY:Time for two" in first
    assert "recipe" not in first + second
    assert _value(first, "UID") == _value(second, "UID")
    assert int(_value(first, "SEQUENCE")) < int(_value(second, "SEQUENCE"))


async def test_changed_or_off(story: Story) -> None:
    """The time goes with another idea; while they let the week pass it holds nowhere, and then again."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?", "Saturday", "Rather the other one")
    moved = _appointment(ben)
    await _presses(story, ben, "Not this week")
    off = _appointment(ben)
    await _presses(story, ben, "See the ideas again", "The first")
    again = _appointment(ben)

    assert moved is not None
    assert off is not None
    assert again is not None
    assert (moved.is_off, off.is_off, again.is_off) == (False, True, False)
    assert {moved.key} == {off.key, again.key}
    assert moved.begins == off.begins == again.begins


async def test_said_once_at_the_time(story: Story) -> None:
    """One quiet line when it is time, at the moment that stands, and no word before."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?", "Tonight")
    await _presses(story, ben, "Another time", "Tomorrow")
    await story.restarts()
    await story.comes("2026-03-04 12:00")

    assert _says_that_it_is_time(ann) == [story.at("2026-03-03 20:00")]
    assert all(one.post.quiet for one in ben.room if one.words == IT_IS_TIME)


async def test_moved_by_minutes(story: Story) -> None:
    """A time that came ten minutes nearer is said then, and not once more at the moment that was set first."""
    ann, ben = await _picked(story)
    for words in ("21:10", "21:00"):
        await _presses(story, ann, "Another time" if _when(ann) else "When?")
        await _types(story, ann, words)
    await story.comes("2026-03-02 22:30")

    assert _says_that_it_is_time(ben) == [story.at("2026-03-02 21:00")]


@pytest.mark.parametrize("how", ["not this week", "rest", "too late"])
async def test_not_said_when_it_holds_no_more(story: Story, how: str) -> None:
    """Nothing is said of a time that was let go, in a rest, or long after it."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?", "Tonight")
    if how == "not this week":
        await _presses(story, ben, "Not this week")
    if how == "rest":
        await _presses_rest(story, ben)
    if how == "too late":
        await story.sleeps_until("2026-03-02 21:00")
    await story.comes("2026-03-03 12:00")

    assert _says_that_it_is_time(ann) == []


async def test_open_until_it_is_over(story: Story) -> None:
    """A time beyond the week keeps the post open until the date has ended, and then it closes."""
    ann, ben = await _picked(story)
    await _presses(story, ann, "When?")
    await _types(story, ann, "28 March 20:00")
    await story.comes("2026-03-28 21:00")
    await _presses(story, ben, "Rather the other one")
    changed = _post(ann).words
    await story.comes("2026-03-28 22:00")
    await _presses(story, ben, "Rather the other one")

    assert "recipe" not in changed
    assert "has closed" in ben.last_post


async def test_two_who_share_no_chat(story: Story) -> None:
    """Each has the post in their own private chat: it stays there while one is asked for a time, and both read it."""
    ann, ben = await paired_apart(story)
    await story.comes("2026-03-02 12:00")
    await ann.says("/date", in_room=False)
    await story.settles()
    await _presses(story, ben, "The first")
    await _presses(story, ann, "When?")
    stays = TITLE in "".join(one.words for one in ann.own)
    await _presses(story, ann, "Tomorrow")
    await story.comes("2026-03-03 20:00")

    assert stays
    for phone in (ann, ben):
        assert "When: Tuesday 20:00" in phone.screen
        assert phone.screen.count(IT_IS_TIME) == 1


async def test_an_idea_of_their_own(story: Story) -> None:
    """A line that one added is drawn like any other; nobody knows how long it takes, so it is an hour."""
    ann, ben = await story.paired()
    await ann.says("/rituals date night")
    await ann.presses("Switch on")
    await ann.presses("Add a line of yours")
    await ann.submits("Paint the same cup")
    for _ in range(40):
        await story.passes(days=4)
        await ben.says("/date")
        await story.settles()
        if "Paint the same cup" in _post(ben).words:
            break
    first = _post(ben).words.split("The first: ")[1].startswith("Paint")
    await _presses(story, ben, "The first" if first else "The second", "When?", "Tomorrow")
    found = _appointment(ann)

    assert "Paint the same cup" in _post(ann).words
    assert found is not None
    assert found.ends - found.begins == 3600


async def test_forged_moments(story: Story) -> None:
    """Nobody sets a time that has passed, that is far away, that is none, or before an idea was picked."""
    ann, ben = await story.paired()
    await ann.says("/date")
    await story.settles()
    message, choice = ben.find_choice("The first")
    number = choice.token.subject
    later = story.clock.now() + 3600
    await ben.presses_token(Token("date", number, f"at_{later}"), message)
    early = ben.last_post
    await _presses(story, ben, "The first")
    for value in ("at_5", "at_99999999999999", "at_x", "file", "nonsense"):
        await ben.presses_token(Token("date", number, value), message)
        await story.settles()

    assert "does nothing now" in early
    assert _when(ann) == ""


def _file(phone: BarePhone) -> str:
    assert isinstance(phone.last_answer, Show)
    assert phone.last_answer.privately
    assert phone.last_answer.post.file is not None
    return phone.last_answer.post.file.content.decode()


def _value(file: str, name: str) -> str:
    return next(line.partition(":")[2] for line in file.splitlines() if line.startswith(f"{name}:"))


async def _presses_rest(story: Story, phone: BarePhone) -> None:
    await phone.says("/rest")
    await _presses(story, phone, "Both of us, a day")
