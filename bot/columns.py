"""The kinds of columns that the tables are made of, and how their keys and indexes are named."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


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
