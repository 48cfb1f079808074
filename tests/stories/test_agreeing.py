"""Two agree on one small thing: lines of their own, a yes each to the same words, and a day to look at it again."""

from __future__ import annotations

import pytest

from bot.posts import Token
from bot.store import Store
from stories.chats import BarePhone, Message
from stories.story import Story

TITLE = "One small thing we agree on"
LATE = "When I'm late, I write before I leave"
TEA = "Whoever is home first makes tea"


def _post(phone: BarePhone) -> Message:
    """The newest post of it in the chat."""
    return next(one for one in reversed(phone.room) if one.words.startswith(TITLE))


async def _begin(story: Story) -> tuple[BarePhone, BarePhone]:
    """Both say now, and stand where they write."""
    ann, ben = await story.paired()
    await ann.says("/agree", in_room=False)
    await story.settles()
    await ann.presses("Now is okay")
    await ben.presses("Open")
    await ben.presses("Now is okay")
    await story.settles()
    await ann.presses("Next")
    await story.settles()
    return ann, ben


async def _written(story: Story) -> tuple[BarePhone, BarePhone]:
    """One wrote by a reply and one by the form; both are asked whether it suits."""
    ann, ben = await _begin(story)
    await ann.replies(LATE, to=TITLE)
    await ben.presses("Write a line")
    await ben.submits(TEA)
    await story.settles()
    for _ in range(2):
        await ben.presses("Next")
        await story.settles()
    return ann, ben


async def _agrees(story: Story, phone: BarePhone, answer: str = "Yes, it suits me") -> None:
    await phone.presses("Say it in private")
    await phone.presses(answer)
    await story.settles()


async def _agreed(story: Story) -> tuple[BarePhone, BarePhone]:
    """Both said yes, and are asked for a day."""
    two = await _written(story)
    for phone in two:
        await _agrees(story, phone)
    return two


async def test_from_the_invitation_to_the_day(story: Story) -> None:
    """Written by both, agreed by both in private, and looked at again on the day that one of them chose."""
    ann, ben = await _agreed(story)
    await ben.presses("In two weeks")
    await story.settles()
    standing = _post(ann).words
    posts = len([one for one in ann.room if one.words.startswith(TITLE)])
    await story.comes("2026-03-16 09:59")
    before = len([one for one in ann.room if one.words.startswith(TITLE)])
    await story.comes("2026-03-16 10:00")

    assert "This is what you two agreed on." in standing
    assert f"Ann\n{LATE}" in standing
    assert f"Ben\n{TEA}" in standing
    assert "On Monday 16 March you're both asked how it suits." in standing
    assert before == posts == 1
    assert "How does it suit you now?" in _post(ann).words
    assert LATE in _post(ann).words
    assert _post(ann).post.quiet
    assert [choice.label for choice in _post(ann).post.choices] == ["Keep it", "Change it", "Let it go"]


async def test_the_lines_stand_as_they_are_written(story: Story) -> None:
    """A form's line is carried under its author's name, a reply's is not said twice, and the post shows both."""
    ann, _ = await _written(story)
    carried = [one.words for one in ann.room if one.author == "bot" and not one.words.startswith(TITLE)]

    assert f"Ben\n{TEA}" in carried
    assert f"Ann\n{LATE}" not in carried
    assert f"Ann\n{LATE}" in _post(ann).words
    assert f"Ben\n{TEA}" in _post(ann).words


async def test_words_elsewhere_on_the_way_are_left_alone(story: Story) -> None:
    """A reply before the two write, and one after it, is theirs and is not recorded."""
    ann, ben = await _written(story)
    await ben.replies("By the way, the cat is fed", to=TITLE)
    await ann.says("/mine cat", in_room=False)
    await ben.says("/mine cat", in_room=False)
    await story.settles()

    assert "cat is fed" not in _post(ann).words
    assert "cat is fed" not in ben.last_post


@pytest.mark.parametrize("answer", ["silent", "Not yet", "looked"])
async def test_not_yet_looks_like_silence(story: Story, answer: str) -> None:
    """One said yes: whatever the other did, the chat stands as it stood, and so does the first one's phone."""
    ann, ben = await _written(story)
    await _agrees(story, ann)
    before = ann.happened()
    if answer != "silent":
        await ben.presses("Say it in private")
    if answer == "Not yet":
        await ben.presses("Not yet")
    await story.passes(minutes=30)

    assert ann.happened() == before
    assert "Does this suit you" in _post(ann).words


