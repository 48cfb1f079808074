"""What an interaction means to the engine: a command, words being typed, a press, a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import discord

from adapters.discord.places import FORM, PLATFORM, private, ref, room, token_of
from bot.events import (
    BotAdded,
    Commanded,
    Completing,
    Event,
    Part,
    Person,
    Picked,
    Pressed,
    Submitted,
    Words,
)
from bot.posts import UNKNOWN, InPrivate, Place, Token

WORDS_OPTION = "words"
"""The name of the one option that a command may have."""

SELECTS = frozenset({3, 21})
"""Component types whose answer is one of the options that were offered."""

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff\0]")


class Origin(Enum):
    """What an interaction was begun from."""

    NOTHING = "a command, which no message stands behind"
    PUBLIC = "a message that the whole channel sees"
    EPHEMERAL = "a message that only this person sees"
    PRIVATE = "a message in the direct messages"


@dataclass(frozen=True, slots=True)
class Heard:
    """An event, and what it was begun from."""

    event: Event
    origin: Origin


def read(interaction: discord.Interaction[Any], *, others_read: bool = False) -> Heard | None:
    """The event of an interaction; nothing for kinds that we do not offer."""
    if interaction.guild_id is not None and interaction.channel_id is None:
        # A kind of channel that the library does not know: what is private could not be kept so.
        return None
    event = _event(interaction, others_read=others_read)
    return Heard(event, _origin(interaction)) if event else None


def person_of(user: discord.User | discord.Member, language: str = "") -> Person:
    """Somebody, by the name that the others see here."""
    return Person(PLATFORM, str(user.id), clean(user.display_name), clean(language))


def clean(text: str) -> str:
    """Half a character cannot be written as UTF-8, and a NUL not into every database."""
    return _HALF_A_CHARACTER.sub("\ufffd", text)


def opened(words: str, common: dict[str, Any]) -> Commanded | Pressed:
    """The way in, given in private behind `start`: elsewhere a link, which is a press."""
    token = Token.parse(words)
    return Commanded(**common, name="start", words=words) if token == UNKNOWN else Pressed(**common, token=token)


def _event(interaction: discord.Interaction[Any], *, others_read: bool) -> Event | None:
    given: Mapping[str, Any] = interaction.data or {}
    common = _common(interaction)
    match interaction.type:
        case discord.InteractionType.application_command if given.get("type", 1) == 1:
            return _command(given, common, others_read=others_read)
        case discord.InteractionType.autocomplete:
            return Completing(**common, name=clean(str(given["name"])), typed=clean(_words(given)))
        case discord.InteractionType.component:
            return _press(interaction, given, common)
        case discord.InteractionType.modal_submit if str(given["custom_id"]).startswith(FORM):
            answers = tuple(_answers(given["components"]))
            return Submitted(**common, token=token_of(given["custom_id"]), answers=answers)
        case _:
            return None


def _command(given: Mapping[str, Any], common: dict[str, Any], *, others_read: bool) -> Event:
    name, words = clean(str(given["name"])), clean(_words(given)).strip()
    if name == "start" and isinstance(common["place"], InPrivate):
        return opened(words, common)
    if name == "start" and others_read and not words:
        # Who begins in a channel brings the bot there, and whether others can read it is known here alone.
        return BotAdded(**common, others_read=True)
    return Commanded(**common, name=name, words=words)


def _press(interaction: discord.Interaction[Any], given: Mapping[str, Any], common: dict[str, Any]) -> Event | None:
    if interaction.message is None:
        return None
    message = ref(common["place"], interaction.message.id)
    return Pressed(**{**common, "message": message}, token=token_of(str(given["custom_id"])))


def _words(given: Mapping[str, Any]) -> str:
    return next((str(one["value"]) for one in given.get("options", ()) if one["name"] == WORDS_OPTION), "")


def _answers(components: list[Mapping[str, Any]]) -> Iterator[tuple[str, Part]]:
    """What was filled in; a field that was left empty has no answer."""
    for outer in components:
        field = outer.get("component") or next(iter(outer.get("components", ())), None)
        if not field or "custom_id" not in field:
            continue
        if not isinstance(field["custom_id"], str):
            continue
        if field["type"] in SELECTS:
            chosen = field.get("values") or [field.get("value")]
            if str(chosen[0]).isdecimal():
                yield clean(field["custom_id"]), Picked(int(chosen[0]))
        elif str(field.get("value") or "").strip():
            yield clean(field["custom_id"]), Words(clean(field["value"]))


def _origin(interaction: discord.Interaction[Any]) -> Origin:
    if interaction.message is None:
        return Origin.NOTHING
    if interaction.guild_id is None:
        return Origin.PRIVATE
    return Origin.EPHEMERAL if interaction.message.flags.ephemeral else Origin.PUBLIC


def _common(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    return {
        "id": f"i{interaction.id}",
        "moment": int(interaction.created_at.timestamp()),
        "place": _place(interaction),
        "person": person_of(interaction.user, str(interaction.locale.value)),
    }


def _place(interaction: discord.Interaction[Any]) -> Place:
    if interaction.guild_id is None or interaction.channel_id is None:
        return private(interaction.user.id)
    return room(interaction.channel_id)
