"""Discord's rules for what is planned in a guild that its description does not have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from discord_server.errors import Wrong
from discord_server.rules_lengths import between

Shape = dict[str, Any]

EXTERNAL, GUILD_ONLY = 3, 2
LONGEST_NAME, LONGEST_PLACE = 100, 100


def in_event(sent: Shape, *, is_new: bool) -> Iterator[Wrong]:
    """What is wrong with an event, or with a change of one (developers/resources/guild-scheduled-event)."""
    if is_new or "name" in sent:
        yield from between(("name",), sent.get("name"), 1, LONGEST_NAME)
    if is_new and not sent.get("scheduled_end_time"):
        yield Wrong(("scheduled_end_time",), "This field is required", "BASE_TYPE_REQUIRED")
    if is_new or "entity_metadata" in sent:
        place = (sent.get("entity_metadata") or {}).get("location")
        yield from between(("entity_metadata", "location"), place, 1, LONGEST_PLACE)
    if sent.get("channel_id"):
        yield Wrong(("channel_id",), "an event somewhere else has no channel")
    yield from _in_times(sent)


def _in_times(sent: Shape) -> Iterator[Wrong]:
    times = [sent.get(f"scheduled_{end}_time") for end in ("start", "end")]
    for name, time in zip(("start", "end"), times, strict=True):
        if time and datetime.fromisoformat(time).tzinfo is None:
            yield Wrong((f"scheduled_{name}_time",), "this has no zone, and whose is it?")
    begins, ends = (datetime.fromisoformat(time).replace(tzinfo=None) if time else None for time in times)
    if begins and ends and begins >= ends:
        yield Wrong(("scheduled_end_time",), "Cannot schedule event to end before start", "GUILD_SCHEDULED_EVENT_END")
