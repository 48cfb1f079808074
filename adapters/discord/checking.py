"""Looks at the Discord side of a set-up, without connecting to the gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import discord
from discord.http import Route

from adapters.discord.announcing import are_as_wanted, wanted_command
from adapters.discord.places import adding_link
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
PRIVILEGED = (1 << 12) | (1 << 13) | (1 << 14) | (1 << 15) | (1 << 18) | (1 << 19)
"""An application's flags for presences, members and message content (developers/resources/application)."""

FEW_STARTS = 50
MOST_ROOMS = 20
"""How many of the couples' channels are looked at."""

RIGHTS = {
    "view_channel": "see the channel",
    "send_messages": "write",
    "send_messages_in_threads": "write in threads",
    "read_message_history": "read what was written while it was away",
    "add_reactions": "put its mark on replies",
    "attach_files": "show pictures",
}
NEEDED = frozenset({"view_channel", "send_messages"})


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot as Discord knows it."""

    id: str
    name: str
    is_public: bool
    asks_for_code: bool
    hears_more: bool

    @property
    def called(self) -> str:
        """How people name it there."""
        return self.name

    @property
    def adding_link(self) -> str:
        """Where to add it to a server."""
        return adding_link(self.id)


async def identify(token: str, api_url: str) -> Identity:
    """Who the bot is; raises Misconfigured for a wrong token and Unanswered where Discord is not reached."""
    async with line_to(NAME) as line:
        return await _identity(Asker(line, api_url, token))


async def check(token: str, api_url: str, words: Words, rooms: Iterable[str]) -> list[Finding]:
    """Everything about Discord that can be wrong; *rooms* are the couples' channels there."""
    found: list[Finding] = []
    async with line_to(NAME) as line:
        try:
            async for finding in _findings(Asker(line, api_url, token), words, list(rooms)):
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
        told = await self.line.ask("GET", url, headers={"Authorization": f"Bot {self.token}"})
        if told.status == 401:
            raise Misconfigured(WRONG_TOKEN)
        if told.status == 429:
            raise NotAsked("it asks to slow down (429)", "Wait some minutes and try again.")
        return told

    async def found(self, path: str) -> Any:
        """What is there; raises NotAsked where there is no proper answer."""
        told = await self.told(path)
        if told.status != 200:
            raise self.line.odd() if told.status == 404 else self.line.trouble(told.status)
        return told.body


async def _identity(asker: Asker) -> Identity:
    application = await asker.found("/applications/@me")
    if not isinstance(application, dict) or "id" not in application:
        raise asker.line.odd()
    return Identity(
        str(application["id"]),
        str((application.get("bot") or application).get("username") or application.get("name")),
        is_public=bool(application.get("bot_public", True)),
        asks_for_code=bool(application.get("bot_require_code_grant")),
        hears_more=bool(int(application.get("flags") or 0) & PRIVILEGED),
    )


async def _findings(asker: Asker, words: Words, rooms: list[str]) -> AsyncIterator[Finding]:
    me = await asker.told("/users/@me")
    identity = await _identity(asker)
    yield fine(f"discord: the bot is {identity.name} (application {identity.id})")
    yield asker.line.clock(me.skew)
    for finding in _settings(identity):
        yield finding
    yield await _starts(asker)
    yield await _commands(asker, identity, words)
    servers = await asker.found("/users/@me/guilds")
    yield fine(f"discord: add it to a server with {identity.adding_link}")
    yield fine(f"discord: it is in {len(servers)} servers" if len(servers) != 1 else "discord: it is in 1 server")
    for room in rooms[:MOST_ROOMS]:
        yield await _room(asker, identity, room)


def _settings(identity: Identity) -> list[Finding]:
    page = f"{PORTAL}/{identity.id}"
    code = (
        wrong(
            "discord: whoever adds it is asked for a code, so the link does nothing",
            f"At {page}/bot switch off Requires OAuth2 Code Grant.",
        )
        if identity.asks_for_code
        else fine("discord: its link adds it without a code")
    )
    added = (
        fine("discord: anybody with the link can add it")
        if identity.is_public
        else fine("discord: only its owner can add it to a server")
    )
    hears = (
        look(
            "discord: privileged intents are switched on; the bot needs none and asks for none",
            f"At {page}/bot switch off what stands under Privileged Gateway Intents.",
        )
        if identity.hears_more
        else fine("discord: no privileged intents, so it reads only what mentions it or is written to it")
    )
    return [code, added, hears]


async def _starts(asker: Asker) -> Finding:
    left = (await asker.found("/gateway/bot"))["session_start_limit"]["remaining"]
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


async def _room(asker: Asker, identity: Identity, number: str) -> Finding:
    told = await asker.told(f"/channels/{number}")
    if told.status in (403, 404):
        cure = "If the two still want it there, add the bot again or let it see the channel; then /start there."
        return look(f"discord: a couple's channel ({number}) is gone, or closed to the bot", cure)
    channel = told.body
    has = await _rights(asker, identity, channel)
    lacking = [right for right in RIGHTS if right not in has]
    name = f"#{channel.get('name', number)}"
    if not lacking:
        return fine(f"discord: it may do in {name} what it needs to")
    said = f"discord: in {name} it may not {', '.join(RIGHTS[right] for right in lacking)}"
    cure = f"In the server's settings, under Roles, let the role {identity.name} do that (or in the channel's)."
    return wrong(said, cure) if NEEDED & set(lacking) else look(said, cure)


async def _rights(asker: Asker, identity: Identity, channel: dict[str, Any]) -> set[str]:
    """What the bot may do in a channel: its roles first, then what the channel changes about them."""
    server = channel["guild_id"]
    member = await asker.found(f"/guilds/{server}/members/{identity.id}")
    roles = {one["id"]: int(one["permissions"]) for one in await asker.found(f"/guilds/{server}/roles")}
    mine = {server, *member["roles"]}
    allowed = 0
    for role in mine & roles.keys():
        allowed |= roles[role]
    if discord.Permissions(allowed).administrator:
        return set(RIGHTS)
    parent = await asker.found(f"/channels/{channel['parent_id']}") if "thread_metadata" in channel else channel
    overwrites = {one["id"]: one for one in parent.get("permission_overwrites") or ()}
    for group in ({server}, mine - {server}, {identity.id}):
        meant = [overwrites[one] for one in group if one in overwrites]
        for one in meant:
            allowed &= ~int(one["deny"])
        for one in meant:
            allowed |= int(one["allow"])
    has = discord.Permissions(allowed)
    # Whoever does not see a channel has no right in it.
    return {right for right in RIGHTS if has.view_channel and getattr(has, right)}
