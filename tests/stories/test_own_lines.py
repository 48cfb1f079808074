"""Either adds lines of their own to a ritual: mixed in with the others, theirs to take back, sealed like an answer."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_own_words import on_disk, unpacked

from bot import owndecks
from bot.decks import Deck
from bot.forgetting import DeletionList, forget_again
from bot.posts import Token
from bot.store import Store, Worded
from bot.turn import Turn
from stories.chats import BarePhone
from stories.story import Story

LINE = "What did the neighbour's cat do today?"
MORNING = "Morning appreciation"


async def looks_at(phone: BarePhone, title: str) -> None:
    await phone.says("/rituals")
    await phone.presses(title)


async def adds(phone: BarePhone, words: str, *, to: str = MORNING) -> None:
    await looks_at(phone, to)
    await phone.presses("Add a line of yours")
    await phone.submits(words)


async def the_line_comes(story: Story, words: str = LINE, days: int = 30) -> str:
    """The day on which it comes for the first time."""
    await story.passes(hours=2)
    for _ in range(days):
        await story.passes(days=1)
        if any(words in one.words for one in story.chats.seen_in(story.person("Ann").room[0].ref.place)):
            return story.person("Ann").room[-1].on
    raise AssertionError(f"{words!r} did not come within {days} days")


async def test_a_line_comes_like_any_other(story: Story) -> None:
    """Under the ritual's name and not the author's, to be answered; after a restart as before."""
    ann, ben = await story.paired()
    before = ben.happened()
    await looks_at(ann, MORNING)
    seen = ben.happened()
    await ann.presses("Add a line of yours")
    await ann.submits(LINE)
    unseen = ben.happened()
    await story.restarts()
    await the_line_comes(story)
    post = next(one for one in ben.room if LINE in one.words)
    await ben.replies("It slept on the car", to=LINE)
    await ann.says("/history", in_room=False)

    assert len(seen) == len(before) + 3
    assert unseen == seen
    assert post.words.startswith(f"{MORNING}\n{LINE}")
    assert "Ann" not in post.words
    assert LINE in ann.last_post
    assert "It slept on the car" in ann.last_post


async def test_lines_crowd_out_nothing(story: Story) -> None:
    """However many there are, no two of them come one after the other, and each ritual keeps its own."""
    ann, ben = await story.paired()
    for number in range(25):
        await adds(ann if number % 2 else ben, f"Ours {number}?")
    await story.passes(days=40)
    mornings = [one.words for one in ann.room if one.words.startswith(f"{MORNING}\n")]
    ours = ["Ours" in words for words in mornings]

    assert len(mornings) > 20
    assert 5 < sum(ours) <= len(ours) / 2
    assert not any(first and second for first, second in itertools.pairwise(ours))
    assert not any("Ours" in one.words for one in ann.room if one.words.startswith("Digital sunset"))


async def test_the_author_removes_it(story: Story) -> None:
    """It stands in no chat, no file and no later copy any more; what it asked reads as the ritual's name."""
    ann, ben = await story.paired()
    await adds(ann, LINE)
    await the_line_comes(story)
    await ben.replies("It slept on the car", to=LINE)
    sealed = [one.saying.body for one in await _said(story)]
    await looks_at(ann, MORNING)
    await ann.presses("Your lines here")
    for label in (LINE, "Delete", "Yes, delete"):
        await ann.presses(label)
    await story.settles()
    await ben.says("/history", in_room=False)
    story.database.close()
    left = on_disk(story)
    await story.restarts()

    assert len(sealed) == 1
    assert sealed[0] not in left
    assert not any(LINE in one.words for one in ben.room)
    assert "It slept on the car" in ben.last_post
    assert LINE not in ben.last_post
    assert ben.last_post.count(MORNING) == 1


async def test_removed_at_once(story: Story) -> None:
    """The screen that says it was added takes it back as well."""
    ann, _ = await story.paired()
    await adds(ann, LINE)
    await ann.presses("Remove yours")
    await ann.presses("Yes, delete")

    assert await _said(story) == []


