"""What a person's message holds, as it is recorded."""

from __future__ import annotations

from typing import assert_never

from bot.errors import Refusal
from bot.events import Happening, Part, Picked, Said, Snapshot, Submitted, Voice, Words
from bot.model import Kept
from bot.posts import InPrivate, Place

LONGEST = 20_000
"""How many characters of one answer are kept; platforms allow 4,096 a message."""


def parts_of(written: Said | Submitted) -> tuple[Part, ...]:
    """What a person answered with, in a message or in a form."""
    return written.parts if isinstance(written, Said) else tuple(part for _, part in written.answers)


def words_of(parts: tuple[Part, ...]) -> tuple[str, Kept]:
    """The words to record and what they are; a voice note or a picture is kept as its handle."""
    texts = []
    kept = Kept.WORDS
    for part in parts:
        match part:
            case Words(text):
                texts.append(text)
            case Picked(option):
                texts.append(str(option))
            case Voice(handle, seconds):
                kept = Kept.VOICE
                texts.append(f"{seconds} {handle}")
            case Snapshot(handle):
                kept = Kept.PICTURE
                texts.append(handle)
            case _:
                assert_never(part)
    words = _storable("\n".join(text for text in texts if text.strip()).strip())
    if len(words) > LONGEST:
        raise Refusal("too-long", most=f"{LONGEST:,}")
    return words, kept


def line_of(written: Said | Submitted, longest: int) -> str:
    """What was written, in one line of at most so many characters."""
    words, kept = words_of(parts_of(written))
    line = " ".join(words.split())
    if kept != Kept.WORDS or not any(one.isprintable() and not one.isspace() for one in line):
        raise Refusal("nothing-written")
    if len(line) > longest:
        raise Refusal("too-long", most=str(longest))
    return line


def _storable(words: str) -> str:
    """Half a surrogate pair, which no encoding can hold, becomes the sign for a lost character."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def source_of(event: Happening) -> str:
    """Where recorded words came from: the person's own message, or the event that brought them."""
    if event.message is None:
        return f"event/{event.id}"
    return f"{sources_in(event.message.place)}{event.message.message}"


def sources_in(place: Place) -> str:
    """What the source of everything that is written in a place begins with."""
    where = place.user if isinstance(place, InPrivate) else f"{place.chat}/{place.thread}"
    return f"{place.platform}/{where}/"
