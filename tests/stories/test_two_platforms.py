"""The two on different platforms: one couple, one rhythm, each in the app they use."""

from __future__ import annotations

from checkins import fill_in

from bot.events import Commanded
from bot.posts import InRoom
from stories.chats import BarePhone, handed_over
from stories.pairs import paired_apart
from stories.story import Story


async def test_a_morning_on_two_platforms(story: Story) -> None:
    """The prompt appears on both, and what one replies is carried to the other, once, under their name."""
    ann, ben = await paired_apart(story)
    await story.comes("2026-03-02 08:00")
    prompts = [ann.last_post, ben.last_post]
    await ann.replies("The tea you made")
    await story.settles()
    await ben.presses("Answer")
    await ben.says("Your patience", in_room=False)
    await story.settles()

    assert prompts[0] == prompts[1]
    assert "Morning appreciation" in prompts[0]
    assert ben.screen.count("Ann\nThe tea you made") == 1
    assert ann.screen.count("Ben\nYour patience") == 1
    assert "bot: Ann\n" not in ann.screen


async def test_a_reply_to_carried_words_is_carried_back(story: Story) -> None:
    """What is answered to the words that came over counts, and comes over too."""
    ann, ben = await paired_apart(story)
    await story.comes("2026-03-02 08:00")
    await ann.replies("The tea you made")
    await story.settles()
    await ben.replies("Any time", to="The tea you made")
    await story.settles()

    assert "Ben\nAny time" in ann.screen


async def test_an_edit_and_a_deletion_reach_the_other_side(story: Story) -> None:
    """Carried words follow their author's message."""
    ann, ben = await paired_apart(story)
    await story.comes("2026-03-02 08:00")
    await ann.replies("The tea you maed")
    await story.settles()
    await ann.edits("The tea you made")
    await story.settles()
    edited = ben.screen
    await ann.deletes()
    await story.settles()

    assert "The tea you made" in edited
    assert "The tea" not in ben.screen


async def test_long_words_reach_the_other_side_whole(story: Story) -> None:
    """Carried words that take several messages change in all of them, are answered in any, and go with all of them."""
    ann, ben = await paired_apart(story)
    story.elsewhere.longest = 50
    await story.comes("2026-03-02 08:00")
    await ann.replies("First you made the tea, then you sat with me, and at last you washed up.")
    await story.settles()
    whole = ben.screen
    await ben.replies("Any time", to="First you made")
    await story.settles()
    await ann.edits("The tea")
    await story.settles()
    shortened = ben.screen
    await ann.edits("First the tea that you made, then the walk in the rain, and all your patience.")
    await story.settles()
    longer = ben.screen
    await ann.deletes()
    await story.settles()

    assert "sat with me" in whole.replace("\nbot: ", "")
    assert "Ben\nAny time" in ann.screen
    assert "The tea" in shortened
    assert "First" not in shortened
    assert "washed" not in shortened
    assert "all your patience" in longer.replace("\nbot: ", "")
    assert "Ann" not in ben.screen


async def test_words_that_change_twice_at_once(story: Story) -> None:
    """Two changes that are brought together show the last one, once."""
    ann, ben = await paired_apart(story)
    story.elsewhere.longest = 20
    await story.comes("2026-03-02 08:00")
    await ann.replies("The tea")
    await story.settles()
    await ann.edits("The tea, and then the walk in the rain")
    await ann.edits("The tea, and then the walk through the rain")
    await story.settles()

    assert ben.screen.replace("\nbot: ", "").count("through the rain") == 1
    assert ben.screen.count("The tea") == 1


async def test_a_checkin_on_two_platforms(story: Story) -> None:
    """Answered apart in two apps, shared in one moment in both; nothing of it before, whatever the restart between."""
    ann, ben = await paired_apart(story)
    await story.comes("2026-03-07 10:00")
    await fill_in(ann)
    await ann.presses("Share the warm lines")
    await story.restarts()
    await fill_in(ben, built="Kept to myself")
    await ben.presses("Keep all")
    before = ben.screen
    await story.comes("2026-03-08 18:30")

    assert "You told me first" not in before
    assert ann.last_post == ben.last_post
    assert "Ann shared from the week:" in ben.last_post
    assert "Kept to myself" not in ann.screen
    assert "Weekly check-in\nAbout a minute" in ann.screen


