"""How a query becomes rows of our own tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    TextClause,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlmodel import SQLModel

from bot.store.ahead import Ahead

Kind = TypeVar("Kind", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement built and compiled once, to be run with other values on the driver's own cursor.

    SQLAlchemy's cost for each run is seven times what the driver needs (docs/decisions/0001). The driver's messages
    name columns and never the values that were bound.
    """

    sql: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]

    def run(self, cursor: Any, values: Mapping[str, Any]) -> Any:
        bound = [values[name] if name in values else self.fixed[name] for name in self.names]
        cursor.execute(self.sql, bound)
        return cursor


def driver_cursor(connection: Connection) -> Any:
    """The driver's own cursor, inside the connection's transaction."""
    driver: Any = connection.connection.dbapi_connection
    return driver.cursor()


def prepared(statement: Any, dialect: Dialect) -> Prepared:
    """A statement compiled for the database at hand; keep what comes back."""
    made = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    return Prepared(str(made), tuple(made.positiontup or made.params), dict(made.params))


@cache
def _where_equal(kind: type[SQLModel], columns: tuple[str, ...], order: str, most: int, dialect: Dialect) -> Prepared:
    found = table(kind)
    statement = select(found).where(*(found.c[name] == bindparam(name) for name in columns))
    if order:
        by = found.c[order.removeprefix("-")]
        statement = statement.order_by(*((by.desc(), found.c.id.desc()) if order.startswith("-") else (by, found.c.id)))
    return prepared(statement.limit(most) if most else statement, dialect)


@cache
def _where_among(kind: type[SQLModel], column: str, count: int, order: str, dialect: Dialect) -> Prepared:
    found = table(kind)
    any_of = found.c[column].in_([bindparam(f"value_{at}") for at in range(count)])
    return prepared(select(found).where(any_of).order_by(found.c[order]), dialect)


@cache
def _setting(kind: type[SQLModel], columns: tuple[str, ...], dialect: Dialect) -> Prepared:
    found = table(kind)
    changed: dict[str, Any] = {name: bindparam(name) for name in columns}
    return prepared(update(found).where(found.c.id == bindparam("this_row")).values(changed), dialect)


@cache
def _adding(kind: type[SQLModel], dialect: Dialect, *, unless_there: bool) -> Prepared:
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table(kind).c}
    if not unless_there:
        return prepared(insert(table(kind)).values(values), dialect)
    # Each takes its time to load, and only one is needed.
    dialect_of = import_module(f"sqlalchemy.dialects.{dialect.name}")
    made = dialect_of.insert(table(kind))
    return prepared(made.values(values).on_conflict_do_nothing(), dialect)


@cache
def _columns(kind: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in table(kind).c)


@cache
def table(kind: type[SQLModel]) -> Table:
    """The table behind a row's class."""
    found: Table = SQLModel.metadata.tables[kind.__name__.lower()]
    return found


@cache
def _usual(kind: type[SQLModel]) -> Mapping[str, Any]:
    """What stands in the columns that have a usual value."""
    return {name: one.default for name, one in kind.model_fields.items() if not one.is_required()}


def fresh(kind: type[Kind], **values: Any) -> Kind:
    """A new row: these values, and the usual ones in all other columns."""
    return _made(kind, {**_usual(kind), **values})


def _made(kind: type[Kind], values: dict[str, Any]) -> Kind:
    """A row with every column there, so that nothing has to be checked or filled in."""
    row: Kind = kind.__new__(kind)
    object.__setattr__(row, "__dict__", values)
    return row


