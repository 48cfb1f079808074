"""Whether what goes in and out is what the official description and the rules beside it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from discord_server.errors import Wrong, invalid_form
from discord_server.official import Description
from discord_server.rules import LATER_MESSAGE, MESSAGE, MODAL, SUGGEST, UPDATE
from discord_server.rules_commands import in_command, in_commands, in_suggestions
from discord_server.rules_events import in_event
from discord_server.rules_messages import in_message, in_promise
from discord_server.rules_modals import in_modal

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
NEW_MESSAGES = ("/channels/{channel_id}/messages", "/webhooks/{webhook_id}/{webhook_token}")


@dataclass(slots=True)
class Judge:
    """Notes every disagreement; without a description it goes by the rules alone."""

    description: Description | None
    violations: list[str] = field(default_factory=list)

    def blame(self, words: str) -> None:
        """Note something that Discord would not have seen, or not have said."""
        self.violations.append(words)

    def judge_request(self, method: str, route: str, body: Any, query: Mapping[str, str]) -> None:
        """Refuse what is not as it has to be."""
        if self.description is not None:
            wrong = self.description.wrong_in_query(method, route, query)
            wrong += self.description.wrong_in_request(method, route, body)
            self._refuse(f"{method} {route}", wrong)
        # What has the wrong shape was refused, and the rules can look more closely.
        if route == CALLBACK:
            given = body if isinstance(body, dict) else {}
            self.judge_callback(given.get("type", 0), given.get("data"))
        else:
            self._refuse(f"{method} {route}", self._found(_against_the_rules(method, route, body)))

    def judge_callback(self, kind: int, data: Any) -> None:
        """Refuse an answer to an interaction that is not as it has to be."""
        wrong = self._found(_in_callback(kind, data or {}))
        self._refuse(f"answer {kind}", [Wrong(("data", *one.path), one.words, one.code) for one in wrong])

    def judge_response(self, method: str, route: str, status: int, body: Any) -> None:
        """Note an answer that Discord could not have given."""
        if self.description is not None:
            wrong = self.description.wrong_in_response(method, route, status, body)
            self._note(f"own answer to {method} {route}", wrong)

    def judge_message(self, event: str, shape: Mapping[str, Any]) -> None:
        """Note a message that the gateway could not have told."""
        if self.description is not None:
            self._note(f"own {event}", self.description.wrong_in("MessageResponse", dict(shape)))

    def _found(self, wrong: Iterator[Wrong]) -> list[Wrong]:
        try:
            return list(wrong)
        except (AttributeError, LookupError, TypeError, ValueError) as problem:
            if self.description is not None:
                raise
            # Nobody has looked at the shape of it yet.
            return [Wrong((), f"this has another shape than it should: {problem!r}")]

    def _refuse(self, where: str, wrong: list[Wrong]) -> None:
        self._note(where, wrong)
        if wrong:
            raise invalid_form(wrong)

    def _note(self, where: str, wrong: Iterable[Wrong]) -> None:
        self.violations += [f"{where}: {one}" for one in wrong]


def _against_the_rules(method: str, route: str, body: Any) -> Iterator[Wrong]:
    if route.endswith("/commands") and method == "PUT":
        yield from in_commands(body or ())
    elif route.endswith("/commands") and method == "POST":
        yield from in_command((), body)
    elif (method == "POST" and route in NEW_MESSAGES) or (method == "PATCH" and "/messages/" in route):
        yield from in_message(body)
    elif "/scheduled-events" in route and method in ("POST", "PATCH"):
        yield from in_event(body, is_new=method == "POST")


def _in_callback(kind: int, data: Any) -> Iterator[Wrong]:
    if kind in (MESSAGE, UPDATE):
        yield from in_message(data)
    elif kind == LATER_MESSAGE:
        yield from in_promise(data)
    elif kind == MODAL:
        yield from in_modal(data)
    elif kind == SUGGEST:
        yield from in_suggestions(data)
