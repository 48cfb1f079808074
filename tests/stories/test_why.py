"""Why a prompt was chosen, and another one in its place."""

from __future__ import annotations

import pytest

from bot.posts import Token
from stories.chats import BarePhone
from stories.story import Story

MORNING = "Morning appreciation\n"


def morning(phone: BarePhone) -> str:
    """The newest morning prompt as the chat shows it, without what is said around it."""
    newest = next(one for one in reversed(phone.room) if one.words.startswith(MORNING))
    return newest.words.removeprefix(MORNING).partition("\n")[0]


async def _exchanges(story: Story, phone: BarePhone) -> None:
    await phone.says("/why", in_room=False)
    await phone.presses("Not this one")
    await story.settles()


async def test_why_this_one(story: Story) -> None:
    """One sentence, in private, with the prompt that it is about; the chat and the other read nothing of it."""
    ann, ben = await story.paired()
    await ann.says("/why", in_room=False)
    too_early = ann.last_post
    await story.comes("2026-03-02 08:30")
    before = ben.screen
    await ann.says("/why", in_room=False)
    first = ann.last_post
    await story.comes("2026-03-05 08:30")
    await ann.says("/why", in_room=False)

    assert too_early == "Nothing has come yet."
    assert first.endswith("This one comes first to everybody: it shows what this is about.")
    assert ann.last_post == f"{MORNING}{morning(ann)}\n\nIt hadn't come lately, and chance did the rest."
    assert ben.screen.startswith(before)
    assert "rested" not in ben.screen


async def test_asked_in_the_chat_it_is_told_in_private(story: Story) -> None:
    """The answer stands where only who asked reads it."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.says("/why")

    assert "comes first to everybody" in ann.screen
    assert "comes first to everybody" not in ben.screen


async def test_lighter_days_are_a_reason_that_both_know(story: Story) -> None:
    """After a day that was not the day for it, the sentence says that these days are light."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.presses("Not the day for it")
    await story.comes("2026-03-03 08:30")
    await ben.says("/why", in_room=False)

    assert "These are lighter days" in ben.last_post


async def test_the_quiet_line_has_its_reason_and_no_other_one(story: Story) -> None:
    """The sunset line is explained too; it asks for nothing, so there is nothing to exchange."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 22:10")
    await ann.says("/why", in_room=False)

    assert ann.last_post.startswith("Digital sunset\n")
    assert "Not this one" not in ann.labels


async def test_another_one_in_its_place(story: Story) -> None:
    """The same post reads another prompt; both are told the same, and not who wished for it."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    first, posts = morning(ben), len(ben.room)
    await _exchanges(story, ann)
    second = morning(ben)
    await ben.replies("The coffee, and you")
    await story.comes("2026-03-02 09:00")

    assert second != first
    assert len(ben.room) == posts + 1
    assert "Another one stands there now." in ann.last_post
    assert "Another one stands" not in ben.screen
    assert ben.last_own is not None
    assert ben.last_own.mark is not None


async def test_what_was_put_away_has_come(story: Story) -> None:
    """Neither the one that stood there nor the one that took its place comes again for months."""
    ann, _ = await story.paired()
    await story.comes("2026-03-03 08:30")
    put_away = morning(ann)
    await _exchanges(story, ann)
    taken = morning(ann)
    came = []
    for day in range(4, 31):
        await story.comes(f"2026-03-{day:02} 08:30")
        came.append(morning(ann))

    assert put_away not in came
    assert taken not in came


