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
    labels = ann.labels[:11]
    message, choice = ann.find_choice("Shared break")
    for phone in (ann, ben, ann):
        await phone.presses_token(choice.token, message)

    assert labels == [
        "Shared break", "Tea break", "Chai time", "Coffee break", "Çay", "Mate", "Cafezinho", "Merienda",
        "Kaffee und Kuchen", "A name of your own", "Back",
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


async def _calls(phone: BarePhone, old: str, words: str) -> None:
    await _names(phone, old, "A name of your own")
    await phone.submits(words)


async def test_a_name_in_their_own_words(story: Story) -> None:
    """It stands wherever the ritual does, literally, and the newest wish of either holds."""
    ann, ben = await story.paired()
    await takes_up(ann, "Shared break")
    await _calls(ann, "Shared break", "  Samovar <b>time</b>  ")
    page = ann.last_post
    await story.restarts()
    await story.comes("2026-03-03 16:00")
    posted = ben.last_post
    await _calls(ben, "Samovar <b>time</b>", "Two cups")
    await ben.says("/week", in_room=False)
    week = ben.last_post
    await _names(ann, "Two cups", "Fika")

    assert page.startswith("Samovar <b>time</b>: Tue, Sat, 16:00")
    assert posted.startswith("Samovar <b>time</b>\n")
    assert "16:00 · Two cups" in week
    assert ann.last_post.startswith("Fika: Tue, Sat, 16:00")


async def test_their_own_name_is_its_authors_words(story: Story) -> None:
    """Its author alone finds it in /mine, and once it is deleted the deck's name is back."""
    ann, ben = await story.paired()
    await takes_up(ann, "Shared break")
    await _calls(ann, "Shared break", "Samovar")
    await ben.says("/mine", in_room=False)
    others = ben.last_post
    await ann.says("/mine", in_room=False)
    mine = next(label for label in ann.labels if "Samovar" in label)
    await ann.presses(mine)
    await ann.presses("Delete")
    await ann.presses("Yes, delete")
    await story.comes("2026-03-03 16:00")

    assert "Samovar" not in others
    assert ben.last_post.startswith("Shared break\n")


async def test_a_name_that_says_nothing_or_too_much(story: Story) -> None:
    """An empty or an endless one is declined, and the name stays."""
    ann, _ = await story.paired()
    await takes_up(ann, "Shared break")
    for words in (" \n ", "tea " * 50):
        await _calls(ann, "Shared break", words)
    await story.comes("2026-03-03 16:00")

    assert ann.last_post.startswith("Shared break\n")


async def test_what_is_typed_in_private_is_told_in_the_chat(story: Story) -> None:
    """Another time, or another name, is read by both, as it is when it is pressed or said in a line."""
    ann, ben = await story.paired()
    await takes_up(ann, "Shared break")
    told = []
    for label, words in (("Another time", "17:30"), ("A name of your own", "Samovar")):
        await ben.says("/rituals shared break", in_room=False)
        if label != "Another time":
            await ben.presses("Another name")
        await ben.presses(label)
        await ben.submits(words)
        await story.settles()
        told.append(ann.room[-1].words)

    assert told == ["Changed. Shared break: Tue, Sat, 17:30", "Changed. Samovar: Tue, Sat, 17:30"]
