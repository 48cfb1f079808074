"""Lines for one partner alone: switched on, brought and changed without a trace before the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.decks import RestsAfter
from bot.errors import Unanswered
from bot.events import Words
from bot.posts import Token
from bot.store import Store
from bot.turn import Repertoire
from stories.chats import PLATFORM, BarePhone, Message
from stories.checkins import fill_in
from stories.story import Story, told

HEAD = "Gratitude nudge\n"
COVER = "A note for later."


async def switches_on(phone: BarePhone, *more: str) -> None:
    """In /settings, by presses alone."""
    await phone.says("/settings", in_room=False)
    for label in ("For you alone", "Gratitude nudge", "Switch on", *more):
        await phone.presses(label)


def notes(phone: BarePhone) -> list[Message]:
    """What came to somebody alone, covered or opened; the two have one clock, so no other note comes to them."""
    return [one for one in phone.own if one.author == "bot" and one.words.startswith((COVER, HEAD))]


def days(phone: BarePhone) -> list[str]:
    """The dates at home on which that was."""
    return [one.on for one in notes(phone)]


async def test_two_days_a_week_at_a_minute_of_the_window(story: Story) -> None:
    """A covered note, silent, on the days and between the hours that were chosen; opened, a line of the deck."""
    ann, ben = await story.paired()
    await switches_on(ben)
    screen = ben.last_post
    await story.comes("2026-03-15 23:00")
    came = [datetime.fromtimestamp(one.at, ZoneInfo("Europe/Berlin")) for one in notes(ben)]
    await ben.presses("Open")

    assert screen.startswith("Gratitude nudge: Tue, Fri, 10:00 to 16:30")
    assert [(one.weekday(), 10 <= one.hour < 17) for one in came] == [(1, True), (4, True), (1, True), (4, True)]
    assert len({one.time() for one in came}) > 1
    assert ben.own[-1].words.startswith(HEAD)
    assert ben.own[-1].post.quiet
    assert not any("Gratitude" in str(one) for one in ann.happened())


async def lives_three_weeks(folder: Path, known: Repertoire, migrated: Path, *, alone: bool) -> list[object]:
    """Everything on Ann's phone while Ben has nudges, or nothing of the kind."""
    async with told(folder, known, migrated) as story:
        ann, ben = await story.paired()
        if alone:
            await switches_on(ben, "Days", "Add Wednesday", "Back")
        await story.comes("2026-03-06 20:00")
        if alone:
            for label in ("Open", "Fewer of these", "Hours", "13:00 to 18:00"):
                await ben.presses(label)
        await story.comes("2026-03-14 20:00")
        if alone:
            for label in ("Open", "Not this one"):
                await ben.presses(label)
            await ben.says("/week", in_room=False)
        await story.restarts()
        for words in ("/week", "/rituals", "/history", "/hide", "/settings", "/mine", "/skip", "/checkin", "/help"):
            await ann.says(words, in_room=False)
        await story.comes("2026-03-22 20:00")
        await ann.says("/history", in_room=False)
        return [(at.at, str(at.ref.place), at.post) for at in story.chats.messages if _is_read_by(ann, at)]


def _is_read_by(phone: BarePhone, message: Message) -> bool:
    return message in phone.room or message in phone.own


async def test_the_other_phone_is_the_same_byte_for_byte(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Whatever comes to one alone, and whatever they do with it, each message of the other's is the same."""
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    with_nudges = await lives_three_weeks(tmp_path / "with", known, migrated, alone=True)
    without = await lives_three_weeks(tmp_path / "without", known, migrated, alone=False)

    assert [_without_ids(one) for one in with_nudges] == [_without_ids(one) for one in without]
    assert len(without) > 40


def _without_ids(message: object) -> object:
    """A message with its choices by what they want; the rows' numbers go on counting for both of the two."""
    at, place, post = message  # type: ignore[misc]
    return at, place, post.text, post.quiet, [(one.label, one.token.verb, one.token.value) for one in post.choices]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Add Monday", "Mon, Tue, Fri"),
        ("Leave out Tuesday", "Friday"),
    ],
)
async def test_days_are_chosen_by_presses(story: Story, label: str, shown: str) -> None:
    """Each day is added or left out; a second press on an old choice changes nothing."""
    _, ben = await story.paired()
    await switches_on(ben, "Days")
    message, choice = ben.find_choice(label)
    for _ in range(2):
        await ben.presses_token(choice.token, message)

    assert f"Gratitude nudge: {shown}, 10:00 to 16:30" in ben.last_post


