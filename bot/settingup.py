"""Sets a bot up, question by question."""

from __future__ import annotations

import asyncio
import secrets
import string
import tomllib
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.discord import checking as discord
from adapters.telegram import checking as telegram
from bot.config import TELEGRAM_API, is_discord_token, is_telegram_token, read_config
from bot.configfile import Setting, write
from bot.errors import Misconfigured, Unanswered
from bot.keys import make_key
from bot.zones import known

Identity = telegram.Identity | discord.Identity

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
class Platform:
    """How a platform is set up: where its token comes from, how it looks, and who is behind it."""

    key: str
    name: str
    intro: str
    looks_right: Callable[[str], bool]
    looks_like: str
    look_up: str
    identify: Callable[[str, str], Coroutine[Any, Any, Identity]]
    usual_url: str = ""


TELEGRAM = Platform(
    "telegram",
    "Telegram",
    """\
Telegram: open https://t.me/BotFather, send /newbot, and answer its two questions.
It then shows a token, such as 123456789:ABC-def; paste it here (it is not shown).""",
    is_telegram_token,
    "It looks like 123456789:ABC-def",
    "in @BotFather (/mybots)",
    telegram.identify,
    TELEGRAM_API,
)
DISCORD = Platform(
    "discord",
    "Discord",
    """\
Discord: open https://discord.com/developers/applications, New Application, then Bot, Reset Token.
Copy the token and paste it here (it is not shown). The bot needs none of the privileged intents.""",
    is_discord_token,
    "It has letters, digits and full stops",
    "in the Developer Portal (your application, Bot, Reset Token)",
    discord.identify,
)


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier config.toml says, as it is written there; its tokens may stand elsewhere."""

    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)

    def of(self, platform: Platform) -> dict[str, str]:
        """What it says about a platform."""
        return dict(self.settings.get(platform.key, {}))


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered about a platform: its token, where it is asked, and who is behind it, where that is known."""

    token: str = field(repr=False)
    url: str
    identity: Identity | None = None


def set_up(path: Path, terminal: Terminal, *, urls: Mapping[str, str], timezone: str, overwrite: bool) -> None:
    """Ask, check, write, and say what comes next; raises Misconfigured where it cannot go on.

    *urls* names other addresses than the platforms' own.
    """
    _refuse(path, urls, overwrite=overwrite)
    terminal.tell("Setting up Couple Rituals. Ctrl+C stops, and then nothing is written.")
    terminal.tell("On Telegram, on Discord or on both: leave a token empty where the bot shall not be.\n")
    before = _before(path, terminal)
    answers = {platform.key: _answered(terminal, platform, before, urls) for platform in (TELEGRAM, DISCORD)}
    host = _host(terminal, before.settings.get("host", ""))
    zone = _zone(terminal, before.settings.get("timezone", timezone))
    code = before.settings.get("host_code") or "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    settings: dict[str, Setting] = {"couples": "ask-host", **before.settings}
    settings |= {"timezone": zone, "host": host, "host_code": code}
    settings |= {platform.key: _table(before, platform, answers[platform.key]) for platform in (TELEGRAM, DISCORD)}
    write(path, {key: value for key, value in settings.items() if value != {}})
    terminal.tell(f"\n{path} is written; only you can read it.\n")
    _make_key(path, terminal)
    asks = settings["couples"] == "ask-host"
    terminal.tell(_what_next(answers["telegram"], answers["discord"], code, asks=asks))


def _make_key(path: Path, terminal: Terminal) -> None:
    """The key that seals what is stored; one that is there stays."""
    settings = read_config(path)
    if not settings.key and not settings.key_file.exists():
        make_key(settings.key_file)
        terminal.tell(KEY_IS_THERE.format(file=settings.key_file))


