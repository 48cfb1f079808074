"""A break with a cup, which two call what they like."""

from __future__ import annotations

from stories.chats import BarePhone
from stories.story import Story
from stories.test_offers import takes_up


def _titles(phone: BarePhone) -> list[str]:
    return [one.words.split("\n")[0] for one in phone.room if one.author == "bot" and len(one.post.choices) == 1]


async def _names(phone: BarePhone, old: str, new: str) -> None:
    await phone.says("/rituals")
    await phone.presses(old)
    await phone.presses("Another name")
    await phone.presses(new)


async def test_a_break(story: Story) -> None:
    """Switched on, it comes at four on Tuesday and Saturday, with nothing to answer."""
    ann, ben = await story.paired()
    await takes_up(ann, "Shared break")
    await story.comes("2026-03-03 15:00")
    await story.restarts()
    await story.comes("2026-03-08 12:00")
    came = [one for one in ben.room if one.words.startswith("Shared break\n")]

    assert [one.at for one in came] == [story.at("2026-03-03 16:00"), story.at("2026-03-07 16:00")]
    assert [choice.label for choice in came[0].post.choices] == ["Not the day for it"]


async def test_a_name_of_its_own(story: Story) -> None:
    """Picked from the list, it stands wherever the ritual does, and by it the ritual is found."""
    ann, ben = await story.paired()
    await takes_up(ann, "Shared break")
    await _names(ann, "Shared break", "Chai time")
    page = ann.last_post
    await ben.says("/week", in_room=False)
    week = ben.last_post
    await story.restarts()
    await story.comes("2026-03-03 16:00")
    posted = ben.last_post
    await ben.says("/rituals chai 17:00", in_room=False)
    changed = ben.last_post
    await story.settles()
    told = ann.room[-1].words
    await ann.types("rituals", "ch")

    assert page.startswith("Chai time: Tue, Sat, 16:00")
    assert "16:00 · Chai time" in week
    assert posted.startswith("Chai time\n")
    assert changed.startswith("Chai time: Tue, Sat, 17:00")
    assert told == "Changed. Chai time: Tue, Sat, 17:00"
    assert ann.suggestions == ("Chai time",)
    assert "Shared break" not in week + posted + changed + told


async def test_back_to_the_first_name(story: Story) -> None:
    """Every name but the present one is there, the deck's own too; pressing twice is pressing once."""
    ann, ben = await story.paired()
    await takes_up(ann, "Shared break")
    await _names(ann, "Shared break", "Fika")
    await ann.presses("Another name")
    labels = ann.labels[:10]
    message, choice = ann.find_choice("Shared break")
    for phone in (ann, ben, ann):
        await phone.presses_token(choice.token, message)

    assert labels == [
        "Shared break", "Tea break", "Chai time", "Coffee break", "Çay", "Mate", "Cafezinho", "Merienda",
        "Kaffee und Kuchen", "Back",
    ]  # fmt: skip
    assert ann.last_post.startswith("Shared break: Tue, Sat, 16:00")


async def test_a_name_that_is_none(story: Story) -> None:
    """A forged number, or a name for a ritual that has none, changes nothing."""
    ann, _ = await story.paired()
    await takes_up(ann, "Shared break")
    message, choice = ann.find_choice("Another name")
    for value in ("name_10", "name_x", "name_"):
        await ann.presses_token(type(choice.token)("ritual", choice.token.subject, value), message)
        assert "from another time" in ann.last_post
    await takes_up(ann, "Slow hug")
    labels = ann.labels
    await ann.says("/rituals")

    assert "Another name" not in labels[:6]
    assert "Shared break: Tue, Sat, 16:00" in ann.last_post
