"""What a test does in its own process, done over HTTP from another one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from telegram_server.accounts import Account, Bot
from telegram_server.faults import Fault
from telegram_server.groups import Group
from telegram_server.messages import Message
from telegram_server.pressing import Press

if TYPE_CHECKING:
    from telegram_server.server import TelegramServer
    from telegram_server.world import World


@dataclass(slots=True)
class Control:
    """Reads deeds such as {"who": "Ann", "does": "writes", "text": "hello", "in_": "Us"}.

    *who* is a person's name, a group's title, "clock", or nobody: then it is the server. What else is given goes to
    the deed by name; people, groups and bots are told by name (people and groups also by id, which is quicker where
    there are thousands), messages as {"chat": 1, "id": 2}.
    """

    world: World
    server: TelegramServer

    async def serve(self, request: web.Request) -> web.Response:
        """Do one deed, or a list of them."""
        told = await request.json()
        try:
            done = [self._do(one) for one in told] if isinstance(told, list) else self._do(told)
        except (AssertionError, AttributeError, LookupError, TypeError) as problem:
            return web.json_response({"error": f"{type(problem).__name__}: {problem}"}, status=400)
        return web.json_response({"done": done})

    def _do(self, told: dict[str, Any]) -> Any:
        subject = self._named(told["who"]) if "who" in told else self.server
        deed = str(told["does"])
        if deed.startswith("_"):
            raise AttributeError(f"nobody does {deed!r}")
        given = {name: self._read(name, value) for name, value in told.items() if name not in ("who", "does")}
        does = getattr(subject, deed)
        # Only a new group takes people, after its title.
        first = [given.pop("title"), *given.pop("people")] if "people" in given else []
        return _told(does(*first, **given) if callable(does) else does)

    def _named(self, name: str | int) -> Any:
        if name == "clock":
            return self.world.clock
        if isinstance(name, int):
            return self.world.users.get(name) or self.world.groups[name].now
        known: list[Account | Group] = [*self.world.users.values(), *self.world.bots.values()]
        known += [one for one in self.world.groups.values() if one.moved_to is None]
        found = [one for one in known if name in _names(one)]
        if not found:
            raise LookupError(f"nobody here is called {name!r}")
        return found[-1]

    def _read(self, name: str, value: Any) -> Any:
        match name:
            case "in_" | "by" | "bot" | "user" | "group" | "account":
                return self._named(value)
            case "people":
                return [self._named(one) for one in value]
            case "message" | "reply_to":
                return self._message(value)
            case "fault":
                return getattr(Fault, value["kind"])(**{key: one for key, one in value.items() if key != "kind"})
            case _:
                return value

    def _message(self, told: Mapping[str, int]) -> Message:
        group = self.world.groups.get(told["chat"])
        chat = group or self.world.private(self.world.users[told["chat"]], self.world.only_bot())
        return chat.messages[told["id"]]


def _names(one: Account | Group) -> tuple[str, ...]:
    if isinstance(one, Group):
        return (one.title,)
    return (one.name, one.username) if isinstance(one, Bot) else (one.name,)


def _told(done: Any) -> Any:
    """A result that fits into JSON."""
    match done:
        case Message():
            place = {"chat": done.chat.id, "id": done.id, "author": done.author.name}
            return place | {"text": done.text, "labels": done.labels, "links": done.links}
        case Press():
            return {"id": done.id, "answered": done.answered, "text": done.text, "alert": done.alert, "url": done.url}
        case Account() | Group():
            return {"id": done.id}
        case str() | int() | float() | None:
            return done
        case Sequence():
            return [_told(one) for one in done]
        case _ if dataclasses.is_dataclass(done) and not isinstance(done, type):
            shown = {field.name: getattr(done, field.name) for field in dataclasses.fields(done)}
            return {"what": type(done).__name__} | shown
        case _:
            return str(done)
