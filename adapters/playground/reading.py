"""What the page sends, read as deeds, and as the events that they are to the engine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, assert_never

from adapters.playground.fields import LONGEST_NAME, Fields, Unreadable
from adapters.playground.places import ROOM, person, place_of
from bot.events import (
    Commanded,
    Completing,
    Edited,
    Event,
    Part,
    Pressed,
    Said,
    Snapshot,
    Submitted,
    Vanished,
    Voice,
    Words,
)
from bot.posts import MessageRef, Place, Token

SECONDS = 4
"""How long a voice note is that is made up."""

_COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]{0,31})(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPerson:
    """What every deed on a phone has: the page's own id for it, and whose phone it was."""

    id: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(ByPerson):
    """A message was written, perhaps in reply to another; *holds* is a voice note or a picture, without words.

    A page has neither microphone nor camera: what it holds is made up, and only that it is there goes on.
    """

    chat: str
    text: str
    reply_to: int = 0
    holds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(ByPerson):
    """A choice under a message was pressed."""

    message: int
    token: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(ByPerson):
    """A form was sent; *message* is the post it was opened from, 0 if a command opened it."""

    chat: str
    message: int
    token: Token
    answers: tuple[tuple[str, Part], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite(ByPerson):
    """A person's own message was changed."""

    message: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase(ByPerson):
    """A person's own message was deleted."""

    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(ByPerson):
    """The words behind a command are being typed."""

    chat: str
    name: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnClock:
    """The clock shall go forward to a moment."""

    id: str
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartOver:
    """Everything shall be forgotten."""

    id: str


OnPhone = Say | Press | Submit | Rewrite | Erase | Complete
Deed = OnPhone | TurnClock | StartOver


def deed(raw: str) -> Deed:
    """Read one message of the page; whatever is wrong with it is Unreadable."""
    try:
        sent = json.loads(raw)
    except (ValueError, RecursionError) as broken:
        raise Unreadable("malformed") from broken
    if not isinstance(sent, dict):
        raise Unreadable("malformed")
    fields = Fields(sent)
    read = _READERS.get(fields.text("do", LONGEST_NAME))
    if read is None:
        raise Unreadable("unknown", fields.id)
    return read(fields)


def event(done: OnPhone, own: MessageRef | None, about: MessageRef | None, moment: int) -> Event | None:
    """What a deed is to the engine; nothing where a real platform would not tell the bot.

    *own* is the person's own message; *about* is the bot's post that was pressed or replied to.
    """
    common: dict[str, Any] = {"id": done.id, "moment": moment, "person": person(done.phone)}
    match done:
        case Say():
            return _said(done, own, about, common)
        case Press(token=token):
            return Pressed(**common, place=_place(about), message=about, token=token)
        case Submit(token=token, answers=answers, chat=chat):
            return Submitted(**common, place=place_of(chat), token=token, answers=answers)
        case Rewrite(text=text):
            return Edited(**common, place=_place(own), message=own, parts=(Words(text),))
        case Erase():
            return Vanished(**common, place=_place(own), message=own)
        case Complete(name=name, typed=typed, chat=chat):
            return Completing(**common, place=place_of(chat), name=name, typed=typed)
        case _:
            assert_never(done)


def command(text: str) -> tuple[str, str] | None:
    """The name and the words of a command, if a text is one."""
    found = _COMMAND.fullmatch(text.strip())
    return (found[1].lower(), (found[2] or "").strip()) if found else None


def _said(done: Say, own: MessageRef | None, about: MessageRef | None, common: dict[str, Any]) -> Event | None:
    place = place_of(done.chat)
    called = command(done.text)
    if called is not None:
        return Commanded(**common, place=place, message=own, name=called[0], words=called[1])
    # Group privacy: in the shared chat a bot is told only of replies to its own posts.
    if done.chat == ROOM and about is None:
        return None
    return Said(**common, place=place, message=own, parts=(_part(done),), reply_to=about)


def _part(done: Say) -> Part:
    match done.holds:
        case "voice":
            return Voice(done.id, SECONDS)
        case "picture":
            return Snapshot(done.id)
        case _:
            return Words(done.text)


def _place(ref: MessageRef | None) -> Place:
    if ref is None:
        raise Unreadable("gone")
    return ref.place


def _say(f: Fields) -> Deed:
    holds = f.holds()
    text = "" if holds else f.written("text")
    return Say(id=f.id, phone=f.phone(), chat=f.chat(), text=text, reply_to=f.number("reply_to"), holds=holds)


def _press(f: Fields) -> Deed:
    return Press(id=f.id, phone=f.phone(), message=f.number("message"), token=f.token())


def _submit(f: Fields) -> Deed:
    where = {"phone": f.phone(), "chat": f.chat()}
    return Submit(id=f.id, **where, message=f.number("message"), token=f.token(), answers=f.answers())


def _rewrite(f: Fields) -> Deed:
    return Rewrite(id=f.id, phone=f.phone(), message=f.number("message"), text=f.written("text"))


def _erase(f: Fields) -> Deed:
    return Erase(id=f.id, phone=f.phone(), message=f.number("message"))


def _complete(f: Fields) -> Deed:
    name = f.text("name", LONGEST_NAME).lower()
    return Complete(id=f.id, phone=f.phone(), chat=f.chat(), name=name, typed=f.text("typed"))


def _turn(f: Fields) -> Deed:
    return TurnClock(id=f.id, to=f.number("to"))


def _start_over(f: Fields) -> Deed:
    return StartOver(id=f.id)


_READERS: dict[str, Callable[[Fields], Deed]] = {
    "say": _say,
    "press": _press,
    "submit": _submit,
    "rewrite": _rewrite,
    "erase": _erase,
    "complete": _complete,
    "turn": _turn,
    "start-over": _start_over,
}
