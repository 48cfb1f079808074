"""Looks at the Discord side of a set-up, without beginning a session on the gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import discord
import yarl
from discord.http import Route

from adapters.discord.announcing import are_as_wanted, wanted_command
from adapters.discord.places import adding_link
from adapters.discord.rights import RIGHTS, Shape, is_thread, lacking, permitted, vital
from adapters.reaching import Line, NotAsked, Told, line_to
from bot.commands import COMMANDS
from bot.errors import Misconfigured
from bot.findings import Finding, fine, look, wrong
from bot.ports import Words

NAME = "Discord"
PORTAL = "https://discord.com/developers/applications"
WRONG_TOKEN = (
    f"Discord does not know this token. Get one at {PORTAL} (your application, Bot, Reset Token) and copy it whole."
)
CALLED = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__})"
"""Discord turns away whoever does not introduce themselves like this (developers/reference, User Agent)."""

PRIVILEGED = (1 << 12) | (1 << 13) | (1 << 14) | (1 << 15) | (1 << 18) | (1 << 19)
"""An application's flags for presences, members and message content (developers/resources/application)."""

FEW_STARTS = 50
MOST_SERVERS = 200
"""How many servers Discord lists at once."""

MOST_ROOMS = 20
"""How many of the couples' channels are looked at."""

