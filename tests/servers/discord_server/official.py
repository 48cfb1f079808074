"""The official description of the API, and what does not agree with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from discord_server.errors import Wrong

SPECS = Path(__file__).parents[4] / "shared" / "specs"
"""Beside the repository, where there is such a folder."""
DESCRIPTION = SPECS / "discord-openapi-2026-07-18.json"
HERE = "urn:discord"
JSON = "application/json"
LONGEST_COMPLAINT = 300

Shape = dict[str, Any]

ID: Shape = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$", "minimum": 0}
ID_OR_NONE: Shape = ID | {"type": ["string", "integer", "null"]}
SWITCH: Shape = {"type": ["boolean", "null"]}
TAKEN_AS_WELL: Mapping[str, Shape] = {
    # discord.py names people, messages and files by numbers; Discord takes them as well as texts.
    "CreatePrivateChannelRequest": {"recipient_id": ID_OR_NONE},
    "MessageReferenceRequest": {"guild_id": ID_OR_NONE, "channel_id": ID_OR_NONE, "message_id": ID},
    "MessageAttachmentRequest": {"id": ID},
    # The documentation has it for commands, discord.py always sends it, and the description leaves it out.
    "ApplicationCommandCreateRequest": {"nsfw": SWITCH},
    "ApplicationCommandUpdateRequest": {"nsfw": SWITCH},
    # discord.py sends it with every edit, which Discord lets pass.
    "MessageEditRequestPartial": {"tts": SWITCH},
    "IncomingWebhookUpdateRequestPartial": {"tts": SWITCH},
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": {"tts": SWITCH},
}
"""Where the description is stricter than Discord: the fields of a shape that it takes as well, or takes otherwise."""


@dataclass(frozen=True, slots=True, repr=False)
class Description:
    """Every operation, with what may be asked and what is answered; a validator is made when it is first needed."""

    paths: Shape
    registry: Any
    validators: dict[str, Any] = field(default_factory=dict)

    def wrong_in_request(self, method: str, route: str, body: Any) -> list[Wrong]:
        """What is wrong with what was sent."""
        asked = self._operation(method, route).get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
        if asked is None:
            return [Wrong((), "this route takes nothing")] if body else []
        return self._wrong(f"{method} {route} asked", asked, body)

    def wrong_in_query(self, method: str, route: str, query: Mapping[str, str]) -> list[Wrong]:
        """What is wrong with what stood behind the question mark."""
        named = self._operation(method, route).get("parameters", ())
        known = {one["name"]: one["schema"] for one in named if one["in"] == "query"}
        wrong = [Wrong((name,), "this route has no such parameter") for name in query if name not in known]
        for name in known.keys() & query.keys():
            told = self._wrong(f"{method} {route} ?{name}", known[name], _read(known[name], query[name]))
            wrong += [Wrong((name, *one.path), one.words) for one in told]
        return wrong

    def wrong_in_response(self, method: str, route: str, status: int, body: Any) -> list[Wrong]:
        """What is wrong with what is answered."""
        answers = self._operation(method, route)["responses"]
        if str(status) not in answers:
            return [Wrong((), f"{status} is none of {sorted(answers)}")]
        schema = answers[str(status)].get("content", {}).get(JSON, {}).get("schema")
        if schema is None:
            return [Wrong((), "this answer has nothing in it")] if body is not None else []
        return self._wrong(f"{method} {route} {status}", schema, body)

    def wrong_in(self, name: str, value: Any) -> list[Wrong]:
        """What is wrong with a thing that has a name in the description."""
        return self._wrong(name, {"$ref": f"#/components/schemas/{name}"}, value)

    def _operation(self, method: str, route: str) -> Shape:
        return self.paths[route][method.lower()]  # type: ignore[no-any-return]  # it is JSON

    def _wrong(self, key: str, schema: Shape, value: Any) -> list[Wrong]:
        if key not in self.validators:
            self.validators[key] = _validator(schema, self.registry)
        return [one for error in self.validators[key].iter_errors(value) for one in _told(error)]


def _validator(schema: Shape, registry: Any) -> Any:
    # Formats are times and addresses; those that only Discord knows count for nothing.
    return jsonschema_rs.Draft202012Validator(_absolute(schema), registry=registry, validate_formats=True)


def _told(error: Any) -> Iterator[Wrong]:
    """An error; of one with several ways to be right, the way that comes nearest."""
    ways = getattr(error.kind, "context", [])
    path = tuple(str(step) for step in error.instance_path)
    values = [one.kind.expected_value for way in ways for one in way if _names_a_value(one)]
    # Where more than one of several ways is right although only one may be, there is no nearest.
    if not ways or not all(ways):
        yield Wrong(path, _shortened(error.message))
    elif len(values) == len(ways):
        yield Wrong(path, f"{error.instance!r} is none of {values}")
    else:
        for one in min(ways, key=_distance):
            yield from _told(one)


def _names_a_value(error: Any) -> bool:
    return isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Constant)


def _distance(errors: list[Any]) -> tuple[bool, int, int]:
    """What is of another type is far away; else the deeper the error, the nearer."""
    deepest = max((len(one.instance_path) for one in errors), default=0)
    return (
        any("is not one of" in one.message or "is not of type" in one.message for one in errors),
        len(errors),
        -deepest,
    )


def _shortened(complaint: str) -> str:
    """It begins with what came, and ends with what is wrong about it."""
    half = LONGEST_COMPLAINT // 2
    return complaint if len(complaint) <= LONGEST_COMPLAINT else f"{complaint[:half]} … {complaint[-half:]}"


def _read(schema: Shape, written: str) -> Any:
    """What stands behind a question mark, as the thing that it should be."""
    match schema.get("type"):
        case "boolean":
            return {"1": True, "true": True, "0": False, "false": False}.get(written.lower(), written)
        case "integer" if written.isdecimal():
            return int(written)
        case _:
            return written


@cache  # The file has more than a megabyte, and a test suite starts many servers.
def read_description(path: Path) -> Description:
    """The description in this file, in which an object has the fields that are named and no others."""
    described = json.loads(path.read_text(encoding="utf-8"))
    schemas = described["components"]["schemas"]
    for name, fields in TAKEN_AS_WELL.items():
        schemas[name]["properties"] |= fields
    _close(schemas)
    _close(described["paths"])
    registry = jsonschema_rs.Registry([(HERE, {"components": described["components"]})])
    return Description(described["paths"], registry)


def _close(shape: Any) -> None:
    """Allow an object no other fields; one that is put together of several has to stay open."""
    if isinstance(shape, dict):
        if isinstance(shape.get("properties"), dict) and shape.get("type") and "allOf" not in shape:
            shape.setdefault("additionalProperties", False)
        for value in shape.values():
            _close(value)
    elif isinstance(shape, list):
        for value in shape:
            _close(value)


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: f"{HERE}{value}" if key == "$ref" else _absolute(value) for key, value in schema.items()}
    return [_absolute(one) for one in schema] if isinstance(schema, list) else schema
