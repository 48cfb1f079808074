"""The question of the day: asked of both, answered apart, in the evening together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import ASKED
from bot.posts import Token
from bot.store import Store
from bot.turn import Repertoire
from stories.chats import ROOM, BarePhone
from stories.story import Story, told

MINE, THEIRS = "Noodles, at any hour", "Toast with too much butter"
A_GUESS = "You would say soup"


async def asked(story: Story, *, style: str = "") -> tuple[BarePhone, BarePhone]:
    """Two who have the question switched on, at its first noon."""
    ann, ben = await story.paired()
    await takes_as_many_as_may_come(ann)
    await ann.says("/rituals question on")
    if style:
        await ann.presses(style)
    await story.comes("2026-03-02 12:00")
    return ann, ben


async def takes_as_many_as_may_come(phone: BarePhone) -> None:
    """A question every day beside a prompt every morning is more than the usual week."""
    await phone.says("/rituals")
    await phone.presses("How much a week")
    await phone.presses("14 a week")


async def answers(phone: BarePhone, *words: str) -> None:
    await phone.presses("Answer in private")
    for one in words:
        await phone.says(one, in_room=False)


def question(story: Story) -> str:
    """What today's post asks."""
    post = next(one for one in reversed(story.chats.seen_in(ROOM)) if one.words.startswith("Question of the day"))
    return post.words.splitlines()[1]


async def test_a_question_apart_and_together(story: Story) -> None:
    """It stands in the chat at noon; each answers in private; at half past eight both answers stand together."""
    ann, ben = await asked(story)
    await answers(ann, MINE)
    await ann.presses("Share it")
    await answers(ben, THEIRS)
    await ben.presses("Share it")
    before = ben.screen
    await story.comes("2026-03-02 20:29")
    shortly_before = ben.screen
    await story.comes("2026-03-02 20:30")
    shared = ben.room[-1].words

    assert question(story) in shared
    assert f"Ann\n{MINE}" in shared
    assert f"Ben\n{THEIRS}" in shared
    assert MINE not in before + shortly_before


@pytest.mark.parametrize(("hours", "quiet"), [("20-8", True), ("22-8", False)])
async def test_an_evening_that_is_somebodys_night(story: Story, hours: str, quiet: bool) -> None:
    """In the quiet hours of one of the two what is shared comes without a sound."""
    _, ben = await asked(story)
    await ben.says(f"/settings quiet {hours}", in_room=False)
    await story.comes("2026-03-02 20:30")

    assert "The question, as it was." in ben.room[-1].words
    assert ben.room[-1].post.quiet is quiet


async def test_it_comes_early_if_both_wish(story: Story) -> None:
    """Both ready, each with a line: it needn't wait for the evening."""
    ann, ben = await asked(story)
    for phone, words in ((ann, MINE), (ben, THEIRS)):
        await answers(phone, words)
        await phone.presses("Share it")
        await phone.presses("Ready")
    await story.settles()

    assert MINE in ben.room[-1].words
    assert ben.room[-1].at == story.at("2026-03-02 12:00")


async def test_ready_and_kept_hastens_nothing(story: Story) -> None:
    """Who kept their answer brings nothing forward."""
    ann, ben = await asked(story)
    await answers(ann, MINE)
    await ann.presses("Share it")
    await ann.presses("Ready")
    await answers(ben, THEIRS)
    await ben.presses("Ready")
    await story.passes(hours=6)

    assert MINE not in ben.screen


async def test_changed_until_the_evening(story: Story) -> None:
    """An answer is changed and stays marked; a restart in between forgets nothing."""
    ann, ben = await asked(story)
    await answers(ann, "Something else")
    await ann.presses("Share it")
    await story.restarts()
    await ann.presses("Change my answers")
    await ann.says(MINE, in_room=False)
    await story.comes("2026-03-02 20:30")

    assert MINE in ben.screen
    assert "Something else" not in ben.screen


async def test_too_late_is_kept(story: Story) -> None:
    """What is answered after the evening stays with its author, and can be read back."""
    ann, ben = await asked(story)
    await story.comes("2026-03-02 21:00")
    await answers(ann, MINE)
    await story.passes(days=1)
    await ann.says("/history", in_room=False)

    assert MINE in ann.last_post
    assert MINE not in ben.screen


async def test_opened_by_its_command(story: Story) -> None:
    """/question opens one at once, switched on or not, and a second one reopens the open one."""
    ann, ben = await story.paired()
    await ann.says("/question", in_room=False)
    await story.settles()
    first = question(story)
    await ben.says("/question", in_room=False)
    await ben.says(THEIRS, in_room=False)
    await ben.presses("Share it")
    await story.comes("2026-03-03 12:00")

    assert first in ann.screen
    assert sum(one.words.startswith("Question of the day\n") for one in story.chats.seen_in(ROOM)) == 2
    assert THEIRS in ann.screen


