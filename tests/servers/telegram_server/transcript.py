"""What became visible to anybody, and which updates the bots were given, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Posted:
    """A message appeared."""

    at: int
    chat: int
    message: int
    author: str
    text: str
    entities: tuple[dict[str, Any], ...]
    buttons: tuple[str, ...]
    seen_by: tuple[str, ...]
    silent: bool = False
    reply_to: int = 0
    media: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message shows something else now."""

    at: int
    chat: int
    message: int
    author: str
    text: str
    entities: tuple[dict[str, Any], ...]
    buttons: tuple[str, ...]
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone."""

    at: int
    chat: int
    message: int
    by: str


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody put marks on a message, or took them off."""

    at: int
    chat: int
    message: int
    by: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A press was answered; only the person who pressed sees the words."""

    at: int
    chat: int
    message: int
    seen_by: str
    text: str
    alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """A message was pinned or, with *down*, unpinned."""

    at: int
    chat: int
    message: int
    by: str
    down: bool = False


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A bot was given an update."""

    at: int
    bot: str
    update: int
    kind: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A bot said that it has an update."""

    at: int
    bot: str
    update: int
    kind: str


Visible = Posted | Edited | Deleted | Reacted | Answered | Pinned
Entry = Visible | HandedOut | Confirmed


@dataclass(slots=True)
class Transcript(Sequence[Entry]):
    """All of it, in order."""

    entries: list[Entry] = field(default_factory=list)
    kept: bool = True

    def __getitem__(self, index: Any) -> Any:
        return self.entries[index]

    def __len__(self) -> int:
        return len(self.entries)

    def add(self, entry: Entry) -> None:
        """Write one down; a server that only serves a benchmark keeps nothing."""
        if self.kept:
            self.entries.append(entry)

    @property
    def visible(self) -> list[Visible]:
        """What somebody could see, without the bots' updates."""
        return [one for one in self.entries if not isinstance(one, HandedOut | Confirmed)]

    def posts(self, by: str = "", *, chat: int = 0) -> list[Posted]:
        """The messages that appeared, of one author or in one chat if named."""
        posted = [one for one in self.entries if isinstance(one, Posted)]
        return [one for one in posted if by in ("", one.author) and chat in (0, one.chat)]
