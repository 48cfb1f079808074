"""Writes config.toml: whole or not at all, and readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import Misconfigured

Setting = str | int | Mapping[str, str]

HEAD = "# Written by `couple-rituals init`. config.example.toml explains every setting."
COMMENTS = {
    "couples": 'Whom this bot serves: "ask-host" (you say yes to each new chat), "open", or a number of couples.',
    "host_code": "With it in a link or a line, the bot knows its host; keep it to yourself.",
}


def write(path: Path, settings: Mapping[str, Setting]) -> None:
    """Write these settings; raises Misconfigured with what stands in the way, and then what was there stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _instead_of(path) as fresh:
            fresh.write_text(as_toml(settings), encoding="utf-8")
    except OSError as problem:
        raise Misconfigured(
            f"{path} cannot be written ({problem.strerror}). Check who owns the folder, or choose another: --config."
        ) from problem


@contextlib.contextmanager
def _instead_of(path: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-")  # readable by its owner only
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def as_toml(settings: Mapping[str, Setting]) -> str:
    """The same settings in the file's own language; tables come last, as it wants them."""
    plain = [line for key, value in settings.items() if not isinstance(value, Mapping) for line in _line(key, value)]
    tables = [
        "\n".join((f"\n[{name}]", *(line for key, value in table.items() for line in _line(key, value))))
        for name, table in settings.items()
        if isinstance(table, Mapping)
    ]
    return "\n".join((HEAD, *plain, *tables)) + "\n"


def _line(key: str, value: str | int) -> Iterator[str]:
    if key in COMMENTS:
        yield f"\n# {COMMENTS[key]}"
    yield f"{key} = {_quoted(value) if isinstance(value, str) else value}"


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":
        return ""  # A byte that the terminal sent and that is no letter; no TOML can hold it.
    return letter if letter.isprintable() and letter not in '"\\' else f"\\U{ord(letter):08X}"
