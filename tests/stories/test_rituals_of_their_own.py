"""One of the two makes a ritual by choices: alone until it starts, for both from then on, and nobody loses words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_own_words import unpacked

from bot import deckwriting, owndecks
from bot.deckcheck import check_decks
from bot.deckfile import read_deck
from bot.findings import Level
from bot.posts import Field, Form, Show, Token
from bot.sayings import OwnDeck, Saying, Says
from bot.store import Store, Worded
from bot.turn import Repertoire
from bot.wiring import CONTENT
from stories.chats import BarePhone, handed_over
from stories.story import Story

SOUP = "Sunday soup"
POT, LADLE = "What went into the pot?", "Who had the ladle?"


async def begins(phone: BarePhone, name: str = SOUP, *asks: str) -> None:
    """Up to the screen that shows what there is."""
    await phone.says("/rituals new", in_room=False)
    await phone.submits(name)
    for words in asks or (POT,):
        await phone.presses("Add what it asks")
        await phone.submits(words)


async def makes(phone: BarePhone, name: str = SOUP, *asks: str, sealed: bool = False, days: str = "Every day") -> None:
    """A ritual from its name to its start."""
    await begins(phone, name, *asks)
    await phone.presses("The days")
    await phone.presses(days)
    if sealed:
        await phone.presses("Answered in private")
    await phone.presses("See how it looks")
    await phone.presses("Start it")


async def looks_at(phone: BarePhone, title: str = SOUP) -> None:
    await phone.says("/rituals")
    await phone.presses(title)


async def test_made_by_choices_and_started(story: Story) -> None:
    """The other sees nothing before the start, both see it from then on, and it comes at its time to be answered."""
    ann, ben = await story.paired()
    before = ben.happened()
    await begins(ann, SOUP, POT, LADLE)
    await ann.presses("The time")
    await ann.submits("6pm")
    await ann.presses("The days")
    await ann.presses("Sundays")
    drafted = ann.last_post
    await story.restarts()
    await ann.presses("See how it looks")
    preview, unseen = ann.last_post, ben.happened()
    await ann.presses("Start it")
    await story.settles()
    told = ben.last_post
    await ben.says("/rituals")
    listed = ben.last_post
    await story.comes("2026-03-08 18:10")
    came = next(one for one in ben.room if one.words.startswith(f"{SOUP}\n"))
    await ben.replies("Leeks", to=SOUP)
    await ann.says("/history", in_room=False)

    assert all(words in drafted for words in (SOUP, POT, LADLE, "Sunday, 18:00", "sees none of it"))
    assert preview.startswith(f"{SOUP}\n{POT}")
    assert "Nothing has been posted." in preview
    assert unseen == before
    assert "Sunday soup: Sunday, 18:00" in told
    assert "Sunday soup: Sunday, 18:00" in listed
    assert POT in came.words
    assert "Leeks" in ann.last_post


async def test_a_look_says_where_it_would_never_come(story: Story) -> None:
    """Where two others ask it gives way, and its author reads so before the start; on fewer days it comes."""
    ann, _ = await story.paired()
    await makes(ann, "Toast")
    await begins(ann)
    await ann.presses("See how it looks")
    full = ann.last_post
    for label in ("Change something", "The days", "Sundays", "See how it looks"):
        await ann.presses(label)

    assert "would give way" in full
    assert "would give way" not in ann.last_post


async def test_typing_offers_the_way_in(story: Story) -> None:
    """Where a platform completes what is typed, the word for a new ritual is among it, and so is what they made."""
    ann, ben = await story.paired()
    await makes(ann)
    await ben.types("rituals", "ne")
    new = ben.suggestions
    await ben.types("rituals", "sun")

    assert new == ("new",)
    assert ben.suggestions == (SOUP,)


async def test_a_sealed_one(story: Story) -> None:
    """Each text is asked in private, one by one; what was marked appears together, and what was kept stays."""
    ann, ben = await story.paired()
    await makes(ann, SOUP, POT, LADLE, sealed=True, days="Sundays")
    await story.comes("2026-03-08 19:10")
    for phone, words in ((ann, "Leeks"), (ben, "Barley")):
        message = next(one for one in reversed(phone.room) if one.words.startswith(SOUP))
        await phone.presses_token(message.post.choices[0].token, message)
        await phone.presses("Write")
        await phone.submits(words)
        await phone.presses("Skip")
    await ann.presses_token(_choice(ann, "Share the warm lines"), ann.own[-1])
    unseen = ben.screen
    await story.comes("2026-03-16 20:00")
    shared = next(one.words for one in reversed(ben.room) if "Leeks" in one.words)

    assert "Leeks" not in unseen
    assert "Ann shared:" in shared
    assert "Barley" not in ann.screen


def _choice(phone: BarePhone, label: str) -> Token:
    return next(one.token for one in phone.own[-1].post.choices if one.label == label)


async def test_either_may_change_it_or_switch_it_off(story: Story) -> None:
    """Who made it has no more say in that than the other."""
    ann, ben = await story.paired()
    await makes(ann)
    await looks_at(ben)
    await ben.presses("Weekends")
    changed = ben.last_post
    await ben.presses("Switch off")
    await story.comes("2026-03-09 20:00")

    assert "Sunday soup: Sat, Sun, 19:00" in changed
    assert not any(one.words.startswith(f"{SOUP}\n") for one in ben.room)


async def test_its_author_deletes_it(story: Story) -> None:
    """Not the other; answers stay with whoever gave them, and so does a line that the other added."""
    ann, ben = await story.paired()
    await makes(ann)
    await looks_at(ben)
    await ben.presses("Add a line of yours")
    await ben.submits(LADLE)
    await story.comes("2026-03-02 19:10")
    await ben.replies("Leeks", to=SOUP)
    await looks_at(ben)
    await ben.presses("Delete this ritual")
    refused = ben.last_post
    await looks_at(ann)
    for label in ("Delete this ritual", "Yes, delete"):
        await ann.presses(label)
    await story.settles()
    told = ben.room[-1].words
    await story.passes(days=3)
    await ben.says("/history", in_room=False)
    past = ben.last_post
    await ben.says("/mine", in_room=False)
    his = [choice.label for choice in ben.own[-1].post.choices]
    await ben.says("/rituals")

    assert "Whoever made it" in refused
    assert "has ended" in told
    assert "Leeks" in past
    assert POT not in past
    assert any("Leeks" in label for label in his)
    assert any(LADLE in label for label in his)
    assert SOUP not in ben.last_post
    assert not any(POT in one.words for one in ben.room)


@pytest.mark.parametrize("sealed", [False, True])
async def test_a_choice_from_before_the_end_does_nothing(story: Story, *, sealed: bool) -> None:
    """Nothing on its old page brings back what was deleted, not even where the other's line is left of it."""
    ann, ben = await story.paired()
    await makes(ann, sealed=sealed)
    await looks_at(ben)
    await ben.presses("Add a line of yours")
    await ben.submits(LADLE)
    page = next(one for one in reversed(ben.room) if any(choice.label == "As a file" for choice in one.post.choices))
    await looks_at(ann)
    for label in ("Delete this ritual", "Yes, delete"):
        await ann.presses(label)
    await story.settles()
    for choice in page.post.choices:
        if choice.token.verb != "rituals":
            await ben.presses_token(choice.token, page)
    await story.comes("2026-03-04 20:00")

    assert not any(one.words.startswith((f"{SOUP}\n", "A ritual of your own\n")) for one in ben.room)
    assert LADLE not in ben.room[-1].words
    assert ben.form is None


