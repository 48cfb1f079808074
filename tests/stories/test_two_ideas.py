"""Two ideas for a date: either picks, either changes it, either lets the week pass, and nobody reads who did."""

from __future__ import annotations

import pytest

from bot.posts import Token
from stories.chats import BarePhone, Message
from stories.story import Story

TITLE = "Date night at a distance"
FIRST, SECOND = "The first", "The second"
NOT_THIS_WEEK = f"{TITLE}\nNot this week. The ideas keep."


async def _ideas(story: Story) -> tuple[BarePhone, BarePhone]:
    """Ann and Ben, who asked for two ideas."""
    ann, ben = await story.paired()
    await ann.says("/date")
    await story.settles()
    return ann, ben


async def _presses(story: Story, phone: BarePhone, label: str) -> None:
    await phone.presses(label)
    await story.settles()


def _post(phone: BarePhone) -> Message:
    return next(one for one in reversed(phone.room) if one.words.startswith(TITLE))


def _labels(phone: BarePhone) -> list[str]:
    return [choice.label for choice in _post(phone).post.choices]


def _idea(words: str, label: str) -> str:
    """One of the two ideas of an open post."""
    return words.split(f"{label}: ")[1].split("\n")[0]


async def test_two_ideas_on_request(story: Story) -> None:
    """One line brings both to the chat, quietly, with a choice for each and one that lets the week pass."""
    _, ben = await _ideas(story)
    words = _post(ben).words

    assert _idea(words, FIRST) == "Same recipe, two kitchens. Cook on a call, eat together."
    assert _idea(words, SECOND) not in ("", _idea(words, FIRST))
    assert _labels(ben) == [FIRST, SECOND, "Not this week"]
    assert _post(ben).post.quiet


