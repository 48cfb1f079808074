"""The official description of the API, and what does not agree with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
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

Shape = dict[str, Any]


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
        return self.paths[route][method.lower()]  # type: ignore[no-any-return]

    def _wrong(self, key: str, schema: Shape, value: Any) -> list[Wrong]:
        if key not in self.validators:
            self.validators[key] = jsonschema_rs.Draft202012Validator(_absolute(schema), registry=self.registry)
        return [one for error in self.validators[key].iter_errors(value) for one in _told(error)]


def _told(error: Any) -> Iterator[Wrong]:
    """An error; of one with several ways to be right, the way that comes nearest."""
    branches = getattr(error.kind, "context", None)
    if branches:
        nearest = min(branches, key=_distance)
        for one in nearest:
            yield from _told(one)
        return
    yield Wrong(tuple(str(step) for step in error.instance_path), error.message[:300])


def _distance(errors: list[Any]) -> tuple[bool, int, int]:
    """What is of another type is far away; else the deeper the error, the nearer."""
    deepest = max((len(one.instance_path) for one in errors), default=0)
    return (
        any("is not one of" in one.message or "is not of type" in one.message for one in errors),
        len(errors),
        -deepest,
    )


@cache  # The file has more than a megabyte, and a test suite starts many servers.
def read_description(path: Path) -> Description:
    """The description in this file, in which an object has the fields that are named and no others."""
    described = json.loads(path.read_text(encoding="utf-8"))
    _close(described["components"]["schemas"])
    registry = jsonschema_rs.Registry([(HERE, {"components": described["components"]})])
    return Description(described["paths"], registry)


def _close(shape: Any) -> None:
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
