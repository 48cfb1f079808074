"""Every deck that ships, shown as one that is being written."""

from __future__ import annotations

import pytest

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import Kind
from bot.events import Person
from bot.previewing import Preview, Stage
from stories.chats import PLATFORM, ROOM
from stories.story import Story

DECKS = read_decks(wiring.CONTENT / "en")
WHERE = {
    **dict.fromkeys((Kind.WALK, Kind.PAUSE), "comes when it is asked for: /"),
    Kind.NUDGE: 'under "For you alone" in /settings',
    Kind.TIMER: '"Now" on its page in /rituals',
}
"""What is said of a deck that does not come to the chat by itself."""


@pytest.mark.parametrize("name", DECKS)
async def test_it_comes_or_the_chat_says_where_to_find_it(story: Story, name: str) -> None:
    """A ritual for the two stands in their chat at once; of any other one line there says how it is begun."""
    deck = DECKS[name]
    two = (Person(PLATFORM, "ann", "Ann"), Person(PLATFORM, "ben", "Ben"))
    file, messengers = wiring.CONTENT / "en" / f"{name}.toml", {PLATFORM: story.chats}
    preview = Preview(file, Stage(ROOM, two), story.database, story.clock, story.known, messengers, story.courier.wake)
    await preview.begin()
    await story.settles()
    first, *posts = [one.words for one in story.chats.messages]

    assert first.startswith(deck.title)
    if deck.kind in WHERE:
        assert WHERE[deck.kind] in first
        assert posts == []
    else:
        assert [one.partition("\n")[0] for one in posts] == [deck.title]
