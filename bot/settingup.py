"""Sets a bot up, question by question, and writes config.toml."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from adapters.telegram.checking import Identity, identify
from bot.errors import Misconfigured, Unanswered
from bot.zones import known

TRIES = 3
CODE_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Terminal:
    """Whom we talk to: *ask* shows what is typed, *ask_hidden* does not."""

    tell: Callable[[str], None]
    ask: Callable[[str], str]
    ask_hidden: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written into config.toml."""

    token: str
    api_url: str
    host: str
    timezone: str
    host_code: str


async def set_up(path: Path, terminal: Terminal, *, api_url: str, timezone: str, overwrite: bool) -> None:
    """Ask, check, write, and say what comes next; raises Misconfigured where it cannot go on."""
    if not overwrite:
        _refuse_to_overwrite(path)
    terminal.tell("Setting up Couple Rituals. Ctrl+C stops, and then nothing is written.\n")
    token, identity = await _token(terminal, api_url)
    host = terminal.ask(
        "How are you named to the couples who use this bot (your first name; empty: not at all)? "
    ).strip()
    zone = _zone(terminal, timezone)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    write(path, Wanted(token, api_url, host, zone, code))
    terminal.tell(f"\n{path} is written; only you can read it.")
    if identity:
        terminal.tell(_what_next(identity, code))


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise Misconfigured(f"{path} is there already. Keep it, or write it anew with `couple-rituals init --force`.")


async def _token(terminal: Terminal, api_url: str) -> tuple[str, Identity | None]:
    terminal.tell(
        "Telegram: open https://t.me/BotFather, send /newbot, and answer its two questions.\n"
        "It then shows a token, such as 123456789:ABC-def; paste it here (it is not shown)."
    )
    for _ in range(TRIES):
        token = terminal.ask_hidden("Token: ").strip()
        if not token:
            raise Misconfigured("Without a token there is nothing to set up. `couple-rituals demo` needs none.")
        try:
            identity = await identify(token, api_url)
        except Misconfigured as problem:
            terminal.tell(str(problem))
        except Unanswered as problem:
            terminal.tell(f"Telegram could not be asked: {problem}. The token was not checked.")
            if terminal.ask("Write it all the same (y/n)? ").strip().lower().startswith("y"):
                return token, None
            raise Misconfigured("Nothing was written. Try again when the network is back.") from problem
        else:
            terminal.tell(f"That is @{identity.name}.")
            return token, identity
    raise Misconfigured("Nothing was written. Look the token up in @BotFather (/mybots) and try again.")


def _zone(terminal: Terminal, usual: str) -> str:
    for _ in range(TRIES):
        typed = terminal.ask(f"Time zone that new couples begin with (empty: {usual})? ").strip()
        if not typed or known(typed):
            return typed or usual
        terminal.tell(f"{typed!r} is not a time zone. Names look like Europe/Lisbon.")
    return usual


def write(path: Path, wanted: Wanted) -> None:
    """Write config.toml whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".config-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:  # mkstemp makes it readable by its owner only.
            file.write(_as_toml(wanted))
        Path(fresh).replace(path)
    except OSError as problem:
        raise Misconfigured(f"{path} cannot be written: {problem.strerror}. Check who owns the folder.") from problem


def _as_toml(wanted: Wanted) -> str:
    return f"""\
# Written by `couple-rituals init`. config.example.toml explains every setting.
timezone = {_quoted(wanted.timezone)}
host = {_quoted(wanted.host)}

# Whom this bot serves: "ask-host" (you say yes to each new chat), "open", or a number of couples.
couples = "ask-host"
host_code = {_quoted(wanted.host_code)}

[telegram]
token = {_quoted(wanted.token)}
api_url = {_quoted(wanted.api_url)}
"""


def _quoted(text: str) -> str:
    """A TOML basic string."""
    safe = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text)
    return f'"{safe}"'


def _what_next(identity: Identity, code: str) -> str:
    rights = "" if identity.joins_groups else "\n   First, in @BotFather: /setjoingroups, choose the bot, Enable."
    privacy = (
        "Group privacy is off for this bot, so Telegram sends it every message of a group. It needs none of them:\n"
        "   in @BotFather send /setprivacy, choose the bot, Enable."
        if identity.hears_all
        else "Leave group privacy on in @BotFather (it is): the bot then hears commands and replies to itself alone."
    )
    return f"""
Next:
1. Start it: make run   (or couple-rituals run)
2. Open this once, and the bot knows you as its host. Keep the link to yourself:
   {identity.host_link(code)}
3. Add it to the chat that you two share:{rights}
   {identity.adding_link}
   There each of you presses "Tell me more" and says yes or no in private.

{privacy}
If something does not work: make doctor   (or couple-rituals doctor)"""