async def test_each_at_their_own_time(story: Story) -> None:
    """Where each one's own morning counts, each one's post comes then, and no second note with it."""
    ann, ben = await paired_apart(story)
    await ben.says("/timezone New York", in_room=False)
    await story.comes("2026-03-03 08:00")
    early = [len([one for one in phone.own if "Morning appreciation\n" in one.words]) for phone in (ann, ben)]
    await story.comes("2026-03-03 14:00")
    later = [len([one for one in phone.own if "Morning appreciation\n" in one.words]) for phone in (ann, ben)]

    assert [later[0] - early[0], later[1] - early[1]] == [0, 1]


async def test_a_quiet_day_and_the_plan_show_on_both(story: Story) -> None:
    """What either changes stands in both chats."""
    ann, ben = await paired_apart(story)
    await story.comes("2026-03-02 08:00")
    await ann.presses("Not the day for it")
    await story.settles()

    assert "Started." in ann.screen
    assert "Started." in ben.screen
    assert "A quiet day." in ben.screen


async def test_the_line_lets_in_one_person_once(story: Story) -> None:
    """A third who learns the line is too late, and one who tries it before the other one is the other one."""
    ann, _ = await paired_apart(story)
    cleo = BarePhone(story.elsewhere, "Cleo")
    await cleo.says(handed_over_earlier(ann), in_room=False)

    assert "Two people are in already" in cleo.last_post


def handed_over_earlier(ann: BarePhone) -> str:
    return next(line for line in ann.screen.splitlines() if line.startswith("/start join-"))


async def test_one_in_a_group_and_the_other_elsewhere(story: Story) -> None:
    """The line typed in a chat makes that chat a room: the prompt stands there too."""
    ann, ben = story.person("Ann"), BarePhone(story.elsewhere, "Ben")
    await ann.says("/start", in_room=False)
    await ann.presses("We're in different apps")
    await ann.presses("Join")
    there = InRoom("elsewhere", "us")
    words = handed_over(ann).removeprefix("/start ")
    event = Commanded(id="typed", moment=0, place=there, person=ben.person, name="start", words=words)
    ben.take(await story.engine.handle(event), event, None)
    await ben.presses("Join")
    await story.settles()
    await ann.presses("Start")
    await story.comes("2026-03-02 08:00")

    assert any("Morning appreciation\n" in one.words for one in story.elsewhere.seen_in(there))
    assert not any("Morning appreciation\n" in one.words for one in ben.own)


async def test_an_agreement_on_two_platforms(story: Story) -> None:
    """What one writes comes over once, both posts show both lines, and the day brings it to both."""
    ann, ben = await paired_apart(story)
    await ann.says("/agree", in_room=False)
    await story.settles()
    await ann.presses("Now is okay")
    await ben.presses("Open")
    await ben.presses("Now is okay")
    await story.settles()
    await ann.presses("Next")
    await story.settles()
    await ann.replies("I write before I leave", to="Write it down")
    await story.settles()
    await ben.presses("Write a line")
    await ben.says("First home makes tea", in_room=False)
    await story.settles()
    carried = [
        sum(one.words == f"{name}\n{line}" for one in phone.own)
        for phone, name, line in (
            (ann, "Ann", "I write before I leave"),
            (ann, "Ben", "First home makes tea"),
            (ben, "Ann", "I write before I leave"),
            (ben, "Ben", "First home makes tea"),
        )
    ]
    for _ in range(2):
        await ben.presses("Next")
        await story.settles()
    for phone in (ann, ben):
        await phone.presses("Say it in private")
        await phone.presses("Yes, it suits me")
        await story.settles()
    await ben.presses("In two weeks")
    await story.settles()
    standing = [
        next(one.words for one in phone.own if "This is what you two agreed on." in one.words) for phone in (ann, ben)
    ]
    await story.comes("2026-03-16 10:00")

    assert carried == [0, 1, 1, 0]
    assert standing[0] == standing[1]
    for phone in (ann, ben):
        assert "How does it suit you now?" in phone.own[-1].words
        assert "First home makes tea" in phone.own[-1].words