async def test_three_a_day_at_most(story: Story) -> None:
    """Two who share at once and ask again see no more of the deck in one day than of any other."""
    ann, ben = await story.paired()
    for _ in range(3):
        for phone in (ann, ben):
            await phone.says("/question", in_room=False)
            await phone.says(MINE, in_room=False)
            await phone.presses("Share it")
            await phone.presses("Ready")
        await story.settles()
    await ann.says("/question", in_room=False)

    assert "That's enough for one day" in ann.last_post


async def test_it_gives_way(story: Story) -> None:
    """On a day with two other rituals that ask something, it leaves the day to them."""
    ann, _ = await asked(story)
    await story.comes("2026-03-09 12:00")
    del ann
    posts = [one for one in story.chats.seen_in(ROOM) if one.words.startswith("Question of the day\n")]
    noons = [one.on for one in posts if one.at % 86400 == 11 * 3600]

    assert noons == [f"2026-03-0{day}" for day in (2, 3, 4, 5, 6, 8, 9)]


async def test_one_answer_needs_no_choosing(story: Story) -> None:
    """With one line there is no list of warm lines: share it, keep it, or say that one is ready."""
    ann, _ = await asked(story)
    await answers(ann, MINE)
    screen = ann.own[-1]

    assert [choice.label for choice in screen.post.choices] == ["Share it", "Keep it", "Ready", "Change my answers"]
    assert "warm lines" not in screen.words


async def test_with_a_guess(story: Story) -> None:
    """First both own answers, then both guesses, each only where its author shared it; nothing is compared."""
    ann, ben = await asked(story, style="Always with a guess")
    await answers(ann, MINE, A_GUESS)
    await ann.presses("Share the warm lines")
    await answers(ben, THEIRS, "You would say cake")
    await ben.presses("Choose")
    await ben.presses("Share: In your own words")
    await ben.presses("Done")
    await story.comes("2026-03-02 20:30")
    shared = ann.room[-1].words

    assert shared.index(MINE) < shared.index("What you guessed") < shared.index(A_GUESS)
    assert shared.index(THEIRS) < shared.index("What you guessed")
    assert "You would say cake" not in ann.screen


async def test_only_some_questions_are_guessed_at(story: Story) -> None:
    """With a guess come the questions that are meant for it; mixed, it comes every fifth time."""
    ann, _ = await asked(story)
    await story.comes("2026-03-22 12:00")
    came = await story.reads(_came)
    guessed = [at for at, one in enumerate(came) if one.startswith("guess/")]
    deck = story.known.decks["question_of_the_day"]
    del ann

    assert guessed == [4, 9, 14]
    assert all("guess" in deck.prompt(came[at]).tags for at in guessed)
    assert len(set(came[:12])) == 12


async def test_mixed_again(story: Story) -> None:
    """Always with a guess can be taken back, by either of the two."""
    ann, ben = await asked(story, style="Always with a guess")
    first = (await story.reads(_came))[-1]
    await ben.says("/rituals question")
    await ben.presses("Mixed prompts")
    await story.comes("2026-03-03 12:00")
    came = await story.reads(_came)
    del ann

    assert [one.partition("/")[0] for one in (first, came[-1])] == ["guess", "plain"]


async def test_far_apart(story: Story) -> None:
    """Where no evening suits both it is the next morning; another question is open by then, and neither is mixed up."""
    ann, ben = await story.paired(zones=("Berlin", "Tokyo"))
    await takes_as_many_as_may_come(ann)
    await ann.says("/rituals question on")
    await story.comes("2026-03-03 12:00")
    first = question(story)
    await answers(ann, MINE)
    await ann.presses("Share it")
    await story.comes("2026-03-04 05:00")
    second = question(story)
    await answers(ben, THEIRS)
    await ben.presses("Share it")
    await story.comes("2026-03-04 08:29")
    before = ben.screen
    await story.comes("2026-03-04 08:30")
    shared = ben.room[-1].words
    await story.comes("2026-03-05 08:30")

    assert first != second
    assert MINE not in before
    assert first in shared
    assert MINE in shared
    assert THEIRS not in shared
    assert THEIRS in ben.room[-1].words


async def test_left_out_for_good(story: Story) -> None:
    """/hide takes a question out, for both and without a word, and lists it by its words."""
    ann, ben = await asked(story)
    asked_first = question(story)
    await ben.says("/hide", in_room=False)
    await ben.presses("Not again")
    await ben.says("/settings", in_room=False)
    await ben.presses("Prompts left out")

    assert f"Let it come again: {asked_first}" in ben.labels
    assert asked_first in ann.screen


async def test_in_ones_own_words_with_the_question(story: Story) -> None:
    """/mine shows an answer beneath what was asked."""
    ann, _ = await asked(story)
    await answers(ann, MINE)
    await ann.says("/mine", in_room=False)
    await ann.presses(next(label for label in ann.labels if MINE in label))

    assert question(story) in ann.last_post
    assert MINE in ann.last_post


