"""A week of two partners, to be told on any platform."""

from __future__ import annotations

from typing import Protocol


class Phone(Protocol):
    """What a person can do and read, on whichever platform."""

    @property
    def screen(self) -> str: ...

    @property
    def labels(self) -> list[str]: ...

    def happened(self) -> list[tuple[str, ...]]: ...

    async def says(self, words: str, *, in_room: bool = True) -> None: ...

    async def replies(self, words: str) -> None: ...

    async def presses(self, label: str) -> None: ...

    async def submits(self, words: str) -> None: ...


class Stage(Protocol):
    """Two phones and a clock."""

    @property
    def ann(self) -> Phone: ...

    @property
    def ben(self) -> Phone: ...

    async def comes(self, wall: str) -> None: ...

    async def settles(self) -> None: ...


async def pair(stage: Stage) -> None:
    await stage.ann.says("/start")
    await stage.settles()
    for phone in (stage.ann, stage.ben):
        await phone.presses("Tell me more")
        await stage.settles()
        await phone.presses("Join")
        await stage.settles()
    await stage.ann.presses("Start")
    await stage.settles()


async def answer_the_form(stage: Stage, phone: Phone, built: str) -> None:
    await phone.presses("Answer in private")
    await stage.settles()
    for _ in range(3):
        await phone.presses("Mostly")
        await stage.settles()
    await phone.says(built, in_room=False)
    await stage.settles()
    await phone.presses("Skip")
    await stage.settles()
    await phone.presses("Write")
    await phone.submits("A stroll")
    await stage.settles()


async def a_week(stage: Stage) -> None:
    """Pairing, a morning by reply and by form, a tap, a check-in apart and shared together, and what is remembered."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 08:00")
    await ann.replies("The tea you made")
    await ben.presses("Answer")
    await ben.submits("Your patience")
    # Whatever was done was done before the clock went on, and a bot that comes up again late would take it for later.
    await stage.settles()
    await stage.comes("2026-03-02 22:00")
    await ben.presses("Phones down")
    await stage.settles()
    await stage.comes("2026-03-07 10:00")
    await answer_the_form(stage, ann, "You told me first")
    await ann.presses("Share the warm lines")
    await answer_the_form(stage, ben, "Kept to myself")
    await ben.presses("Keep all")
    await stage.settles()
    before = ben.screen
    await stage.comes("2026-03-08 18:30")
    await ann.says("/history", in_room=False)
    await stage.settles()

    # Carried under his name, or standing in his own message, as the platform has it.
    assert "Ben\nYour patience" in ann.screen or "Ben: Your patience" in ann.screen
    assert "Noted, quietly." in ben.screen
    assert "Noted, quietly." not in ann.screen
    assert "You told me first" not in before
    assert "Ann shared from the week:" in ben.screen
    assert "You told me first" in ben.screen
    assert "Kept to myself" not in ann.screen
    assert "The tea you made" in ann.screen.split("Your words, and what was shared")[1]


async def say_now(stage: Stage, phone: Phone, role: str) -> None:
    await phone.presses("Now is okay")
    await stage.settles()
    await phone.presses(role)
    await stage.settles()


async def a_repair(stage: Stage) -> None:
    """An invitation, two yeses in private, five steps in the chat, and a line that one keeps alone."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/repair", in_room=False)
    await stage.settles()
    before = ben.screen
    await say_now(stage, ann, "I'd like to own something")
    told = ben.screen
    await ben.presses("Open")
    await stage.settles()
    await say_now(stage, ben, "Something hurt me")
    for _ in range(9):
        await ann.presses("My card")
        await stage.settles()
        await ben.presses("Next")
        await stage.settles()
    await ann.presses("Open")
    await stage.settles()
    await ann.presses("Write")
    await ann.submits("Write before leaving late")
    await stage.settles()

    assert told == before
    assert "That's it. Thank you both." in ann.screen
    assert "That's it. Thank you both." in ben.screen
    assert "Anything else to keep for yourself" in ann.screen
    assert "Write before leaving late" not in ben.screen