def _refuse(path: Path, urls: Mapping[str, str], *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise Misconfigured(f"{path} is there already. Keep it, or write it anew with `couple-rituals init --force`.")
    for key, url in urls.items():
        if url and not url.startswith(("https://", "http://")):
            raise Misconfigured(f"--{key}-api-url takes an address such as http://localhost:8081.")


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
    tokens = {"telegram": config.telegram, "discord": config.discord}
    return Before(settings, {key: found.token for key, found in tokens.items() if found})


def _table(before: Before, platform: Platform, answered: Answered) -> dict[str, str]:
    """What is written about a platform; what stood there stays where there is no token now."""
    if not answered.token:
        return before.of(platform)
    url = {"api_url": answered.url} if answered.url else {}
    if answered.token == before.tokens.get(platform.key):
        return {**before.of(platform), **url}
    # A token in a file of its own would only confuse from now on.
    kept = {key: value for key, value in before.of(platform).items() if not key.startswith("token")}
    return {"token": answered.token, **kept, **url}


def _answered(terminal: Terminal, platform: Platform, before: Before, urls: Mapping[str, str]) -> Answered:
    url = urls.get(platform.key) or before.of(platform).get("api_url", platform.usual_url)
    old = before.tokens.get(platform.key, "")
    terminal.tell(platform.intro)
    for _ in range(TRIES):
        token = terminal.ask_hidden(f"Token (empty: {'the one you have' if old else 'not now'}): ").strip() or old
        if not token:
            terminal.tell("")
            return Answered("", url)
        if not platform.looks_right(token):
            terminal.tell(f"That is not a token. {platform.looks_like}; copy it whole, and nothing else.")
            continue
        try:
            identity = asyncio.run(platform.identify(token, url))
        except Misconfigured as problem:
            terminal.tell(str(problem))
        except Unanswered as problem:
            return Answered(_unchecked(terminal, platform, token, problem), url)
        else:
            terminal.tell(f"That is {identity.called}.\n")
            return Answered(token, url, identity)
    raise Misconfigured(f"Nothing was written. Look the token up {platform.look_up} and try again.")


def _unchecked(terminal: Terminal, platform: Platform, token: str, problem: Unanswered) -> str:
    terminal.tell(f"{platform.name} could not be asked: {problem}. The token was not checked.")
    if terminal.ask("Write it all the same (y/n)? ").strip().lower().startswith("y"):
        return token
    raise Misconfigured(f"Nothing was written. Try again when {platform.name} can be reached.") from problem


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


def _what_next(telegram: Answered, discord: Answered, code: str, *, asks: bool) -> str:
    parts = [_on_telegram(telegram.identity, code)] if telegram.token else []
    parts += [_on_discord(discord.identity, code, asks=asks)] if discord.token else []
    if not parts:
        return NO_TOKEN
    return "\n\n".join(("Next: start it, and let it run: make run   (or couple-rituals run)", *parts, ASK_THE_DOCTOR))


def _on_telegram(identity: Identity | None, code: str) -> str:
    # Whom nobody could ask about is named as the example does.
    bot = identity if isinstance(identity, telegram.Identity) else telegram.Identity("YOUR_BOT", True, False)
    rights = "" if bot.joins_groups else "\n   First, in @BotFather: /setjoingroups, choose the bot, Enable."
    privacy = (
        "Group privacy is off for this bot, so Telegram sends it every message of a group. It needs none of them:\n"
        "in @BotFather send /setprivacy, choose the bot, Enable."
        if bot.hears_all
        else "In @BotFather, leave group privacy on (/setprivacy: Enabled, as it is for a new bot) and groups allowed\n"
        "(/setjoingroups: Enabled). The bot then hears commands and replies to its own posts, and nothing else."
    )
    return f"""\
On Telegram:
1. Open this once, and press Start: the bot then knows you as its host. Keep the link to yourself:
   {bot.host_link(code)}
2. Add it to the chat that you two share:{rights}
   {bot.adding_link}
   There {WHAT_FOLLOWS}
{privacy}"""


def _on_discord(identity: Identity | None, code: str, *, asks: bool) -> str:
    link, rights = "(couple-rituals doctor shows the link)", ""
    if isinstance(identity, discord.Identity):
        link = identity.adding_link
        if identity.asks_for_code:
            rights = "\n   First, in the Developer Portal, under Bot: switch off Requires OAuth2 Code Grant."
    return f"""\
On Discord:
1. Add it to the server that you two share:{rights}
   {link}
2. Click its name there, and send it this in a direct message: it then knows you as its host. Keep it to yourself:
   start host-0-{code}{LETTING_IN if asks else ""}
3. On the server {WHAT_FOLLOWS}
No privileged intent is needed: it reads commands, replies that mention it and its direct messages, and nothing else."""


KEY_IS_THERE = """\
{file} holds the key that seals what the two write. Keep a copy of it, apart from copies of the database:
without it nobody can read what is stored, you included.
"""
WHAT_FOLLOWS = 'each of you presses "Tell me more" and says yes or no in private.'
# Discord does not say who added a bot, so the host's yes is asked for even where it was the host.
LETTING_IN = """
   It answers with the chat that waits: press that, then "Let it in". On the server, one of you then presses "Begin"."""
ASK_THE_DOCTOR = "If something does not work: make doctor   (or couple-rituals doctor)"
NO_TOKEN = f"""\
Without a token the bot is nowhere yet. When you have one: couple-rituals init --force
or put it into the environment as COUPLE_RITUALS_TELEGRAM_TOKEN or COUPLE_RITUALS_DISCORD_TOKEN.
{ASK_THE_DOCTOR}"""
