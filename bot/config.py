"""What the host decides: one TOML file, checked before anything starts."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that config.toml may say, with what holds where it says nothing."""

    database: Path = Path("data/couple-rituals.db")
    timezone: str = "UTC"
    log_level: str = "INFO"


def read_config(path: Path) -> Config:
    """Read config.toml; raises Misconfigured with the key and what to do about it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Misconfigured(f"{path} is not there. Copy config.example.toml to {path.name} and adjust it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Misconfigured(f"{path} cannot be read: {problem}. Mend that line and start again.") from problem
    except OSError as problem:
        raise Misconfigured(f"{path} cannot be read: {problem.strerror}. Check who may read it.") from problem
    return _checked(path, found)


def _checked(path: Path, found: dict[str, Any]) -> Config:
    known = {field.name for field in fields(Config)}
    for key, value in found.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            raise Misconfigured(f"{path}: {key!r} is not a setting." + (f" Did you mean {near[0]!r}?" if near else ""))
        if not isinstance(value, str):
            raise Misconfigured(f"{path}: {key} takes text in quotes, not {value!r}.")
    config = Config(
        database=path.parent / found["database"] if "database" in found else path.parent / Config().database,
        timezone=found.get("timezone", "UTC"),
        log_level=found.get("log_level", "INFO").upper(),
    )
    if config.timezone not in available_timezones():
        raise Misconfigured(f"{path}: timezone {config.timezone!r} is not known. Use a name such as Europe/Lisbon.")
    if config.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise Misconfigured(f"{path}: log_level takes DEBUG, INFO, WARNING or ERROR, not {config.log_level!r}.")
    return config