async def an_agreement(stage: Stage) -> None:
    """Two write together, each says yes in private, and on a day that they chose their lines are there again."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/agree", in_room=False)
    await stage.settles()
    await ann.presses("Now is okay")
    await stage.settles()
    await ben.presses("Open")
    await stage.settles()
    await ben.presses("Now is okay")
    await stage.settles()
    await ann.presses("Next")
    await stage.settles()
    await ann.replies("I write before I leave")
    await stage.settles()
    await ben.presses("Write a line")
    await ben.submits("First home makes tea")
    await stage.settles()
    unseen = ben.screen
    await ann.presses("A beginning")
    await stage.settles()
    before = ben.screen
    for _ in range(2):
        await ann.presses("Next")
        await stage.settles()
    for phone in (ann, ben):
        await phone.presses("Say it in private")
        await stage.settles()
        await phone.presses("Yes, it suits me")
        await stage.settles()
    await ben.presses("In two weeks")
    await stage.settles()
    agreed = ann.screen
    await stage.comes("2026-03-16 10:00")

    assert before == unseen
    assert "This is what you two agreed on." in agreed
    assert "On Monday 16 March you're both asked how it suits." in agreed
    for phone in (ann, ben):
        assert "How does it suit you now?" in phone.screen
        assert "I write before I leave" in phone.screen.split("How does it suit you now?")[1]
        assert "First home makes tea" in phone.screen.split("How does it suit you now?")[1]


async def an_assessment(stage: Stage) -> None:
    """Seven lines alone, stopped halfway and begun anew, to a goal that its author shows."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    before = ben.screen
    await ann.says("/assess", in_room=False)
    await stage.settles()
    await ann.presses("Next")
    await stage.settles()
    await ann.presses("Stop here")
    await stage.settles()
    await ann.says("/assess", in_room=False)
    await stage.settles()
    await ann.presses("Next")
    await stage.settles()
    for _ in range(7):
        await ann.presses("Often")
        await stage.settles()
    for label in ("Next", "Listening", "Next"):
        await ann.presses(label)
        await stage.settles()
    unseen = ben.screen
    await ann.presses("Write")
    await ann.submits("Say it back once")
    await stage.settles()
    await ann.presses("Show it in the chat")
    await stage.settles()

    assert unseen == before
    assert "It stands in the chat, under your name." in ann.screen
    assert "Say it back once" in ben.screen


async def a_pause(stage: Stage) -> None:
    """Called alone in private; the chat reads until when, and each may move it, unseen."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 12:00")
    await ann.says("/pause", in_room=False)
    await stage.settles()
    unseen = ben.screen
    await ann.presses("30 minutes")
    await stage.settles()
    await ben.presses("Another time")
    await stage.settles()
    await ben.presses("An hour")
    await stage.settles()
    await stage.comes("2026-03-02 13:30")

    assert "How long?" not in unseen
    assert "Paused until 12:30." in ann.screen
    assert "The pause runs on until 13:30." in ann.screen
    assert "It runs on until 13:30." not in ann.screen
    assert "The pause is over." in ben.screen


async def a_question(stage: Stage) -> None:
    """Opened by a command, answered apart in writing and in a form, with a guess, and shared by both at once."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/rituals question on")
    await stage.settles()
    await ann.presses("Always with a guess")
    await stage.settles()
    await ann.says("/question", in_room=False)
    await stage.settles()
    await ann.says("A paper boat", in_room=False)
    await stage.settles()
    await ann.says("You would say bread", in_room=False)
    await stage.settles()
    await ben.presses("Answer in private")
    await stage.settles()
    await ben.presses("Write")
    await ben.submits("Anything with wheels")
    await stage.settles()
    await ben.presses("Skip")
    await stage.settles()
    before = ben.screen
    for phone in (ann, ben):
        for label in ("Share the warm lines", "Ready"):
            await phone.presses(label)
            await stage.settles()

    assert "A paper boat" not in before
    assert "A paper boat" in ben.screen
    assert "You would say bread" in ben.screen
    assert "Anything with wheels" in ann.screen


LINE = "<b>What</b> did *it* say, @everyone?"
NAME = "Sunday <i>soup</i>"
"""A line and a name of her own that anything but plain words would spoil."""