async def test_five_days_at_most_and_one_at_least(story: Story) -> None:
    """What would be too many, or none, is not offered, and is declined if it comes all the same."""
    _, ben = await story.paired()
    await switches_on(ben, "Days", "Add Monday", "Add Wednesday", "Add Thursday")
    at_most = ben.own[-1].post.choices
    ritual = at_most[0].token.subject
    await ben.presses_token(Token("alone", ritual, "days_0123456"), ben.own[-1])
    declined = ben.last_post
    await ben.says("/settings", in_room=False)
    for label in ("For you alone", "Gratitude nudge", "Days", *(f"Leave out {day}" for day in _FOUR_DAYS)):
        await ben.presses(label)

    assert not any(one.label.startswith("Add") for one in at_most)
    assert "another time" in declined
    assert not any(one.label.startswith("Leave out") for one in ben.own[-1].post.choices)


_FOUR_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")


async def test_hours_are_chosen_or_typed(story: Story) -> None:
    """Some to choose from, others as one types them; what is no window of one day is asked for again."""
    _, ben = await story.paired()
    await switches_on(ben, "Hours", "13:00 to 18:00")
    chosen = ben.last_post
    for label in ("Hours", "Other hours"):
        await ben.presses(label)
    await ben.says("22:00 - 1:00", in_room=False)
    declined = ben.last_post
    await ben.says("12:15 - 14:45", in_room=False)
    typed = ben.last_post
    await story.comes("2026-03-03 23:00")
    wall = datetime.fromtimestamp(notes(ben)[-1].at, ZoneInfo("Europe/Berlin"))

    assert "13:00 to 18:00" in chosen
    assert "Hours of one day" in declined
    assert "12:15 to 14:45" in typed
    assert (12, 15) <= (wall.hour, wall.minute) < (14, 45)


async def test_hours_within_quiet_hours_say_so(story: Story) -> None:
    """Nothing rings and nothing comes then, which the screen says at once."""
    _, ben = await story.paired()
    await switches_on(ben, "Hours", "Other hours")
    await ben.says("22:30 - 23:30", in_room=False)
    said = ben.last_post
    await story.comes("2026-03-10 12:00")

    assert "within your quiet hours" in said
    assert days(ben) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("/rest 3 days", ["2026-03-06"]),
        ("/settings notes off", []),
        ("/settings quiet 9 - 18", []),
        ("/settings dates 3 mar", ["2026-03-06"]),
        ("/settings depth light", ["2026-03-03", "2026-03-06"]),
    ],
)
async def test_what_keeps_it_silent(story: Story, words: str, expected: list[str]) -> None:
    """A rest, quiet hours and dates, and no wish for private notes: what lies in them does not come later either."""
    _, ben = await story.paired()
    await switches_on(ben)
    await ben.says(words, in_room=False)
    await story.comes("2026-03-08 23:00")

    assert days(ben) == expected


async def test_the_rooms_rest_holds_too(story: Story) -> None:
    """While both rest, nothing comes to one alone."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await ann.says("/rest", in_room=False)
    await ann.presses("Both of us, three days")
    await story.comes("2026-03-08 23:00")

    assert days(ben) == ["2026-03-06"]


async def test_after_a_pause_and_a_hard_day(story: Story) -> None:
    """A pause, and two days after its return, are without; so are the two days after "Not the day for it"."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await ben.says("/settings notifications on", in_room=False)
    await story.comes("2026-03-02 20:00")
    await ann.says("/pause 30", in_room=False)
    await story.comes("2026-03-05 12:00")
    await ann.presses("Not the day for it")
    await story.comes("2026-03-10 23:00")

    assert days(ben) == ["2026-03-10"]


async def test_a_repair(story: Story) -> None:
    """For two days from its beginning, however it went, no gratitude is asked for."""
    ann, ben = await story.paired()
    await switches_on(ben, "Days", "Add Saturday", "Add Sunday")
    await ben.says("/settings notifications on", in_room=False)
    await story.comes("2026-03-05 20:00")
    await ann.says("/repair", in_room=False)
    await story.settles()
    for phone in (ann, ben):
        await phone.presses("Now is okay")
        await phone.presses("I'd like to own something")
        await story.settles()
    await story.comes("2026-03-06 09:00")
    await ann.presses("Stop here")
    await story.comes("2026-03-08 23:00")

    assert days(ben) == ["2026-03-03", "2026-03-08"]


