"""What the loop withstands: races, old posts, strange words, forged presses, third people."""

from __future__ import annotations

import asyncio

import pytest

from bot.events import Commanded, Pressed, Said, Submitted, Words
from bot.posts import Done, Mark, Show, Silence, Token, plain
from bot.store import Store
from stories.chats import ROOM
from stories.story import Story

LONG = "lorem ipsum " * 833
MARKUP = "<b>bold</b> **stars** _under_ [link](http://x) @everyone {name} `code` &amp; \u202e"


async def replies_of(story: Story) -> list[str]:
    """The words of every reply on record."""

    def unit(store: Store) -> list[str]:
        found = []
        for couple in store.people.couples():
            for occurrence in store.occurrences.of_couple(couple, 1 << 40, 1000):
                found += [line.words for line in store.replies.lines(occurrence)]
        return found

    return await story.database.run(unit)


async def test_two_partners_press_at_the_same_instant(story: Story) -> None:
    """Two taps at one instant are both on record, and neither is doubled."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 22:00")
    await asyncio.gather(*(phone.presses("Phones down") for phone in (ann, ben, ann, ben)))

    def taps(store: Store) -> int:
        (occurrence,) = [one for one in store.occurrences.of_couple(1, 1 << 40, 9) if one.deck == "digital_sunset"]
        return len(store.replies.lines(occurrence))

    assert await story.database.run(taps) == 2


async def test_two_yeses_at_the_same_instant_make_exactly_two(story: Story) -> None:
    """Three people who press Join at once: two are in, the third is told kindly."""
    people = [story.person(name) for name in ("Ann", "Ben", "Cleo")]
    await people[0].says("/start")
    for person in people:
        await person.presses("Tell me more")
    await asyncio.gather(*(person.presses("Join") for person in people))

    assert sum("You're in" in person.screen for person in people) == 2
    assert sum("Two people are in already" in person.screen for person in people) == 1


async def test_a_press_on_an_old_post_after_a_restart(story: Story) -> None:
    """A choice outlives the program that showed it."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 22:00")
    await story.restarts()
    await ann.presses("Phones down")

    assert "Noted, quietly." in ann.screen


@pytest.mark.parametrize(("at", "kept"), [("2026-03-02 23:00", ["The tea"]), ("2026-03-03 07:00", [])])
async def test_a_reply_that_is_heard_after_closing(story: Story, at: str, kept: list[str]) -> None:
    """The bot was away: what was written in time counts, what was not does not."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    prompt = ann.room[-1]
    await story.comes(at)
    event, _ = ann.writes_under(prompt, (Words("The tea"),))
    await story.comes("2026-03-03 07:30")
    await story.engine.handle(event)

    assert await replies_of(story) == kept


async def test_a_reply_after_closing_is_told_kindly(story: Story) -> None:
    """A reply to a prompt that has closed is not kept, and its author hears so in private."""
    ann, ben = await story.paired()
    await story.comes("2026-03-03 07:00")
    await ann.replies("Too late", to="Morning appreciation")

    assert "This one has closed" in ann.screen
    assert "This one has closed" not in ben.screen
    assert await replies_of(story) == []


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
async def test_an_empty_reply_keeps_nothing(story: Story, words: str) -> None:
    """Nothing written, nothing kept, and a word about it in private."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.replies(words)

    assert "nothing is kept" in ann.screen
    assert await replies_of(story) == []


@pytest.mark.parametrize("words", [LONG, "🫖🌿", "شكراً على الصبر", MARKUP, "a\u0000b"])
async def test_strange_words_are_kept_as_they_are(story: Story, words: str) -> None:
    """Long, emoji-only, right-to-left and full of markup: kept to the letter and shown as plain text."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.presses("Answer")
    await ann.submits(words)
    await story.settles()
    shown = ben.room[-1]

    assert await replies_of(story) == [words.strip()]
    assert words.strip() in plain(shown.post.text)


async def test_half_a_character_is_kept_as_a_lost_one(story: Story) -> None:
    """A broken surrogate pair, which no database can hold, does not lose the words around it."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.replies("tea \ud83d and you")

    assert await replies_of(story) == ["tea \ufffd and you"]


