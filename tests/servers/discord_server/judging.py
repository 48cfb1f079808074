"""Whether what goes in and out is what the official description and the rules beside it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from discord_server import rules
from discord_server.errors import Wrong, invalid_form
from discord_server.official import Description

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
NEW_MESSAGES = ("/channels/{channel_id}/messages", "/webhooks/{webhook_id}/{webhook_token}")

BESIDE_THE_DESCRIPTION = (
    # The documentation has it for commands, the library always sends it, and the description leaves it out.
    "('nsfw' was unexpected)",
    # The library sends it with every edit, which Discord lets pass.
    "('tts' was unexpected)",
)
"""What need not be as described."""


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
        del query
        wrong = self._beside_what_is_known(method, route, body)
        # What has the wrong shape cannot be looked at more closely.
        wrong = wrong or list(_against_the_rules(method, route, body))
        if wrong:
            self.violations += [f"{method} {route}: {one}" for one in wrong]
            raise invalid_form(wrong)

    def judge_response(self, method: str, route: str, status: int, body: Any) -> None:
        """Note an answer that Discord could not have given."""
        if self.description is not None:
            wrong = self.description.wrong_in_response(method, route, status, body)
            self._note(f"own answer to {method} {route}", wrong)

    def judge_message(self, event: str, shape: Mapping[str, Any]) -> None:
        """Note a message that the gateway could not have told."""
        if self.description is not None:
            self._note(f"own {event}", self.description.wrong_in("MessageResponse", dict(shape)))

    def _beside_what_is_known(self, method: str, route: str, body: Any) -> list[Wrong]:
        if self.description is None:
            return []
        found = self.description.wrong_in_request(method, route, _with_written_ids(body))
        return [one for one in found if not any(known in str(one) for known in BESIDE_THE_DESCRIPTION)]

    def _note(self, where: str, wrong: Iterable[Wrong]) -> None:
        self.violations += [f"{where}: {one}" for one in wrong]


def _with_written_ids(body: Any) -> Any:
    """The library names people, messages and files by numbers; Discord takes them as well as texts."""
    if not isinstance(body, dict):
        return body
    made = {**body, **({"recipient_id": str(body["recipient_id"])} if "recipient_id" in body else {})}
    if body.get("message_reference"):
        about = body["message_reference"].items()
        made["message_reference"] = {key: str(one) if key.endswith("_id") else one for key, one in about}
    if body.get("attachments"):
        made["attachments"] = [{**one, "id": str(one.get("id"))} for one in body["attachments"]]
    return made | ({"data": _with_written_ids(body["data"])} if "data" in body else {})


def _against_the_rules(method: str, route: str, body: Any) -> Iterator[Wrong]:
    if route == CALLBACK:
        yield from _in_callback(body)
    elif route.endswith("/commands") and method == "PUT":
        yield from rules.in_commands(body)
    elif (method == "POST" and route in NEW_MESSAGES) or (method == "PATCH" and "/messages/" in route):
        yield from rules.in_message(body)


def _in_callback(body: dict[str, Any]) -> Iterator[Wrong]:
    data = body.get("data") or {}
    match body.get("type"):
        case rules.MESSAGE | rules.UPDATE:
            yield from _inside(rules.in_message(data))
        case rules.MODAL:
            yield from _inside(rules.in_modal(data))
        case rules.SUGGEST:
            yield from _inside(rules.in_suggestions(data))


def _inside(wrong: Iterable[Wrong]) -> Iterator[Wrong]:
    for one in wrong:
        yield Wrong(("data", *one.path), one.words, one.code)