async def silent(ben: BarePhone) -> None:
    """Ben does nothing."""


async def skipped(ben: BarePhone) -> None:
    """Ben leaves it out."""
    await ben.presses("Answer in private")
    await ben.presses("Leave it today")


async def kept(ben: BarePhone) -> None:
    """Ben answers and keeps it."""
    await answers(ben, THEIRS)
    await ben.presses("Keep it")


async def kept_and_ready(ben: BarePhone) -> None:
    """Ben answers, marks nothing and says that he is ready."""
    await answers(ben, THEIRS)
    await ben.presses("Ready")


async def withdrew(ben: BarePhone) -> None:
    """Ben shares and then keeps it after all."""
    await answers(ben, THEIRS)
    await ben.presses("Share it")
    await ben.presses("Keep it")


async def _what_ann_sees(
    folder: Path, known: Repertoire, migrated: Path, ben_does: Callable[[BarePhone], Awaitable[None]]
) -> list[tuple[object, ...]]:
    async with told(folder, known, migrated) as story:
        ann, ben = await asked(story, style="The question alone")
        for ritual in ("check-in", "morning", "sunset"):
            await ann.says(f"/rituals {ritual} off")
        for day in range(1, 13):
            await ben_does(ben)
            if day < 4:
                await answers(ann, MINE)
                await ann.presses("Share it")
                await ann.presses("Ready")
            await story.comes(story.at("2026-03-02 12:00") + day * 86400)
        await ann.says("/history", in_room=False)
        seen = [one for one in story.chats.messages if one.ref.place in (ROOM, ann.private)]
        return [(one.at, one.ref.place, one.post.text, one.post.quiet, one.gone, one.changes) for one in seen]


@pytest.mark.parametrize("reason", [skipped, kept, kept_and_ready, withdrew])
async def test_days_without_ben_tell_no_reason(
    tmp_path: Path, known: Repertoire, migrated: Path, reason: Callable[[BarePhone], Awaitable[None]]
) -> None:
    """All that Ann sees, the questions and their moments too, is as if Ben had done nothing."""
    for name in ("silent", "other"):
        (tmp_path / name).mkdir()
    with_one = await _what_ann_sees(tmp_path / "silent", known, migrated, silent)
    with_other = await _what_ann_sees(tmp_path / "other", known, migrated, reason)

    assert with_one == with_other
    assert sum(MINE in str(text) for _, _, text, *_ in with_one) > 5


def _deeper(known: Repertoire) -> Repertoire:
    """A deck in which every second question is a deep one."""
    deck = known.decks["question_of_the_day"]
    deep = [one for one in deck.prompts if one.depth == 3 and one.distance == "ok" and not one.season]
    light = [one for one in deck.prompts if one.for_every_day("no")][: len(deep)]
    fewer = replace(deck, prompts=(*light, *deep))
    return replace(known, decks={**known.decks, deck.id: fewer})


async def _what_comes(folder: Path, known: Repertoire, migrated: Path, *, keeps: bool) -> list[int]:
    """How deep the questions of some months of weekends are."""
    async with told(folder, _deeper(known), migrated) as story:
        ann, ben = await asked(story, style="Weekends")
        for phone in (ann, ben):
            await phone.says("/settings depth deep", in_room=False)
        for ritual in ("check-in", "morning", "sunset"):
            await ann.says(f"/rituals {ritual} off")
        await story.comes("2026-03-08 12:00")
        for _ in range(20):
            await story.passes(days=7)
            if keeps:
                await ben.says("/question", in_room=False)
                await ben.says(THEIRS, in_room=False)
        deck = story.known.decks["question_of_the_day"]
        return [deck.prompt(one).depth for one in await story.reads(_scheduled)]


async def test_what_is_kept_changes_no_question(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Open rituals go easier after two deep prompts that nobody answered; here that would tell who answers."""
    for name in ("kept", "silent"):
        (tmp_path / name).mkdir()
    with_answers = await _what_comes(tmp_path / "kept", known, migrated, keeps=True)
    without = await _what_comes(tmp_path / "silent", known, migrated, keeps=False)

    assert with_answers == without
    assert without.count(3) > 4


async def test_nobody_elses_button_works(story: Story) -> None:
    """A press for another couple's question is declined, and a made-up item too."""
    ann, _ = await asked(story)
    await ann.presses("Answer in private")
    here = ann.find_choice("Skip")
    await ann.presses_token(Token("say", here[1].token.subject, "qd-own"), here[0])

    assert "does nothing now" in ann.last_post


def _scheduled(store: Store) -> list[str]:
    found = store.occurrences.of_couple(1, 1 << 40, 1000)
    return [one.prompt for one in reversed(found) if not one.slot.startswith(ASKED)]


def _came(store: Store) -> list[str]:
    found = store.occurrences.of_couple(1, 1 << 40, 1000)
    return [one.prompt for one in reversed(found) if one.deck == "question_of_the_day"]