async def test_only_its_author_has_it_in_hand(story: Story) -> None:
    """The other finds it in no list of theirs, and by its number reaches nothing."""
    ann, ben = await story.paired()
    await adds(ann, LINE)
    saying = (await _said(story))[0].saying.id
    await looks_at(ben, MORNING)
    await ben.presses("Your lines here")
    listed = ben.last_post
    for verb, value in (("mine", "see"), ("mine", "change"), ("mine", "gone"), ("line", "good"), ("line", "any")):
        await ben.presses_token(Token(verb, saying, value), ben.own[-1])
        refused = ben.last_post

        assert "another time" in refused, value
    await ben.says("/mine", in_room=False)

    assert "no line" in listed
    assert LINE not in ben.screen
    assert len(await _said(story)) == 1


async def test_the_other_hides_it(story: Story) -> None:
    """As any prompt: it comes to neither any more, and nobody is told."""
    ann, ben = await story.paired()
    await adds(ann, LINE)
    await the_line_comes(story)
    before = ann.happened()
    await ben.says("/hide", in_room=False)
    await ben.presses("Not again")
    await story.settles()
    after = ann.happened()
    await story.passes(days=60)

    assert before == after
    assert sum(LINE in one.words for one in ann.room) == 1


async def test_mine_holds_ones_lines(story: Story) -> None:
    """To be read, searched, changed until it has been asked, and taken along; the other's copy has none of it."""
    ann, ben = await story.paired()
    await adds(ann, LINE)
    await ann.says("/mine CAT", in_room=False)
    await ann.presses(f"2 Mar · {LINE}"[:59] + ("…" if len(f"2 Mar · {LINE}") > 60 else ""))
    to_come = ann.last_post
    await ann.presses("Change")
    await ann.submits("What did the cat do?")
    changed = ann.last_post
    await the_line_comes(story, "What did the cat do?")
    await ann.says("/mine cat", in_room=False)
    await ann.presses("2 Mar · What did the cat do?")
    come, may = ann.last_post, [choice.label for choice in ann.own[-1].post.choices]
    await ann.says("/export", in_room=False)
    hers = json.loads(unpacked(ann)["my-words.json"])["words"]
    await ben.says("/export", in_room=False)

    assert "It hasn't come yet." in to_come
    assert "What did the cat do?" in changed
    assert "The other can read it." in come
    assert "Change" not in may
    assert [(one["words"], one["kind"], one["ritual"]) for one in hers] == [("What did the cat do?", "line", MORNING)]
    assert "nothing to hand over" in ben.last_post


async def test_what_was_asked_stays_as_it_was_asked(story: Story) -> None:
    """Nobody puts other words above an answer that was given, not even by a form from before."""
    ann, _ = await story.paired()
    await adds(ann, LINE)
    await ann.says("/mine cat", in_room=False)
    await ann.presses(ann.own[-1].post.choices[0].label)
    await ann.presses("Change")
    form = ann.form
    await the_line_comes(story)
    ann.form = form
    await ann.submits("Something else")

    assert "asked already" in ann.last_post
    assert [one.words for one in await _said(story)] == [LINE]


async def test_leaving_with_deletion_takes_the_lines_along(story: Story) -> None:
    """Hers go, his stay his, and the list of deletions knows which."""
    ann, ben = await story.paired()
    await adds(ann, LINE)
    await adds(ben, "What made you laugh?")
    hers = next(one.saying.id for one in await _said(story) if one.words == LINE)
    await ann.says("/leave", in_room=False)
    for label in ("At once", "Leave and delete my words"):
        await ann.presses(label)
    await story.settles()

    assert [one.words for one in await _said(story)] == ["What made you laugh?"]
    assert hers in await story.database.run(lambda store: store.deletions.all())


async def test_an_older_copy_loses_them_again(story: Story, tmp_path: Path) -> None:
    """A line that was deleted does not come back with a file from before."""
    ann, _ = await story.paired()
    await adds(ann, LINE)
    listed = DeletionList(tmp_path / "couple.db")
    listed.add([(await _said(story))[0].saying.id])
    gone, unlisted = await story.database.run(forget_again, listed.read(), story.clock.now())

    assert (gone, unlisted) == (1, set())
    assert await _said(story) == []


async def test_both_at_once_and_twice(story: Story) -> None:
    """Each has their own; the same form sent again is the line that is there."""
    ann, ben = await story.paired()
    for phone in (ann, ben):
        await looks_at(phone, MORNING)
        await phone.presses("Add a line of yours")
    form = ann.form
    await ann.submits(LINE)
    await ben.submits(LINE)
    ann.form = form
    await ann.submits(LINE)

    assert [one.words for one in await _said(story)] == [LINE, LINE]
    assert len({one.saying.partner for one in await _said(story)}) == 2


