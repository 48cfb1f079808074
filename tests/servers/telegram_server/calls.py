"""One call of a method: what the bot gave, read by name and kind."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram_server.errors import bad_request
from telegram_server.files import Upload

if TYPE_CHECKING:
    from telegram_server.accounts import Bot
    from telegram_server.world import World

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A method, who calls it, and the parameters, however the bot's library has packed them."""

    bot: Bot
    method: str
    given: Given
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    gone: Callable[[], bool] = lambda: False
    """Whether the caller has hung up meanwhile."""

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all."""
        return self.given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """A parameter that is text."""
        given = self.given.get(name)
        return default if given is None else str(given)

    def integer(self, name: str, default: int = 0) -> int:
        """A parameter that is a number."""
        if not self.has(name):
            return default
        try:
            return int(self.given[name])
        except ValueError as problem:
            raise bad_request(f'parameter "{name}" must be a number') from problem

    def flag(self, name: str) -> bool:
        """A parameter that is yes or no."""
        return str(self.given.get(name, "")).lower() in ("true", "1", "yes")

    def shape(self, name: str) -> Any:
        """A parameter that is an object or a list, given as such or as JSON text."""
        given = self.given.get(name)
        if not isinstance(given, str) or not given:
            return given or None
        try:
            return json.loads(given)
        except ValueError as problem:
            raise bad_request(f"can't parse {name}: not JSON") from problem


Method = Callable[["World", Call], Any | Awaitable[Any]]
