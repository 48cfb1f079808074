"""What Discord tells, as events."""

from __future__ import annotations

import discord
import pytest
from discord_payloads import ANN, BEN, CHANNEL, ME, POST, client, interaction, message, reply, told, user

from adapters.discord.hearing import edited, heard
from adapters.discord.places import form_id, private, ref, room
from adapters.discord.reading import Heard, Origin, read
from bot.events import (
    BotAdded,
    Commanded,
    Completing,
    Edited,
    Event,
    Person,
    Picked,
    Pressed,
    Said,
    Snapshot,
    Submitted,
    Voice,
    Words,
)
from bot.posts import UNKNOWN, Token

COMMAND, PRESS, TYPING, FORM = 2, 3, 4, 5
TOKEN = Token("write", 12)
PRESSED = {"custom_id": str(TOKEN), "component_type": 2}
ANNIE = Person("discord", str(ANN), "Annie", "en-GB")


def event_of(found: Heard | None) -> Event:
    assert found is not None
    return found.event


def command(name: str, words: str = "") -> dict:
    options = [{"name": "words", "type": 3, "value": words}] if words else []
    return {"id": "1", "type": 1, "name": name, "options": options}


def submitted(*fields: dict) -> dict:
    components = [{"type": 18, "id": number, "component": field} for number, field in enumerate(fields)]
    return {"custom_id": form_id(TOKEN), "components": components}


def test_a_command_in_a_channel() -> None:
    """Its words come with it, and the person by the name that the others see there."""
    found = read(interaction(COMMAND, command("rituals", " morning 7:30 ")))

    assert found is not None
    assert found.origin is Origin.NOTHING
    assert isinstance(found.event, Commanded)
    assert (found.event.name, found.event.words) == ("rituals", "morning 7:30")
    assert (found.event.place, found.event.person, found.event.moment) == (room(CHANNEL), ANNIE, 1_700_000_000)


def test_a_command_in_private() -> None:
    """The place is the person's own."""
    event = event_of(read(interaction(COMMAND, command("history"), private=True)))

    assert event.place == private(ANN)


def test_who_begins_where_others_read_brings_the_bot_there() -> None:
    """What is answered apart is not shown where others read, from the first moment on."""
    begun = event_of(read(interaction(COMMAND, command("start")), others_read=True))
    by_code = event_of(read(interaction(COMMAND, command("start", "join-1-x")), others_read=True))
    alone = event_of(read(interaction(COMMAND, command("start"))))

    assert isinstance(begun, BotAdded)
    assert begun.others_read
    assert isinstance(by_code, Commanded)
    assert isinstance(alone, Commanded)


def test_words_being_typed() -> None:
    """They are completed while they are typed."""
    given = {"id": "1", "type": 1, "name": "timezone"}
    given["options"] = [{"name": "words", "type": 3, "value": "Lis", "focused": True}]  # type: ignore[assignment]
    event = event_of(read(interaction(TYPING, given)))

    assert isinstance(event, Completing)
    assert (event.name, event.typed) == ("timezone", "Lis")


@pytest.mark.parametrize(
    ("is_private", "flags", "origin"),
    [(False, 0, Origin.PUBLIC), (False, 64, Origin.EPHEMERAL), (True, 0, Origin.PRIVATE), (True, 64, Origin.PRIVATE)],
)
def test_a_press(is_private: bool, flags: int, origin: Origin) -> None:
    """Its token is in the button; what it was pressed on decides where the answer goes."""
    found = read(interaction(PRESS, PRESSED, private=is_private, behind=flags))

    assert found is not None
    assert found.origin is origin
    assert isinstance(found.event, Pressed)
    assert found.event.token == TOKEN
    assert found.event.message == ref(private(ANN) if is_private else room(CHANNEL), POST)


def test_a_press_on_something_that_is_not_ours() -> None:
    """It is asked about all the same, and answered kindly."""
    event = event_of(read(interaction(PRESS, {"custom_id": "x:y", "component_type": 2}, behind=0)))

    assert isinstance(event, Pressed)
    assert event.token == UNKNOWN


def test_a_form() -> None:
    """Every field that was filled in, by its name; an empty one has no answer."""
    given = submitted(
        {"type": 4, "id": 9, "custom_id": "words", "value": "Your \ud800 patience"},
        {"type": 4, "id": 10, "custom_id": "more", "value": " "},
        {"type": 3, "id": 11, "custom_id": "scale", "values": ["2"]},
        {"type": 3, "id": 12, "custom_id": "other", "values": []},
    )
    given["components"].append({"type": 10, "id": 13})
    found = read(interaction(FORM, given, behind=64))

    assert found is not None
    assert found.origin is Origin.EPHEMERAL
    assert isinstance(found.event, Submitted)
    assert found.event.token == TOKEN
    assert found.event.message is None
    assert found.event.answers == (("words", Words("Your \ufffd patience")), ("scale", Picked(2)))


def test_what_we_do_not_offer_is_nothing() -> None:
    """A command of another kind, and a form that is not ours."""
    assert read(interaction(COMMAND, {"id": "1", "type": 2, "name": "Look", "target_id": "5"})) is None
    assert read(interaction(FORM, {"custom_id": "survey", "components": []})) is None


def test_a_reply_that_mentions_us() -> None:
    """It answers the post, and is known by its number however often it is told."""
    noted = heard(told(reply(f"<@{ME}> The tea  you made")), ME)

    assert noted is not None
    assert not noted.hidden
    assert isinstance(noted.event, Said)
    assert noted.event.parts == (Words("The tea  you made"),)
    assert noted.event.reply_to == ref(room(CHANNEL), POST)
    assert noted.event.message == ref(room(CHANNEL), 801)
    assert (noted.event.id, noted.event.moment) == ("m801", 1_420_070_400)