class Rows:
    """A family of queries over one connection."""

    def __init__(self, connection: Connection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._cursor = driver_cursor(connection)
        self._new_id = new_id
        self._ahead = Ahead()

    def _read(self, kind: type[Kind], statement: Select[Any]) -> list[Kind]:
        found = self._connection.execute(statement)
        return [_made(kind, dict(row)) for row in found.mappings()]

    def _all(
        self, kind: type[Kind], *where: ColumnElement[bool] | TextClause, order: Any = None, most: int = 0
    ) -> list[Kind]:
        statement = select(table(kind)).where(*where)
        if order is not None:
            statement = statement.order_by(*order) if isinstance(order, tuple) else statement.order_by(order)
        return self._read(kind, statement.limit(most) if most else statement)

    def _read_ahead(self, kind: type[Kind], column: str, values: Sequence[int], order: str = "id") -> list[Kind]:
        """Read the rows whose column has one of these values, and keep them until one of the kind changes."""
        found = self._among(kind, column, values, order)
        self._ahead.keep(kind, column, values, found)
        return found

    def _kept(self, kind: type[Kind], column: str, value: int, order: str = "id") -> list[Kind]:
        """The rows whose column has a value; nothing is asked where they were read ahead."""
        return self._ahead.rows(kind, column, value, lambda: self._those(kind, order, **{column: value}))

    def forget_what_was_read_ahead(self) -> None:
        """Ask for everything anew from now on."""
        self._ahead.forget()

    def _those(self, kind: type[Kind], order: str = "id", *, most: int = 0, **equal: Any) -> list[Kind]:
        """The rows whose columns equal these values, in the order of a column ("-" in front: the largest first)."""
        return self._found(kind, _where_equal(kind, tuple(equal), order, most, self._connection.dialect), **equal)

    def _among(self, kind: type[Kind], column: str, values: Sequence[Any], order: str = "id") -> list[Kind]:
        """The rows whose column has one of these values."""
        if not values:
            return []
        # Of few lengths, so that few statements are kept; the first value fills the rest.
        count = 1 << (len(values) - 1).bit_length()
        statement = _where_among(kind, column, count, order, self._connection.dialect)
        filled = [*values, *[values[0]] * (count - len(values))]
        return self._found(kind, statement, **{f"value_{at}": value for at, value in enumerate(filled)})

    def _found(self, kind: type[Kind], statement: Prepared, **values: Any) -> list[Kind]:
        """The rows of a prepared statement that selects all of their columns."""
        columns = _columns(kind)
        return [
            _made(kind, dict(zip(columns, row, strict=True))) for row in statement.run(self._cursor, values).fetchall()
        ]

    def _that(self, kind: type[Kind], **equal: Any) -> Kind | None:
        """The row whose columns equal these values."""
        statement = _where_equal(kind, tuple(equal), "", 1, self._connection.dialect)
        row = statement.run(self._cursor, equal).fetchone()
        return None if row is None else _made(kind, dict(zip(_columns(kind), row, strict=True)))

    def _set(self, kind: type[SQLModel], row: int, **values: Any) -> None:
        """Change columns of one row."""
        self._ahead.changed(kind)
        statement = _setting(kind, tuple(values), self._connection.dialect)
        statement.run(self._cursor, {**values, "this_row": row})

    def _number(self, statement: Select[Any]) -> int:
        return int(self._connection.execute(statement).scalar() or 0)

    def _add(self, row: Kind) -> Kind:
        self._ahead.changed(type(row))
        _adding(type(row), self._connection.dialect, unless_there=False).run(self._cursor, row.__dict__)
        return row

    def _add_new(self, row: SQLModel) -> bool:
        """Add the row unless a unique key says that it is there already."""
        self._ahead.changed(type(row))
        statement = _adding(type(row), self._connection.dialect, unless_there=True)
        return bool(statement.run(self._cursor, row.__dict__).rowcount == 1)

    def _change(self, kind: type[SQLModel], *where: ColumnElement[bool], **values: Any) -> int:
        self._ahead.changed(kind)
        return self._connection.execute(update(table(kind)).where(*where).values(**values)).rowcount

    def _remove(self, kind: type[SQLModel], *where: ColumnElement[bool]) -> int:
        self._ahead.changed(kind)
        return self._connection.execute(delete(table(kind)).where(*where)).rowcount
