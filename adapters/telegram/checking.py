"""Looks at the Telegram side of a set-up, without taking in a single update."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from adapters.reaching import Line, NotAsked, Told, line_to
from adapters.telegram.places import JUST_ADDED
from bot.errors import Misconfigured
from bot.findings import Finding, fine, look, wrong

NAME = "Telegram"
POLL_SECONDS = 6
"""Longer than another program waits before it polls again."""

WRONG_TOKEN = "Telegram does not know this token. Copy it whole from @BotFather (/mybots, API Token)."  # noqa: S105 - no token


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot as Telegram knows it."""

    name: str
    joins_groups: bool
    hears_all: bool

    @property
    def called(self) -> str:
        """How people name it there."""
        return f"@{self.name}"

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


async def identify(token: str, api_url: str) -> Identity:
    """Who the bot is; raises Misconfigured for a wrong token and Unanswered where Telegram is not reached."""
    async with line_to(NAME) as line:
        return _identity(line, await _ask(line, api_url, token, "getMe"))


async def check(token: str, api_url: str, *, running: bool) -> list[Finding]:
    """Everything about Telegram that can be wrong; *running*: this bot is at work here, so it is not disturbed."""
    found: list[Finding] = []
    async with line_to(NAME) as line:
        try:
            async for finding in _findings(line, api_url, token, running=running):
                found.append(finding)
        except Misconfigured as problem:
            found.append(wrong("telegram: the token is not accepted", str(problem)))
        except NotAsked as problem:
            found.append(wrong(f"telegram: {problem}", problem.cure))
    return found


async def _findings(line: Line, api_url: str, token: str, *, running: bool) -> AsyncIterator[Finding]:
    told = await _ask(line, api_url, token, "getMe")
    identity = _identity(line, told)
    yield fine(f"telegram: the bot is @{identity.name}")
    for right in _rights(identity):
        yield right
    yield line.clock(told.skew)
    webhook = await _ask(line, api_url, token, "getWebhookInfo")
    yield _webhook(webhook)
    if running:
        yield fine("telegram: the bot is running here")
    elif not _result(webhook).get("url"):
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


def _webhook(told: Told) -> Finding:
    waiting = _result(told).get("pending_update_count", 0)
    if not _result(told).get("url"):
        return fine(f"telegram: no webhook; {waiting} updates wait to be taken in")
    failed = str(_result(told).get("last_error_message", ""))
    return look(
        f"telegram: a webhook is set, so another program may be taking in this bot's messages ({waiting} wait"
        + (f"; the last attempt failed: {failed})" if failed else ")"),
        "If nothing else uses this token, just start: `couple-rituals run` takes the webhook away.",
    )


async def _pollers(line: Line, api_url: str, token: str) -> Finding:
    # Without an offset nothing is confirmed, so nothing is taken from the bot. A second poller ends the first one's
    # request, and the other program's next one would end ours; where updates wait, nobody else takes them in.
    told = await _ask(line, api_url, token, "getUpdates", limit="1", timeout=str(POLL_SECONDS))
    if _code(told) == 409:
        return wrong(
            "telegram: another program takes in this bot's messages",
            "Stop the other one; or send /revoke to @BotFather, and use the new token here alone.",
        )
    if _code(told) != 200:
        raise _odd(line, told)
    return fine("telegram: nobody else takes in its messages")


def _identity(line: Line, told: Told) -> Identity:
    if _code(told) in (401, 404):
        raise Misconfigured(WRONG_TOKEN)
    me = _result(told)
    if _code(told) != 200 or "username" not in me:
        raise _odd(line, told)
    return Identity(
        str(me["username"]),
        joins_groups=bool(me.get("can_join_groups", True)),
        hears_all=bool(me.get("can_read_all_group_messages")),
    )


def _odd(line: Line, told: Told) -> NotAsked:
    return line.odd() if _code(told) in (0, 200) else line.trouble(_code(told))


def _result(told: Told) -> dict[str, Any]:
    found = told.body.get("result") if isinstance(told.body, dict) else None
    return found if isinstance(found, dict) else {}


def _code(told: Told) -> int:
    """What the answer's body says; 0 where it says nothing."""
    body = told.body if isinstance(told.body, dict) else {}
    found = 200 if body.get("ok") is True else body.get("error_code")
    return found if isinstance(found, int) else 0


async def _ask(line: Line, api_url: str, token: str, method: str, **asked: str) -> Told:
    return await line.ask("POST", f"{api_url}/bot{token}/{method}", data=asked)
