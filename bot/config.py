"""What the host decides: one TOML file and the environment, checked before anything starts."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.errors import Misconfigured
from bot.welcome import Couples

TELEGRAM_API = "https://api.telegram.org"
KEY_VARIABLE = "COUPLE_RITUALS_KEY"
PORT_VARIABLE = "COUPLE_RITUALS_HEALTH_PORT"
HIGHEST_PORT = 65535

ENOUGH_TO_BE_SECRET = 8
"""Letters; anything shorter would be blanked out of the middle of words."""

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("auto", "text", "json")
"""How lines of the log look; "auto" is text on a terminal and JSON everywhere else."""

PLACEHOLDER = "put the token here"

_TELEGRAM_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
_DISCORD_TOKEN = re.compile(r"[A-Za-z0-9_.-]+")
_TOKEN_WITHIN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{20,}|[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{5,7}\.[A-Za-z0-9_-]{20,}")
_HOST_CODE = re.compile(r"[A-Za-z0-9]{0,50}")


@dataclass(frozen=True, slots=True)
class Telegram:
    """How the bot is on Telegram."""

    token: str = field(repr=False)
    api_url: str = TELEGRAM_API


@dataclass(frozen=True, slots=True)
class Discord:
    """How the bot is on Discord; an empty URL is Discord's own."""

    token: str = field(repr=False)
    api_url: str = ""
    gateway_url: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """Where a sealed copy is written every night, and how many are kept."""

    folder: Path
    keep: int = 7


@dataclass(frozen=True, slots=True)
class Health:
    """The port on this machine that tells how the program is."""

    port: int


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that config.toml may say, with what holds where it says nothing."""

    database: Path = Path("data/couple-rituals.db")
    key_file: Path = Path("couple-rituals.key")
    key: str = field(default="", repr=False)
    rituals: Path = Path("rituals")
    timezone: str = "UTC"
    log_level: str = "INFO"
    log_format: str = "auto"
    host: str = ""
    host_code: str = field(default="", repr=False)
    couples: Couples = "ask-host"
    telegram: Telegram | None = None
    discord: Discord | None = None
    backup: Backup | None = None
    health: Health | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show, whoever writes it."""
        tokens = (one.token for one in (self.telegram, self.discord) if one is not None)
        return tuple(one for one in (self.key, self.host_code, *tokens) if len(one) >= ENOUGH_TO_BE_SECRET)


