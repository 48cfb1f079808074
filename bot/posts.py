"""What the bot says: places, texts, choices, forms, posts and answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

LONGEST_TOKEN = 64
"""Telegram's deep-link payload: 64 characters of [A-Za-z0-9_-] (its button data has 64 bytes)."""

LARGEST_ID = (1 << 63) - 1
"""Ids have 63 bits."""

MOST_FIELDS = 5
"""Discord's modals hold at most five components."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(r"([a-z]+)-([0-9a-z]{1,13})(?:-([A-Za-z0-9_-]+))?")


@dataclass(frozen=True, slots=True)
class InRoom:
    """The chat that the two share on one platform; *thread* is empty where there are none."""

    platform: str
    chat: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class InPrivate:
    """The bot's private chat with one person on one platform."""

    platform: str
    user: str


Place = InRoom | InPrivate


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One post on one platform: the place it stands in and the platform's own id for it.

    A long post may take several messages: *message* is the last one, *earlier* the ones before it, in order.
    """

    place: Place
    message: str
    earlier: tuple[str, ...] = ()


class Style(Enum):
    """How a span looks; partners' words are always PLAIN."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style; the text is never markup."""

    text: str
    style: Style = Style.PLAIN


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The words of *text* without their styles."""
    return "".join(span.text for span in text)


@dataclass(frozen=True, slots=True)
class Token:
    """What a press means: a verb, the row it is about, and the wanted state (never a toggle).

    A token is a request and never a right: every press is authorised against the store.
    """

    verb: str
    subject: int = 0
    value: str = ""

    def __post_init__(self) -> None:
        written = str(self)
        if not 0 <= self.subject <= LARGEST_ID or not _TOKEN.fullmatch(written) or len(written) > LONGEST_TOKEN:
            raise ValueError(f"not a token: {written!r}")

    def __str__(self) -> str:
        head = f"{self.verb}-{base36(self.subject)}"
        return f"{head}-{self.value}" if self.value else head

    @classmethod
    def parse(cls, written: str) -> Token:
        """Read a token back; whatever is not one becomes UNKNOWN, which the engine answers kindly."""
        found = _TOKEN.fullmatch(written) if len(written) <= LONGEST_TOKEN else None
        subject = int(found[2], 36) if found else 0
        if found is None or subject > LARGEST_ID:
            return UNKNOWN
        return cls(found[1], subject, found[3] or "")


def base36(number: int) -> str:
    """A number in as few of the characters that a token may have as can be."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


UNKNOWN = Token("unknown")


BRING = Token("bring")
"""The wish to take the bot into a chat; a platform that has a link for that offers the link."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to press; *privately* says that what it opens is for the presser alone."""

    label: str
    token: Token
    privately: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One short question of a form, answered in writing or, where there are options, by choosing."""

    name: str
    label: str
    hint: str = ""
    filled: str = ""
    longest: int = 4000
    options: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """One to five short questions; a submit comes back with the form's token."""

    token: Token
    title: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.fields) <= MOST_FIELDS:
            raise ValueError(f"a form has 1 to {MOST_FIELDS} fields, not {len(self.fields)}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture and the words that describe it to someone who cannot see it."""

    content: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A voice note or a picture that a person sent, by its handle, which belongs to one platform and bot.

    Elsewhere only the words that go with it are said.
    """

    platform: str
    handle: str
    is_voice: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Appointment:
    """A time that the two have set, in seconds UTC; *is_off*: it was set and holds no more.

    A platform that keeps a calendar of its own beside the chat may enter it there; *key* stays the same while the time
    and the title change. *title* is all that a calendar shows.
    """

    title: str
    begins: int
    ends: int
    key: str
    is_off: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.begins < self.ends:
            raise ValueError(f"not a span of time: {self.begins} to {self.ends}")


@dataclass(frozen=True, slots=True)
class Post:
    """What the bot can say at any time; *quiet* means that no phone rings.

    *appointment* is what the text says of a time, for a platform's own calendar. *for_two*: it is not said where others
    read, as far as the platform knows. *how_to_reply* is for platforms on which not every reply reaches the bot;
    elsewhere it is not shown.
    """

    text: Text
    choices: tuple[Choice, ...] = ()
    picture: Picture | None = None
    file: File | None = None
    recorded: Recorded | None = None
    quiet: bool = False
    how_to_reply: str = ""
    for_two: bool = False
    appointment: Appointment | None = None


class Mark(Enum):
    """A neutral receipt on a person's own message; never a heart."""

    RECORDED = "recorded"
    KEPT_AS_IT_WAS = "kept as it was"


@dataclass(frozen=True, slots=True)
class Show:
    """Say this; *privately* to the person alone, *in_place* of the message that was pressed."""

    post: Post
    privately: bool = False
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Open this form for the person; only ever an answer to a press or a command.

    *privately* says that what is asked, and what is answered, is not for the room.
    """

    form: Form
    privately: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the word being typed could become."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """It is recorded; the person's own message gets this mark."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing to say."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Take away the message that was pressed, and where the platform lets us, the one with which it was asked for."""

    asked_by: MessageRef | None = None


Answer = Show | Ask | Suggestions | Done | Silence | Gone
