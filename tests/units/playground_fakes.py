"""An engine and a time machine with memory, for the playground's tests."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Awaitable, Callable

from bot.clock import SettableClock
from bot.events import Commanded, Completing, Event, Pressed, Said, Submitted
from bot.posts import (
    Answer,
    Choice,
    Done,
    Field,
    File,
    Form,
    Mark,
    Picture,
    Post,
    Show,
    Silence,
    Span,
    Style,
    Suggestions,
    Token,
)

MONDAY = 1_795_417_200
"""Mon 23 Nov 2026, 08:00 in Berlin."""


class RememberingEngine:
    """A handler that keeps every event and answers from a table; an id that comes again gets the same answer."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.asked = 0
        self.before_answering: Callable[[], Awaitable[None]] | None = None
        self.answers: dict[str, Answer] = {}
        self._given: dict[str, Answer] = {}

    async def __call__(self, event: Event) -> Answer:
        """Keep the event and answer it."""
        self.asked += 1
        if self.before_answering:
            await self.before_answering()
        if event.id not in self._given or isinstance(event, Completing):
            self.events.append(event)
            self._given[event.id] = self._answer(event)
        return self._given[event.id]

    def _answer(self, event: Event) -> Answer:
        match event:
            case Commanded(name=name):
                return self.answers.get(f"/{name}", Show(Post((Span(f"heard /{name}"),))))
            case Pressed(token=token):
                return self.answers.get(token.verb, Silence())
            case Said():
                return self.answers.get("said", Done(Mark.RECORDED))
            case Submitted(token=token):
                return self.answers.get(f"submit {token.verb}", Done(Mark.RECORDED))
            case Completing(typed=typed):
                cities = ("Lisbon", "Lima", "Berlin")
                return Suggestions(tuple(city for city in cities if city.startswith(typed)))
            case _:
                return Silence()


class FakeMachine:
    """A time machine over a clock that stands still; *on_the_way* lives through each turn."""

    def __init__(self, now: int = MONDAY) -> None:
        self.clock = SettableClock(now)
        self.coming: int | None = now + 14 * 3600
        self.known_zones: dict[str, str] = {}
        self.fresh_starts = 0
        self.on_the_way: Callable[[int], Awaitable[None]] | None = None

    def now(self) -> int:
        """The moment the clock shows."""
        return self.clock.now()

    async def next_moment(self) -> int | None:
        """What was said to come next."""
        return self.coming

    async def turn_to(self, moment: int) -> None:
        """Move the clock and live through the way."""
        self.clock.move_to(moment)
        if self.on_the_way:
            await self.on_the_way(moment)

    async def zones(self) -> dict[str, str]:
        """Whoever has said where their clock is."""
        return dict(self.known_zones)

    async def start_over(self) -> None:
        """Count the fresh starts."""
        self.fresh_starts += 1


class EchoWords:
    """Phrases that say their own name."""

    def say(self, phrase: str, locale: str = "en", **values: str) -> str:
        """The phrase's name, its language and its values."""
        return " ".join([phrase, locale, *values.values()])


def post(words: str = "Three things, however small.", *choices: Choice, quiet: bool = False) -> Post:
    """A post with a title, as rituals have them."""
    return Post((Span("Morning appreciation", Style.STRONG), Span("\n" + words)), choices, quiet=quiet)


def form() -> Form:
    """A form with a question to write and one to choose."""
    fields = (
        Field("words", "What did you notice?", hint="A small thing is enough"),
        Field("how", "How was it?", options=("Light", "Mixed", "Heavy"), needed=False),
    )
    return Form(Token("write", 7), "Your answer", fields)


def picture() -> Picture:
    """A small PNG in two colours."""
    rows = b"".join(b"\0" + b"\xf6\xc9\xa8" * 60 + b"\x6d\x4a\x7d" * 60 for _ in range(70))
    head = struct.pack(">IIBBBBB", 120, 70, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    body = b"".join(_chunk(kind, content) for kind, content in chunks)
    return Picture(b"\x89PNG\r\n\x1a\n" + body, "Two colours beside each other")


def file() -> File:
    """A file with a name that needs care."""
    return File('your "words".txt', b"kept")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