def read_config(path: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """Read config.toml and the tokens in the environment; raises Misconfigured with the key and what to do about it."""
    return _Reader(path, _parsed(path), environment).config()


def secret_files(path: Path, environment: Mapping[str, str] = os.environ) -> list[Path]:
    """The files that hold a token or the host's code, which only their owner should be able to read."""
    reader = _Reader(path, _parsed(path), environment)
    reader.config()
    return sorted(reader.secret_files)


def is_telegram_token(text: str) -> bool:
    """Whether this looks like what @BotFather gives."""
    return bool(_TELEGRAM_TOKEN.fullmatch(text))


def is_discord_token(text: str) -> bool:
    """Whether this looks like what the Developer Portal gives."""
    return bool(_DISCORD_TOKEN.fullmatch(text))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Misconfigured(
            f"{path} is not there. `couple-rituals init` makes it; or copy config.example.toml to {path.name}."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Misconfigured(f"{path} cannot be read: {problem}. Mend that line and start again.") from problem
    except OSError as problem:
        raise Misconfigured(f"{path} cannot be read: {problem.strerror}. Check who may read it.") from problem


class _Reader:
    """Takes the settings out of a parsed file, one by one, and refuses what is left."""

    def __init__(self, path: Path, found: dict[str, Any], environment: Mapping[str, str]) -> None:
        self._path = path
        self._found = found
        self._environment = environment
        self.secret_files: set[Path] = set()

    def config(self) -> Config:
        self._only(self._found, {*Config.__dataclass_fields__} - {"key"}, "")
        return Config(
            database=self._path.parent / self._text(self._found, "database", str(Config().database)),
            key_file=self._key_file(),
            key=self._environment.get(KEY_VARIABLE, "").strip(),
            rituals=self._path.parent / self._text(self._found, "rituals", str(Config().rituals)),
            timezone=self._zone(),
            log_level=self._one_of("log_level", LEVELS, str.upper),
            log_format=self._one_of("log_format", FORMATS, str.lower),
            host=self._text(self._found, "host"),
            host_code=self._host_code(),
            couples=self._couples(),
            telegram=self._telegram(),
            discord=self._discord(),
            backup=self._backup(),
            health=self._health(),
        )

    def _key_file(self) -> Path:
        named = self._environment.get(f"{KEY_VARIABLE}_FILE", "").strip()
        file = self._path.parent / (named or self._text(self._found, "key_file", str(Config().key_file)))
        if file.exists():
            self.secret_files.add(file)
        return file

    def _zone(self) -> str:
        zone = self._text(self._found, "timezone", "UTC")
        if zone not in available_timezones():
            raise self._wrong(f"timezone {zone!r} is not known. Use a name such as Europe/Lisbon.")
        return zone

    def _one_of(self, key: str, choices: tuple[str, ...], spelt: Callable[[str], str]) -> str:
        chosen = spelt(self._text(self._found, key, getattr(Config(), key)))
        if chosen not in choices:
            raise self._wrong(f"{key} takes {', '.join(choices[:-1])} or {choices[-1]}, not {chosen!r}.")
        return chosen

    def _host_code(self) -> str:
        code = self._text(self._found, "host_code")
        if not _HOST_CODE.fullmatch(code):
            # It travels in a link, which takes no other characters.
            raise self._wrong("host_code takes up to 50 letters and digits. `couple-rituals init` makes one.")
        if code:
            self.secret_files.add(self._path)
        return code

    def _couples(self) -> Couples:
        wanted = self._found.get("couples", "ask-host")
        if wanted in ("ask-host", "open"):
            return "ask-host" if wanted == "ask-host" else "open"
        if type(wanted) is int and wanted > 0:
            return wanted
        raise self._wrong(f'couples takes "ask-host", "open" or a number of couples such as 1, not {wanted!r}.')

    def _telegram(self) -> Telegram | None:
        table = self._table("telegram", {"token", "token_file", "api_url"})
        url = self._url(table, "telegram.api_url", "http", TELEGRAM_API)
        token, where = self._token(table, "telegram")
        if token and not is_telegram_token(token):
            raise self._wrong(f"{where} is not a token. @BotFather's looks like 123456789:ABC-def; copy it whole.")
        return Telegram(token, url) if token else None

    def _discord(self) -> Discord | None:
        table = self._table("discord", {"token", "token_file", "api_url", "gateway_url"})
        urls = self._url(table, "discord.api_url", "http"), self._url(table, "discord.gateway_url", "ws")
        token, where = self._token(table, "discord")
        if token and not is_discord_token(token):
            raise self._wrong(f"{where} is not a token. Copy it whole from your app's Bot page, and nothing else.")
        return Discord(token, *urls) if token else None

    def _backup(self) -> Backup | None:
        table = self._table("backup", {"folder", "keep"})
        folder, keep = self._text(table, "folder", where="backup.folder").strip(), table.get("keep", 7)
        if type(keep) is not int or keep < 1:
            raise self._wrong(f"backup.keep takes a number of copies from 1 on, not {keep!r}.")
        return Backup(self._path.parent / folder, keep) if folder else None

    def _health(self) -> Health | None:
        port = self._table("health", {"port"}).get("port", 0)
        named = self._environment.get(PORT_VARIABLE, "").strip()
        port = int(named) if named.isdecimal() else (named or port)
        if type(port) is not int or not 0 <= port <= HIGHEST_PORT:
            where = PORT_VARIABLE if named else "health.port"
            raise self._wrong(f"{where} takes a number from 1 to {HIGHEST_PORT}, or 0 for none.")
        return Health(port) if port else None

    def _token(self, table: dict[str, Any], platform: str) -> tuple[str, str]:
        """The token, and where it stands; both empty where there is none."""
        for token, where in self._tokens(table, platform):
            if token and token != PLACEHOLDER:
                return token, where
        return "", ""

    def _tokens(self, table: dict[str, Any], platform: str) -> Iterator[tuple[str, str]]:
        """The environment wins over what is written, and a token over a file that holds one."""
        written = self._text(table, "token", where=f"{platform}.token").strip()
        file = self._text(table, "token_file", where=f"{platform}.token_file").strip()
        if written and written != PLACEHOLDER:
            self.secret_files.add(self._path)
        name = f"COUPLE_RITUALS_{platform.upper()}_TOKEN"
        yield self._environment.get(name, "").strip(), name
        yield self._held_in(self._environment.get(f"{name}_FILE", "").strip(), f"{name}_FILE"), f"{name}_FILE"
        yield written, f"{platform}.token"
        yield self._held_in(file, f"{platform}.token_file"), f"{platform}.token_file"

    def _held_in(self, name: str, where: str) -> str:
        if not name:
            return ""
        file = self._path.parent / name
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            # Neither the name nor the reason: it may be the token itself that was written here.
            raise self._wrong(
                f"{where} names a file that cannot be read. Check that it is there, and who may read it."
            ) from None
        self.secret_files.add(file)
        return token

    def _url(self, table: dict[str, Any], where: str, scheme: str, default: str = "") -> str:
        url = self._text(table, where.partition(".")[2], default, where=where).strip()
        # What is refused is not repeated: it may be the token, on the wrong line.
        if url and not url.startswith((f"{scheme}://", f"{scheme}s://")):
            raise self._wrong(f"{where} takes an address such as {scheme}s://example.org.")
        if _TOKEN_WITHIN.search(url):
            raise self._wrong(f"{where} takes the address alone, without the token.")
        return url.rstrip("/")

    def _table(self, name: str, known: set[str]) -> dict[str, Any]:
        table = self._found.get(name, {})
        if not isinstance(table, dict):
            raise self._wrong(f"{name} is a table: write [{name}] on a line of its own and its settings below.")
        self._only(table, known, f"{name}.")
        return table

    def _text(self, table: dict[str, Any], key: str, default: str = "", *, where: str = "") -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(f"{where or key} takes text in quotes, not {type(value).__name__}.")
        return value

    def _only(self, table: dict[str, Any], known: set[str], before: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                raise self._wrong(
                    f"{before + key!r} is not a setting." + (f" Did you mean {before + near[0]!r}?" if near else "")
                )

    def _wrong(self, sentence: str) -> Misconfigured:
        return Misconfigured(f"{self._path}: {sentence}")
