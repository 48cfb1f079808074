"""Something to practise, by one's own check-ins: for who asked for it, once a month, and nobody else notices."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from bot.turn import Repertoire
from stories.chats import BarePhone, Message
from stories.story import Story, told

LOW, HIGH = "A little", "Yes, all week"
COVER, HEAD = "A note for later.", "Of the lines in your own check-ins"


async def asks_for_it(phone: BarePhone) -> None:
    await phone.says("/settings", in_room=False)
    for label in ("For you alone", "Something to practise", "Switch on"):
        await phone.presses(label)


async def checks_in(phone: BarePhone, count: str, heard: str, honest: str) -> None:
    """The three scales as given, every sentence skipped, all of it kept."""
    await phone.presses("Answer in private")
    for pick in (count, heard, honest):
        await phone.presses(pick)
    for _ in range(3):
        await phone.presses("Skip")
    await phone.presses("Keep all")


async def lives_a_month(story: Story, phone: BarePhone, *picks: str) -> None:
    """The Saturdays of March, with the same picks each time, and then until the first Thursday of April is over."""
    for saturday in ("07", "14", "21"):
        await story.comes(f"2026-03-{saturday} 10:30")
        await checks_in(phone, *picks)
    await story.comes("2026-04-02 20:00")


async def lives_until_april(story: Story, phone: BarePhone) -> None:
    """The same, with one line low, and until the day before that Thursday."""
    for saturday in ("07", "14", "21"):
        await story.comes(f"2026-03-{saturday} 10:30")
        await checks_in(phone, HIGH, LOW, HIGH)
    await story.comes("2026-04-01 20:00")


def told_of(phone: BarePhone) -> list[Message]:
    """What came of it, on a phone whose notifications may show words."""
    return [one for one in phone.own if one.words.startswith(HEAD)]


async def shows_words(*phones: BarePhone) -> None:
    for phone in phones:
        await phone.says("/settings notifications on", in_room=False)


async def test_the_lowest_line_leads_to_a_practice(story: Story) -> None:
    """On the month's first Thursday, covered; what it is stands there before anybody is asked to take part."""
    ann, ben = await story.paired()
    await asks_for_it(ben)
    await lives_a_month(story, ben, HIGH, LOW, HIGH)
    before, note = ann.happened(), ben.own[-1]
    covered = note.words
    await ben.presses("Open")
    opened = note.words
    await ben.presses("Have a look")
    await story.settles()

    assert (covered, note.on) == (COVER, "2026-04-02")
    assert '"Felt heard" has come lowest lately' in opened
    assert note.post.text != opened
    assert ann.happened() == before


