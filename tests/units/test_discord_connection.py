"""The connection to Discord, and what outlives it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import discord
import pytest
from discord_gate import IDENTIFY, RECONNECT, RESUME, Gate, gate
from discord_payloads import CHANNEL, GUILD, message, reply

from adapters.discord.frontend import Discord
from adapters.discord.places import room
from bot.errors import Misconfigured, Unanswered
from bot.events import BotRemoved, Event, Said, Vanished, Words
from bot.posts import Answer, Done, InPrivate, Mark, Place, Post, Silence, Span
from bot.turn import Repertoire

POST = Post((Span("Good morning."),))


@dataclass(slots=True)
class Ledger:
    """An engine that writes down what it hears, and records what is said."""

    heard: list[Event] = field(default_factory=list)
    before: set[str] = field(default_factory=set)

    async def __call__(self, event: Event) -> Answer:
        self.heard.append(event)
        return Done(Mark.RECORDED) if isinstance(event, Said) else Silence()

    async def rooms(self) -> list[str]:
        return [str(CHANNEL)]

    async def awaited(self) -> list[str]:
        return []

    async def unheard(self, events: Sequence[str]) -> set[str]:
        return set(events) - self.before - {event.id for event in self.heard}

    async def recorded(self, place: Place) -> set[str]:
        sources = [event.message for event in self.heard if isinstance(event, Said) and event.message]
        return {one.message for one in sources if one.place == place}

    @property
    def words(self) -> list[str]:
        said = [event for event in self.heard if isinstance(event, Said)]
        return [part.text for event in said for part in event.parts if isinstance(part, Words)]


@pytest.fixture
async def door() -> AsyncIterator[Gate]:
    """Discord, as far as its door."""
    async with gate() as found:
        yield found


def bot_at(door: Gate, ledger: Ledger, known: Repertoire) -> Discord:
    return Discord("token", ledger, known.words, known=ledger, api_url=door.api_url, gateway_url=door.gateway_url)


@asynccontextmanager
async def running(door: Gate, ledger: Ledger, known: Repertoire) -> AsyncIterator[Discord]:
    bot = bot_at(door, ledger, known)
    task = asyncio.create_task(bot.run())
    try:
        yield bot
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def number_now(after: int = 0) -> int:
    return discord.utils.time_snowflake(datetime.now(UTC)) + after


async def test_it_asks_for_no_privileged_intent(door: Gate, known: Repertoire) -> None:
    """Neither members nor presences nor what people say to each other; and the commands are registered."""
    async with running(door, Ledger(), known):
        await door.until(lambda: door.calls("PUT", "applications/901/commands"))
    intents = discord.Intents._from_value(door.greeted(IDENTIFY)[0]["intents"])

    assert not any((intents.members, intents.presences, intents.message_content))
    assert intents.guilds
    assert intents.guild_messages
    assert intents.dm_messages


async def test_a_token_that_is_not_known(door: Gate, known: Repertoire) -> None:
    """The host reads what to do; nobody tries on."""
    door.knows_token = False
    with pytest.raises(Misconfigured, match="Reset Token"):
        await bot_at(door, Ledger(), known).run()

    assert len(door.asked) == 1


@pytest.mark.parametrize(("code", "cure"), [(4004, "Reset Token"), (4014, "Privileged Gateway Intents")])
async def test_a_door_that_is_shut(door: Gate, known: Repertoire, code: int, cure: str) -> None:
    """A token that was reset meanwhile, and intents that are refused."""
    door.refuses = code
    with pytest.raises(Misconfigured, match=cure):
        await bot_at(door, Ledger(), known).run()


async def test_a_drop_loses_nothing(door: Gate, known: Repertoire) -> None:
    """What happened meanwhile is told to whoever resumes, in order."""
    ledger = Ledger()
    async with running(door, ledger, known):
        await door.until(lambda: door.line)
        await door.drop()
        await door.tell("MESSAGE_CREATE", reply("one", guild_id=str(GUILD)))
        await door.tell("MESSAGE_CREATE", reply("two", number=802, guild_id=str(GUILD)))
        await door.until(lambda: len(ledger.words) == 2)

    assert ledger.words == ["one", "two"]
    assert len(door.greeted(IDENTIFY)) == 1
    assert door.greeted(RESUME)[0]["session_id"] == "one"


async def test_being_asked_to_reconnect(door: Gate, known: Repertoire) -> None:
    """Discord moves its connections about; the same one goes on elsewhere."""
    async with running(door, Ledger(), known):
        await door.until(lambda: door.line)
        assert door.line is not None
        await door.line.send_json({"op": RECONNECT})
        await door.until(lambda: door.greeted(RESUME))

    assert len(door.greeted(IDENTIFY)) == 1


async def test_what_cannot_be_read_stops_nothing(
    door: Gate, known: Repertoire, caplog: pytest.LogCaptureFixture
) -> None:
    """An event of a shape that nobody knows is one line in the log, and those behind it are heard."""
    ledger = Ledger()
    async with running(door, ledger, known):
        await door.until(lambda: door.line)
        await door.tell("MESSAGE_CREATE", {"id": "1", "content": "a secret"})
        await door.tell("MESSAGE_CREATE", reply("heard", guild_id=str(GUILD)))
        await door.until(lambda: ledger.words)

    assert ledger.words == ["heard"]
    assert "cannot be read (KeyError)" in caplog.text
    assert "a secret" not in caplog.text


async def test_discord_is_down(door: Gate, known: Repertoire) -> None:
    """Posts wait, and it is asked again until it is there."""
    port = int(door.url.rpartition(":")[2])
    await door.end()
    async with running(door, Ledger(), known) as bot:
        await door.begin(port)
        # A delivery that is due at the start waits for the connection.
        await bot.deliver(POST, room(CHANNEL), "key")
        await door.end()
        with pytest.raises(Unanswered):
            await bot.deliver(POST, room(CHANNEL), "key")

    assert len(door.calls("POST", f"channels/{CHANNEL}/messages")) == 1


async def test_a_post_is_the_same_one_when_it_is_tried_again(door: Gate, known: Repertoire) -> None:
    """Discord drops the second of two messages with one nonce."""
    async with running(door, Ledger(), known) as bot:
        for key in ("one", "one", "two"):
            await bot.deliver(POST, room(CHANNEL), key)
    first, again, other = door.calls("POST", f"channels/{CHANNEL}/messages")

    assert first == again
    assert first["enforce_nonce"]
    assert first["nonce"] != other["nonce"]


async def test_direct_messages_are_opened_once(door: Gate, known: Repertoire) -> None:
    """Their channel is remembered."""
    async with running(door, Ledger(), known) as bot:
        for key in ("one", "two"):
            await bot.deliver(POST, InPrivate("discord", "101"), key)

    assert door.calls("POST", "users/@me/channels") == [{"recipient_id": "101"}]


async def test_what_was_written_meanwhile_is_read(door: Gate, known: Repertoire) -> None:
    """Replies to us that were not heard, oldest first; what was, what hides its words and ambient words are left."""
    door.history = [
        reply("first", number=number_now(1)),
        reply("recorded", number=number_now(2)),
        message("ambient", number=number_now(3)),
        reply("", pings=False, number=number_now(4)),
        reply("second", number=number_now(5)),
    ]
    ledger = Ledger(before={f"m{door.history[1]['id']}"})
    async with running(door, ledger, known):
        await door.until(lambda: len(ledger.words) == 2)
        await door.until(lambda: len(door.received) == 2)

    assert ledger.words == ["first", "second"]
    assert [event.id for event in ledger.heard] == [f"m{door.history[at]['id']}" for at in (0, 4)]
    assert door.received == [door.history[at]["id"] for at in (0, 4)]


async def test_what_is_gone(door: Gate, known: Repertoire) -> None:
    """A message that vanishes is told with its author; a server that is only away is no removal."""
    ledger = Ledger()
    async with running(door, ledger, known):
        await door.until(lambda: door.line)
        await door.tell("MESSAGE_CREATE", reply("one", guild_id=str(GUILD)))
        await door.until(lambda: ledger.words)
        await door.tell("MESSAGE_DELETE", {"id": "801", "channel_id": str(CHANNEL), "guild_id": str(GUILD)})
        await door.tell("GUILD_DELETE", {"id": str(GUILD), "unavailable": True})
        await door.tell("GUILD_DELETE", {"id": str(GUILD)})
        await door.until(lambda: len(ledger.heard) == 3)
    _, vanished, removed = ledger.heard

    assert isinstance(vanished, Vanished)
    assert vanished.person.user == "101"
    assert isinstance(removed, BotRemoved)
    assert removed.place == room(CHANNEL)
