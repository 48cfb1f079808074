"""What can go wrong, named by what to do next.

RitualsError
├── Refusal             tell the person, kindly; the phrase says why
├── Misconfigured       stop at start, and say what to mend
│   └── BrokenDeck      ... in which file, at which key
├── StoreUnusable       say what to do about the database; at the start, stop
│   └── AlreadyRunning  ... as another program has it
├── WrongKey            these bytes were not sealed with this key, for this row
└── DeliveryError       the courier decides
    ├── Unreachable     rest this address until someone speaks there
    ├── RetryLater      try again after a while
    ├── Unanswered      try again after growing waits: the platform does not answer
    ├── RoomHasMoved    follow the room to its new address
    └── Rejected        the platform will never take this post: give it up
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.posts import InRoom


class RitualsError(Exception):
    """Whatever this program raises on purpose."""


class Refusal(RitualsError):
    """The person is told, kindly, by this phrase, and nothing changes."""

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.values = values


class Misconfigured(RitualsError):
    """The program cannot start as it is set up; the sentence says what to mend."""


class BrokenDeck(Misconfigured):
    """A deck that cannot be read: the file, the key and the reason."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


class StoreUnusable(RitualsError):
    """The database cannot be used as it is; the sentence says what to do."""


class AlreadyRunning(StoreUnusable):
    """Another Couple Rituals is at work with the database."""


class WrongKey(RitualsError):
    """What is stored was not sealed with this key, or not for this row."""


class DeliveryError(RitualsError):
    """A post did not arrive."""


class Unreachable(DeliveryError):
    """Nobody can be reached at this address any more."""


class RetryLater(DeliveryError):
    """The platform asks us to slow down."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"try again in {after}")
        self.after = after


class Unanswered(DeliveryError):
    """The platform does not answer at present; whether the post arrived may not be known."""


class RoomHasMoved(DeliveryError):
    """The room has a new address."""

    def __init__(self, to: InRoom) -> None:
        super().__init__(f"the room has moved to {to}")
        self.to = to


class OthersRead(DeliveryError):
    """Others can read there what is for the two alone; it goes to their private chats."""


class Rejected(DeliveryError):
    """The platform refuses this post for good."""
