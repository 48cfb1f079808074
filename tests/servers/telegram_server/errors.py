"""How the server says no.

ApiError
    bad_request, forbidden, migrated ... made by name, in Telegram's own words
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal, with the status and the words that Telegram uses."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def shape(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(words: str) -> ApiError:
    """The request cannot be carried out as it is."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """The bot may not do this (any more)."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """Something else is already receiving the updates."""
    return ApiError(409, f"Conflict: {words}")


def too_many(retry_after: int) -> ApiError:
    """The bot must wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(to: int) -> ApiError:
    """The basic group is a supergroup now, under another id."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, words, {"migrate_to_chat_id": to})


def unknown_token() -> ApiError:
    """No bot has this token."""
    return ApiError(401, "Unauthorized")


def unknown_method() -> ApiError:
    """There is no such method."""
    return ApiError(404, "Not Found: method not found")
