"""How a pause works for the two: each looks at it alone on a calm day, with a word of their own, and a line or none."""

from __future__ import annotations

import pytest

from stories.chats import BarePhone
from stories.story import Story

TURTLE = "Turtle 🐢"


async def _set_up(story: Story, phone: BarePhone, *, shows: bool = True, line: str = "Yes, one line") -> None:
    await phone.says("/pause", in_room=False)
    await phone.presses("How a pause works for us")
    for label in ("Next", "Yes"):
        await phone.presses(label)
    await phone.says(TURTLE, in_room=False)
    if shows:
        await phone.presses("Show it in the chat")
    await phone.presses(line)
    await story.settles()


def _covered(phone: BarePhone) -> int:
    return sum(one.words == "A note for later." for one in phone.own)


async def test_a_word_of_their_own(story: Story) -> None:
    """Shown by its author, it stands in the chat, and wherever either calls a pause; deleted, it is gone there."""
    ann, ben = await story.paired()
    await _set_up(story, ann)
    await ben.says("/pause", in_room=False)
    asked = ben.last_post
    await ann.says("/mine turtle", in_room=False)
    await ann.presses(next(one for one in ann.labels if "Turtle" in one))
    await ann.presses("Delete")
    await ann.presses("Yes, delete")
    await story.settles()
    await ben.says("/pause", in_room=False)

    assert f"What means pause for the two of you:\n{TURTLE}" in asked
    assert TURTLE not in ben.last_post
    assert TURTLE not in "\n".join(one.words for one in ben.room)


async def test_what_is_not_shown_stays_with_its_author(story: Story) -> None:
    """The other's phone stays exactly as it was, whatever was picked and written."""
    ann, ben = await story.paired()
    before = ben.happened()
    await _set_up(story, ann, shows=False)
    after = ben.happened()
    await ben.says("/pause", in_room=False)

    assert after == before
    assert TURTLE not in ben.screen


@pytest.mark.parametrize(("line", "comes"), [("Yes, one line", 1), ("No, just quiet", 0), ("Skip", 0)])
async def test_a_line_meanwhile(story: Story, line: str, comes: int) -> None:
    """One a pause, covered, to whoever said that it is welcome, whoever called it; to the other none."""
    ann, ben = await story.paired()
    await _set_up(story, ann, line=line)
    await story.comes("2026-03-02 12:00")
    before = _covered(ann), _covered(ben)
    await ben.says("/pause 60", in_room=False)
    await story.passes(minutes=30)
    after = _covered(ann), _covered(ben)
    if comes:
        await ann.presses("Open")

    assert after == (before[0] + comes, before[1])
    assert not comes or ann.last_post in _lines(story)


async def test_none_after_an_early_end_and_after_another_answer(story: Story) -> None:
    """A pause that is over brings no line, and what was said last counts."""
    ann, _ = await story.paired()
    await _set_up(story, ann)
    await story.comes("2026-03-02 12:00")
    before = _covered(ann)
    await ann.says("/pause 60", in_room=False)
    await ann.presses("End it now")
    await story.passes(minutes=30)
    ended = _covered(ann)
    await _set_up(story, ann, line="No, just quiet")
    await ann.says("/pause 60", in_room=False)
    await story.passes(minutes=30)

    assert ended == before
    assert _covered(ann) == before + 1  # Where a person can turn to, after a second pause within a day.


def _lines(story: Story) -> tuple[str, ...]:
    pause = story.known.decks["pause"].pause
    assert pause is not None
    return pause.meanwhile