async def test_a_yes_holds_for_the_words_it_was_said_to(story: Story) -> None:
    """A line that is edited after the first yes, or under an open question, is agreed on by nobody yet."""
    ann, ben = await _written(story)
    await _agrees(story, ben)
    await ann.presses("Say it in private")
    message, yes = ann.find_choice("Yes, it suits me")
    await ann.edits("When I'm late, I call")
    await story.settles()
    await ann.presses_token(yes.token, message)
    asked_anew = message.words
    await ann.presses("Yes, it suits me")
    await story.settles()
    one_yes = _post(ann).words
    await _agrees(story, ben)

    assert "I call" in asked_anew
    assert "Does this suit you" in one_yes
    assert "When would you like to look at it again?" in _post(ann).words


async def test_two_edits_in_one_second(story: Story) -> None:
    """A yes to the first of them is none to the second."""
    ann, ben = await _written(story)
    await _agrees(story, ben)
    await ann.edits("When I'm late, I call")
    await ann.presses("Say it in private")
    await ben.presses("Say it in private")
    await ben.presses("Yes, it suits me")
    message, yes = ann.find_choice("Yes, it suits me")
    await ann.edits("When I'm late, I sing")
    await ann.presses_token(yes.token, message)
    await story.settles()

    assert "I sing" in message.words
    assert "Does this suit you" in _post(ann).words


async def test_nobody_passes_by_without_the_yes(story: Story) -> None:
    """A press that was made up leads past neither the question nor to a day."""
    ann, _ = await _written(story)
    message = _post(ann)
    subject = message.post.choices[0].token.subject
    for verb, value in (
        ("walk", "past_ag-4"),
        ("agree", "on_14"),
        ("agree", "keep"),
        ("agree", "yes_0123456789abcdef"),
    ):
        await ann.presses_token(Token(verb, subject, value), message)
    await story.settles()

    assert "Does this suit you" in _post(ann).words


async def test_both_choose_a_day_at_once(story: Story) -> None:
    """The first day counts; the second press changes nothing."""
    ann, ben = await _agreed(story)
    message = _post(ann)
    two_weeks, a_month = (choice.token for choice in message.post.choices[:2])
    await ann.presses_token(a_month, message)
    await ben.presses_token(two_weeks, message)
    await ann.presses_token(a_month, message)
    await story.settles()

    assert "On Wednesday 1 April" in _post(ann).words


@pytest.mark.parametrize(
    ("typed", "reads"),
    [("24 March", "On Tuesday 24 March"), ("today", ""), ("2 March", ""), ("2028-01-01", ""), ("soon", "")],
)
async def test_another_day_is_typed(story: Story, typed: str, reads: str) -> None:
    """A day ahead within a year works; anything else is said, and nothing changes."""
    ann, _ = await _agreed(story)
    before = len(ann.own)
    await ann.presses("Another day")
    await ann.submits(typed)
    await story.settles()

    assert (reads or "When would you like") in _post(ann).words
    assert (len(ann.own) > before) is not bool(reads)


async def test_kept_changed_and_let_go(story: Story) -> None:
    """Kept asks for the next day; changed leads back to the writing; let go leaves the lines to their authors."""
    ann, ben = await _agreed(story)
    await ann.presses("In two weeks")
    await story.comes("2026-03-16 10:00")
    await ben.presses("Keep it")
    await ben.presses("In a month")
    await story.comes("2026-04-15 10:00")
    kept = _post(ann).words
    await ann.presses("Change it")
    await ann.replies("And on Sundays we both do", to=TITLE)
    await story.settles()
    for _ in range(2):
        await ann.presses("Next")
        await story.settles()
    for phone in (ann, ben):
        await _agrees(story, phone)
    await ann.presses("No day")
    await story.settles()
    changed = _post(ann).words
    await ann.presses("Look at it again")
    await ben.presses("Let it go")
    await story.settles()
    await ann.says("/mine Sundays", in_room=False)

    assert "How does it suit you now?" in kept
    assert "And on Sundays we both do" in changed
    assert "changed since" not in changed
    assert LATE not in _post(ben).words
    assert "Let go." in _post(ben).words
    assert any("And on Sundays" in label for label in ann.labels)


async def test_nobody_answers_on_the_day(story: Story) -> None:
    """After a week the question goes, what they agreed on stands, and it can be looked at again."""
    ann, _ = await _agreed(story)
    await ann.presses("In two weeks")
    await story.comes("2026-03-16 10:00")
    asked = _post(ann).words
    await story.comes("2026-03-24 10:00")
    standing = _post(ann).words
    await ann.presses("Look at it again")

    assert "How does it suit you now?" in asked
    assert standing.startswith(f"{TITLE}\nThis is what you two agreed on.")
    assert LATE in standing
    assert "Keep it" in ann.labels


