"""How a partner's words become bytes in the database."""

from __future__ import annotations

PLAIN = 0
"""The version byte of a body that is plain UTF-8."""


class PlainSealer:
    """Stores words as they are, behind a version byte, so that sealed ones can join them later."""

    def seal(self, words: str, bound: bytes) -> bytes:  # noqa: ARG002 - a plain body is bound to nothing
        return bytes([PLAIN]) + words.encode()

    def open(self, body: bytes, bound: bytes) -> str:  # noqa: ARG002 - a plain body is bound to nothing
        if body[0] != PLAIN:
            raise ValueError(f"unknown version {body[0]} of a stored body")
        return body[1:].decode()
