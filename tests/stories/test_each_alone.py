"""What each decides alone, and that the other notices nothing of it."""

from __future__ import annotations

import pytest

from bot.posts import Ask, Token
from stories.chats import BarePhone
from stories.story import Story


def mornings(phone: BarePhone) -> list[str]:
    """The days on which a morning prompt came."""
    return [one.words for one in phone.room if one.words.startswith("Morning appreciation\n")]


async def test_every_setting_is_shown_and_changed_by_choices(story: Story) -> None:
    """One private view; each choice leads to what it changes, and back."""
    ann, ben = await story.paired()
    before = ben.screen
    await ann.says("/settings", in_room=False)
    for label in ("Quiet hours", "23:00 to 8:00", "Back", "How deep", "Deep too", "Back"):
        await ann.presses(label)
    for label in ("No private notes", "Back", "Fewer posts", "Back", "Words in notifications", "Back"):
        await ann.presses(label)

    assert "Quiet hours: 23:00 to 08:00" in ann.last_post
    assert "Prompts: deep ones too" in ann.last_post
    assert "Private notes at your own time: off" in ann.last_post
    assert "Fewer posts: yes" in ann.last_post
    assert "A notification may show words" in ann.last_post
    assert ben.screen == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("quiet 22:30 - 6:45", "Quiet hours: 22:30 to 06:45"),
        ("quiet none", "Quiet hours: none"),
        ("hours 10pm to 7am", "Quiet hours: 22:00 to 07:00"),
        ("dates 24-26 dec", "Quiet dates: Thursday 24 December to Saturday 26 December"),
        ("date 1 may", "Quiet dates: Friday 1 May"),
        ("depth light", "Prompts: light ones"),
        ("depth deep", "Prompts: deep ones too"),
        ("notes off", "Private notes at your own time: off"),
        ("fewer yes", "Fewer posts: yes"),
        ("notifications on", "A notification may show words"),
        ("language english", "Language: English"),
    ],
)
async def test_every_setting_by_command(story: Story, typed: str, shown: str) -> None:
    """What one types has the same effect as a choice."""
    ann, _ = await story.paired()
    await ann.says(f"/settings {typed}", in_room=False)
    await ann.says("/settings", in_room=False)

    assert shown in ann.last_post


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("quiet sometimes", "Hours such as"),
        ("dates soon", "I didn't get that date"),
        ("depth abyss", "/settings shows"),
        ("moon full", "/settings shows"),
        ("language klingon", "/settings shows"),
    ],
)
async def test_what_was_not_understood(story: Story, typed: str, said: str) -> None:
    """It says what works, and nothing changes."""
    ann, _ = await story.paired()
    await ann.says("/settings", in_room=False)
    before = ann.last_post
    await ann.says(f"/settings {typed}", in_room=False)
    declined = ann.last_post
    await ann.says("/settings", in_room=False)

    assert said in declined
    assert ann.last_post == before


async def test_settings_in_the_room_are_answered_in_private(story: Story) -> None:
    """Nothing of it stands where the other reads."""
    ann, ben = await story.paired()
    await ann.says("/settings")

    assert "Yours alone" in ann.screen
    assert "Yours alone" not in ben.screen


async def test_other_hours_and_a_date_are_typed_in_a_form(story: Story) -> None:
    """A form asks, and a sentence in the private chat answers it."""
    ann, _ = await story.paired()
    await ann.says("/settings", in_room=False)
    for label in ("Quiet hours", "Other hours"):
        await ann.presses(label)
    asked = ann.last_answer
    await ann.submits("21-6")
    hours = ann.last_post
    await ann.presses("Back")
    await ann.presses("Quiet dates")
    await ann.presses("A date")
    await ann.says("24 dec", in_room=False)

    assert isinstance(asked, Ask)
    assert "From 21:00 to 06:00 nothing rings" in hours
    assert "I'll stay silent on Thursday 24 December" in ann.last_post


async def test_quiet_hours_are_kept(story: Story) -> None:
    """What comes then rings no phone."""
    ann, ben = await story.paired()
    await story.comes("2026-03-03 07:00")
    await ann.says("/settings quiet 22-9", in_room=False)
    await story.comes("2026-03-03 08:30")

    assert ben.room[-1].post.quiet
    assert not ben.room[0].post.quiet


