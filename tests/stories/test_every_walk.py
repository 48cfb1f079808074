"""Every walk that ships, from end to end: stopped and taken up at every step, with one absent, with both at once."""

from __future__ import annotations

import pytest

from bot import wiring
from bot.deckfile import read_decks
from bot.decks import Deck
from bot.model import State
from bot.posts import LARGEST_ID, Choice, Token
from bot.store import Store
from stories.chats import PLATFORM, BarePhone, Message
from stories.story import Story

WALKS = {name: deck for name, deck in read_decks(wiring.CONTENT / "en").items() if deck.walk is not None}
ALONE = [name for name, deck in WALKS.items() if deck.walk is not None and not deck.walk.for_two]
TOGETHER = [name for name, deck in WALKS.items() if deck.walk is not None and deck.walk.for_two]
MOST_STEPS = 40


def _screen(phone: BarePhone, deck: Deck) -> Message:
    """The newest private screen of a walk."""
    return next(one for one in reversed(phone.own) if one.words.startswith(f"{deck.title}\n"))


def _in_chat(phone: BarePhone, deck: Deck) -> Message:
    return next(one for one in reversed(phone.room) if one.words.startswith(f"{deck.title}\n"))


async def _begins(phone: BarePhone, deck: Deck) -> None:
    await phone.says(f"/{deck.command}", in_room=False)
    if deck.command == "practice":
        label = next(one for one in phone.labels if one in (deck.title, f"Go on: {deck.title}"))
        await phone.presses(label)


def _way_on(message: Message) -> Choice | None:
    """What leads on: an option, or Write, or Next."""
    aside = ("stop", "show_")
    asked = [one for one in message.post.choices if one.token.verb == "walk" and not one.token.value.startswith(aside)]
    return asked[0] if asked else None


async def _both_begin(story: Story, two: tuple[BarePhone, BarePhone], deck: Deck) -> None:
    """Each goes the private steps before the first one in the chat."""
    for phone in two:
        await _begins(phone, deck)
        while await _goes_on(phone, _screen(phone, deck)):
            pass
    await story.settles()


async def _moves_on(story: Story, two: tuple[BarePhone, BarePhone], deck: Deck) -> None:
    """Both press what leads on in the chat; where they write each writes, and each says yes in private."""
    message = _in_chat(two[0], deck)
    if any(one.token.verb == "write" for one in message.post.choices):
        for phone in two:
            await phone.replies(f"{phone.name} will try", to=deck.title)
        await story.settles()
    values = [one.token.value for one in message.post.choices]
    if "suits" in values:
        for phone in two:
            await phone.presses_token(Token("agree", message.post.choices[0].token.subject, "suits"), message)
            await phone.presses_token(_yes(phone), phone.own[-1])
    else:
        leads = next(one for one in ("on_14", *values) if one in values and one.startswith(("on_", "past_")))
        token = next(one.token for one in message.post.choices if one.token.value == leads)
        for phone in two:
            await phone.presses_token(token, message)
    await story.settles()


def _yes(phone: BarePhone) -> Token:
    return next(one.token for one in phone.own[-1].post.choices if one.token.value.startswith("yes_"))


async def _goes_on(phone: BarePhone, message: Message) -> bool:
    """One step on; False at the end."""
    choice = _way_on(message)
    if choice is None:
        return False
    if choice.token.value.startswith("say_"):
        await phone.says("In my own words", in_room=False)
    else:
        await phone.presses_token(choice.token, message)
    return True


def _answers(store: Store, name: str) -> int:
    who = store.people.who(PLATFORM, name)
    assert who is not None
    return len(store.replies.of_partner(who.partner.id, LARGEST_ID))


@pytest.mark.parametrize("name", ALONE)
async def test_alone_with_a_restart_between_any_two_steps(story: Story, name: str) -> None:
    """Begun, left for two days at each step and taken up by its command, each walk reaches its end in bounded steps."""
    deck = WALKS[name]
    ann, ben = await story.paired()
    before = ben.screen
    await _begins(ann, deck)
    seen = []
    for _ in range(MOST_STEPS):
        seen.append(_screen(ann, deck).words)
        await story.restarts()
        await story.passes(days=2)
        await _begins(ann, deck)

        assert _screen(ann, deck).words == seen[-1]

        await _goes_on(ann, _screen(ann, deck))
        if _way_on(_screen(ann, deck)) is None:
            break
    assert deck.walk is not None
    assert deck.walk.over in _screen(ann, deck).words
    assert len(set(seen)) == len(seen)
    assert deck.title not in ben.screen[len(before) :]


