"""The kinds of columns that the tables are made of, and how their keys and indexes are named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


RANDOM_BITS = 32
YEAR_2020 = 1_577_836_800
"""An id holds the seconds since then, above so many bits of chance."""


def made_at(ids: Any) -> ColumnElement[int]:
    """When the row with an id was made, in seconds UTC."""
    moment: ColumnElement[int] = ids.bitwise_rshift(RANDOM_BITS) + YEAR_2020
    return moment


def own_id() -> int:
    """A column for an id that the program makes itself (63 bits)."""
    column: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    return column


def row_of(table: str) -> int:
    """A column that names a row of another table."""
    column: int = Field(sa_type=BigInteger, foreign_key=f"{table}.id", index=True)
    return column


def instant() -> int:
    """A column for a moment, 0 where there is none."""
    column: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    return column
