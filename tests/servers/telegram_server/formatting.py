"""The words of a message as a bot gives them: checked, trimmed, with every span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call
from telegram_server.errors import bad_request
from telegram_server.markup import read_html
from telegram_server.texts import LONGEST_CAPTION, LONGEST_TEXT, MOST_ENTITIES, found_in, units

if TYPE_CHECKING:
    from telegram_server.world import World

Entities = list[dict[str, Any]]
LITERAL = frozenset({"code", "pre", "text_link", "text_mention"})
"""Inside these, Telegram looks for nothing by itself."""


def text_of(world: World, call: Call) -> tuple[str, Entities]:
    """The words of a text message."""
    if not call.has("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(world, call, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption_of(world: World, call: Call) -> tuple[str, Entities]:
    """The words under a picture or a file; there may be none."""
    text, entities = formatted(world, call, "caption", "caption_entities")
    if units(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def formatted(world: World, call: Call, name: str, spans: str) -> tuple[str, Entities]:
    """The words under this name with the spans that were given, marked up or found."""
    text, entities = _given(call, name, spans)
    text, entities = trimmed(text, entities)
    entities = [_known(world, one) for one in entities]
    entities += [one for one in found_in(text) if not _covered(one, entities)]
    if len(entities) > MOST_ENTITIES:
        # Telegram drops what is too much without a word; here a bot that loses its formatting hears of it.
        raise bad_request(f"too many entities: {len(entities)}")
    return text, sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _given(call: Call, name: str, spans: str) -> tuple[str, Entities]:
    text = call.text(name)
    match call.text("parse_mode").lower():
        case "html":
            return read_html(text)
        case "":
            given = call.shape(spans) or []
            if any(one["offset"] < 0 or one["offset"] + one["length"] > units(text) for one in given):
                raise bad_request("ENTITY_BOUNDS_INVALID")
            return text, [dict(one) for one in given]
        case _:
            raise bad_request("unsupported parse_mode")


def trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    """Without the space around it, which Telegram takes off."""
    shift = units(text) - units(text.lstrip())
    text = text.strip()
    kept = []
    for one in entities:
        begin = max(one["offset"] - shift, 0)
        end = min(one["offset"] + one["length"] - shift, units(text))
        if end > begin:
            kept.append(one | {"offset": begin, "length": end - begin})
    return text, kept


def _known(world: World, entity: dict[str, Any]) -> dict[str, Any]:
    """A mention by id names the whole person."""
    user = entity.get("user")
    if isinstance(user, str):
        person = world.users.get(int(user))
        return (
            entity | {"user": person.shape()}
            if person
            else {**entity, "type": "text_link", "url": f"tg://user?id={user}"}
        )
    return entity


def _covered(found: dict[str, Any], entities: Entities) -> bool:
    return any(
        one["type"] in LITERAL
        and one["offset"] < found["offset"] + found["length"]
        and found["offset"] < one["offset"] + one["length"]
        for one in entities
    )