async def test_on_the_day_that_they_chose(story: Story) -> None:
    """Switched on it comes once a week at one moment for both, in two time zones, without private notes."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await ann.says("/rituals date night on")
    await story.comes("2026-03-14 12:00")
    came = [one for one in story.chats.messages if TITLE in one.words and "The first" in one.words]

    assert [story.at(f"2026-03-{day} 18:00") for day in ("06", "13")] == [one.at for one in came]
    assert all(one in ben.room for one in came)


@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize("label", [FIRST, SECOND])
async def test_either_picks(story: Story, who: int, label: str) -> None:
    """The post becomes the idea that was picked, for both, and the same whoever pressed."""
    two = await _ideas(story)
    idea = _idea(_post(two[0]).words, label)
    await _presses(story, two[who], label)

    for phone in two:
        assert _post(phone).words == f"{TITLE}\nThis one:\n{idea}"
        assert _labels(phone) == ["When?", "Rather the other one", "Not this week"]


async def test_both_at_once(story: Story) -> None:
    """Of two presses at the same instant the first one holds; pressed twice, a choice means the same."""
    ann, ben = await _ideas(story)
    idea = _idea(_post(ann).words, FIRST)
    first, second = ann.find_choice(FIRST), ben.find_choice(SECOND)
    await ann.presses_token(first[1].token, first[0])
    await ben.presses_token(second[1].token, second[0])
    await ann.presses_token(first[1].token, first[0])
    await story.settles()

    assert _post(ben).words.endswith(f"This one:\n{idea}")


async def test_not_this_week_holds_against_a_pick_at_once(story: Story) -> None:
    """Whoever lets the week pass is let off, whichever of two presses came first."""
    ann, ben = await _ideas(story)
    none, first = ann.find_choice("Not this week"), ben.find_choice(FIRST)
    await ann.presses_token(none[1].token, none[0])
    await ben.presses_token(first[1].token, first[0])
    await story.settles()
    after = _post(ben).words
    await ann.presses("See the ideas again")
    await _presses(story, ann, FIRST)
    await ben.presses_token(none[1].token, none[0])
    await story.settles()

    assert after == NOT_THIS_WEEK
    assert _post(ann).words == NOT_THIS_WEEK


async def test_changed_by_the_other(story: Story) -> None:
    """A picked idea is changed by either, as often as they like."""
    ann, ben = await _ideas(story)
    first, second = (_idea(_post(ann).words, label) for label in (FIRST, SECOND))
    await _presses(story, ann, FIRST)
    await _presses(story, ben, "Rather the other one")
    changed = _post(ann).words
    await _presses(story, ben, "Rather the other one")

    assert changed.endswith(second)
    assert _post(ann).words.endswith(first)


@pytest.mark.parametrize("who", [0, 1])
async def test_not_this_week_and_after_all(story: Story, who: int) -> None:
    """A neutral line for both, whoever pressed; either looks again, alone, and picking takes it back."""
    two = await _ideas(story)
    idea = _idea(_post(two[0]).words, SECOND)
    await _presses(story, two[who], "Not this week")
    passed = [_post(phone).words for phone in two]
    other = two[1 - who].happened()
    await _presses(story, two[who], "See the ideas again")
    unseen = two[1 - who].happened() == other
    await _presses(story, two[who], SECOND)

    assert passed == [NOT_THIS_WEEK, NOT_THIS_WEEK]
    assert unseen
    assert _post(two[1 - who]).words.endswith(f"This one:\n{idea}")


async def test_closed(story: Story) -> None:
    """Six days later an old choice says so kindly, and changes nothing."""
    ann, ben = await _ideas(story)
    await story.passes(days=6, minutes=1)
    before = _post(ben).words
    await _presses(story, ann, FIRST)

    assert ann.last_post == "This choice has closed. /date brings two new ideas."
    assert _post(ben).words == before


async def test_a_restart_in_between(story: Story) -> None:
    """Old choices mean the same after the program has begun again."""
    ann, ben = await _ideas(story)
    idea = _idea(_post(ann).words, SECOND)
    await story.restarts()
    await _presses(story, ben, SECOND)
    await story.restarts()

    assert _post(ann).words.endswith(idea)


async def test_other_couples_and_forged_choices(story: Story) -> None:
    """What is no idea of this time, or of nobody's, is declined."""
    ann, ben = await _ideas(story)
    message, choice = ann.find_choice(FIRST)
    before = _post(ben).words
    for token in (Token("idea", choice.token.subject, "dn-999"), Token("idea", 12345, "dn-001")):
        await ben.presses_token(token, message)
        await story.settles()
        declined = ben.last_post

        assert "does nothing now" in declined
    assert _post(ann).words == before


async def test_what_they_write_below_is_theirs(story: Story) -> None:
    """A reply to the ideas is no answer: it carries no mark and is not on record."""
    ann, _ = await _ideas(story)
    await ann.replies("Yes, and I bring the wine")
    await ann.says("/history", in_room=False)

    assert ann.last_own is not None
    assert ann.last_own.mark is None
    assert "wine" not in ann.last_post


async def test_why_these(story: Story) -> None:
    """/why names both, and what chose them; there is nothing to exchange, as one picks anyway."""
    ann, ben = await _ideas(story)
    words = _post(ann).words
    await ben.says("/why", in_room=False)

    assert _idea(words, FIRST) in ben.last_post
    assert _idea(words, SECOND) in ben.last_post
    assert "Not this one" not in [choice.label for choice in ben.own[-1].post.choices]


async def test_left_out_for_good(story: Story) -> None:
    """/hide asks which of the two, and that one never comes again, to neither."""
    ann, ben = await _ideas(story)
    second = _idea(_post(ann).words, SECOND)
    await ben.says("/hide", in_room=False)
    asked = ben.last_post
    await ben.presses("Not the second again")
    for _ in range(40):
        await story.passes(days=4)
        await ann.says("/date")
        await story.settles()

    assert second in asked
    assert sum(second in one.words for one in ann.room if one.author == "bot") == 1
