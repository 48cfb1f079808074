"""Every practice, and every ritual that is answered in the chat, lived through on the bare engine and everywhere."""

from __future__ import annotations

import pytest
from test_the_same_story import stage as stage
from the_story import Phone, Stage, pair

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import Deck, Kind
from bot.walks import Step

DECKS = read_decks(wiring.CONTENT / "en")
PRACTICES = [name for name, deck in DECKS.items() if deck.walk is not None and deck.command == "practice"]
BY_COMMAND = [name for name, deck in DECKS.items() if deck.kind is Kind.OPEN and deck.command]
OFFERS = [name for name, deck in DECKS.items() if deck.kind is Kind.OFFER]


async def _goes(stage: Stage, phone: Phone, step: Step) -> None:
    """One private step on: the first option, words, or Next."""
    if step.writes:
        await phone.says("In my own words", in_room=False)
    else:
        await phone.presses(step.options[0] if step.options else "Next")
    await stage.settles()


def _gone_by_who_picks_first(steps: tuple[Step, ...]) -> list[Step]:
    return [one for one in steps if all(0 in when.picked for when in one.when)]


async def _begins(stage: Stage, phone: Phone, deck: Deck) -> None:
    await phone.says("/practice", in_room=False)
    await stage.settles()
    await phone.presses(next(one for one in phone.labels if one in (deck.title, f"Go on: {deck.title}")))
    await stage.settles()


@pytest.mark.parametrize("name", PRACTICES)
async def test_a_practice(stage: Stage, name: str) -> None:
    """Begun by one, gone by both where it is for two, to the line with which it ends."""
    deck = DECKS[name]
    walk = deck.walk
    assert walk is not None
    await pair(stage)
    two = (stage.ann, stage.ben) if walk.for_two else (stage.ann,)
    for phone in two:
        await _begins(stage, phone, deck)
        for step in _gone_by_who_picks_first(walk.entry):
            await _goes(stage, phone, step)
    for place in walk.places:
        assert walk.at(place)[0].text in stage.ben.screen

        await stage.ann.presses("Next")
        await stage.settles()
    for phone in two:
        for step in _gone_by_who_picks_first(walk.after):
            await _goes(stage, phone, step)

    assert walk.over in stage.ann.screen
    assert (deck.title in stage.ben.screen) == walk.for_two


@pytest.mark.parametrize("name", BY_COMMAND)
async def test_a_ritual_that_is_asked_for(stage: Stage, name: str) -> None:
    """It comes to the chat by its command, one answers in a form and one by a reply, and both are looked back at."""
    deck = DECKS[name]
    await pair(stage)
    await stage.ann.says(f"/{deck.command}")
    await stage.settles()
    await stage.ann.presses("Answer")
    await stage.ann.submits("The kettle before seven")
    await stage.ben.replies("The walk by the river")
    await stage.settles()
    await stage.ben.says("/history", in_room=False)
    await stage.settles()

    assert deck.title in stage.ben.screen
    for words in ("The kettle before seven", "The walk by the river"):
        assert words in stage.ann.screen
        assert words in stage.ben.screen


@pytest.mark.parametrize("name", OFFERS)
async def test_an_offer_now(stage: Stage, name: str) -> None:
    """On its page it is brought at once, and there is nothing to answer."""
    deck = DECKS[name]
    await pair(stage)
    await stage.ann.says(f"/rituals {deck.title}")
    await stage.settles()
    await stage.ann.presses("Now")
    await stage.settles()

    assert any(prompt.text in stage.ben.screen for prompt in deck.prompts)
    assert "Answer" not in stage.ben.labels


async def test_a_break_by_a_name_of_their_own(stage: Stage) -> None:
    """Typed by one, it stands above the break for both."""
    await pair(stage)
    await stage.ann.says("/rituals shared break on")
    await stage.settles()
    for label in ("Another name", "A name of your own"):
        await stage.ann.presses(label)
        await stage.settles()
    await stage.ann.submits("Samovar *time*")
    await stage.settles()
    await stage.comes("2026-03-03 16:00")

    assert "Samovar *time*" in stage.ben.screen
    assert "Shared break" not in stage.ben.screen.rpartition("Samovar *time*")[2]