async def test_three_times_a_day(story: Story) -> None:
    """Whoever presses: after the third the post stays as it is until tomorrow."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    seen = [morning(ann)]
    for phone in (ann, ben, ann):
        await _exchanges(story, phone)
        seen.append(morning(ann))
    await ben.says("/why", in_room=False)
    no_more = "Not this one" in [choice.label for choice in ben.own[-1].post.choices]
    await story.comes("2026-03-03 08:30")
    await ben.says("/why", in_room=False)

    assert len(set(seen)) == 4
    assert not no_more
    assert "Not this one" in [choice.label for choice in ben.own[-1].post.choices]


async def test_old_cards_cannot_go_beyond_three_either(story: Story) -> None:
    """A card that was opened before the last exchange declines with a reason."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    for phone in (ann, ben):
        await _exchanges(story, phone)
    await ann.says("/why", in_room=False)
    await ben.says("/today")
    await story.settles()
    await _exchanges(story, ben)
    third = [one.words for one in ann.room]
    await ann.presses("Not this one")
    await story.settles()

    assert "enough exchanging for one day" in ann.last_post
    assert [one.words for one in ann.room] == third


async def test_pressed_twice_it_is_exchanged_once(story: Story) -> None:
    """The second press, the other's on an older card, and one after a restart find it done."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    for phone in (ann, ben):
        await phone.says("/why", in_room=False)
    card, choice = ann.find_choice("Not this one")
    theirs, _ = ben.find_choice("Not this one")
    await ann.presses_token(choice.token, card)
    await story.settles()
    exchanged = morning(ann)
    await ann.presses_token(choice.token, card)
    await ben.presses_token(choice.token, theirs)
    await story.restarts()
    await ann.presses_token(choice.token, card)
    await story.settles()

    assert morning(ann) == exchanged
    assert "Another one stands there now." in ben.last_post


@pytest.mark.parametrize("ends", ["answer", "close", "quiet day"])
async def test_an_answer_comes_first(story: Story, ends: str) -> None:
    """Once somebody has answered, or the post is over, nothing takes its place."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    await ann.says("/why", in_room=False)
    card, choice = ann.find_choice("Not this one")
    if ends == "answer":
        await ben.replies("The coffee")
    elif ends == "quiet day":
        await ben.presses("Not the day for it")
    else:
        await story.comes("2026-03-03 05:00")
    await story.settles()
    stood = [one.words for one in ben.room]
    await ann.presses_token(choice.token, card)
    await story.settles()

    assert "This one stays" in ann.last_post
    assert [one.words for one in ben.room] == stood


async def test_where_there_is_no_other_one(story: Story) -> None:
    """A deck whose every other prompt was left out keeps what stands there."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    stood = morning(ann)

    def hide_the_others(store: object) -> None:
        partner = store.people.who("bare", "ben").partner.id  # type: ignore[attr-defined]
        for prompt in story.known.decks["morning_appreciation"].prompts:
            if prompt.text != stood:
                store.wishes.hide(partner, prompt.id)  # type: ignore[attr-defined]

    await story.reads(hide_the_others)
    await _exchanges(story, ben)

    assert "There is no other one for now" in ben.last_post
    assert morning(ann) == stood


async def test_a_note_that_waits_reads_the_new_one(story: Story) -> None:
    """Who lives in a later zone and has not heard yet reads what stands there by then."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await story.comes("2026-03-03 08:30")
    put_away = morning(ann)
    await _exchanges(story, ann)
    await story.comes("2026-03-03 14:30")
    await ben.presses("Open")

    assert morning(ann) in ben.own[-1].words
    assert put_away not in ben.own[-1].words


@pytest.mark.parametrize("value", ["ma-002", "", "sunset"])
async def test_forged_exchanges_change_nothing(story: Story, value: str) -> None:
    """Only what stands or stood there can be put away, and only by the two."""
    ann, ben = await story.paired()
    cleo = story.person("Cleo")
    await story.comes("2026-03-02 08:30")
    await ann.says("/why", in_room=False)
    card, choice = ann.find_choice("Not this one")
    stood = morning(ben)
    await ann.presses_token(Token("instead", choice.token.subject, value), card)
    await cleo.presses_token(choice.token, card)
    await story.settles()

    assert morning(ben) == stood
