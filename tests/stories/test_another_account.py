"""Ways in and back: few invitations, no guessing, another account by a code of one's own, another chat."""

from __future__ import annotations

from bot.events import Commanded, Pressed
from bot.posts import InPrivate, InRoom, Token
from stories.chats import BarePhone
from stories.story import Story


def code_of(phone: BarePhone) -> str:
    """The newest recovery code that somebody was shown."""
    said = [one.words for one in phone.own if "/recover code-" in one.words or "Your next code" in one.words]
    return next(word.rstrip(".") for word in reversed(said[-1].split()) if word.startswith("code-"))


async def test_what_is_told_before_a_yes(story: Story) -> None:
    """What is kept, who reads what, that the host could, that a no needs no reason, and what the bot is not."""
    ann = story.person("Ann")
    await ann.says("/start")
    await ann.presses("Tell me more")

    for told in (
        "I keep what you answer",
        "visible to both",
        "nothing of it is shown unless",
        "could read what is stored",
    ):
        assert told in ann.last_post
    for told in ("You can say no, now or later", "I don't read or judge what you write"):
        assert told in ann.last_post


async def test_a_yes_is_heard_at_once_and_all_else_only_at_the_end(story: Story) -> None:
    """Who began alone cannot tell "not now" from silence."""
    ann, ben = story.person("Ann"), story.person("Ben")
    await ann.says("/start")
    for label in ("Tell me more", "Join"):
        await ann.presses(label)
    before = ann.screen
    for label in ("Tell me more", "Not now"):
        await ben.presses(label)
    await story.passes(days=6, hours=23)
    declined = ann.screen
    await story.passes(hours=2)
    await ann.presses("Open")

    assert declined == before
    assert "The invitation has ended." in ann.screen


async def test_three_ways_in_within_thirty_days(story: Story) -> None:
    """Nobody is asked again and again."""
    ann = story.person("Ann")
    await ann.says("/start")
    for label in ("Tell me more", "Join"):
        await ann.presses(label)
    for _ in range(3):
        await story.passes(days=2)
        await ann.says("/start")
    refused = ann.screen
    await story.passes(days=40)
    await ann.says("/start")

    assert refused.count("Tell me more") == 0
    assert "Three ways in were made within 30 days" in refused
    assert "Tell me more" in [choice.label for choice in ann.room[-1].post.choices]


async def test_nobody_guesses_a_way_in(story: Story) -> None:
    """After five that are none, the right one has to wait as well; an hour later it works."""
    ann, cleo = story.person("Ann"), story.person("Cleo")
    await ann.says("/start")
    choice = ann.room[-1].post.choices[0]
    for number in range(5):
        await cleo.presses_token(Token("join", choice.token.subject, f"guess-{number}"), ann.room[-1])
    await cleo.presses_token(choice.token, ann.room[-1])
    refused = cleo.last_post
    await story.passes(hours=1, minutes=1)
    await cleo.presses_token(choice.token, ann.room[-1])

    assert "In an hour" in refused
    assert "Before you decide" in cleo.last_post


async def test_back_from_another_account(story: Story) -> None:
    """By the code that one keeps: the partner is whole there, and the old account is nobody's any more."""
    ann, ben = await story.paired(zones=("Berlin", "Berlin"))
    await story.comes("2026-03-02 08:30")
    await ben.replies("Your patience")
    new = BarePhone(story.chats, "Benedict")
    await new.says(f"/recover {code_of(ben)}", in_room=False)
    await story.settles()
    await new.says("/mine", in_room=False)
    await ben.says("/week")
    await new.replies("Once more", to="Morning appreciation")
    await story.settles()

    assert "patience" in new.own[-1].post.choices[0].label
    assert "Nothing was changed" in ben.screen
    assert "Another account is yours here now" in ben.screen
    assert code_of(ben) not in ann.screen


async def test_the_code_is_given_once_and_stays_readable(story: Story) -> None:
    """With the first answer about the clock, which nothing takes the place of; a later one gives no other."""
    ann, _ = await story.paired()
    await ann.presses("Yes, Berlin")
    given = code_of(ann)
    await ann.says("/timezone Lisbon", in_room=False)

    assert "/recover" not in ann.last_post
    assert f"/recover {given}" in ann.screen


async def test_a_code_works_once(story: Story) -> None:
    """It is replaced when it is used, and when a new one is asked for."""
    _, ben = await story.paired(zones=("Berlin", "Berlin"))
    first = code_of(ben)
    await ben.says("/settings", in_room=False)
    await ben.presses("A new recovery code")
    new, other = BarePhone(story.chats, "Benedict"), BarePhone(story.chats, "Bea")
    await new.says(f"/recover {first}", in_room=False)
    refused = new.last_post
    second = code_of(ben)
    await new.says(f"/recover {second}", in_room=False)
    await other.says(f"/recover {second}", in_room=False)

    assert "That code is none" in refused
    assert "It's you." in new.last_post
    assert "That code is none" in other.last_post


async def test_on_both_apps(story: Story) -> None:
    """On another app the code adds the account, and the old one stays."""
    ann, ben = await story.paired(zones=("Berlin", "Berlin"))
    elsewhere = BarePhone(story.elsewhere, "Ben")
    await elsewhere.says(f"/recover {code_of(ben)}", in_room=False)
    await story.comes("2026-03-02 08:30")
    await ben.replies("From here")
    await elsewhere.presses("Answer")
    await elsewhere.says("From there", in_room=False)
    await story.settles()

    assert "Ben\nFrom there" in ann.screen
    assert "Ben: From here" in ann.screen


async def test_codes_are_for_the_private_chat(story: Story) -> None:
    """In the room it is declined, in private, and says why."""
    await story.paired(zones=("Berlin", "Berlin"))
    cleo = story.person("Cleo")
    await cleo.says("/recover code-1")
    await cleo.says("/recover", in_room=False)

    assert "That works in private" in cleo.screen
    assert "given when you came in" in cleo.last_post


async def test_another_chat(story: Story) -> None:
    """One of the two begins where the bot is new: the rituals move once they say so."""
    ann, ben = await story.paired(zones=("Berlin", "Berlin"))
    there = InRoom("bare", "another")
    begun = Commanded(id="there", moment=0, place=there, person=ann.person, name="start")
    asked = await story.engine.handle(begun)
    ann.take(asked, begun, None)
    offer = story.chats.seen_in(there)[-1]
    moved = Pressed(
        id="yes", moment=0, place=there, person=ben.person, message=offer.ref, token=offer.post.choices[0].token
    )
    await story.engine.handle(moved)
    await story.comes("2026-03-02 08:30")

    assert "Your rituals live in another chat" in offer.words
    assert any("Morning appreciation" in one.words for one in story.chats.seen_in(there))
    assert not any(one.words.startswith("Morning appreciation\n") for one in ann.room)
    assert isinstance(ann.private, InPrivate)


async def test_a_stranger_moves_nothing(story: Story) -> None:
    """Only the two can say so."""
    ann, _ = await story.paired(zones=("Berlin", "Berlin"))
    there = InRoom("bare", "another")
    begun = Commanded(id="there", moment=0, place=there, person=ann.person, name="start")
    ann.take(await story.engine.handle(begun), begun, None)
    offer = story.chats.seen_in(there)[-1]
    cleo = story.person("Cleo")
    await cleo.presses_token(offer.post.choices[0].token, offer)
    await story.comes("2026-03-02 08:30")

    assert any(one.words.startswith("Morning appreciation\n") for one in ann.room)