async def test_a_draft_is_its_authors_alone(story: Story) -> None:
    """The other reaches it by no number; its author finds it again, and throws it away without a trace."""
    ann, ben = await story.paired()
    await begins(ann)
    number = (await _decks(story))[0].id
    before = ann.happened()
    for value in ("see", "ask", "name", "days", "open", "look", "start", "away", "gone", "file"):
        await ben.says("/help", in_room=False)
        await ben.presses_token(Token("own", number, value), ben.own[-1])

        assert "another time" in ben.last_post, value
    unseen = ann.happened()
    await ann.says("/rituals new", in_room=False)
    again = ann.last_post
    await ann.presses("Delete this ritual")
    await ann.presses("Yes, delete")

    assert before == unseen
    assert SOUP not in ben.screen
    assert SOUP in again
    assert await _decks(story) == []
    assert await _said(story) == []


async def test_another_couple_reaches_nothing(story: Story) -> None:
    """Whatever numbers they know: no page, no form, no file, no word, and nothing changes."""
    ann, _ = await story.paired()
    await makes(ann)
    cleo, dan = story.person("Cleo"), BarePhone(story.elsewhere, "Dan")
    await cleo.says("/start", in_room=False)
    await cleo.presses("We're in different apps")
    await cleo.presses("Join")
    await dan.says(handed_over(cleo), in_room=False)
    await dan.presses("Join")
    number, before = (await _decks(story))[0].id, await _said(story)
    ritual = await story.database.run(lambda store: store.rituals.of(before[0].saying.couple)[-1].id)
    tokens = [Token("own", number, value) for value in ("see", "ask", "days_0", "start", "away", "gone", "file")]
    tokens += [Token("line", ritual, value) for value in ("add", "list")]
    tokens += [Token("line", before[0].saying.id, "good"), Token("mine", before[0].saying.id, "gone")]
    for token in tokens:
        await cleo.says("/help", in_room=False)
        await cleo.presses_token(token, cleo.own[-1])

        assert "another time" in cleo.last_post, token
    for token in (Token("own", number, "name"), Token("own", number, "ask"), Token("line", ritual, "typed")):
        cleo.form = Form(token, "made up", (Field("words", "made up"),))
        await cleo.submits("Mine now")

    assert await _said(story) == before
    assert SOUP not in cleo.screen


