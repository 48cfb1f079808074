"""Rows that are read for many at once, before each is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlmodel import SQLModel

Kind = TypeVar("Kind", bound=SQLModel)


class Ahead:
    """What was read ahead, by the column that it is asked for by; a kind of which anything changes is forgotten."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[SQLModel], str], dict[Any, list[Any]]] = {}

    def keep(self, kind: type[Kind], column: str, values: Iterable[int], rows: Iterable[Kind]) -> None:
        """Keep all rows whose column has one of these values."""
        found: dict[Any, list[Any]] = {value: [] for value in values}
        for row in rows:
            found[getattr(row, column)].append(row)
        self._rows[kind, column] = found

    def rows(self, kind: type[Kind], column: str, value: int, read: Callable[[], list[Kind]]) -> list[Kind]:
        """The rows whose column has a value: as they were read ahead, or else as they are read now."""
        found = self._rows.get((kind, column), {}).get(value)
        return read() if found is None else found

    def changed(self, kind: type[SQLModel]) -> None:
        """Forget the rows of a kind."""
        for kept in [one for one in self._rows if one[0] is kind]:
            del self._rows[kept]

    def forget(self) -> None:
        """Forget everything."""
        self._rows.clear()
