"""Highs and lows: said by either, and a line for whoever listens, which nobody else reads and nothing counts."""

from __future__ import annotations

import pytest

from bot.posts import Token
from bot.store import Store
from stories.chats import BarePhone, Message
from stories.story import Story
from stories.test_offers import takes_up

TITLE, HARD = "Highs and lows", "hard_feelings"


def _posts(phone: BarePhone) -> list[Message]:
    return [one for one in phone.room if one.words.startswith(f"{TITLE}\n") and one.author == "bot"]


def _line(story: Story, phone: BarePhone) -> str:
    """The tip that a phone's private chat shows last."""
    lines = [tip.text for tip in story.known.decks["highs_lows"].tips]
    return next((one.words for one in reversed(phone.own) if one.words in lines), "")


async def test_an_evening(story: Story) -> None:
    """Switched on, it comes on Tuesday at half past eight, is answered as the others are, and closes by the morning."""
    ann, ben = await story.paired()
    await takes_up(ann, TITLE)
    await story.comes("2026-03-03 12:00")
    await story.restarts()
    await story.comes("2026-03-03 21:00")
    await ben.replies("High: the bus. Low: the rest", to=TITLE)
    await story.comes("2026-03-04 09:00")
    await ann.replies("Too late", to=TITLE)
    late = ann.last_post
    await story.comes("2026-03-08 21:00")
    await ann.says("/history", in_room=False)

    assert [one.at for one in _posts(ann)] == [story.at(f"2026-03-{day} 20:30") for day in ("03", "05", "08")]
    assert "This one has closed" in late
    assert "High: the bus. Low: the rest" in ann.last_post


async def test_a_line_for_the_listener(story: Story) -> None:
    """Whoever asks reads one line in private; the same again that evening, and the other's phone shows nothing."""
    ann, ben = await story.paired()
    await takes_up(ann, TITLE)
    await story.comes("2026-03-03 20:30")
    before = ann.happened()
    for _ in range(3):
        await ben.presses("To listen well")
    await story.settles()
    shown = [one.words for one in ben.own if one.words == _line(story, ben)]

    assert len(shown) == 3
    assert ann.happened() == before


async def test_at_most_one_an_evening(story: Story) -> None:
    """A second prompt on the same evening brings the same line, and another evening may bring another."""
    ann, ben = await story.paired()
    await takes_up(ann, TITLE)
    seen: dict[str, set[str]] = {}
    for day in ("03", "05", "08", "10", "12", "15", "17"):
        await story.comes(f"2026-03-{day} 20:30")
        for _ in range(2):
            await ben.presses("To listen well")
            seen.setdefault(day, set()).add(_line(story, ben))
            await ann.says("/rituals")
            await ann.presses(TITLE)
            await ann.presses("Now")
            await story.passes(minutes=2)

    assert {len(lines) for lines in seen.values()} == {1}
    assert len(set().union(*seen.values())) > 1


@pytest.mark.parametrize(("tag", "other", "never"), [("good_news", HARD, "low"), (HARD, "good_news", "high")])
async def test_it_fits_what_was_asked(story: Story, tag: str, other: str, never: str) -> None:
    """Under a prompt about good news no line is for a low, and the other way round."""
    two = await story.paired()
    for words in ("highs on", "highs daily", "morning off", "sunset off", "check-in off"):
        await two[0].says(f"/rituals {words}")
    deck, found = story.known.decks["highs_lows"], []
    for _ in range(40):
        await story.passes(days=1)
        prompt = next(one for one in deck.prompts if _posts(two[0])[-1].words.split("\n")[1] == one.text)
        if tag in prompt.tags and other not in prompt.tags:
            for phone in two:
                await phone.presses("To listen well")
                found.append(_line(story, phone))

    assert len(found) > 6
    assert not set(found) & {tip.text for tip in deck.tips if tip.to == never}


async def test_nothing_of_it_is_kept(story: Story) -> None:
    """Asking for a line leaves no part and no reply; a post without such lines has none to show."""
    ann, ben = await story.paired()
    await takes_up(ann, TITLE)
    await story.comes("2026-03-03 20:30")
    before = await story.reads(_everything)
    await ben.presses("To listen well")
    await ben.presses("To listen well")
    after = await story.reads(_everything)
    morning = next(one for one in ann.room if one.words.startswith("Morning appreciation"))
    await ben.presses_token(Token("tip", morning.post.choices[0].token.subject), morning)

    assert after == before
    assert "from another time" in ben.last_post


def _everything(store: Store) -> list[object]:
    couple = store.people.couples()[0]
    found = store.occurrences.of_couple(couple, 1 << 40, 50)
    kept = [kept for one in found for kept in (*store.replies.lines(one), *store.occurrences.parts(one.id))]
    return [*kept, *store.rituals.of(couple), *store.people.partners(couple)]
