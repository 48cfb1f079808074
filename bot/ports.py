"""What the core asks of the world around it, and what it offers to the adapters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.events import Event
from bot.posts import Answer, MessageRef, Place, Post


class Messenger(Protocol):
    """Brings posts to one platform.

    Each method raises Unreachable, RetryLater, RoomHasMoved or Rejected. A delivery is at least once: *key* is
    the same each time that one post, or one change of it, is tried again, so a platform that can tell may drop the
    second. *change* tells where the post stands then, as it may take more messages or fewer.
    """

    async def deliver(self, post: Post, to: Place, key: str) -> MessageRef: ...

    async def change(self, ref: MessageRef, post: Post, key: str) -> MessageRef: ...

    async def remove(self, ref: MessageRef) -> None: ...


class Handler(Protocol):
    """Decides about an event; what it answers is committed before it returns."""

    async def __call__(self, event: Event) -> Answer: ...


class Acquaintances(Protocol):
    """Whom the bot knows on one platform; asked for after it was away."""

    async def rooms(self) -> list[str]:
        """The chats that couples share there."""
        ...

    async def unheard(self, events: Sequence[str]) -> set[str]:
        """Those of these events that were never decided about."""
        ...

    async def awaited(self) -> list[str]:
        """The users from whom something is awaited in private, or came of late; most recently seen first."""
        ...

    async def recorded(self, place: Place) -> set[str]:
        """The messages of people there whose words are recorded and not taken back."""
        ...


class Sealer(Protocol):
    """Turns words into bytes for the database and back, with a couple's wrapped key; *bound* ties them to their row."""

    def new_key(self, couple: int) -> bytes: ...

    def seal(self, words: str, couple: int, wrapped: bytes, bound: bytes) -> bytes: ...

    def open(self, body: bytes, couple: int, wrapped: bytes, bound: bytes) -> str: ...


class Words(Protocol):
    """The adapter's own phrases, in a language."""

    def say(self, phrase: str, locale: str = "en", **values: str) -> str: ...

    def locales(self) -> tuple[str, ...]: ...


class TimeMachine(Protocol):
    """What the playground's clock bar may do; moments are UTC seconds."""

    def now(self) -> int: ...

    async def next_moment(self) -> int | None:
        """The next moment at which the bot has something to do, if there is one."""
        ...

    async def turn_to(self, moment: int) -> None:
        """Turn the clock forward to *moment*, living through everything that is due on the way, in order."""
        ...

    async def zones(self) -> dict[str, str]:
        """Each person's time zone (IANA name) by their user id, for those who have set one."""
        ...

    async def start_over(self) -> None:
        """Forget everything and begin with a new couple."""
        ...
