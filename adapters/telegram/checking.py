"""Looks at the Telegram side of a set-up, without taking in a single update.

The requests are made by hand: the library hides the answers' Date, by which the machine's clock is checked.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from adapters.telegram.places import JUST_ADDED
from bot.errors import Misconfigured, Unanswered
from bot.findings import Finding, fine, look, wrong

SECONDS = 10
POLL_SECONDS = 6
"""Longer than another program waits before it polls again."""

SLOW_CLOCK, WRONG_CLOCK = 5, 60
WRONG_TOKEN = "Telegram does not know this token. Copy it whole from @BotFather (/mybots, API Token)."  # noqa: S105 - no token


NETWORK = "Check this machine's network (and api_url in config.toml, where one is set)."
THEIRS = "That is Telegram's trouble, not yours: try again in a minute."


class NotAsked(Unanswered):
    """Telegram could not be asked."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(why)
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot as Telegram knows it."""

    name: str
    joins_groups: bool
    hears_all: bool

    @property
    def link(self) -> str:
        """Where to meet it."""
        return f"https://t.me/{self.name}"

    @property
    def adding_link(self) -> str:
        """Where to add it to a group."""
        return f"{self.link}?startgroup={JUST_ADDED}"

    def host_link(self, code: str) -> str:
        """What its host opens once."""
        return f"{self.link}?start=host-0-{code}"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of the Bot API: what it said, and how far this machine's clock is from its own (seconds)."""

    body: dict[str, Any]
    skew: float

    @property
    def result(self) -> dict[str, Any]:
        found = self.body.get("result")
        return found if isinstance(found, dict) else {}

    @property
    def code(self) -> int:
        found = 200 if self.body.get("ok") is True else self.body.get("error_code")
        return found if isinstance(found, int) else 0


async def identify(token: str, api_url: str) -> Identity:
    """Who the bot is; raises Misconfigured for a wrong token and Unanswered where Telegram is not reached."""
    async with _line() as line:
        return _identity(await _ask(line, api_url, token, "getMe"))


async def check(token: str, api_url: str, *, running: bool) -> list[Finding]:
    """Everything about Telegram that can be wrong; *running*: this bot is at work here, so it is not disturbed."""
    found: list[Finding] = []
    async with _line() as line:
        try:
            async for finding in _findings(line, api_url, token, running=running):
                found.append(finding)
        except Misconfigured as problem:
            found.append(wrong("telegram: the token is not accepted", str(problem)))
        except NotAsked as problem:
            found.append(wrong(f"telegram: {problem}", problem.cure))
    return found


async def _findings(line: aiohttp.ClientSession, api_url: str, token: str, *, running: bool) -> AsyncIterator[Finding]:
    told = await _ask(line, api_url, token, "getMe")
    identity = _identity(told)
    yield fine(f"telegram: the bot is @{identity.name}")
    for right in _rights(identity):
        yield right
    yield clock_finding(told.skew)
    webhook = await _ask(line, api_url, token, "getWebhookInfo")
    yield _webhook(webhook)
    if running:
        yield fine("telegram: the bot is running here")
    elif not webhook.result.get("url"):
        yield await _pollers(line, api_url, token)


def _rights(identity: Identity) -> list[Finding]:
    joins = (
        fine("telegram: it can be added to groups")
        if identity.joins_groups
        else wrong("telegram: it cannot be added to groups", "In @BotFather: /setjoingroups, choose the bot, Enable.")
    )
    hears = (
        look(
            "telegram: group privacy is off, so the bot is sent every message of a group (it drops them unread)",
            "In @BotFather: /setprivacy, choose the bot, Enable; then take it out of the group and add it again.",
        )
        if identity.hears_all
        else fine("telegram: group privacy is on, so it hears only commands and replies to itself")
    )
    return [joins, hears]


def clock_finding(skew: float) -> Finding:
    """How far this machine's clock is from Telegram's, in seconds; ahead is positive."""
    if abs(skew) <= SLOW_CLOCK:
        return fine("clock: as Telegram's")
    said = f"clock: {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} Telegram's"
    cure = "Let the system set its clock from the network (for example `timedatectl set-ntp true`)."
    return wrong(said, cure) if abs(skew) > WRONG_CLOCK else look(said, cure)


def _webhook(told: Told) -> Finding:
    waiting = told.result.get("pending_update_count", 0)
    if not told.result.get("url"):
        return fine(f"telegram: no webhook; {waiting} updates wait to be taken in")
    failed = str(told.result.get("last_error_message", ""))
    return look(
        f"telegram: a webhook is set, so another program may be taking in this bot's messages ({waiting} wait"
        + (f"; the last attempt failed: {failed})" if failed else ")"),
        "If nothing else uses this token, just start: `couple-rituals run` takes the webhook away.",
    )


async def _pollers(line: aiohttp.ClientSession, api_url: str, token: str) -> Finding:
    # Without an offset nothing is confirmed, so nothing is taken from the bot. A second poller ends the first one's
    # request, and the other program's next one would end ours; where updates wait, nobody else takes them in.
    told = await _ask(line, api_url, token, "getUpdates", limit="1", timeout=str(POLL_SECONDS))
    if told.code == 409:
        return wrong(
            "telegram: another program takes in this bot's messages",
            "Stop the other one; or send /revoke to @BotFather, and use the new token here alone.",
        )
    if told.code != 200:
        raise _odd(told)
    return fine("telegram: nobody else takes in its messages")


def _identity(told: Told) -> Identity:
    if told.code in (401, 404):
        raise Misconfigured(WRONG_TOKEN)
    if told.code != 200 or "username" not in told.result:
        raise _odd(told)
    me = told.result
    return Identity(
        str(me["username"]),
        joins_groups=bool(me.get("can_join_groups", True)),
        hears_all=bool(me.get("can_read_all_group_messages")),
    )


def _odd(told: Told) -> NotAsked:
    if told.code in (0, 200):
        return NotAsked("it answers something that is no answer", NETWORK)
    return NotAsked(f"it answers {told.code}", THEIRS)


async def _ask(line: aiohttp.ClientSession, api_url: str, token: str, method: str, **asked: str) -> Told:
    try:
        async with line.post(f"{api_url}/bot{token}/{method}", data=asked) as answer:
            if answer.status >= 500:
                raise NotAsked(f"it answers {answer.status}", THEIRS)
            body = await answer.json(content_type=None)
            dated = answer.headers.get("Date")
            skew = time.time() - parsedate_to_datetime(dated).timestamp() if dated else 0.0
            return Told(body if isinstance(body, dict) else {}, skew)
    except (TimeoutError, aiohttp.ClientError, ValueError) as trouble:
        # Without "from": the library's message has the address, and the token in it.
        raise _unreached(trouble) from None


def _unreached(trouble: Exception) -> NotAsked:
    match trouble:
        case TimeoutError():
            return NotAsked(f"no answer within {SECONDS} s", NETWORK)
        case aiohttp.ClientConnectorDNSError():
            return NotAsked("no connection (its address is not found: no DNS)", NETWORK)
        case aiohttp.ClientSSLError():
            return NotAsked("no secure connection (TLS)", "Check this machine's clock, its certificates and any proxy.")
        case aiohttp.ClientConnectorError():
            return NotAsked("no connection (refused, or no way there)", NETWORK)
        case _:
            return NotAsked(f"no proper answer ({type(trouble).__name__})", NETWORK)


@asynccontextmanager
async def _line() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as line:
        yield line
