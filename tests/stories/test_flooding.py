"""One person cannot flood a bot that others share, and nothing they were promised is lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import flooding, keys
from bot.events import Commanded, Person, Submitted
from bot.flooding import Floods, Kind, Verdict
from bot.posts import InPrivate, Show, Token
from stories.on_record import words_on_record
from stories.story import Story

TOO_MUCH = "That was a lot at once"
HERE, ANN = InPrivate("bare", "Ann"), Person("bare", "Ann", "Ann")
WORDS, DEEDS = Kind.WORDS.value, Kind.DEEDS.value


def recorded(story: Story) -> list[str]:
    key = story.folder / "story.key"
    key.write_text(keys.written(bytes(32)))
    return words_on_record(story.folder / "story.db", key)


async def test_words_without_end(story: Story) -> None:
    """What has a mark is kept, the writer is told once, the other writes on, and after a while it goes on."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    for number in range(WORDS.most + 20):
        await ann.replies(f"Line {number}")
    await ben.replies("The tea you made")
    told = [one for one in ann.own if TOO_MUCH in one.words]
    await story.passes(minutes=10)
    await ann.replies("Later")
    marked = [one.words for one in ann.room if one.author in ("Ann", "Ben") and one.mark is not None]

    assert len(marked) == WORDS.most + 2
    assert len(told) == 1
    assert sorted(recorded(story)) == sorted(marked)


async def test_questions_without_end(story: Story) -> None:
    """After the line in words there is silence, and what is written meanwhile is kept all the same."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:30")
    for _ in range(DEEDS.most + 20):
        await ann.says("/week", in_room=False)
    told = [one for one in ann.own if TOO_MUCH in one.words]
    answered = len(ann.own)
    await ann.says("/week", in_room=False)
    ignored = len(ann.own)
    await ann.replies("The tea you made")
    await story.passes(minutes=2)
    await ann.says("/week", in_room=False)

    assert len(told) == 1
    assert ignored == answered + 1  # her own line
    assert recorded(story) == ["The tea you made"]
    assert "Morning appreciation" in ann.own[-1].words


async def test_a_form_is_never_swallowed(story: Story) -> None:
    """Whoever sends one over the limit is told each time: its words stand nowhere else."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await ann.presses("Answer in private")
    for _ in range(3):
        await ann.presses("Mostly")
    for number in range(WORDS.most):
        await ann.replies(f"Line {number}", to="Morning")
    answers = [await story.engine.handle(a_form(story, number)) for number in range(3)]

    assert [type(one) for one in answers] == [Show] * 3


def a_form(story: Story, number: int) -> Submitted:
    person = Person("bare", "Ann", "Ann")
    where = InPrivate("bare", "Ann")
    return Submitted(
        id=f"form {number}", moment=story.clock.now(), place=where, person=person, token=Token("say", 1), answers=()
    )


async def test_what_people_write_to_each_other_is_free(story: Story) -> None:
    """A lively chat that the bot happens to see leaves every reply to it welcome."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:30")
    for number in range(WORDS.most * 2):
        await ann.says(f"Between us {number}")
    await ann.replies("The tea you made")

    assert recorded(story) == ["The tea you made"]


@given(st.lists(st.integers(-5, 40), max_size=400), st.integers(0, 10**6))
def test_never_more_than_the_allowance(waits: list[int], start: int) -> None:
    """Over any time at most so many are welcome, whatever the clock does; whoever is told is told once in a row."""
    clock = TurnedClock(start)
    floods = Floods(clock)
    welcome, verdicts, passed = 0, [], 0
    for number, wait in enumerate(waits * 3):
        clock.moment += wait
        passed += max(0, wait)
        event = Commanded(id=str(number), moment=clock.moment, place=HERE, person=ANN, name="week")
        verdicts.append(floods.judge(event))
        welcome += verdicts[-1] is Verdict.WELCOME

    assert welcome <= DEEDS.most + passed / DEEDS.every + 1
    told = [one for one in verdicts if one is not Verdict.TOO_MANY]
    assert (Verdict.FIRST_TOO_MANY, Verdict.FIRST_TOO_MANY) not in set(itertools.pairwise(told))


def test_those_who_may_do_everything_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of strangers does not grow for good."""
    monkeypatch.setattr(flooding, "TIDY_AFTER", 10)
    clock = TurnedClock(0)
    floods = Floods(clock)
    for number in range(1000):
        clock.moment += 3600
        one = Person("bare", str(number), "Somebody")
        floods.judge(Commanded(id=str(number), moment=clock.moment, place=HERE, person=one, name="week"))

    assert len(floods._left) <= 11


class TurnedClock:
    """A clock that goes wherever a test wants."""

    def __init__(self, moment: int) -> None:
        self.moment = moment

    def now(self) -> int:
        return self.moment
