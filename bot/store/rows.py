"""How a query becomes rows of our own tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Kind = TypeVar("Kind", bound=SQLModel)


def table(kind: type[SQLModel]) -> Table:
    """The table behind a row's class."""
    found: Table = SQLModel.metadata.tables[kind.__name__.lower()]
    return found


class Rows:
    """A family of queries over one connection."""

    def __init__(self, connection: Connection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    def _read(self, kind: type[Kind], statement: Select[Any]) -> list[Kind]:
        found = self._connection.execute(statement)
        return [kind.model_construct(**row) for row in found.mappings()]

    def _all(self, kind: type[Kind], *where: ColumnElement[bool], order: Any = None, most: int = 0) -> list[Kind]:
        statement = select(table(kind)).where(*where)
        if order is not None:
            statement = statement.order_by(*order) if isinstance(order, tuple) else statement.order_by(order)
        return self._read(kind, statement.limit(most) if most else statement)

    def _one(self, kind: type[Kind], *where: ColumnElement[bool]) -> Kind | None:
        found = self._all(kind, *where, most=1)
        return found[0] if found else None

    def _number(self, statement: Select[Any]) -> int:
        return int(self._connection.execute(statement).scalar() or 0)

    def _add(self, row: Kind) -> Kind:
        self._connection.execute(insert(table(type(row))), row.model_dump())
        return row

    def _add_all(self, kind: type[Kind], rows: Iterable[Kind]) -> None:
        values = [row.model_dump() for row in rows]
        if values:
            self._connection.execute(insert(table(kind)), values)

    def _add_new(self, row: SQLModel) -> bool:
        """Add the row unless a unique key says that it is there already."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table(type(row))).on_conflict_do_nothing()
        return self._connection.execute(statement, row.model_dump()).rowcount == 1

    def _change(self, kind: type[SQLModel], *where: ColumnElement[bool], **values: Any) -> int:
        return self._connection.execute(update(table(kind)).where(*where).values(**values)).rowcount

    def _remove(self, kind: type[SQLModel], *where: ColumnElement[bool]) -> int:
        return self._connection.execute(delete(table(kind)).where(*where)).rowcount
