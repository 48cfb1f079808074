"""What Discord answers when it does not do what it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

UNKNOWN = {
    "Application": 10002,
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Emoji": 10014,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
    "Guild Scheduled Event": 10070,
}
"""The codes for what is not there (developers/topics/opcodes-and-status-codes)."""


class ApiError(Exception):
    """A status, a code and words, as Discord puts them."""

    def __init__(self, status: int, code: int, words: str, errors: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{status} ({code}): {words}")
        self.status = status
        self.code = code
        self.words = words
        self.errors = errors
        self.headers: dict[str, str] = {}
        self.told: dict[str, Any] = {}

    def shape(self) -> dict[str, Any]:
        """The body of the answer."""
        shape: dict[str, Any] = {"message": self.words, "code": self.code, **self.told}
        return shape | ({"errors": dict(self.errors)} if self.errors else {})


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, and where."""

    path: tuple[str, ...]
    words: str
    code: str = "BASE_TYPE_BAD_VALUE"

    def __str__(self) -> str:
        return f"{'.'.join(self.path) or 'body'}: {self.words}"


def invalid_form(wrong: Iterable[Wrong]) -> ApiError:
    """400: the body is not as it has to be; says where."""
    errors: dict[str, Any] = {}
    for one in wrong:
        found = errors
        for step in one.path:
            found = found.setdefault(step, {})
        found.setdefault("_errors", []).append({"code": one.code, "message": one.words})
    return ApiError(400, 50035, "Invalid Form Body", errors)


def too_many(retry_after: float, *, everywhere: bool = False, shared: bool = False) -> ApiError:
    """429: wait so long."""
    error = ApiError(429, 0, "You are being rate limited.")
    error.told = {"retry_after": round(retry_after, 3), "global": everywhere}
    scope = "global" if everywhere else "shared" if shared else "user"
    error.headers = {"Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
    if everywhere:
        error.headers["X-RateLimit-Global"] = "true"
    return error


def unknown(what: str) -> ApiError:
    """404: there is no such thing."""
    return ApiError(404, UNKNOWN[what], f"Unknown {what}")


def unauthorized() -> ApiError:
    """401: whose token is this?"""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """404: there is no such route."""
    return ApiError(404, 0, "404: Not Found")


def missing_access() -> ApiError:
    """403: the bot does not see this."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """403: the bot sees it and may not do this."""
    return ApiError(403, 50013, "Missing Permissions")


def empty_message() -> ApiError:
    """400: there would be nothing to see."""
    return ApiError(400, 50006, "Cannot send an empty message")
