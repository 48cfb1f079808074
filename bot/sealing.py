"""How a partner's words become bytes in the database: sealed with a key of the couple's, which the host's key wraps.

A sealed body is a version byte, a nonce and AES-256-GCM's output, tied to its row. A couple's key never stands in the
database unwrapped, so whoever has the file without the host's key has no words. Bodies of version 0 are plain; they
come from before there was a key, and are sealed at the next start.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import WrongKey

PLAIN, SEALED = 0, 1
"""The version byte of a body."""

KEY_BYTES = 32
NONCE_BYTES = 12
MOST_REMEMBERED = 4096


class Sealed:
    """Seals with a key of each couple's, under one key of the host's (32 bytes)."""

    def __init__(self, host_key: bytes) -> None:
        self._host = AESGCM(host_key)
        self._couples: dict[bytes, AESGCM] = {}

    def new_key(self, couple: int) -> bytes:
        """A new key for a couple, wrapped."""
        return self.wrap(os.urandom(KEY_BYTES), couple)

    def wrap(self, key: bytes, couple: int) -> bytes:
        """A couple's key as it is stored."""
        nonce = os.urandom(NONCE_BYTES)
        return bytes([SEALED]) + nonce + self._host.encrypt(nonce, key, _owner(couple))

    def unwrap(self, wrapped: bytes, couple: int) -> bytes:
        """A couple's key itself; raises WrongKey where another host's key wrapped it."""
        nonce, rest = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
        try:
            return self._host.decrypt(nonce, rest, _owner(couple))
        except (InvalidTag, ValueError) as problem:
            raise WrongKey from problem

    def seal(self, words: str, couple: int, wrapped: bytes, bound: bytes) -> bytes:
        """Words as they are stored; *bound* ties them to their row."""
        nonce = os.urandom(NONCE_BYTES)
        return bytes([SEALED]) + nonce + self._key(couple, wrapped).encrypt(nonce, words.encode(), bound)

    def open(self, body: bytes, couple: int, wrapped: bytes, bound: bytes) -> str:
        """The words of a stored body; raises WrongKey where it was not sealed by this key for this row."""
        if body[0] == PLAIN:
            return body[1:].decode()
        nonce, rest = body[1 : 1 + NONCE_BYTES], body[1 + NONCE_BYTES :]
        try:
            return self._key(couple, wrapped).decrypt(nonce, rest, bound).decode()
        except (InvalidTag, ValueError) as problem:
            raise WrongKey from problem

    def _key(self, couple: int, wrapped: bytes) -> AESGCM:
        if wrapped not in self._couples:
            if len(self._couples) >= MOST_REMEMBERED:
                self._couples.clear()
            self._couples[wrapped] = AESGCM(self.unwrap(wrapped, couple))
        return self._couples[wrapped]


class Plain:
    """Seals nothing: for what is thrown away at once, and for work that reads no words."""

    def new_key(self, couple: int) -> bytes:  # noqa: ARG002 - nobody has a key
        """No key."""
        return b""

    def seal(self, words: str, couple: int, wrapped: bytes, bound: bytes) -> bytes:  # noqa: ARG002 - bound to nothing
        """The words as they are, behind a version byte."""
        return bytes([PLAIN]) + words.encode()

    def open(self, body: bytes, couple: int, wrapped: bytes, bound: bytes) -> str:  # noqa: ARG002 - bound to nothing
        """The words of a plain body; raises WrongKey for a sealed one."""
        if body[0] != PLAIN:
            raise WrongKey
        return body[1:].decode()


def _owner(couple: int) -> bytes:
    return f"couple:{couple}".encode()