async def a_ritual_of_their_own(stage: Stage) -> None:
    """A line is added unseen; a ritual is made alone, started for both, answered, handed on as a file, and deleted."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await _presses(stage, ann, "/rituals morning")
    unseen = ben.screen
    await ann.presses("Add a line of yours")
    await ann.submits(LINE)
    await stage.settles()
    await ann.says("/rituals new", in_room=False)
    await stage.settles()
    await ann.submits(NAME)
    await stage.settles()
    await _presses(stage, ann, "Add what it asks")
    await ann.submits(LINE)
    await stage.settles()
    await _presses(stage, ann, "The days", "Sundays", "See how it looks")
    before = ben.screen
    await _presses(stage, ann, "Start it")
    begun = ben.screen
    await stage.comes("2026-03-08 19:00")
    came = ben.screen
    await ben.replies("It purred")
    await stage.settles()
    await _presses(stage, ann, "/rituals sunday", "As a file", "Delete this ritual", "Yes, delete")
    await _presses(stage, ann, "/mine <b>")

    assert before == unseen
    assert f"{NAME}: Sunday, 19:00" in begun
    assert f"{NAME}\n{LINE}" in came
    assert "of its words only yours" in ann.screen
    assert "A ritual of your own has ended" in ben.screen
    assert any("<b>What</b>" in label for label in ann.labels)


async def _presses(stage: Stage, phone: Phone, *labels: str) -> None:
    """Press these, or say what begins with a stroke in private, one after the other."""
    for label in labels:
        await (phone.says(label, in_room=False) if label.startswith("/") else phone.presses(label))
        await stage.settles()


async def another_prompt(stage: Stage) -> None:
    """Why this one, in private; another one stands in the same post, and it is answered like any."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 08:00")
    before = ben.screen
    await ann.says("/why", in_room=False)
    await stage.settles()
    unseen, reason = ben.screen, ann.screen
    await ann.presses("Not this one")
    await stage.settles()
    exchanged = ben.screen
    await ben.replies("The tea this morning")
    await stage.settles()

    assert unseen == before
    assert "This one comes first to everybody" in reason
    assert "Another one stands there now." in ann.screen
    assert exchanged != before
    assert exchanged.count("Morning appreciation") == before.count("Morning appreciation")
    assert "The tea this morning" in ann.screen


async def offers(stage: Stage) -> None:
    """A walk now, a break by a name of its own, and a quiet day: nothing is asked and nothing kept."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 12:00")
    await ann.says("/walk", in_room=False)
    await stage.settles()
    walked = ben.screen
    for label in ("More rituals", "Shared break", "Switch on", "Another name", "Fika", "Now"):
        if label == "More rituals":
            await ann.says("/rituals", in_room=False)
            await stage.settles()
        await ann.presses(label)
        await stage.settles()
    named = ben.screen
    await stage.comes("2026-03-03 16:00")
    await ben.presses("Not the day for it")
    await stage.settles()
    await ben.says("/history", in_room=False)
    await stage.settles()

    assert "Dream walk\n" in walked
    assert "Changed. Fika: Tue, Sat, 16:00" in named
    assert named.count("Fika\n") == 1
    assert "A quiet day." in ann.screen
    assert "Shared break" not in ben.screen.split("Changed. Fika")[1]


async def side_by_side(stage: Stage) -> None:
    """Its length is picked in private; the chat reads until when, a line halfway, and its end, whoever ended it."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 12:00")
    await ann.says("/rituals", in_room=False)
    await stage.settles()
    for label in ("More rituals", "Side by side", "Now"):
        await ann.presses(label)
        await stage.settles()
    unseen = ben.screen
    await ann.presses("50 minutes")
    await stage.settles()
    begun = ben.screen
    await stage.comes("2026-03-02 12:25")
    half = ben.screen
    await ben.presses("End it here")
    await stage.settles()

    assert "Side by side" not in unseen
    assert "until 12:50." in begun
    assert half.count("Side by side\n") == begun.count("Side by side\n") + 1
    assert "Side by side\nOver." in ann.screen
    assert ann.screen.count("Side by side\n") >= 3


