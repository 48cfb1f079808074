"""Rituals that ask for nothing: a line in the chat, to take up together or to leave, and nothing on record."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import mending
from bot.events import Words
from bot.model import Occurrence
from bot.posts import Field, Form, Token, plain
from bot.store import Store
from bot.turn import Repertoire, Turn
from bot.views.prompts import occurrence_post
from stories.chats import BarePhone, Message
from stories.story import Story, told

WALK, HUG = "Dream walk\n", "Slow hug\n"
AFTER_A_HARD_TALK = "After a hard talk: ask first, then a slow hug if the answer is yes."


async def takes_up(phone: BarePhone, title: str) -> None:
    await phone.says("/rituals")
    await phone.presses("More rituals")
    await phone.presses(title)
    await phone.presses("Switch on")


def posts(phone: BarePhone, title: str) -> list[Message]:
    """What came under a title, oldest first."""
    return [one for one in phone.room if one.author == "bot" and one.words.startswith(title)]


async def _only_hugs(phone: BarePhone) -> None:
    """One every day, and nothing else."""
    for words in ("hug on", "hug daily", "morning off", "sunset off", "check-in off"):
        await phone.says(f"/rituals {words}")


async def goes_through_a_repair(
    story: Story, ann: BarePhone, ben: BarePhone, *, to_its_end: bool = True, plan: bool = False
) -> None:
    await ann.says("/repair", in_room=False)
    await story.settles()
    await ben.presses("Open")
    for phone in (ann, ben):
        await phone.presses("Now is okay")
        await phone.presses("Something hurt me")
    await story.settles()
    for at in range(9 if to_its_end else 3):
        if plan and at == 7:
            await ann.replies("I write before I leave", to="Step 4 of 5")
            await story.settles()
        await ann.presses("In two weeks" if plan and at == 7 else "Next")
    if not to_its_end:
        await ann.presses("Stop here")
    await story.settles()


async def test_a_dream_walk(story: Story) -> None:
    """Switched on, it comes at its time with a line before the prompt, also after a restart, and asks for nothing."""
    ann, ben = await story.paired()
    await takes_up(ann, "Dream walk")
    await story.comes("2026-03-06 12:00")
    await story.restarts()
    await story.comes("2026-03-07 11:00")
    post = posts(ben, WALK)[-1]
    await story.comes("2026-03-14 11:00")

    opener, prompt = post.words.removeprefix(WALK).split("\n\n")[:2]
    assert opener in story.known.decks["dream_walk"].openers
    assert prompt == story.known.decks["dream_walk"].prompts[0].text
    assert [choice.label for choice in post.post.choices] == ["Not the day for it"]
    assert [one.at for one in posts(ben, WALK)] == [story.at("2026-03-07 11:00"), story.at("2026-03-14 11:00")]


async def test_the_line_before_it_stays(story: Story) -> None:
    """Whenever a post is shown anew, the same line stands before the same prompt."""
    ann, _ = await story.paired()
    await ann.says("/walk")
    await story.settles()
    (post,) = posts(ann, WALK)
    before = post.words
    await story.restarts()
    occurrence = await story.database.run(_last_occurrence)
    again = await story.database.run(
        lambda store: occurrence_post(Turn(store, story.clock.now(), story.known), occurrence)
    )

    assert plain(again.text) == before


async def test_different_walks_begin_differently(story: Story) -> None:
    """Over some weeks more than one line stands before the prompts."""
    ann, _ = await story.paired()
    await takes_up(ann, "Dream walk")
    await story.passes(days=21)

    assert len({one.words.removeprefix(WALK).split("\n\n")[0] for one in posts(ann, WALK)}) > 1


async def test_a_walk_on_request(story: Story) -> None:
    """One line brings it now, switched on or not; three on one day are enough."""
    ann, ben = await story.paired()
    for _ in range(3):
        await ann.says("/walk")
        await story.settles()
    await ben.says("/walk", in_room=False)
    await story.settles()

    assert len(posts(ben, WALK)) == 3
    assert "enough for one day" in ben.last_post


async def test_not_the_day_for_it(story: Story) -> None:
    """Either turns it into a quiet day for both, and two light days follow."""
    ann, ben = await story.paired()
    await takes_up(ann, "Dream walk")
    await story.comes("2026-03-07 11:00")
    post = posts(ann, WALK)[-1]
    await ben.presses("Not the day for it")
    await story.settles()
    gentle = await story.reads(lambda store: store.people.couple(store.people.couples()[0]).gentle_until)

    assert post.words == "A quiet day."
    assert gentle == story.at("2026-03-09 11:00")


async def test_one_that_is_left_out_for_good(story: Story) -> None:
    """/hide knows the offer that stands, and takes its prompt out."""
    ann, ben = await story.paired()
    await ann.says("/walk")
    await story.settles()
    prompt = posts(ann, WALK)[-1].words.split("\n\n")[1]
    await ben.says("/hide", in_room=False)
    await ben.presses("Not again")
    await ben.says("/settings", in_room=False)
    await ben.presses("Prompts left out")

    assert f"Let it come again: {prompt}" in ben.labels


async def test_a_hug_comes_as_agreed(story: Story) -> None:
    """At its own time, and what is for two who live apart comes to those alone."""
    ann, _ = await story.paired()
    await takes_up(ann, "Slow hug")
    await story.comes("2026-03-20 18:00")
    near = {one.words for one in posts(ann, HUG)}
    await ann.says("/rituals")
    await ann.presses("We live apart")
    await story.comes("2026-04-10 18:00")
    apart = {one.words for one in posts(ann, HUG)} - near
    suits = {one.text: one.distance for one in story.known.decks["hug"].prompts}

    assert len(near) > 5
    assert {suits[words.split("\n")[1]] for words in near} <= {"ok", "no"}
    assert {suits[words.split("\n")[1]] for words in apart} <= {"ok", "only"}


@pytest.mark.parametrize("what", ["pause", "repair", "nothing"])
async def test_no_hug_while_something_is_open(story: Story, what: str) -> None:
    """During a pause or a repair none comes, nor on request; the reason stands nowhere."""
    ann, ben = await story.paired()
    await takes_up(ann, "Slow hug")
    await story.comes("2026-03-02 17:50")
    before = [one for one in ben.room if "hug" in one.words.lower()]
    if what == "pause":
        await ann.says("/pause 20", in_room=False)
    elif what == "repair":
        await ann.says("/repair", in_room=False)
    await story.comes("2026-03-02 18:00")
    came = posts(ben, HUG)
    await story.comes("2026-03-02 19:30")

    assert len(came) == (1 if what == "nothing" else 0)
    assert posts(ben, HUG) == came
    assert [one for one in ben.room if "hug" in one.words.lower()][len(before) :] == came


@pytest.mark.parametrize(
    ("since", "comes"),
    [("ended well", True), ("with a plan", True), ("stopped", False), ("long ago", False)],
)
async def test_after_a_hard_talk(story: Story, since: str, comes: bool) -> None:
    """Its line is for a day after a repair that was gone to its end."""
    ann, ben = await story.paired()
    await _only_hugs(ann)
    for day in range(1, 17):
        await story.comes(f"2026-04-{day:02} 17:00")
        if day == 1 or (day % 2 and since != "long ago"):
            ends = {"to_its_end": since != "stopped", "plan": since == "with a plan"}
            await goes_through_a_repair(story, ann, ben, **ends)
    later = [one for one in posts(ann, HUG) if one.on > "2026-04-02"]

    assert any(AFTER_A_HARD_TALK in one.words for one in later) is comes


async def test_a_pause_since(story: Story) -> None:
    """Straight after a pause nothing comes because of a repair before it; one before the repair is no hindrance."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 12:00")
    await ann.says("/pause 20", in_room=False)
    await story.passes(hours=1)
    await goes_through_a_repair(story, ann, ben)
    before = await story.reads(lambda store: _is_after_repair(story, store))
    await story.passes(hours=1)
    await ben.says("/pause 20", in_room=False)
    await story.passes(hours=1)
    after = await story.reads(lambda store: _is_after_repair(story, store))

    assert (before, after) == (True, False)


