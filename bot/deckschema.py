"""What a deck's file may hold, as a JSON Schema, so that an editor completes its keys and marks mistakes."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.deckfile import CLOSES_ITSELF, ON_REQUEST
from bot.deckparts import OneOf
from bot.decks import Kind
from bot.deckshape import DeckFile

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Knows the words that a check allows; a key is its own title."""

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema
        return False

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        found = super().function_after_schema(schema)
        check = schema["function"]["function"]
        return {**found, "enum": list(check.known)} if isinstance(check, OneOf) else found


def schema() -> dict[str, Any]:
    """The schema; what only the whole file tells, such as an id that is there twice, it leaves to the check."""
    found = DeckFile.model_json_schema(schema_generator=_Generator)
    for name, part in found["$defs"].items():
        part["title"] = name
    head = found["$defs"]["HeadPart"]
    head["required"] = [key for key in head["required"] if key not in ON_REQUEST]
    closes = {"if": _of_kind(*CLOSES_ITSELF), "else": {"required": ["closes_after_hours"]}}
    others = {"required": [key for key in ON_REQUEST if key != "closes_after_hours"], **closes}
    head |= {"if": _of_kind(*(kind.value for kind in Kind if kind.is_begun)), "else": others}
    return {"$schema": DRAFT, **found, "title": "A deck of Couple Rituals"}


def _of_kind(*kinds: object) -> dict[str, Any]:
    return {"properties": {"kind": {"enum": list(kinds)}}}


def written() -> str:
    """The schema as the text of its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
