"""More: about this bot, what is kept, where a person can turn to; and what a lock screen may show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.helplines import Country, Directory, Helplines
from bot.turn import Repertoire
from stories.story import Story

CHECKED = (Directory("Somewhere", "https://example.org", "many countries", "2026-03-01"),)


async def test_more_is_never_in_the_room(story: Story) -> None:
    """Asked for in the room it is answered in private, and the other reads nothing of it."""
    ann, ben = await story.paired()
    before = ben.screen.replace("Ann: /more", "")
    await ann.says("/more")
    for label in ("Support", "Back", "What is kept", "Back", "Support"):
        await ann.presses(label)

    assert "a person can help" in ann.screen
    assert ben.screen.replace("\nAnn: /more", "") == before


async def test_more_is_for_everybody(story: Story) -> None:
    """Also who is in no couple finds it, from the question before a yes."""
    ann = story.person("Ann")
    await ann.says("/start")
    await ann.presses("Tell me more")
    await ann.presses("More")

    assert "could read what is stored" in ann.last_post
    assert not any(choice.label == "Leave" for choice in ann.own[-1].post.choices)


async def test_the_message_can_be_removed(story: Story) -> None:
    """Nothing of it is left in the chat."""
    ann, _ = await story.paired()
    await ann.says("/more", in_room=False)
    await ann.presses("Support")
    await ann.presses("Remove this message")

    assert "a person can help" not in ann.screen
    assert "/more" not in ann.screen


async def test_what_was_asked_stays_when_it_is_removed(story: Story) -> None:
    """Read from an invitation, and before a pause ends, it stands beside: what was asked can be answered afterwards."""
    ann, ben = await story.paired()
    await ann.says("/repair", in_room=False)
    await ann.says("/pause 20", in_room=False)
    await story.settles()
    for label in ("Open", "More", "Remove this message", "Now is okay", "More", "Remove this message", "Not sure"):
        await ben.presses(label)
    await story.passes(minutes=16)
    for label in ("Open", "More", "Remove this message", "Yes"):
        await ben.presses(label)

    assert "once you both say now" in ben.screen
    assert "That's all right." in ben.screen


async def test_no_number_is_shown_that_nobody_checked(story: Story) -> None:
    """It says so plainly, and shows directories alone."""
    ann, _ = await story.paired()
    await ann.says("/more", in_room=False)
    await ann.presses("Support")

    assert "no person has checked them" in ann.last_post
    assert "https://" in ann.last_post
    assert not any(digits in ann.last_post for digits in ("988", "116 0", "0800", "911"))


@pytest.mark.parametrize(("age", "shown"), [(100, True), (200, False)])
async def test_a_countrys_numbers(story: Story, known: Repertoire, age: int, shown: bool) -> None:
    """They are offered by country once a person has checked every one of them, and not for longer than that holds."""
    checked = (date(2026, 3, 1) - timedelta(days=age)).isoformat()
    country = Country("DE", "112", (("A helpline", "0800 0"),), (checked, checked))
    lines = Helplines(CHECKED, (country,))

    assert bool(lines.countries_on(date(2026, 3, 1))) is shown
    assert not Helplines(CHECKED, (Country("DE", "112", (), ("", checked)),)).countries_on(date(2026, 3, 1))


async def test_the_card_comes_to_everybody_once_a_quarter(story: Story) -> None:
    """On its first Sunday, quietly, in private, the same to both; words, skips and silence change nothing about it."""
    ann, ben = await story.paired()
    await story.comes("2026-03-09 08:30")
    await ann.replies("Help me")
    await story.comes("2026-07-31 12:00")
    cards: list[list[tuple[str, str]]] = []
    for phone in (ann, ben):
        for note in [one for one in phone.own if one.words == "A note for later."]:
            await phone.presses_token(next(iter(note.post.choices)).token, note)
        cards.append([(one.on, one.words) for one in phone.own if "once a quarter" in one.words])

    assert cards[0] == cards[1]
    assert [day for day, _ in cards[0]] == ["2026-04-05", "2026-07-05"]
    assert not any("once a quarter" in one.words for one in ann.room)


async def test_a_private_note_shows_nothing_on_a_lock_screen(story: Story) -> None:
    """The neutral line alone, until it is opened by the one it was meant for; each decides otherwise for themselves."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-02 15:00")
    note = ben.own[-1]
    covered = note.words
    await ann.presses_token(note.post.choices[0].token, ann.own[-1])
    refused = ann.last_post
    await ben.presses("Open")
    await ben.says("/settings notifications on", in_room=False)
    await story.comes("2026-03-03 15:00")

    assert covered == "A note for later."
    assert "another time" in refused
    assert note.words.startswith("Morning appreciation\n")
    assert ben.own[-1].words.startswith("Morning appreciation\n")


async def test_a_note_that_is_opened_too_late(story: Story) -> None:
    """It says that it was for an earlier moment."""
    _, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-02 15:00")
    note = ben.own[-1]
    await story.comes("2026-03-03 13:00")
    await ben.presses_token(note.post.choices[0].token, note)

    assert "for an earlier moment" in ben.last_post
