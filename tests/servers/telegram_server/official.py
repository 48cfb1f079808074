"""The official description of the Bot API, and what does not agree with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SPECS = Path(__file__).parents[4] / "shared" / "specs"
"""Beside the repository, where there is such a folder."""
DESCRIPTION = SPECS / "telegram-bot-api-10.3.json"
SHAPES = SPECS / "telegram-shapes.json"
PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (float, int),
    "InputFile": (str,),
}
ANYTHING = frozenset({"RichText", "CallbackGame"})
"""Kinds that are described in prose."""
VARIANT = re.compile(r"^ - (\w+)$", re.MULTILINE)
FIXED = re.compile(r"(?:always|must be) '?(\w+)'?$")
CHOSEN = re.compile(r"(?:[Cc]an be(?: either)?|[Mm]ust be one of|must be either|[Oo]ne of) ('\w+'.*)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object or one parameter of a method."""

    kind: str
    required: bool
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Thing:
    """An object or a method: its fields, what else it can be, what it returns."""

    fields: dict[str, Field]
    variants: tuple[str, ...]
    returns: str


@dataclass(frozen=True, slots=True, repr=False)
class Description:
    """Every object and method, by its name in small letters."""

    things: dict[str, Thing]

    def wrong_in_call(self, method: str, given: Mapping[str, Any], uploads: Mapping[str, Any]) -> list[str]:
        """What is wrong with the parameters; those that came as text are read first."""
        thing = self.things[method.lower()]
        read = {name: _read(thing.fields[name].kind, value) for name, value in given.items() if name in thing.fields}
        unknown = [f"unknown parameter {name!r}" for name in given if name not in thing.fields]
        # Files that another parameter names as attach://<name> have no parameter of their own.
        loose = [name for name in uploads if name not in thing.fields and f"attach://{name}" not in str(given)]
        unknown += [f"unknown file {name!r}" for name in loose]
        files = {name: "attached" for name in uploads if name in thing.fields}
        return unknown + self._wrong_fields(thing, read | files, method)

    def wrong_in_result(self, method: str, result: Any) -> list[str]:
        """What is wrong with what a method returns."""
        return self.wrong_in(self.things[method.lower()].returns, result, "result")

    def wrong_in(self, kind: str, value: Any, where: str = "") -> list[str]:
        """What is wrong with a value of this kind."""
        where = where or kind
        if kind.startswith("Array of "):
            return self._wrong_items(kind.removeprefix("Array of "), value, where)
        kinds = re.split(r", | or | and ", kind)
        if len(kinds) > 1:
            return self._wrong_in_each(tuple(kinds), value, where)
        if kind in PLAIN:
            right = isinstance(value, PLAIN[kind]) and (kind in ("Boolean", "True") or not isinstance(value, bool))
            return [] if right and (kind != "True" or value) else [f"{where}: {value!r} is no {kind}"]
        return [] if kind in ANYTHING else self._wrong_object(kind, value, where)

    def _wrong_items(self, kind: str, value: Any, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [one for number, item in enumerate(value) for one in self.wrong_in(kind, item, f"{where}[{number}]")]

    def _wrong_in_each(self, kinds: tuple[str, ...], value: Any, where: str) -> list[str]:
        """Nothing if one kind fits; otherwise the shortest complaint."""
        return min((self.wrong_in(kind, value, where) for kind in kinds), key=len)

    def _wrong_object(self, kind: str, value: Any, where: str) -> list[str]:
        thing = self.things[kind.lower()]
        if thing.variants:
            return self._wrong_in_each(thing.variants, value, where)
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no {kind}"]
        invented = [f"{where}: {kind} has no field {name!r}" for name in value if name not in thing.fields]
        return invented + self._wrong_fields(thing, value, where)

    def _wrong_fields(self, thing: Thing, value: Mapping[str, Any], where: str) -> list[str]:
        wrong = [
            f"{where}: {name!r} is missing" for name, one in thing.fields.items() if one.required and name not in value
        ]
        for name, field in thing.fields.items():
            if name in value:
                wrong += self.wrong_in(field.kind, value[name], f"{where}.{name}")
                if field.allowed and isinstance(value[name], str) and value[name] not in field.allowed:
                    wrong.append(f"{where}.{name}: {value[name]!r} is none of {sorted(field.allowed)}")
        return wrong


def _read(kind: str, value: Any) -> Any:
    """A parameter as text, read as what it should be."""
    if not isinstance(value, str) or "String" in kind.split(" or ") or kind == "InputFile":
        return value
    if kind in ("Boolean", "True") and value.lower() in ("true", "1", "false", "0"):
        return value.lower() in ("true", "1")
    try:
        return json.loads(value)
    except ValueError:
        return value


@cache  # The file has two megabytes, and a test suite starts many servers.
def read_description(path: Path) -> Description:
    """The description in this file."""
    described = json.loads(path.read_text(encoding="utf-8"))
    children = [child for section in described["items"] for child in section["children"]]
    kinds = {child["name"] for child in children} | PLAIN.keys()
    return Description({child["name"].lower(): _thing(child, kinds) for child in children})


def _thing(child: dict[str, Any], kinds: set[str]) -> Thing:
    fields = {one["name"]: Field(one["type"], one["required"], _allowed(one)) for one in child.get("annotations", ())}
    variants = () if fields else tuple(VARIANT.findall(child["description"]))
    return Thing(fields, variants, _returned(child["description"], kinds))


def _allowed(field: dict[str, Any]) -> frozenset[str]:
    if field["type"] != "String":
        return frozenset()
    words = field["description"]
    fixed, chosen = FIXED.search(words), CHOSEN.search(words)
    named = re.findall(r"'([^' ]+)'", chosen[1].partition(". ")[0]) if chosen else []
    return frozenset([fixed[1]] if fixed else named)


def _returned(description: str, kinds: set[str]) -> str:
    told = " ".join(one for one in re.split(r"(?<=\.)\s", description) if "eturn" in one)
    several = re.search(r"Array of (\w+)", told)
    if several:
        return several[0]
    return " or ".join(dict.fromkeys(word for word in re.findall(r"\w+", told) if word in kinds)) or "True"