async def test_twice_and_both_at_once(story: Story) -> None:
    """Each has a draft of their own; a start that is pressed twice starts once."""
    ann, ben = await story.paired()
    await begins(ann)
    await begins(ben, "Toast", LADLE)
    for phone in (ann, ben):
        await phone.presses("See how it looks")
        message, choice = phone.find_choice("Start it")
        await phone.presses_token(choice.token, message)
        await phone.presses_token(choice.token, message)
    await story.settles()
    begun = [one.words for one in ann.room if "comes from now on" in one.words]

    assert len(begun) == 2
    assert len(await _decks(story)) == 2


async def test_ten_are_enough(story: Story) -> None:
    """The eleventh is declined, whoever asks."""
    ann, ben = await story.paired()
    for number in range(owndecks.MOST_DECKS):
        await makes(ann if number % 2 else ben, f"Soup {number}")
    await ben.says("/rituals new", in_room=False)

    assert "all I keep" in ben.last_post


async def test_without_its_authors_words_it_falls_silent(story: Story) -> None:
    """Who deletes all of their words takes what it asks along; nothing comes, and nothing breaks."""
    ann, ben = await story.paired()
    await ann.says("/rituals morning off")
    for sealed in (False, True):
        await makes(ann, f"Soup {sealed}", POT, sealed=sealed)
    await story.comes("2026-03-02 19:10")
    await ann.says("/mine", in_room=False)
    for label in ("Delete all of mine", "Yes, delete"):
        await ann.presses(label)
    await story.settles()
    for phone in (ann, ben):
        await phone.says("/rituals")
        await phone.says("/history", in_room=False)
    await ben.presses("Answer in private")
    refused = ben.last_post
    await story.passes(days=9)

    assert await _said(story) == []
    assert not any(POT in one.words for one in ben.room)
    assert "no longer part" in refused
    assert "A ritual of your own" in ben.screen


async def test_leaving_takes_the_words_along(story: Story) -> None:
    """With deletion nothing of hers is left; a copy that she takes first has what she wrote."""
    ann, ben = await story.paired()
    await makes(ann)
    await ann.says("/export", in_room=False)
    copied = unpacked(ann)["my-words.json"]
    await ann.says("/leave", in_room=False)
    for label in ("At once", "Leave and delete my words"):
        await ann.presses(label)
    await story.settles()

    assert SOUP in copied
    assert POT in copied
    assert await _said(story) == []
    assert "/export" in ben.last_post


@pytest.mark.parametrize("words", ["x" * 5000, "", "\n\n", "\u200b", "x" * 41])
async def test_what_is_no_name(story: Story, words: str) -> None:
    """It is declined kindly, and no draft is left of it."""
    ann, _ = await story.paired()
    await ann.says("/rituals new", in_room=False)
    await ann.submits(words)

    assert "longer than" in ann.last_post or "Nothing was written" in ann.last_post
    assert await _decks(story) == []


