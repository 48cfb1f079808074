"""How a query becomes rows of our own tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    TextClause,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Kind = TypeVar("Kind", bound=SQLModel)


@cache
def _where_equal(kind: type[SQLModel], columns: tuple[str, ...], order: str) -> Select[Any]:
    """A statement that is built once and run with other values each time: building it costs more than running it."""
    found = table(kind)
    statement = select(found).where(*(found.c[name] == bindparam(name) for name in columns))
    return statement.order_by(found.c[order]) if order else statement.limit(1)


@cache
def _setting(kind: type[SQLModel], columns: tuple[str, ...]) -> Update:
    found = table(kind)
    return update(found).where(found.c.id == bindparam("this_row")).values({name: bindparam(name) for name in columns})


@cache
def _adding(kind: type[SQLModel]) -> Insert:
    return insert(table(kind))


@cache
def _adding_new(kind: type[SQLModel], dialect: str) -> Insert:
    made = postgresql.insert(table(kind)) if dialect == "postgresql" else sqlite.insert(table(kind))
    return made.on_conflict_do_nothing()


@cache
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

    def _all(
        self, kind: type[Kind], *where: ColumnElement[bool] | TextClause, order: Any = None, most: int = 0
    ) -> list[Kind]:
        statement = select(table(kind)).where(*where)
        if order is not None:
            statement = statement.order_by(*order) if isinstance(order, tuple) else statement.order_by(order)
        return self._read(kind, statement.limit(most) if most else statement)

    def _those(self, kind: type[Kind], order: str = "id", **equal: Any) -> list[Kind]:
        """The rows whose columns equal these values, in the order of a column."""
        found = self._connection.execute(_where_equal(kind, tuple(equal), order), equal)
        return [kind.model_construct(**row) for row in found.mappings()]

    def _that(self, kind: type[Kind], **equal: Any) -> Kind | None:
        """The row whose columns equal these values."""
        found = self._connection.execute(_where_equal(kind, tuple(equal), ""), equal).mappings().first()
        return None if found is None else kind.model_construct(**found)

    def _set(self, kind: type[SQLModel], row: int, **values: Any) -> None:
        """Change columns of one row."""
        self._connection.execute(_setting(kind, tuple(values)), {**values, "this_row": row})

    def _number(self, statement: Select[Any]) -> int:
        return int(self._connection.execute(statement).scalar() or 0)

    def _add(self, row: Kind) -> Kind:
        self._connection.execute(_adding(type(row)), row.model_dump())
        return row

    def _add_new(self, row: SQLModel) -> bool:
        """Add the row unless a unique key says that it is there already."""
        statement = _adding_new(type(row), self._connection.dialect.name)
        return self._connection.execute(statement, row.model_dump()).rowcount == 1

    def _change(self, kind: type[SQLModel], *where: ColumnElement[bool], **values: Any) -> int:
        return self._connection.execute(update(table(kind)).where(*where).values(**values)).rowcount

    def _remove(self, kind: type[SQLModel], *where: ColumnElement[bool]) -> int:
        return self._connection.execute(delete(table(kind)).where(*where)).rowcount