async def test_after_an_evening_of_another_ritual(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """By the calendar alone: whatever was written, the next noon has to come first."""
    deck = replace(known.decks["gratitude_nudge"], rests_after=(RestsAfter("memory", 18 * 3600),))
    known = replace(known, decks={**known.decks, deck.id: deck})
    async with told(tmp_path, known, migrated) as story:
        ann, ben = await story.paired()
        await switches_on(ben, "Hours", "08:00 to 12:00")
        await story.comes("2026-03-02 20:30")
        await ann.says("/memory")
        await story.comes("2026-03-08 23:00")

        assert days(ben) == ["2026-03-06"]


async def test_on_the_day_of_another_private_note(story: Story) -> None:
    """Whoever is offered a repair of their own on a morning reads no gratitude nudge that day."""
    _, ben = await story.paired()
    await switches_on(ben, "Days", "Add Sunday")
    await ben.says("/settings notifications on", in_room=False)
    await story.comes("2026-03-07 10:30")
    await fill_in(ben, right="The keys")
    await ben.presses("Keep all")
    await story.comes("2026-03-15 23:00")

    assert "2026-03-08" not in days(ben)
    assert "2026-03-15" in days(ben)


async def test_late_is_let_go(story: Story) -> None:
    """What the machine slept through comes neither later that day nor at night, and leaves no line in the log."""
    _, ben = await story.paired()
    await switches_on(ben)
    await story.sleeps_until("2026-03-03 21:00")
    await story.comes("2026-03-04 12:00")
    slept = days(ben)
    await story.comes("2026-03-06 23:00")

    assert slept == []
    assert days(ben) == ["2026-03-06"]


async def test_the_minute_after_the_window(story: Story) -> None:
    """A machine that wakes then, though within the patience that other rituals have, brings nothing."""
    _, ben = await story.paired()
    await switches_on(ben, "Hours", "Other hours")
    await ben.says("10:00 - 10:30", in_room=False)
    await story.sleeps_until("2026-03-03 10:30")
    await story.comes("2026-03-03 23:00")

    assert days(ben) == []


async def test_a_window_that_a_clock_skips(story: Story) -> None:
    """On the night on which it is jumped over nothing comes; on other nights it does."""
    _, ben = await story.paired()
    await switches_on(ben, "Days", "Add Sunday", "Back", "Hours", "Other hours")
    await ben.says("02:00 - 02:59", in_room=False)
    await ben.says("/settings quiet none", in_room=False)
    await story.comes("2026-03-30 23:00")

    assert "2026-03-29" not in days(ben)
    assert "2026-03-22" in days(ben)


async def test_what_could_not_be_brought_in_time(story: Story) -> None:
    """A platform that does not answer for hours brings no line after its window."""
    _, ben = await story.paired()
    await switches_on(ben)
    story.chats.troubles.append(lambda place: Unanswered() if place == ben.private else None)
    await story.comes("2026-03-03 22:00")
    story.chats.troubles.clear()
    await story.comes("2026-03-06 23:00")

    assert days(ben) == ["2026-03-06"]


async def test_a_restart_changes_nothing(story: Story) -> None:
    """What was chosen is still so, and the minute is the one that chance had drawn before."""
    _, ben = await story.paired()
    await switches_on(ben)
    due = await story.engine.next_moment()
    planned = await story.reads(_planned)
    await story.restarts()
    await story.comes("2026-03-03 23:00")

    assert due is not None
    assert [one.at for one in notes(ben)] == [planned]


def _planned(store: Store) -> int | None:
    who = store.people.who(PLATFORM, "ben")
    assert who is not None
    found = store.rituals.alone(who.partner, "gratitude_nudge")
    assert found is not None
    return found.next_due_at


async def test_a_journey(story: Story) -> None:
    """In another time zone the window is the one on the wall there, and two lines stay twenty hours apart."""
    _, ben = await story.paired()
    await switches_on(ben, "Days", "Add Wednesday", "Add Thursday", "Back")
    await story.comes("2026-03-03 23:00")
    await ben.says("/timezone Auckland", in_room=False)
    await story.comes("2026-03-13 23:00")
    came = notes(ben)
    walls = [datetime.fromtimestamp(one.at, ZoneInfo("Pacific/Auckland")) for one in came[1:]]

    assert len(walls) >= 4
    assert all(10 <= wall.hour < 17 for wall in walls)
    assert len({wall.date() for wall in walls}) == len(walls)
    assert all(later.at - one.at >= 20 * 3600 for one, later in pairwise(came))


async def test_new_rules_of_a_zone(story: Story) -> None:
    """A program that knows the clocks anew at its start plans by the reader's own zone, and moves nothing else."""
    _, ben = await story.paired(zones=("Berlin", "New York"))
    await switches_on(ben)
    planned = await story.reads(_planned)
    await story.engine.go_by_new_rules()
    again = await story.reads(_planned)

    assert planned == again
    assert isinstance(planned, int)
    assert datetime.fromtimestamp(planned, UTC).astimezone(ZoneInfo("America/New_York")).hour in range(10, 17)


async def test_fewer_of_these(story: Story) -> None:
    """One press leaves one day a week, another one none; an old note's choice does nothing that was not wished."""
    _, ben = await story.paired()
    await switches_on(ben)
    await story.comes("2026-03-03 23:00")
    await ben.presses("Open")
    first = ben.own[-1]
    fewer = next(one for one in first.post.choices if one.label == "Fewer of these")
    for _ in range(2):
        await ben.presses_token(fewer.token, first)
    once = first.words
    await story.comes("2026-03-10 23:00")
    await ben.presses("Open")
    second = ben.own[-1]
    await ben.presses("No more of these")
    await story.comes("2026-03-25 12:00")

    assert "Tuesday, 10:00 to 16:30" in once
    assert "Gratitude nudge: off" in second.words
    assert second.on == "2026-03-10"
    assert COVER not in ben.screen


async def test_not_this_one(story: Story) -> None:
    """It comes no more to whoever said so, and may still come to the other."""
    ann, ben = await story.paired()
    for phone in (ann, ben):
        await switches_on(phone)
    await story.comes("2026-03-03 23:00")
    await ben.presses("Open")
    line = ben.own[-1].words.removeprefix(HEAD)
    await ben.presses("Not this one")
    said = ben.own[-1].words
    await ben.says("/settings", in_room=False)
    await ben.presses("Prompts left out")
    hidden = await story.reads(lambda store: [one.prompt for one in store.wishes.hidden([_id(store, "ann")])])

    assert said == "You won't see that one again. No reason needed, none shown."
    assert f"Let it come again: {line}" in ben.labels
    assert hidden == []


def _id(store: Store, name: str) -> int:
    who = store.people.who(PLATFORM, name)
    assert who is not None
    return who.partner.id


async def test_hide_finds_ones_own_line(story: Story) -> None:
    """/hide in private means the line that came last, for its reader alone."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await story.comes("2026-03-03 20:00")
    for phone in (ann, ben):
        await phone.says("/hide", in_room=False)

    assert "Would you like not to see this one again?" in ben.last_post
    assert "Then it comes to neither of you." in ann.last_post


async def test_ones_own_rows_are_nobody_elses(story: Story) -> None:
    """The other's presses on what is not theirs are declined as if it were not there, whatever they try."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await story.comes("2026-03-03 23:00")
    ritual = ben.find_choice("Switch off")[1].token.subject
    nudge = await story.reads(lambda store: store.occurrences.past(ritual, 1)[0].id)
    assert isinstance(nudge, int)
    tried = [
        *(Token("alone", ritual, value) for value in ("see", "off", "days", "hours", "other", "days_0", "most_1")),
        *(Token(verb, nudge) for verb in ("hide", "cue", "write", "tap", "notday", "checkin")),
        Token("ritual", ritual, "see"),
        Token("ritual", ritual, "off"),
        Token("walk", nudge, "stop"),
    ]
    for token in tried:
        await ann.presses_token(token, ann.own[-1])

        assert "another time" in ann.own[-1].words, token

    for verb in ("write", "tap", "notday", "checkin"):
        await ben.presses_token(Token(verb, nudge), ben.own[-1])

        assert "another time" in ben.own[-1].words, verb

    await story.comes("2026-03-06 23:00")

    assert days(ben) == ["2026-03-03", "2026-03-06"]


async def test_it_is_not_in_what_both_see(story: Story) -> None:
    """/week shows one's own hours in private and nothing of them in the shared chat; /rituals never does."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await ben.says("/week", in_room=False)
    own = ben.last_post
    for words in ("/week", "/rituals"):
        await ben.says(words)
    await ann.says("/week", in_room=False)

    assert "10:00 to 16:30 · Gratitude nudge (for you alone)" in own
    assert "Gratitude" not in ann.screen


async def test_nothing_is_kept_of_it(story: Story) -> None:
    """Replying to such a line, skipping and looking back: nothing is recorded, and nothing is there."""
    _, ben = await story.paired(zones=("Berlin", "Berlin"))
    await switches_on(ben)
    await story.comes("2026-03-03 23:00")
    await ben.says("/skip", in_room=False)
    skipped = ben.own[-1].words
    await ben.replies_to(notes(ben)[0], (Words("Thank you for the tea"),))
    said = ben.own[-1].words
    await ben.says("/history", in_room=False)
    await ben.says("/mine", in_room=False)

    assert "Gratitude" not in skipped
    assert "no question open" in said
    assert "Thank you for the tea" not in ben.last_post
    assert "Nothing yet" in ben.last_post


async def test_a_moment_of_ones_own(story: Story) -> None:
    """In the second week it is asked for, once; kept in its author's words, and deleted by them."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await story.comes("2026-03-10 23:00")
    await ben.presses("Open")
    asked = ben.own[-1].words
    await ben.presses("Name a moment")
    await ben.submits("when the kettle boils")
    await story.comes("2026-04-10 23:00")
    for note in [one for one in notes(ben) if one.words == COVER]:
        await ben.presses_token(note.post.choices[0].token, note)
    named = [one.words for one in notes(ben) if "when the kettle boils" in one.words]
    again = [one.words for one in notes(ben) if one.words == asked]
    await ben.says("/mine kettle", in_room=False)
    found = ben.last_post
    await ben.presses("10 Mar · when the kettle boils")
    for label in ("Delete", "Yes, delete"):
        await ben.presses(label)
    since = story.clock.now()
    await story.comes("2026-05-10 23:00")
    for note in [one for one in notes(ben) if one.words == COVER]:
        await ben.presses_token(note.post.choices[0].token, note)

    assert asked == f"{HEAD}Pick your own moment: 'When I close my laptop, I'll send one line.' What's yours?"
    assert named
    assert again == []
    assert "These hold what you looked for" in found
    assert not any("moment" in one.words for one in notes(ben) if one.at > since)
    assert "kettle" not in str(ann.happened())


async def test_a_second_moment_takes_the_firsts_place(story: Story) -> None:
    """There is one at a time; too long or empty ones are not taken."""
    _, ben = await story.paired()
    await switches_on(ben)
    await story.comes("2026-03-03 23:00")
    for words in ("after lunch", "x" * 300, "on the tram"):
        await ben.says("/settings", in_room=False)
        for label in ("For you alone", "Gratitude nudge"):
            await ben.presses(label)
        await ben.presses("Another moment" if "Another moment" in ben.labels[:6] else "Name a moment")
        await ben.says(words, in_room=False)
    await ben.says("/settings", in_room=False)
    for label in ("For you alone", "Gratitude nudge"):
        await ben.presses(label)
    kept = await story.reads(lambda store: len(store.replies.of_partner(_id(store, "ben"))))

    assert "Your moment: on the tram" in ben.last_post
    assert kept == 1


async def test_leaving_ends_it(story: Story) -> None:
    """Once one of the two has left, nothing comes to either of them any more."""
    ann, ben = await story.paired()
    await switches_on(ben)
    await ann.says("/leave", in_room=False)
    for label in ("At once", "Leave all as it is"):
        await ann.presses(label)
    await story.comes("2026-03-20 12:00")

    assert days(ben) == []


async def test_it_waits_for_the_start(story: Story) -> None:
    """Before the two have started, nothing comes; from then on it does."""
    ann, ben = await story.paired(start=False)
    await switches_on(ben)
    await story.comes("2026-03-03 23:00")
    before = days(ben)
    await ann.presses("Start")
    await story.comes("2026-03-06 23:00")

    assert before == []
    assert days(ben) == ["2026-03-06"]


async def test_a_deck_that_is_taken_away(tmp_path: Path, known: Repertoire, migrated: Path) -> None:
    """Its rows go to sleep; whatever looks at them goes on."""
    async with told(tmp_path, known, migrated) as story:
        ann, ben = await story.paired()
        await switches_on(ben)
        await story.comes("2026-03-03 23:00")
        story.known = replace(
            known, decks={name: one for name, one in known.decks.items() if name != "gratitude_nudge"}
        )
        await story.restarts()
        await story.comes("2026-03-10 23:00")
        for words in ("/week", "/settings", "/history", "/skip", "/mine"):
            await ben.says(words, in_room=False)
        await ben.presses("Open")

        assert "no longer" in ben.last_post or "earlier moment" in ben.last_post
        assert ann.room[-1].on == "2026-03-10"


async def test_typed_in_settings(story: Story) -> None:
    """/settings alone leads there; each line of the screen can be typed nowhere else."""
    _, ben = await story.paired()
    await ben.says("/settings alone", in_room=False)

    assert ben.last_post.startswith("For you alone\nGratitude nudge: off")