async def test_a_quiet_date_is_silent_for_both(story: Story) -> None:
    """Nothing new is posted on it, and nothing says why; taken out, it is a day like any other."""
    ann, ben = await story.paired()
    await ben.says("/settings dates 3 march", in_room=False)
    await story.comes("2026-03-02 23:00")
    before = ann.screen
    await story.comes("2026-03-03 23:30")
    silent = ann.screen
    await ben.says("/settings dates 5 march", in_room=False)
    await ben.says("/settings", in_room=False)
    await ben.presses("Quiet dates")
    await ben.presses("Take out Thursday 5 March")
    await story.comes("2026-03-05 12:00")

    assert silent == before
    assert len(mornings(ann)) == 3


async def test_a_prompt_is_left_out_for_good(story: Story) -> None:
    """It comes to neither any more, until its author lets it come again; the other cannot do that."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:30")
    hidden = mornings(ann)[0].partition("\n")[2].partition("\n")[0]
    await ben.says("/hide", in_room=False)
    await ben.presses("Not again")
    await story.comes("2026-12-31 12:00")
    came = [one for one in mornings(ann)[1:] if hidden in one]
    await ann.says("/settings", in_room=False)
    await ben.says("/settings", in_room=False)

    assert len(mornings(ann)) > 100
    assert came == []
    assert "left out" not in ann.last_post
    assert "Prompts you left out for good: 1" in ben.last_post


async def test_whoever_hides_every_prompt_has_none(story: Story) -> None:
    """Nothing comes, and nothing breaks."""
    ann, _ = await story.paired()
    deck = story.known.decks["morning_appreciation"]

    def hide_all(store: object) -> None:
        partner = store.people.who("bare", "ben").partner.id  # type: ignore[attr-defined]
        for prompt in deck.prompts:
            store.wishes.hide(partner, prompt.id)  # type: ignore[attr-defined]

    await story.reads(hide_all)
    await story.comes("2026-03-04 12:00")
    await ann.says("/today")
    await story.settles()

    assert mornings(ann) == []
    assert "Nothing today. Enjoy it." in ann.screen


async def test_the_lower_depth_holds_unseen(story: Story) -> None:
    """Deep for one and light for the other is light; what each reads is the same either way."""
    ann, ben = await story.paired()
    await ann.says("/settings depth deep", in_room=False)
    await ben.says("/settings depth light", in_room=False)
    await story.comes("2026-09-01 12:00")
    prompts = {prompt.text: prompt.depth for prompt in story.known.decks["morning_appreciation"].prompts}
    came = {depth for text, depth in prompts.items() if any(text in one for one in mornings(ann))}

    assert came == {1}


async def test_no_private_notes(story: Story) -> None:
    """Who wishes for none gets none, also at their own later time."""
    ann, ben = await story.paired(zones=("Berlin", "New York"))
    await ben.says("/settings notes off", in_room=False)
    private = len(ben.own)
    await story.comes("2026-03-03 23:00")

    assert len(ben.own) == private
    assert len(mornings(ann)) == 2


@pytest.mark.parametrize("token", ["wish-0-nonsense", "wish-0-depth_9", "wish-0-notes_maybe", "wish-zz-dates_out"])
async def test_forged_wishes_change_nothing(story: Story, token: str) -> None:
    """A press is a request: what nobody offered is declined, and another's row is not touched."""
    ann, ben = await story.paired()
    await ben.says("/settings dates 24 dec", in_room=False)
    await ann.says("/settings", in_room=False)
    before = ann.last_post
    await ann.presses_token(Token.parse(token), ann.own[-1])
    await ann.says("/settings", in_room=False)
    await ben.says("/settings", in_room=False)

    assert ann.last_post == before
    assert "24 December" in ben.last_post


async def test_one_cannot_take_out_the_others_dates(story: Story) -> None:
    """Not even who knows the row's number."""
    ann, ben = await story.paired()
    await ben.says("/settings dates 24 dec", in_room=False)
    row = await story.reads(
        lambda store: store.wishes.quiet_dates(store.people.who("bare", "ben").partner.id)[0].id  # type: ignore[attr-defined]
    )
    await ann.says("/settings", in_room=False)
    await ann.presses_token(Token("wish", int(str(row)), "dates_out"), ann.own[-1])
    await ben.says("/settings", in_room=False)

    assert "24 December" in ben.last_post