ODD = (
    "If api_url is set in config.toml, check that it ends in /api/v10; "
    "if it is not, something in this network answers in Discord's place."
)
NO_GATEWAY = (
    "Check this machine's network (and gateway_url in config.toml, where one is set): "
    "it is a websocket (wss), which not every proxy lets through."
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot as Discord knows it."""

    id: str
    name: str
    is_public: bool
    asks_for_code: bool
    hears_more: bool
    answers_elsewhere: bool

    @property
    def called(self) -> str:
        """How people name it there."""
        return self.name

    @property
    def adding_link(self) -> str:
        """Where to add it to a server."""
        return adding_link(self.id)

    @property
    def page(self) -> str:
        """Where its owner sets it up."""
        return f"{PORTAL}/{self.id}"


async def identify(token: str, api_url: str) -> Identity:
    """Who the bot is; raises Misconfigured for a wrong token and Unanswered where Discord is not reached."""
    async with line_to(NAME) as line:
        with _read_as_discords():
            return await _identity(Asker(line, api_url, token))


async def check(
    token: str, api_url: str, words: Words, rooms: Iterable[str], *, gateway_url: str = ""
) -> list[Finding]:
    """Everything about Discord that can be wrong; *rooms* are the couples' channels there."""
    found: list[Finding] = []
    async with line_to(NAME) as line:
        try:
            with _read_as_discords():
                async for finding in _findings(Asker(line, api_url, token), gateway_url, words, list(rooms)):
                    found.append(finding)
        except Misconfigured as problem:
            found.append(wrong("discord: the token is not accepted", str(problem)))
        except NotAsked as problem:
            found.append(wrong(f"discord: {problem}", problem.cure))
    return found


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks in the bot's name; an empty address is Discord's own."""

    line: Line
    api_url: str
    token: str

    async def told(self, path: str) -> Told:
        """The answer, whatever it is; raises Misconfigured where the token is not known."""
        url = f"{self.api_url or Route.BASE}{path}"
        told = await self.line.ask("GET", url, headers={"Authorization": f"Bot {self.token}", "User-Agent": CALLED})
        if told.status == 401:
            raise Misconfigured(WRONG_TOKEN)
        if told.status == 429:
            raise NotAsked("it asks to slow down (429)", "Wait some minutes and try again.")
        return told

    async def found(self, path: str) -> Any:
        """What is there; raises NotAsked where there is no proper answer."""
        told = await self.told(path)
        if told.status != 200:
            raise NotAsked(f"it answers {told.status}", ODD)
        return told.body


@contextmanager
def _read_as_discords() -> Iterator[None]:
    """What has another shape than Discord's answers is none of them; raises NotAsked."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as trouble:
        raise NotAsked("it answers something that is no answer", ODD) from trouble


async def _identity(asker: Asker) -> Identity:
    application = await asker.found("/applications/@me")
    return Identity(
        str(int(application["id"])),
        str((application.get("bot") or application).get("username") or application.get("name")),
        is_public=bool(application.get("bot_public", True)),
        asks_for_code=bool(application.get("bot_require_code_grant")),
        hears_more=bool(int(application.get("flags") or 0) & PRIVILEGED),
        answers_elsewhere=bool(application.get("interactions_endpoint_url")),
    )


async def _findings(asker: Asker, gateway_url: str, words: Words, rooms: list[str]) -> AsyncIterator[Finding]:
    me = await asker.told("/users/@me")
    identity = await _identity(asker)
    yield fine(f"discord: the bot is {identity.name} (application {identity.id})")
    yield asker.line.clock(me.skew)
    for finding in (*_adding(identity), *_hearing(identity)):
        yield finding
    yield await _gateway(asker, gateway_url)
    yield await _commands(asker, identity, words)
    yield fine(f"discord: add it to a server with {identity.adding_link}")
    yield _servers(len(await asker.found("/users/@me/guilds")))
    for room in rooms[:MOST_ROOMS]:
        yield await _room(asker, identity, room)


def _adding(identity: Identity) -> list[Finding]:
    code = (
        wrong(
            "discord: whoever adds it is asked for a code, so the link does nothing",
            f"At {identity.page}/bot switch off Requires OAuth2 Code Grant.",
        )
        if identity.asks_for_code
        else fine("discord: its link adds it without a code")
    )
    who = "anybody with the link" if identity.is_public else "only its owner"
    return [code, fine(f"discord: {who} can add it to a server")]


def _hearing(identity: Identity) -> list[Finding]:
    hears = (
        look(
            "discord: privileged intents are switched on; the bot needs none and asks for none",
            f"At {identity.page}/bot switch off what stands under Privileged Gateway Intents.",
        )
        if identity.hears_more
        else fine("discord: no privileged intents, so it reads only what mentions it or is written to it")
    )
    answers = (
        wrong(
            "discord: commands and presses are sent to another address, so the bot hears none of them",
            f"At {identity.page}/information empty Interactions Endpoint URL.",
        )
        if identity.answers_elsewhere
        else fine("discord: commands and presses come to the bot")
    )
    return [hears, answers]


async def _gateway(asker: Asker, gateway_url: str) -> Finding:
    told = await asker.found("/gateway/bot")
    left = int(told["session_start_limit"]["remaining"])
    try:
        # Its greeting comes to anybody; without an answer to it no session begins, and none of the day's is used up.
        address = yarl.URL(gateway_url or told["url"]).with_query(v="10", encoding="json")
        hello = await asker.line.first_word(str(address))
    except NotAsked as problem:
        return wrong(f"discord: the gateway: {problem}", NO_GATEWAY)
    if not isinstance(hello, dict) or "heartbeat_interval" not in (hello.get("d") or ()):
        return wrong("discord: the gateway: it answers something that is no answer", NO_GATEWAY)
    if left >= FEW_STARTS:
        return fine("discord: the gateway can be reached")
    return look(
        f"discord: it may connect anew only {left} times more today, so something makes it start again and again",
        "Look into the log for what ends it.",
    )


async def _commands(asker: Asker, identity: Identity, words: Words) -> Finding:
    found = await asker.found(f"/applications/{identity.id}/commands?with_localizations=true")
    if are_as_wanted(found, [wanted_command(command, words) for command in COMMANDS]):
        return fine(f"discord: its {len(found)} commands are registered")
    return fine("discord: its commands are written at the next start")


def _servers(count: int) -> Finding:
    if not count:
        return fine("discord: it is in no server yet")
    many = f"{count} servers" + (" or more" if count >= MOST_SERVERS else "")
    return fine(f"discord: it is in {many if count > 1 else '1 server'}")


async def _room(asker: Asker, identity: Identity, number: str) -> Finding:
    told = await asker.told(f"/channels/{number}")
    if told.status != 200:
        cure = "If the two still want it there, add the bot again or let it see the channel; then /start there."
        return look(f"discord: a couple's channel ({number}) is gone, or closed to the bot", cure)
    channel, server = told.body, told.body["guild_id"]
    name = f"#{channel.get('name', number)}"
    member = await asker.found(f"/guilds/{server}/members/{identity.id}")
    has = await _permitted(asker, identity, channel, member)
    return _silenced(name, channel, member, has) or _permission(name, channel, has, identity)


async def _permitted(asker: Asker, identity: Identity, channel: Shape, member: Shape) -> discord.Permissions:
    roles = await asker.found(f"/guilds/{channel['guild_id']}/roles")
    parent = await asker.found(f"/channels/{channel['parent_id']}") if is_thread(channel) else channel
    overwrites = parent.get("permission_overwrites") or ()
    return permitted(member, identity.id, channel["guild_id"], roles, overwrites)


def _silenced(name: str, channel: Shape, member: Shape, has: discord.Permissions) -> Finding | None:
    """What keeps it from writing there, whatever its rights are."""
    until = discord.utils.parse_time(member.get("communication_disabled_until"))
    if until is not None and until > discord.utils.utcnow() and not has.administrator:
        cure = "Whoever tends the server: click its name there, Remove Timeout."
        return wrong(f"discord: in {name} it may not write, as the server gave it a timeout", cure)
    if is_thread(channel) and channel["thread_metadata"].get("locked") and not has.manage_threads:
        cure = "Whoever tends the server: unlock the thread. Or the two go on elsewhere with /start."
        return wrong(f"discord: in {name} it may not write, as the thread is locked", cure)
    return None


def _permission(name: str, channel: Shape, has: discord.Permissions, identity: Identity) -> Finding:
    lacks = lacking(channel, has)
    if not lacks:
        beside = ", and enter the times that the two set among the server's events" if has.create_events else ""
        return fine(f"discord: it may do in {name} what it needs to{beside}")
    said = f"discord: in {name} it may not {', '.join(RIGHTS[right] for right in lacks)}"
    cure = f"In the server's settings, under Roles, let the role {identity.name} do that (or in the channel's)."
    return wrong(said, cure) if vital(channel) & set(lacks) else look(said, cure)