async def highs_and_lows(stage: Stage) -> None:
    """Answered in the chat; a line for whoever listens, in private, of which the other reads nothing."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/rituals highs on", in_room=False)
    await stage.comes("2026-03-03 20:30")
    await ben.replies("High: the bus")
    await stage.settles()
    before, own = ben.screen, ann.screen
    await ann.presses("To listen well")
    await stage.settles()

    assert "High: the bus" in ann.screen
    assert len(ann.screen) > len(own)
    assert ben.screen == before


async def a_line_for_one_alone(stage: Stage) -> None:
    """Switched on by presses, brought covered, made fewer, with a moment in one's own words; the other sees nothing."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ben.says("/settings", in_room=False)
    await stage.settles()
    for label in ("For you alone", "Gratitude nudge", "Switch on", "Hours", "13:00 to 18:00"):
        await ben.presses(label)
        await stage.settles()
    await stage.comes("2026-03-03 18:30")
    covered = ben.screen
    for label in ("Open", "Fewer of these"):
        await ben.presses(label)
        await stage.settles()
    fewer = ben.screen
    await ben.presses("Name a moment")
    await stage.settles()
    await ben.submits("on the tram home")
    await stage.settles()
    await ben.says("/mine tram", in_room=False)
    await stage.settles()

    assert covered.count("A note for later.") == 1
    assert "Tuesday, 13:00 to 18:00" in fewer
    assert any("on the tram home" in label for label in ben.labels)
    assert "Gratitude" not in str(ann.happened())
    assert "tram" not in str(ann.happened())


async def two_ideas(stage: Stage) -> None:
    """Asked for by one, let be and taken back, picked and changed by either; both read the same at each step."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 12:00")
    await ann.says("/date")
    await stage.settles()
    offered = ben.screen
    await ben.presses("Not this week")
    await stage.settles()
    passed = ann.screen
    await ann.presses("See the ideas again")
    await stage.settles()
    unseen = ben.screen
    await ann.presses("The first")
    await stage.settles()
    picked = ben.screen
    await ben.presses("Rather the other one")
    await stage.settles()

    assert "The first: Same recipe, two kitchens." in offered
    assert "Not this week. The ideas keep." in passed
    assert "Not this week. The ideas keep." in unseen
    assert "This one:\nSame recipe, two kitchens." in picked
    assert "This one:" in ann.screen
    assert "This one:\nSame recipe" not in ben.screen


async def a_date(stage: Stage) -> None:
    """A picked idea, a time that one sets and the other moves in writing, a file for a calendar, and a quiet line."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await stage.comes("2026-03-02 12:00")
    await ann.says("/date")
    await stage.settles()
    for label in ("The first", "When?"):
        await ann.presses(label)
        await stage.settles()
    asked = ben.screen
    await ann.presses("Tomorrow")
    await stage.settles()
    set_by_ann = ben.screen
    await ben.presses("Another time")
    await stage.settles()
    await ben.presses("Another moment")
    await ben.submits("Wednesday 19:15")
    await stage.settles()
    await ann.presses("Calendar file")
    await stage.settles()
    handed = ben.screen
    await stage.comes("2026-03-04 19:15")

    assert "When would suit you both?" not in asked
    assert "When: Tuesday 20:00" in set_by_ann
    assert "When: Wednesday 19:15" in ann.screen
    assert "For your own calendar." in ann.screen
    assert "For your own calendar." not in handed
    assert ben.screen.count("It's the time you picked") == 1


async def a_day_of_theirs(stage: Stage) -> None:
    """Marked by one in the chat and taken out by the other: both read which day it is, and that there is none."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ann.says("/rituals")
    await stage.settles()
    for _ in range(2):
        await ann.presses("A day of yours")
        await stage.settles()
    await ann.submits("14 June")
    await stage.settles()
    marked = ben.screen
    await ben.presses("No such day")
    await stage.settles()

    assert "A day of yours: 14 Jun" in marked
    assert "You have no day of your own here." in ann.screen


async def something_to_practise(stage: Stage) -> None:
    """Two check-ins with one line low lead to a practice, covered, for who asked for it; the other reads nothing."""
    ann, ben = stage.ann, stage.ben
    await pair(stage)
    await ben.says("/settings", in_room=False)
    await stage.settles()
    for label in ("For you alone", "Something to practise", "Switch on"):
        await ben.presses(label)
        await stage.settles()
    for saturday in ("2026-03-07", "2026-03-14"):
        await stage.comes(f"{saturday} 10:00")
        for label in ("Answer in private", "Yes, all week", "A little", "Yes, all week", "Skip", "Skip", "Skip"):
            await ben.presses(label)
            await stage.settles()
        await ben.presses("Keep all")
        await stage.settles()
    await stage.comes("2026-04-02 17:30")
    covered = ben.screen
    for label in ("Open", "Have a look"):
        await ben.presses(label)
        await stage.settles()

    assert covered.count("A note for later.") == 1
    assert "Felt heard" not in covered.splitlines()[-1]
    assert "Finding the word" in ben.screen
    assert "Felt heard" not in str(ann.happened())
