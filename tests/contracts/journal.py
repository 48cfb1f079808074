"""What happened on somebody's phone, in order: messages that came, changed and went, whoever did it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from the_story import Phone, Stage

from bot.turn import Repertoire

BESIDE_THE_POINT = {"at", "channel", "chat", "message", "seen_by", "reply_to", "entities", "author", "by", "ephemeral"}
"""What differs from run to run without anybody's doing, or says nothing of its own."""

Happening = tuple[str, ...]


@dataclass(slots=True)
class Journal:
    """One phone's happenings, step by step of what its owner did and of the moments that came."""

    stage: Stage
    phone: Phone
    known: Repertoire
    read: int = 0
    pages: list[tuple[str, list[Happening]]] = field(default_factory=list)

    def turns(self, step: str) -> None:
        """Write down what is new on the phone since the last page."""
        new = self.phone.happened()[self.read :]
        self.read += len(new)
        told = [tuple(without_chance(part, self.known) for part in one) for one in new]
        # Posts to several chats may arrive in either order; within a chat the order is the couple's.
        self.pages.append((step, sorted(told, key=lambda one: one[0])))

    async def comes(self, wall: str) -> None:
        """A moment comes."""
        await self.stage.comes(wall)
        await self.stage.settles()
        self.turns(wall)

    async def says(self, words: str) -> None:
        """The phone's owner writes in private."""
        await self.phone.says(words, in_room=False)
        await self.stage.settles()
        self.turns(words)

    async def presses(self, *labels: str) -> None:
        """The phone's owner presses."""
        for label in labels:
            await self.phone.presses(label)
            await self.stage.settles()
            self.turns(label)


def without_chance(read: str, known: Repertoire) -> str:
    """The same without what is drawn anew each time: codes, and which prompt of a deck comes."""
    for deck in known.decks.values():
        for prompt in deck.prompts:
            read = read.replace(prompt.text, f"(a prompt of {deck.title})")
    return re.sub(r"(/recover |[a-z]+-(?=[0-9a-z]{11,})|bot\?start=)\S+", r"\1(a code)", read)


def seen_on(transcript: Iterable[Any], name: str) -> Iterator[Happening]:
    """What of a server's transcript became visible to this person; where it stood is told as a number."""
    chats: dict[int, str] = {}
    seen, thinking = set(), set()
    for entry in transcript:
        kind, shown = type(entry).__name__, getattr(entry, "seen_by", ())
        chat, message = getattr(entry, "channel", 0) or getattr(entry, "chat", 0), getattr(entry, "message", 0)
        if name not in ((shown,) if isinstance(shown, str) else shown) and (chat, message) not in seen:
            continue
        chats.setdefault(chat, f"chat {len(chats) + 1}")
        seen.add((chat, message))
        if kind == "Thinking":
            # Whether an answer took long is this machine's doing; that it comes counts as that it comes.
            thinking.add((chat, message))
            continue
        if kind == "Edited" and (chat, message) in thinking:
            kind = "Posted"
        told = {key: value for key, value in dataclasses.asdict(entry).items() if key not in BESIDE_THE_POINT and value}
        if getattr(entry, "author", "") == name or (kind == "Answered" and not told):
            # Whether one's own words or the end of a press stand first is the network's doing.
            continue
        yield chats[chat], kind, *(f"{key}: {value}" for key, value in told.items())