async def test_words_beyond_all_measure_are_declined(story: Story) -> None:
    """What is longer than can be kept is said so, and nothing is cut silently."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.replies("x" * 20_001)

    assert "longer than I can keep" in ann.screen
    assert await replies_of(story) == []


async def test_an_unknown_command(story: Story) -> None:
    """An unknown command is answered with where to look, in private."""
    ann, ben = await story.paired()
    await ann.says("/frobnicate now")

    assert "/help lists" in ann.screen
    assert "/help lists" not in "\n".join(message.words for message in ben.room if message.author == "bot")


@pytest.mark.parametrize(
    "token",
    [
        "unknown-0",
        "tap-1",
        "tap-zzzzzzzzzzzzz",
        "scale-{checkin}-tc-count_9",
        "scale-{checkin}-tc-count_-1",
        "scale-{checkin}-nothing_1",
        "scale-{sunset}-tc-count_1",
        "mark-{checkin}-tc-repair_on",
        "say-{checkin}-tc-count_x",
        "ritual-1-off",
        "ritual-{checkin}-off",
        "rest-0-room_99",
        "rest-0-x",
        "zone-0-is-Nowhere--City",
        "plan-99-start",
        "enter-1-abc",
        "join-1",
        "history-0",
        "share-{sunset}-ready",
        "write-{checkin}",
        "drop-table",
        "write-1--",
        "agree-{checkin}-on_14",
        "agree-{sunset}-letgo",
        "agree-1-yes_0123456789abcdef",
    ],
)
async def test_a_forged_token_changes_nothing(story: Story, token: str) -> None:
    """A press that nobody offered is declined in words and leaves every row as it was."""
    ann, ben = await story.paired()
    await story.comes("2026-03-07 22:00")
    subjects = {"{checkin}": "Answer in private", "{sunset}": "Phones down"}
    for name, label in subjects.items():
        token = token.replace(name, str(ann.find_choice(label)[1].token).split("-")[1])
    before = ben.screen
    await ann.presses_token(Token.parse(token), ann.room[-1])

    assert await replies_of(story) == []
    assert ben.screen == before


async def test_a_third_person_presses_and_writes_in_vain(story: Story) -> None:
    """A bystander in the room can answer nothing, press nothing and command nothing."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 22:00")
    cleo = story.person("Cleo")
    before = ann.screen
    await cleo.presses("Phones down")
    await cleo.presses_token(Token("ritual", 2, "off"), ann.room[-1])
    await cleo.says("/rest 3 days", in_room=False)
    await cleo.says("hello?", in_room=False)

    assert await replies_of(story) == []
    assert ann.screen == before
    assert "This is for the two" in cleo.screen


async def test_a_third_persons_reply_is_not_recorded(story: Story) -> None:
    """A bystander's reply in the room is left alone without a word."""
    await story.paired()
    await story.comes("2026-03-02 08:00")
    cleo = story.person("Cleo")
    await cleo.replies("me too")

    assert isinstance(cleo.last_answer, Silence)
    assert await replies_of(story) == []


async def test_ambient_chat_is_left_alone(story: Story) -> None:
    """What the two write to each other is not read."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.says("did you feed the cat")

    assert await replies_of(story) == []


async def test_the_same_event_twice_is_recorded_once_and_answered_twice(story: Story) -> None:
    """A repeat of an event changes nothing and is still answered."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    post = ann.room[-1]
    said = Said(
        id="same",
        moment=story.clock.now(),
        place=ROOM,
        person=ann.person,
        message=None,
        parts=(Words("The tea"),),
        reply_to=post.ref,
    )
    answers = [await story.engine.handle(said) for _ in range(3)]

    assert answers == [Done(Mark.RECORDED)] * 3
    assert await replies_of(story) == ["The tea"]


async def test_a_late_repeat_does_not_bring_back_an_older_wish(story: Story) -> None:
    """A press that is repeated after a newer one does not undo the newer one."""
    ann, _ = await story.paired(start=False)
    plan = ann.find_choice("Only Mon, Wed, Fri mornings")[0]

    def press(event: str, value: str) -> Pressed:
        token = Token("plan", 1, value)
        return Pressed(id=event, moment=0, place=ROOM, person=ann.person, message=plan.ref, token=token)

    for event, value in (("p1", "some"), ("p2", "daily"), ("p1", "some")):
        await story.engine.handle(press(event, value))
    await ann.says("/rituals")

    assert "Morning appreciation: every day" in ann.last_post