async def test_nonsense_is_only_words(story: Story) -> None:
    """Markup, mentions, braces and line breaks go through every screen and every post."""
    ann, ben = await story.paired()
    await ann.says("/rituals morning off")
    name, asked = "<b>{name}</b> @here\n%s", "{share_times} ```\n</a> @everyone {"
    await makes(ann, name, asked, sealed=True)
    await makes(ann, f"{name}2", asked)
    await story.comes("2026-03-02 19:10")
    await ben.presses("Answer in private")
    asks = ben.last_post
    await looks_at(ben, "<b>{name}</b> @here %s2")
    await ben.says("/week", in_room=False)

    # In a sealed form braces have a meaning, so there they look a little wider.
    assert "｛share_times｝ ``` </a> @everyone ｛" in asks
    assert any(one.words.startswith("<b>{name}</b> @here %s2\n{share_times} ```") for one in ben.room)
    assert "<b>{name}</b> @here %s2" in ben.last_post


async def test_as_a_file(story: Story, tmp_path: Path) -> None:
    """It holds the words of whoever asked, says so, and another host's bot takes it as it is."""
    ann, ben = await story.paired()
    await makes(ann, SOUP, POT)
    await looks_at(ben)
    await ben.presses("As a file")
    empty = ben.last_post
    await looks_at(ben)
    await ben.presses("Add a line of yours")
    await ben.submits(LADLE)
    files = []
    for phone in (ann, ben):
        await looks_at(phone)
        await phone.presses("As a file")
        files.append(_handed(phone, tmp_path))
    hers, his = (tomllib.loads(file.read_text()) for file in files)

    assert "Nothing that this ritual asks is yours" in empty
    assert "only yours" in ben.last_post
    assert [one["text"] for one in hers["prompt"]] == [POT]
    assert [one["text"] for one in his["prompt"]] == [LADLE]
    assert hers["deck"]["title"] == SOUP
    assert SOUP not in str(his)
    assert [one.level for one in check_decks(tmp_path, CONTENT / "en")] == [Level.FINE] * 2
    assert all(prompt.id.startswith("line-") for prompt in read_deck(files[0]).prompts)


def _handed(phone: BarePhone, folder: Path) -> Path:
    assert isinstance(phone.last_answer, Show)
    assert phone.last_answer.post.file is not None
    file = folder / phone.last_answer.post.file.name
    file.write_bytes(phone.last_answer.post.file.content)
    return file


WORDS = st.text(min_size=1, max_size=300).map(lambda text: " ".join(text.encode("utf-8", "replace").decode().split()))


@given(
    title=WORDS.map(lambda text: text[:40]).filter(str.strip),
    asks=st.lists(WORDS.map(lambda text: text[:220]).filter(str.strip), min_size=1, max_size=7),
    sealed=st.booleans(),
    days=st.frozensets(st.integers(0, 6)),
    at=st.integers(0, 1439),
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_two_people_build(
    tmp_path: Path, known: Repertoire, title: str, asks: list[str], sealed: bool, days: frozenset[int], at: int
) -> None:
    """The file that comes out is accepted, and is the same ritual."""
    own = OwnDeck(id=7, couple=1, partner=2, sealed=sealed, cadence=f"{''.join(map(str, sorted(days)))}@{at}+0/each")
    named = Worded(_saying(0, Says.NAME), title)
    said = [named, *(Worded(_saying(number, Says.LINE), words) for number, words in enumerate(asks, 1))]
    deck = deckwriting.as_file(owndecks.built(own, said, known.words.say))
    for old in tmp_path.glob("*.toml"):
        old.unlink()
    file = tmp_path / f"{deck.id}.toml"
    file.write_text(deckwriting.written(deck), encoding="utf-8")

    assert [one.level for one in check_decks(tmp_path, CONTENT / "en")] == [Level.FINE]
    assert read_deck(file) == deck


def _saying(number: int, says: Says) -> Saying:
    return Saying(id=number + 10, couple=1, partner=2, deck="own_7", says=says, body=b"")


async def _decks(story: Story) -> list[OwnDeck]:
    def unit(store: Store) -> list[OwnDeck]:
        return [one for couple in store.people.couples() for one in store.sayings.own_decks(couple)]

    return await story.database.run(unit)


async def _said(story: Story) -> list[Worded]:
    def unit(store: Store) -> list[Worded]:
        return [one for couple in store.people.couples() for one in store.sayings.of(couple)]

    return await story.database.run(unit)
