"""Sets a bot up, question by question."""

from __future__ import annotations

import asyncio
import secrets
import string
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.telegram.checking import Identity, identify
from bot.config import TELEGRAM_API, is_telegram_token, read_config
from bot.configfile import Setting, write
from bot.errors import Misconfigured, Unanswered
from bot.zones import known

TRIES = 3
CODE_ALPHABET = string.ascii_lowercase + string.digits
CODE_LENGTH = 24
NO_ENVIRONMENT: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Whom we talk to: *ask* shows what is typed, *ask_hidden* does not."""

    tell: Callable[[str], None]
    ask: Callable[[str], str]
    ask_hidden: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier config.toml says, as it is written there; its token may stand elsewhere."""

    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    token: str = field(default="", repr=False)

    @property
    def telegram(self) -> dict[str, str]:
        return dict(self.settings.get("telegram", {}))


def set_up(path: Path, terminal: Terminal, *, api_url: str, timezone: str, overwrite: bool) -> None:
    """Ask, check, write, and say what comes next; raises Misconfigured where it cannot go on."""
    _refuse(path, api_url, overwrite=overwrite)
    terminal.tell("Setting up Couple Rituals. Ctrl+C stops, and then nothing is written.\n")
    before = _before(path, terminal)
    url = api_url or before.telegram.get("api_url", TELEGRAM_API)
    token, identity = _token(terminal, url, before.token)
    host = _host(terminal, before.settings.get("host", ""))
    zone = _zone(terminal, before.settings.get("timezone", timezone))
    code = before.settings.get("host_code") or "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    settings: dict[str, Setting] = {"couples": "ask-host", **before.settings}
    settings |= {"timezone": zone, "host": host, "host_code": code, "telegram": _telegram(before, token, url)}
    write(path, settings)
    terminal.tell(f"\n{path} is written; only you can read it.\n")
    terminal.tell(_what_next(identity, code) if token else NO_TOKEN)


def _refuse(path: Path, api_url: str, *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise Misconfigured(f"{path} is there already. Keep it, or write it anew with `couple-rituals init --force`.")
    if api_url and not api_url.startswith(("https://", "http://")):
        raise Misconfigured("--telegram-api-url takes an address such as http://localhost:8081.")


def _before(path: Path, terminal: Terminal) -> Before:
    """Nothing is lost with an earlier file: the database that it names, above all."""
    if not path.exists():
        return Before()
    try:
        config = read_config(path, NO_ENVIRONMENT)
    except Misconfigured as problem:
        terminal.tell(f"{problem}\nSo all of it is written anew.\n")
        return Before()
    terminal.tell(f"What {path} says is kept, but for what you answer now.\n")
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    return Before(settings, config.telegram.token if config.telegram else "")


def _telegram(before: Before, token: str, url: str) -> dict[str, str]:
    if token == before.token:
        return {**before.telegram, "api_url": url}
    # A token in a file of its own would only confuse from now on.
    return {"token": token, "api_url": url}


def _token(terminal: Terminal, url: str, before: str) -> tuple[str, Identity | None]:
    terminal.tell(
        "Telegram: open https://t.me/BotFather, send /newbot, and answer its two questions.\n"
        "It then shows a token, such as 123456789:ABC-def; paste it here (it is not shown)."
    )
    for _ in range(TRIES):
        token = terminal.ask_hidden(f"Token (empty: {'the one you have' if before else 'later'}): ").strip() or before
        if not token:
            return "", None
        if not is_telegram_token(token):
            terminal.tell("That is not a token. It looks like 123456789:ABC-def; copy it whole, and nothing else.")
            continue
        try:
            identity = asyncio.run(identify(token, url))
        except Misconfigured as problem:
            terminal.tell(str(problem))
        except Unanswered as problem:
            return _unchecked(terminal, token, problem), None
        else:
            terminal.tell(f"That is @{identity.name}.\n")
            return token, identity
    raise Misconfigured("Nothing was written. Look the token up in @BotFather (/mybots) and try again.")


def _unchecked(terminal: Terminal, token: str, problem: Unanswered) -> str:
    terminal.tell(f"Telegram could not be asked: {problem}. The token was not checked.")
    if terminal.ask("Write it all the same (y/n)? ").strip().lower().startswith("y"):
        return token
    raise Misconfigured("Nothing was written. Try again when Telegram can be reached.") from problem


def _host(terminal: Terminal, usual: str) -> str:
    named = "How are you named to the couples who use this bot? Your first name will do"
    return terminal.ask(f"{named} (empty: {usual or 'not at all'}): ").strip() or usual


def _zone(terminal: Terminal, usual: str) -> str:
    for _ in range(TRIES):
        typed = terminal.ask(f"Time zone that new couples begin with (empty: {usual}): ").strip()
        if not typed or known(typed):
            return typed or usual
        terminal.tell(f"{typed!r} is not a time zone. Names look like Europe/Lisbon.")
    terminal.tell(f"{usual} is taken; `timezone` in the file changes it.")
    return usual


def _what_next(identity: Identity | None, code: str) -> str:
    # Whom nobody could ask about is named as the example does.
    bot = identity or Identity("YOUR_BOT", joins_groups=True, hears_all=False)
    rights = "" if bot.joins_groups else "\n   First, in @BotFather: /setjoingroups, choose the bot, Enable."
    privacy = (
        "Group privacy is off for this bot, so Telegram sends it every message of a group. It needs none of them:\n"
        "in @BotFather send /setprivacy, choose the bot, Enable."
        if bot.hears_all
        else "In @BotFather, leave group privacy on (/setprivacy: Enabled, as it is for a new bot) and groups allowed\n"
        "(/setjoingroups: Enabled). The bot then hears commands and replies to its own posts, and nothing else."
    )
    return f"""\
Next:
1. Start it, and let it run: make run   (or couple-rituals run)
2. Open this once, and press Start: the bot then knows you as its host. Keep the link to yourself:
   {bot.host_link(code)}
3. Add it to the chat that you two share:{rights}
   {bot.adding_link}
   There each of you presses "Tell me more" and says yes or no in private.

{privacy}
{ASK_THE_DOCTOR}"""


ASK_THE_DOCTOR = "If something does not work: make doctor   (or couple-rituals doctor)"
NO_TOKEN = f"""\
Without a token the bot is nowhere yet. When you have one: couple-rituals init --force
or put it into the environment as COUPLE_RITUALS_TELEGRAM_TOKEN.
{ASK_THE_DOCTOR}"""
