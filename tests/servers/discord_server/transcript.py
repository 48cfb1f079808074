"""What became visible to anybody, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discord_server.messages import Message


@dataclass(frozen=True, slots=True)
class Posted:
    """A message appeared."""

    at: float
    channel: int
    message: int
    author: str
    text: str
    buttons: tuple[str, ...]
    seen_by: tuple[str, ...]
    """The people who see it."""
    ephemeral: bool = False
    silent: bool = False
    reply_to: int = 0
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """A message shows something else now."""

    at: float
    channel: int
    message: int
    author: str
    text: str
    buttons: tuple[str, ...]
    seen_by: tuple[str, ...]
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone."""

    at: float
    channel: int
    message: int
    by: str


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody put a mark on a message, or took it off."""

    at: float
    channel: int
    message: int
    by: str
    mark: str
    taken_off: bool = False


@dataclass(frozen=True, slots=True)
class Pinned:
    """A message was pinned, or no longer is."""

    at: float
    channel: int
    message: int
    by: str
    down: bool = False


@dataclass(frozen=True, slots=True)
class Noticed:
    """Discord itself wrote a line, such as that somebody joined."""

    at: float
    channel: int
    message: int
    about: str
    kind: int
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thinking:
    """The bot thinks, as Discord shows it."""

    at: float
    channel: int
    message: int
    author: str
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormOpened:
    """A form opened on somebody's screen."""

    at: float
    channel: int
    seen_by: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What somebody was typing could become one of these."""

    at: float
    channel: int
    seen_by: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Somebody was told that the application did not respond."""

    at: float
    channel: int
    seen_by: str
    name: str


Entry = Posted | Edited | Deleted | Reacted | Pinned | Noticed | Thinking | FormOpened | Suggested | Failed


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

    def posts(self, by: str = "", *, channel: int = 0) -> list[Posted]:
        """The messages that appeared, of one author or in one channel if named."""
        posted = [one for one in self.entries if isinstance(one, Posted)]
        return [one for one in posted if by in ("", one.author) and channel in (0, one.channel)]

    def note_post(self, message: Message, at: float) -> None:
        """Somebody sees something new."""
        if not self.kept:
            return
        replied = message.reply_to.id if message.reply_to else 0
        files = tuple(one.filename for one in message.attachments)
        seen = (*_seen(message, at), message.is_ephemeral, message.is_silent, replied, files)
        self.entries.append(Posted(*seen))

    def note_edit(self, message: Message, at: float) -> None:
        """Somebody sees it changed."""
        if self.kept:
            self.entries.append(Edited(*_seen(message, at), message.is_ephemeral))


def _seen(message: Message, at: float) -> tuple[Any, ...]:
    shown = (message.text, tuple(message.labels), people_who_see(message))
    return (at, message.channel.id, message.id, message.author.name, *shown)


def people_who_see(message: Message) -> tuple[str, ...]:
    """The names of the people who see a message."""
    return tuple(one.name for one in message.readers() if not one.is_bot)