@pytest.mark.parametrize("words", ["x" * 5000, "", " \n ", "\u200b\u200b", "x" * 221])
async def test_what_is_no_line(story: Story, words: str) -> None:
    """It is declined kindly, and nothing is kept."""
    ann, _ = await story.paired()
    await adds(ann, words)

    assert await _said(story) == []
    assert "longer than" in ann.last_post or "Nothing was written" in ann.last_post


async def test_nonsense_is_only_words(story: Story) -> None:
    """Markup, mentions and line breaks come as they were written, in one plain line."""
    ann, _ = await story.paired()
    await adds(ann, "<b>@everyone</b>\n**you** {name} [x](https://x.example)\n\n# `now`")
    words = "<b>@everyone</b> **you** {name} [x](https://x.example) # `now`"
    await the_line_comes(story, words)
    post = next(one for one in ann.room if words in one.words)

    assert any(span.text.strip() == words and span.style.value == "plain" for span in post.post.text)


async def test_fifty_are_enough(story: Story) -> None:
    """The two fill a ritual up to its limit, together; the next one is declined, and fits once one has gone."""
    ann, ben = await story.paired()
    for number in range(owndecks.MOST_LINES):
        await adds(ann if number % 2 else ben, f"Ours {number}?")
    await looks_at(ann, MORNING)
    await ann.presses("Add a line of yours")

    assert "all it takes" in ann.last_post
    assert len(await _said(story)) == owndecks.MOST_LINES


async def test_not_in_the_days_after_a_hard_one(story: Story) -> None:
    """A line that its author keeps for good days is no gentle one; without that it is."""
    ann, _ = await story.paired()
    await adds(ann, LINE)
    usual = (await _deck(story)).prompts[-1]
    await ann.presses("Not in the days after a hard one")
    kept = (await _deck(story)).prompts[-1]

    assert (usual.text, usual.gentle) == (LINE, True)
    assert (kept.text, kept.gentle) == (LINE, False)


async def test_strangers_and_other_couples(story: Story) -> None:
    """Whoever is not one of the two adds nothing, whatever they know."""
    ann, _ = await story.paired()
    await adds(ann, LINE)
    ritual = await story.database.run(lambda store: store.rituals.of(store.people.couples()[0])[0].id)
    cleo = story.person("Cleo")
    await looks_at(ann, MORNING)
    for value in ("add", "list"):
        await cleo.presses_token(Token("line", ritual, value), ann.room[-1])

    assert cleo.form is None
    assert len(await _said(story)) == 1


async def test_a_copy_of_both_tells_nobody_who_wrote_a_line(story: Story) -> None:
    """It has what both answered, with the line above; not whose it is."""
    ann, ben = await story.paired()
    await adds(ann, LINE)
    await the_line_comes(story)
    await ben.replies("It slept on the car", to=LINE)
    for phone in (ann, ben):
        await phone.says("/export", in_room=False)
        await phone.presses("What we both shared")
    both = json.loads(unpacked(ben)["our-words.json"])["words"]

    assert [(one["author"], one["words"], one["question"]) for one in both] == [("Ben", "It slept on the car", LINE)]


async def test_a_deck_that_is_gone_keeps_the_words(story: Story) -> None:
    """Where the host takes a deck away, its lines stay their authors'."""
    ann, _ = await story.paired()
    await adds(ann, LINE)
    story.known = replace(
        story.known, decks={name: deck for name, deck in story.known.decks.items() if name != "morning_appreciation"}
    )
    await story.restarts()
    await ann.says("/mine", in_room=False)
    await ann.presses(ann.own[-1].post.choices[0].label)

    assert LINE in ann.last_post


async def _said(story: Story) -> list[Worded]:
    """Every line and name that the two gave their rituals."""

    def unit(store: Store) -> list[Worded]:
        return [one for couple in store.people.couples() for one in store.sayings.of(couple)]

    return await story.database.run(unit)


async def _deck(story: Story) -> Deck:
    """The morning's deck, with what the two added."""
    return await story.database.run(
        lambda store: Turn(store, 0, story.known).decks_of(store.people.couples()[0])["morning_appreciation"]
    )