async def test_an_edited_message_changes_the_record(story: Story) -> None:
    """What stands in the chat is what stands on record."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.replies("The tae")
    await ann.edits("The tea")

    assert await replies_of(story) == ["The tea"]


async def test_a_vanished_message_is_shown_no_more(story: Story) -> None:
    """Words that were taken back stay their author's and are shown to nobody else."""
    ann, ben = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.replies("The tea")
    await ann.deletes()
    for partner in (ann, ben):
        await partner.says("/history", in_room=False)

    assert "The tea" in ann.last_post
    assert "The tea" not in ben.screen


async def test_skip_on_an_older_screen_takes_nothing_back(story: Story) -> None:
    """Who writes an answer and then presses Skip under the question before it loses nothing."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await ann.presses("Answer in private")
    for _ in range(3):
        await ann.presses("Mostly")
    older, skip = ann.find_choice("Skip")
    await ann.says("You told me first", in_room=False)
    await ann.presses_token(skip.token, older)

    assert "You told me first" in await replies_of(story)
    assert "5 of 6" in ann.last_post


async def test_a_form_that_nobody_offered_is_declined(story: Story) -> None:
    """A submit with a made-up token records nothing."""
    ann, _ = await story.paired()
    for token in (
        Token("write", 99),
        Token("say", 99, "tc-built"),
        Token("sentence", 1, "x"),
        Token("ritual", 9, "typed"),
    ):
        answers = (("words", Words("hello")),)
        event = Submitted(id=str(token), moment=0, place=ann.private, person=ann.person, token=token, answers=answers)
        answer = await story.engine.handle(event)

        assert isinstance(answer, Show)
        assert answer.privately
    assert await replies_of(story) == []


async def test_no_plain_word_stands_outside_the_replies(story: Story) -> None:
    """Deliveries and handled events name rows and never hold words."""
    ann, _ = await story.paired()
    await story.comes("2026-03-02 08:00")
    await ann.presses("Answer")
    await ann.submits("canary-7713")
    await story.settles()

    def unit(store: Store) -> str:
        rows = store.deliveries.everything_sent()
        return " ".join(str(row.model_dump()) for row in rows)

    assert "canary-7713" not in await story.database.run(unit)


async def test_a_repeated_sentence_goes_to_the_item_it_was_for(story: Story) -> None:
    """A private sentence that arrives twice answers one item, and the next sentence answers the next one."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await ann.presses("Answer in private")
    for _ in range(3):
        await ann.presses("Mostly")
    await ann.says("first", in_room=False)
    assert ann.last_own is not None
    repeated = Said(
        id="again",
        moment=0,
        place=ann.private,
        person=ann.person,
        message=ann.last_own.ref,
        parts=(Words("first"),),
    )
    answers = [await story.engine.handle(repeated) for _ in range(2)]
    await ann.says("second", in_room=False)

    assert all(isinstance(answer, Show) and "5 of 6" in plain(answer.post.text) for answer in answers)
    assert (await replies_of(story))[-2:] == ["first", "second"]


async def test_a_repeated_beginning_offers_a_way_in_that_works(story: Story) -> None:
    """A /start that arrives twice leaves no dead choice."""
    ann = story.person("Ann")
    await ann.says("/start")
    again = Commanded(id="twice", moment=0, place=ROOM, person=ann.person, name="start")
    await story.engine.handle(again)
    answer = await story.engine.handle(again)
    assert isinstance(answer, Show)
    message = story.chats.put(ROOM, answer.post, "bot")
    await ann.presses_token(answer.post.choices[0].token, message)

    assert "Before you decide" in ann.screen


async def test_a_press_that_was_lost_can_be_made_again(story: Story) -> None:
    """Whoever writes something while a form waits for a press is shown where they are, and nothing is kept of it."""
    ann, _ = await story.paired()
    await story.comes("2026-03-07 10:00")
    await ann.presses("Answer in private")
    await ann.presses("Mostly")
    waiting = ann.last_post
    await ann.says("hello?", in_room=False)
    shown = ann.last_post
    await ann.says("/history", in_room=False)

    assert shown == waiting
    assert "hello?" not in ann.last_post