async def test_a_practice_for_two_is_looked_at_first(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Having a look asks nobody; only "Begin" does."""
    decks = {
        name: one if one.walk and one.walk.for_two else replace(one, suits=()) for name, one in known.decks.items()
    }
    async with told(tmp_path, replace(known, decks=decks), migrated) as story:
        ann, ben = await story.paired()
        await asks_for_it(ben)
        await lives_a_month(story, ben, HIGH, LOW, HIGH)
        await ben.presses("Open")
        await ben.presses("Have a look")
        await story.settles()
        looked, before = ben.own[-1].words, len(ann.own)
        await ben.presses("Begin")
        await story.settles()

        assert "Listening in turns" in looked
        assert "the other is asked in private" in looked
        assert [one.words for one in ann.own[before:]] == [COVER]


async def test_nothing_comes_where_nothing_is_low(story: Story) -> None:
    """All of it high, or too little of it: no note, and none later that month either."""
    ann, ben = await story.paired()
    await shows_words(ann, ben)
    for phone in (ann, ben):
        await asks_for_it(phone)
    await story.comes("2026-03-07 10:30")
    await checks_in(ann, LOW, LOW, LOW)
    await lives_a_month(story, ben, HIGH, HIGH, HIGH)
    await story.comes("2026-04-12 12:00")

    assert told_of(ann) == told_of(ben) == []


async def test_only_for_who_asked(story: Story) -> None:
    """Without the wish, or once it is taken back, nothing comes of any answer."""
    ann, ben = await story.paired()
    await shows_words(ann, ben)
    await asks_for_it(ann)
    await lives_a_month(story, ben, LOW, LOW, LOW)
    await asks_for_it(ben)
    await ben.presses("Switch off")
    await story.comes("2026-05-10 12:00")

    assert told_of(ann) == told_of(ben) == []


async def test_at_most_once_a_month(story: Story) -> None:
    """The months' first Thursdays, whatever else is answered between; a restart changes nothing."""
    _, ben = await story.paired()
    await shows_words(ben)
    await asks_for_it(ben)
    await lives_a_month(story, ben, LOW, HIGH, HIGH)
    await story.restarts()
    await story.comes("2026-06-10 12:00")

    assert [one.on for one in told_of(ben)] == ["2026-04-02", "2026-05-07", "2026-06-04"]


async def test_not_for_me(story: Story) -> None:
    """What was put away is not brought up again, and can be let come again among what was left out."""
    _, ben = await story.paired()
    await shows_words(ben)
    await asks_for_it(ben)
    await lives_a_month(story, ben, HIGH, LOW, HIGH)
    note = told_of(ben)[0]
    put_away = note.words.splitlines()[2]
    await ben.presses("Not for me")
    said = note.words
    await story.comes("2026-05-08 12:00")
    again = [one.words.splitlines()[2] for one in told_of(ben)]
    await ben.says("/settings", in_room=False)
    await ben.presses("Prompts left out")

    assert "won't bring that one up again" in said
    assert again
    assert put_away not in again
    assert f"Let it come again: {put_away}" in ben.labels


async def test_it_waits_for_a_day_that_suits(story: Story) -> None:
    """A rest puts it off to the next day that is free."""
    _, ben = await story.paired()
    await shows_words(ben)
    await asks_for_it(ben)
    await lives_until_april(story, ben)
    await ben.says("/rest 2 days", in_room=False)
    await story.comes("2026-04-03 12:00")
    resting = told_of(ben)
    await story.comes("2026-04-12 12:00")

    assert resting == []
    assert [one.on for one in told_of(ben)] == ["2026-04-04"]


async def test_it_keeps_away_from_a_nudge(story: Story) -> None:
    """On the day of another line for oneself, and within twenty hours of it, it does not come."""
    _, ben = await story.paired()
    await shows_words(ben)
    await asks_for_it(ben)
    for label in ("Back", "Gratitude nudge", "Switch on", "Days", "Add Thursday"):
        await ben.presses(label)
    await lives_until_april(story, ben)
    await story.comes("2026-04-12 12:00")
    lines = [one for one in ben.own if one.words.startswith((HEAD, "Gratitude nudge\n"))]

    assert [one.on for one in told_of(ben)] == ["2026-04-04"]
    assert len({one.on for one in lines}) == len(lines)
    assert all(later.at - one.at >= 20 * 3600 for one, later in pairwise(lines))


async def _what_ann_sees(folder: Path, known: Repertoire, migrated: Path, *, wishes: bool) -> list[tuple[object, ...]]:
    async with told(folder, known, migrated) as story:
        ann, ben = await story.paired()
        if wishes:
            await asks_for_it(ben)
        await lives_a_month(story, ben, LOW, LOW, HIGH)
        if wishes:
            for label in ("Open", "Have a look"):
                await ben.presses(label)
        for words in ("/week", "/practice", "/history", "/rituals"):
            await ann.says(words, in_room=False)
        seen = [one for one in story.chats.messages if one in ann.room or one in ann.own]
        return [(one.at, str(one.ref.place), one.post.text, one.post.quiet, one.changes) for one in seen]


async def test_the_other_phone_is_the_same(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Whether one of the two asked for it, was told and had a look: the other's phone shows the same."""
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    wished = await _what_ann_sees(tmp_path / "with", known, migrated, wishes=True)

    assert wished == await _what_ann_sees(tmp_path / "without", known, migrated, wishes=False)