def _is_after_repair(story: Story, store: Store) -> bool:
    couple = store.people.couple(store.people.couples()[0])
    return mending.is_after_repair(Turn(store, story.clock.now(), story.known), couple)


async def test_the_line_for_after_a_hard_talk_stays_away(story: Story) -> None:
    """In weeks without a repair it never comes."""
    ann, _ = await story.paired()
    await _only_hugs(ann)
    await story.passes(days=60)

    assert len(posts(ann, HUG)) > 50
    assert [one for one in posts(ann, HUG) if AFTER_A_HARD_TALK in one.words] == []


async def test_what_one_does_alone_stays_unseen(story: Story) -> None:
    """A line to listen well, a look at what could come, a prompt left out: the other's phone shows nothing of it."""
    ann, ben = await story.paired()
    await ann.says("/walk")
    await ann.says("/rituals highs on")
    await ann.presses("Now")
    await story.settles()
    before = ann.happened()
    await ben.presses("To listen well")
    for words in ("/skip", "/why", "/hide", "/history", "/rituals"):
        await ben.says(words, in_room=False)
    for label in ("More rituals", "Side by side", "Now", "Back", "Back", "More rituals", "Slow hug", "Back"):
        await ben.presses(label)
    await story.settles()

    assert ann.happened() == before


