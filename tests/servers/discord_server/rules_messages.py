"""Discord's rules for messages that its description does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from discord_server.errors import Wrong
from discord_server.messages import EPHEMERAL, MADE_OF_COMPONENTS, SILENT, SUPPRESS_EMBEDS
from discord_server.rules_components import in_components
from discord_server.rules_lengths import at_most

Shape = dict[str, Any]

LONGEST_CONTENT, LONGEST_NONCE = 2000, 25
MOST_EMBEDS, LONGEST_EMBEDS = 10, 6000
SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SILENT | MADE_OF_COMPONENTS
EXCLUDED = ("content", "embeds", "poll", "sticker_ids")
"""What a message that is made of components cannot have beside them."""


def in_message(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with a message, or with what changes one."""
    yield from at_most(("content",), sent.get("content"), LONGEST_CONTENT)
    flags = int(sent.get("flags") or 0)
    if flags & ~SETTABLE:
        yield Wrong(("flags",), f"a bot cannot set {flags}")
    yield from _in_nonce(sent)
    yield from _in_embeds(sent.get("embeds") or ())
    is_made_of_them = bool(flags & MADE_OF_COMPONENTS)
    yield from in_components(sent.get("components") or (), made_of_them=is_made_of_them)
    for key in EXCLUDED:
        if is_made_of_them and sent.get(key):
            words = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            yield Wrong((key,), words, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_2")


def in_promise(sent: Shape) -> Iterator[Wrong]:
    """What is wrong with the promise of a message; what it is made of is settled when it comes."""
    if int(sent.get("flags") or 0) & ~EPHEMERAL:
        yield Wrong(("flags",), "only who will see it can be said before it is there")


def _in_nonce(sent: Shape) -> Iterator[Wrong]:
    nonce = sent.get("nonce")
    if sent.get("enforce_nonce") and nonce in (None, ""):
        yield Wrong(("enforce_nonce",), "there is no nonce to enforce")
    if nonce is not None:
        yield from at_most(("nonce",), str(nonce), LONGEST_NONCE)


def _in_embeds(embeds: Sequence[Shape]) -> Iterator[Wrong]:
    yield from at_most(("embeds",), embeds, MOST_EMBEDS)
    if sum(len(part) for one in embeds for part in _parts(one)) > LONGEST_EMBEDS:
        words = f"Embed size exceeds maximum size of {LONGEST_EMBEDS}"
        yield Wrong(("embeds",), words, "MAX_EMBED_SIZE_EXCEEDED")


def _parts(embed: Shape) -> Iterator[str]:
    """The texts that count together."""
    yield from (embed.get("title") or "", embed.get("description") or "")
    yield (embed.get("footer") or {}).get("text") or ""
    yield (embed.get("author") or {}).get("name") or ""
    for one in embed.get("fields") or ():
        yield from (one["name"], one["value"])
