"""A time side by side: begun by either, with an end that both know, and nobody watched."""

from __future__ import annotations

import asyncio

import pytest

from bot.posts import Token
from bot.store import Store
from stories.chats import BarePhone, Message
from stories.story import Story
from stories.test_offers import takes_up

TITLE = "Side by side"


def _posts(phone: BarePhone) -> list[Message]:
    """What stands in the chat about it, oldest first."""
    return [one for one in phone.room if one.words.startswith(f"{TITLE}\n") and one.author == "bot"]


async def _asks(phone: BarePhone, *, in_room: bool = True) -> None:
    await phone.says("/rituals", in_room=in_room)
    if TITLE not in phone.labels:
        await phone.presses("More rituals")
    await phone.presses(TITLE)
    await phone.presses("Now")


async def _begins(story: Story, phone: BarePhone, minutes: int = 50) -> None:
    await _asks(phone, in_room=False)
    await phone.presses(f"{minutes} minutes")
    await story.settles()


def _lines(story: Story, which: str) -> tuple[str, ...]:
    timer = story.known.decks["body_doubling"].timer
    assert timer is not None
    lines: tuple[str, ...] = getattr(timer, which)
    return lines


async def test_from_the_start_to_the_end(story: Story) -> None:
    """The chat reads until when, one quiet line halfway, and at its end that it is over; also after a restart."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 14:00")
    await _begins(story, ann)
    begun = _posts(ben)[-1].words
    await story.passes(minutes=24)
    before = [one.words for one in ben.room]
    await story.restarts()
    await story.passes(minutes=1)
    half = ben.room[-1]
    await story.passes(minutes=24)
    still = _posts(ben)[0].words
    await story.passes(minutes=1)
    over = ben.room[-1]

    assert "until 14:50." in begun
    assert any(line in begun for line in _lines(story, "start"))
    assert half.words.removeprefix(f"{TITLE}\n") in _lines(story, "halfway")
    assert half.post.quiet
    assert [one.words for one in ben.room][: len(before) - 1] == before[:-1]
    assert still == begun
    assert over.words.removeprefix(f"{TITLE}\n") in _lines(story, "over")
    assert not over.post.quiet
    assert _posts(ben)[0].words == f"{TITLE}\nOver."
    assert _posts(ben)[0].post.choices == ()


async def test_both_clocks(story: Story) -> None:
    """Two in two zones read its end on both walls."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-02 14:00")
    await _begins(story, ann, 25)

    assert "14:25 (\u2068Ann\u2069), 08:25 (\u2068Ben\u2069)" in _posts(ben)[-1].words


@pytest.mark.parametrize("who", [0, 1])
async def test_either_ends_it_early(story: Story, who: int) -> None:
    """One press is enough, whoever's; the chat reads the same, once, and the halfway line stays away."""
    two = await story.paired()
    await story.comes("2026-03-02 14:00")
    await _begins(story, two[0])
    message, choice = two[who].find_choice("End it here")
    for _ in range(2):
        await two[who].presses_token(choice.token, message)
    await two[1 - who].presses_token(choice.token, message)
    await story.settles()
    ended = [one.words for one in two[0].room]
    await story.comes("2026-03-02 16:00")

    assert ended[-1].removeprefix(f"{TITLE}\n") in _lines(story, "over")
    assert sum(words.removeprefix(f"{TITLE}\n") in _lines(story, "over") for words in ended) == 1
    assert [one.words for one in two[0].room] == ended
    assert "Ann" not in ended[-1]
    assert "Ben" not in ended[-1]


async def test_one_at_a_time(story: Story) -> None:
    """Pressed twice, by both at once, or again while it runs: there is one, and the press says until when."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 14:00")
    for phone in (ann, ben):
        await _asks(phone, in_room=False)
    presses = [phone.find_choice("25 minutes") for phone in (ann, ben)]
    await asyncio.gather(
        *(
            phone.presses_token(choice.token, message)
            for phone, (message, choice) in zip((ann, ben), presses, strict=True)
        ),
        ann.presses_token(presses[0][1].token, presses[0][0]),
    )
    await story.settles()
    running = len(_posts(ann))
    await story.passes(minutes=10)
    await _asks(ben, in_room=False)

    assert running == 1
    assert "It runs until 14:25." in ben.last_post


async def test_in_the_chat_or_in_private(story: Story) -> None:
    """Its length is picked where one asks; what is picked in private leaves the chat alone until it begins."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 14:00")
    before = ben.screen
    await _asks(ann, in_room=False)
    unseen = ben.screen
    await _asks(ben)
    await ben.presses("90 minutes")
    await story.settles()

    assert unseen == before
    assert "until 15:30." in _posts(ann)[-1].words


async def test_taken_up_it_has_no_days(story: Story) -> None:
    """Switched on it stands in the list as what comes when one asks, and has neither days nor a time."""
    ann, _ = await story.paired()
    await takes_up(ann, TITLE)
    page = ann.last_post, ann.labels[:3]
    await ann.says("/rituals side mon wed")
    declined = ann.last_post
    await ann.says("/rituals")

    assert page == ("Side by side: when you ask", ["Now", "Switch off", "Back"])
    assert declined == "That one comes when you ask for it, so it has no days and no time."
    assert "Side by side: when you ask" in ann.last_post


async def test_the_bot_was_away_at_its_end(story: Story) -> None:
    """Hours late it only reads as over; shortly after, its line still comes."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 14:00")
    await _begins(story, ann, 25)
    await story.sleeps_until("2026-03-02 19:00")
    await story.settles()
    late = ann.room[-1].words
    await _begins(story, ann, 25)
    await story.sleeps_until("2026-03-02 19:40")
    await story.settles()

    assert late.removeprefix(f"{TITLE}\n") not in _lines(story, "over")
    assert ann.room[-1].words.removeprefix(f"{TITLE}\n") in _lines(story, "over")


@pytest.mark.parametrize("value", ["for_1", "for_99999", "for_", "ask_x", "end", "other"])
async def test_forged_presses(story: Story, value: str) -> None:
    """A length that was not offered, or a word that is none, begins nothing."""
    ann, _ = await story.paired()
    await _asks(ann, in_room=False)
    message, choice = ann.find_choice("25 minutes")
    await ann.presses_token(Token("timer", choice.token.subject, value), message)
    await story.settles()

    assert _posts(ann) == []


async def test_nothing_is_on_record(story: Story) -> None:
    """Words under it are theirs: no reply is kept, and no word of who took part."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 14:00")
    await _begins(story, ann, 25)
    await ben.replies("Off to the dishes", to=TITLE)
    await ben.says("/skip", in_room=False)
    skipped = ben.last_post
    await story.passes(hours=1)
    kept = await story.reads(_kept)

    assert "Side by side" not in skipped
    assert kept == []


def _kept(store: Store) -> list[object]:
    found = store.occurrences.of_couple(store.people.couples()[0], 1 << 40, 50)
    timers = [one for one in found if one.deck == "body_doubling"]
    return [kept for one in timers for kept in (*store.replies.lines(one), *store.occurrences.parts(one.id))]