@pytest.mark.parametrize("name", ALONE)
async def test_alone_stopped_at_every_step(story: Story, name: str) -> None:
    """Wherever "Stop here" is pressed, nothing of the walk is on record, and it begins anew at its beginning."""
    deck = WALKS[name]
    ann, _ = await story.paired()
    for steps in range(MOST_STEPS):
        await _begins(ann, deck)
        for _ in range(steps):
            await _goes_on(ann, _screen(ann, deck))
        message = _screen(ann, deck)
        stop = next((one for one in message.post.choices if one.token.value == "stop"), None)
        if stop is None:
            break
        await ann.presses_token(stop.token, message)

        assert await story.reads(lambda store: _answers(store, "ann")) == 0

    assert steps > 1


@pytest.mark.parametrize("name", TOGETHER)
async def test_together_with_one_absent(story: Story, name: str) -> None:
    """However far one goes alone, nothing stands in the chat but, at its time, the one line."""
    deck = WALKS[name]
    ann, ben = await story.paired()
    await _begins(ann, deck)
    before = len(ben.room)
    while await _goes_on(ann, _screen(ann, deck)):
        pass
    await story.settles()
    waiting = len(ben.room)
    await story.passes(hours=1)
    assert deck.walk is not None

    assert waiting == before
    assert deck.walk.declined in _in_chat(ben, deck).words


@pytest.mark.parametrize("name", TOGETHER)
async def test_together_both_at_once_and_a_restart_between(story: Story, name: str) -> None:
    """At each place both press what leads on, and the program ends and begins: each place stands once, in order."""
    deck = WALKS[name]
    ann, ben = await story.paired()
    await _both_begin(story, (ann, ben), deck)
    assert deck.walk is not None
    places = []
    while any(one.token.value == "stop" for one in _in_chat(ann, deck).post.choices):
        places.append(_in_chat(ann, deck).words)
        await story.restarts()
        await _moves_on(story, (ann, ben), deck)

    assert len(places) == len(deck.walk.places)
    assert len(set(places)) == len(places)
    assert deck.walk.over in _in_chat(ann, deck).words


@pytest.mark.parametrize("name", TOGETHER)
async def test_together_stopped_at_every_place(story: Story, name: str) -> None:
    """Either stops it anywhere; the chat reads the same words, and no time of it stays open."""
    deck = WALKS[name]
    assert deck.walk is not None
    ann, ben = await story.paired()
    for at in range(len(deck.walk.places)):
        await _both_begin(story, (ann, ben), deck)
        for _ in range(at):
            await _moves_on(story, (ann, ben), deck)
        message = _in_chat(ann, deck)
        stop = next(one for one in message.post.choices if one.token.value == "stop")
        await (ann, ben)[at % 2].presses_token(stop.token, message)
        await story.settles()

        assert message.words == f"{deck.title}\n{deck.walk.stopped}"
        assert await story.reads(lambda store: _open_times(store, deck.id)) == 0


@pytest.mark.parametrize("name", TOGETHER)
async def test_together_left_at_every_place(story: Story, name: str) -> None:
    """Nobody presses any more: nothing else comes, its time closes, and what is pressed then changes nothing."""
    deck = WALKS[name]
    assert deck.walk is not None
    ann, ben = await story.paired()
    for at in range(len(deck.walk.places)):
        await _both_begin(story, (ann, ben), deck)
        for _ in range(at):
            await _moves_on(story, (ann, ben), deck)
        message = _in_chat(ann, deck)
        posts = [one for one in ann.room if one.words.startswith(f"{deck.title}\n")]
        await story.passes(hours=deck.closes_after / 3600 + 1)
        await ben.presses_token(next(one.token for one in message.post.choices if one.token.value != "card"), message)
        await story.settles()

        assert [one for one in ann.room if one.words.startswith(f"{deck.title}\n")] == posts
        assert await story.reads(lambda store: _open_times(store, deck.id)) == 0


def _open_times(store: Store, deck: str) -> int:
    who = store.people.who(PLATFORM, "ann")
    assert who is not None
    ritual = store.rituals.named(who.couple.id, deck)
    assert ritual is not None
    return sum(one.state == State.OPEN for one in store.occurrences.past(ritual.id, 99))