async def test_a_deleted_line_is_gone_from_what_stands(story: Story) -> None:
    """Its author deletes it in /mine; the post and what was carried lose it, and say that the words changed since."""
    ann, ben = await _agreed(story)
    await ann.presses("In two weeks")
    await story.settles()
    await ben.says("/mine tea", in_room=False)
    await ben.presses(next(one for one in ben.labels if TEA[:20] in one))
    shown = ben.last_post
    await ben.presses("Delete")
    await ben.presses("Yes, delete")
    await story.settles()

    assert "The other can read it." in shown
    assert TEA not in "\n".join(one.words for one in ann.room if one.author == "bot")
    assert LATE in _post(ann).words
    assert "Something in it changed since you both said yes." in _post(ann).words


async def test_a_message_that_vanished(story: Story) -> None:
    """Its words are gone from the post; the record stays its author's."""
    ann, _ = await _written(story)
    await ann.deletes()
    await story.settles()

    assert LATE not in _post(ann).words
    assert TEA in _post(ann).words


async def test_beginnings_are_for_who_asks(story: Story) -> None:
    """Three of the deck's, in private, then others; nothing of it stands in the chat."""
    ann, ben = await _begin(story)
    before = ben.happened()
    await ann.presses("A beginning")
    first = ann.last_post
    await ann.presses("Others")

    assert first.count("…") >= 3
    assert ann.last_post != first
    assert ben.happened() == before


async def test_not_in_days_of_rest(story: Story) -> None:
    """The day is put off while the two rest, and comes once, in the morning after it."""
    ann, ben = await _agreed(story)
    await ann.presses("In two weeks")
    await story.comes("2026-03-15 12:00")
    await ann.says("/rest", in_room=False)
    await ann.presses("Both of us, three days")
    await story.settles()
    await story.comes("2026-03-16 20:00")
    resting = "suit you now" in _post(ann).words
    await story.restarts()
    await story.comes("2026-03-18 12:30")

    assert not resting
    assert "suit you now" in _post(ben).words


async def test_stopped_while_writing(story: Story) -> None:
    """Either stops it; the chat shows nothing of the lines, each finds their own in /mine and not the other's."""
    ann, ben = await _written(story)
    await ben.presses("Stop here")
    await story.settles()
    await ann.says("/mine late", in_room=False)
    mine = list(ann.labels)
    await ann.says("/mine tea", in_room=False)

    assert "Stopped here." in _post(ann).words
    assert LATE not in _post(ann).words
    assert any("When I'm late" in label for label in mine)
    assert "None of your words hold that." in ann.last_post


async def test_several_stand_side_by_side(story: Story) -> None:
    """/agree lists what stands, for who asks, and begins another one."""
    ann, ben = await _agreed(story)
    await ann.presses("In two weeks")
    await story.settles()
    before = ann.happened()
    await ben.says("/agree", in_room=False)
    listed = ben.last_post
    after = ann.happened()
    await ben.presses("Another one")
    await story.settles()

    assert LATE in listed
    assert after == before
    assert "There's an invitation" in ben.own[-1].words


async def test_what_stands_is_brought_down(story: Story) -> None:
    """Looked at again from the list, it stands below what was said since, for both."""
    ann, ben = await _agreed(story)
    await ann.presses("No day")
    await story.passes(days=3)
    await ben.says("/agree", in_room=False)
    await ben.presses("Look at 1 again")
    await story.settles()

    assert ann.room[-1] is _post(ann)
    assert "How does it suit you now?" in ann.room[-1].words
    assert LATE in ann.room[-1].words


async def test_no_word_is_stored_twice_or_plain(story: Story) -> None:
    """What each said in private is on record without a word, and is gone from nobody's lines."""
    ann, _ = await _agreed(story)

    def steps(store: Store) -> set[str]:
        who = store.people.who(ann.person.platform, ann.person.user)
        assert who is not None
        (found,) = store.occurrences.open_in(who.couple.id)
        return {part.step for part in store.occurrences.parts(found.id)}

    (step,) = await story.reads(steps)  # type: ignore[misc]
    assert len(step) == 16
    assert set(step) <= set("0123456789abcdef")


async def test_another_couple_reaches_none_of_it(story: Story) -> None:
    """Whoever is nobody of the two presses and writes in vain, and so does a partner where nothing is asked."""
    ann, ben = await _written(story)
    cleo = story.person("Cleo")
    message = _post(ann)
    subject = message.post.choices[0].token.subject
    before = message.words
    for value in ("suits", "change", "starters_0", "day", "look", "letgo"):
        await cleo.presses_token(Token("agree", subject, value), message)
    await cleo.replies("I was here too", to=TITLE)
    for value in ("look", "letgo", "starters_0", "starters_x", "on_9", "yes_", "what"):
        await ben.presses_token(Token("agree", subject, value), message)
    await story.settles()

    assert _post(ann).words == before