DEEDS = (
    "reply", "write", "submit", "form", "tap", "checkin", "share", "say", "pass", "/skip", "/history", "notday",
)  # fmt: skip


@settings(max_examples=12)
@given(done=st.lists(st.tuples(st.sampled_from(DEEDS), st.booleans()), min_size=1, max_size=8))
def test_an_offer_never_records_anything(known: Repertoire, migrated: Path, done: list[tuple[str, bool]]) -> None:
    """Whatever is written under it, pressed on it or forged: no reply, and no word of who took part."""
    assert asyncio.run(_on_record_after(known, migrated, done)) == []


async def _on_record_after(known: Repertoire, migrated: Path, done: list[tuple[str, bool]]) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        async with told(Path(folder), known, migrated) as story:
            two = await story.paired()
            await two[0].says("/walk")
            await story.settles()
            post = posts(two[0], WALK)[-1]
            occurrence = await story.database.run(_last_occurrence)
            for what, by_ann in done:
                await _does(two[not by_ann], what, post, occurrence)
            await story.settles()
            return await story.database.run(lambda store: _kept_of(store, occurrence))


async def _does(phone: BarePhone, what: str, post: Message, occurrence: Occurrence) -> None:
    match what:
        case "reply":
            await phone.replies_to(post, (Words("A lighthouse"),))
        case "submit":
            await phone.presses_token(Token("write", occurrence.id), post)
            await phone.says("Words in private", in_room=False)
        case "form":
            phone.form = Form(Token("write", occurrence.id), "Forged", (Field("words", "What?"),))
            await phone.submits("A lighthouse")
        case "notday":
            for _ in range(2):
                await phone.presses_token(Token("notday", occurrence.id), post)
        case "write" | "tap" | "checkin" | "share" | "say" | "pass":
            await phone.presses_token(Token(what, occurrence.id), post)
        case _:
            await phone.says(what, in_room=False)


def _last_occurrence(store: Store) -> Occurrence:
    return store.occurrences.open_in(store.people.couples()[0])[0]


def _kept_of(store: Store, occurrence: Occurrence) -> list[object]:
    partners = store.people.partners(occurrence.couple)
    replies = [reply for partner in partners for reply in store.replies.of_partner(partner.id)]
    return [*replies, *store.occurrences.parts(occurrence.id)]