def test_a_reply_whose_words_are_not_told() -> None:
    """Discord hides the words of a reply without a ping, so that it was one is all that is known."""
    noted = heard(told(reply("", pings=False)), ME)

    assert noted is not None
    assert noted.hidden
    assert isinstance(noted.event, Said)
    assert noted.event.parts == ()


def test_ambient_words_are_left_unread() -> None:
    """What is said in the channel, what answers others, what other bots and hooks say, and what Discord says."""
    assert heard(told(message("did you feed the cat")), ME) is None
    assert heard(told(reply("yes", to=BEN, pings=False)), ME) is None
    assert heard(told(reply("beep", author=user(55, "robot", bot=True))), ME) is None
    assert heard(told(reply("hook", webhook_id="5")), ME) is None
    assert heard(told({**message(), "type": 7}), ME) is None


def test_a_reply_to_what_is_gone() -> None:
    """Whose it was is not told any more; one that mentions us may be meant for us."""
    gone = {**reply("late"), "referenced_message": None}
    other = {**reply("late", pings=False), "referenced_message": None}

    assert heard(told(gone), ME) is not None
    assert heard(told(other), ME) is None


def test_words_in_private() -> None:
    """All of them are meant for us."""
    noted = heard(told(message("Berlin"), private=True), ME)

    assert noted is not None
    assert isinstance(noted.event, Said)
    assert noted.event.place == private(ANN)
    assert noted.event.reply_to is None


def test_a_server_that_is_not_known_yet() -> None:
    """Its channels are no direct messages."""
    state = client()._connection
    channel = discord.PartialMessageable(state=state, id=CHANNEL, guild_id=404)
    unknown = discord.Message(state=state, channel=channel, data=message(guild_id="404"))  # type: ignore[arg-type]

    assert heard(unknown, ME) is None


def test_a_command_that_is_written_out() -> None:
    """A command that does not exist can be written in private, and is heard."""
    noted = heard(told(message("/Frobnicate it"), private=True), ME)

    assert noted is not None
    assert isinstance(noted.event, Commanded)
    assert (noted.event.name, noted.event.words) == ("frobnicate", "it")


@pytest.mark.parametrize("written", ["/start join-1-Code", "start join-1-Code", " Start  join-1-Code "])
def test_a_way_in_that_is_written_out(written: str) -> None:
    """Elsewhere it is a link; who pastes it in private, with the slash or without, presses it."""
    noted = heard(told(message(written), private=True), ME)

    assert noted is not None
    assert isinstance(noted.event, Pressed)
    assert noted.event.token == Token("join", 1, "Code")
    assert noted.event.message is None


def test_a_way_in_behind_the_command() -> None:
    """In private it is a press; in a channel the command tells which room it is."""
    apart = event_of(read(interaction(COMMAND, command("start", "host-0-Code"), private=True)))
    nothing = event_of(read(interaction(COMMAND, command("start"), private=True)))
    shared = event_of(read(interaction(COMMAND, command("start", "join-1-Code"))))

    assert isinstance(apart, Pressed)
    assert apart.token == Token("host", 0, "Code")
    assert isinstance(nothing, Commanded)
    assert isinstance(shared, Commanded)
    assert shared.words == "join-1-Code"


def test_a_sentence_that_begins_like_it() -> None:
    """It stays a sentence."""
    for words in ("start over", "start well-being today", "join-in", "say-hello"):
        noted = heard(told(message(words), private=True), ME)

        assert noted is not None
        assert isinstance(noted.event, Said)


def test_names_stand_where_discord_has_numbers() -> None:
    """Who is mentioned is named; an emoji of a server's own keeps its name."""
    payload = reply(f"<@{BEN}> made <:tea:77> <@404>")
    payload["mentions"].append(user(BEN, "Ben"))
    noted = heard(told(payload), ME)

    assert noted is not None
    assert isinstance(noted.event, Said)
    assert noted.event.parts == (Words("@Ben made :tea: <@404>"),)


def test_what_else_a_message_holds() -> None:
    """A voice note and a picture, by the way to ask for them again; other files are no answer."""
    ways = {"filename": "a", "size": 1, "url": "u", "proxy_url": "p"}
    attachments = [
        {"id": "1", **ways, "content_type": "audio/ogg", "duration_secs": 3.6, "waveform": "AA=="},
        {"id": "2", **ways, "content_type": "image/png"},
        {"id": "3", **ways, "content_type": "application/pdf"},
    ]
    noted = heard(told(message(attachments=attachments), private=True), ME)

    assert noted is not None
    assert isinstance(noted.event, Said)
    assert noted.event.parts == (Voice("700/801/1", 4), Snapshot("700/801/2"))


def test_an_edit() -> None:
    """It says how the message stands now, and a second one is another event."""
    first = edited(told(reply("Better", edited_timestamp="2026-03-02T08:01:00.100000+00:00")), ME)
    second = edited(told(reply("Best", edited_timestamp="2026-03-02T08:01:00.700000+00:00")), ME)

    assert isinstance(first, Edited)
    assert first.parts == (Words("Better"),)
    assert first.message == ref(room(CHANNEL), 801)
    assert second is not None
    assert first.id != second.id


def test_an_edit_that_is_none() -> None:
    """A preview that Discord adds, and words that it does not tell."""
    assert edited(told(reply("Same")), ME) is None
    assert edited(told(reply("", pings=False, edited_timestamp="2026-03-02T08:01:00+00:00")), ME) is None
