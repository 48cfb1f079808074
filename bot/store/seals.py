"""Seals a couple's words with the couple's key, and opens them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from bot.model import Couple
from bot.ports import Sealer
from bot.store.rows import Rows


class Seals(Rows):
    """The keys that one unit of work needs, each read once."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        super().__init__(connection, int)
        self._sealer = sealer
        self._keys: dict[int, bytes] = {}
        self._former: dict[int, bytes] = {}

    def seal(self, words: str, couple: int, bound: bytes) -> bytes:
        """Words as they are stored; *bound* ties them to their row."""
        return self._sealer.seal(words, couple, self._key_of(couple), bound)

    def open(self, body: bytes, couple: int, bound: bytes) -> str:
        """The words of a stored body; raises WrongKey where they were damaged."""
        return self._sealer.open(body, couple, self._former.get(couple) or self._key_of(couple), bound)

    @contextmanager
    def renewed(self, couple: int) -> Iterator[None]:
        """Seal with a new key of the couple's; until this ends, what is opened was sealed with the former one."""
        self._former[couple], self._keys[couple] = self._key_of(couple), self._sealer.new_key(couple)
        yield
        del self._former[couple]
        self._set(Couple, couple, key=self._keys[couple])

    def give_keys(self) -> list[int]:
        """Give a key to each couple that has none; returns those."""
        keyless = [couple.id for couple in self._those(Couple, key=b"")]
        for couple in keyless:
            self._set(Couple, couple, key=self._sealer.new_key(couple))
        return keyless

    def _key_of(self, couple: int) -> bytes:
        if couple not in self._keys:
            found = self._that(Couple, id=couple)
            self._keys[couple] = found.key if found is not None else b""
        return self._keys[couple]
