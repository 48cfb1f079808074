"""The tables of what a partner wishes alone, and of what the two plan together; they hold no words."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.columns import instant, own_id, row_of


class QuietDates(SQLModel, table=True):
    """Local dates (ISO, both included) on which a partner wishes the bot to be silent."""

    id: int = own_id()
    partner: int = row_of("partner")
    first: str
    last: str


class Hidden(SQLModel, table=True):
    """A prompt that a partner does not wish to see again; it comes to neither of the two."""

    __table_args__ = (UniqueConstraint("partner", "prompt"),)

    id: int = own_id()
    partner: int = row_of("partner")
    prompt: str


class Visit(SQLModel, table=True):
    """Local dates (ISO, both included) that two who live apart spend in one place, by that place's clock.

    *counted_by_1* and *counted_by_2* are the seats' wishes for a line that says how many days are left.
    """

    id: int = own_id()
    couple: int = row_of("couple")
    first: str
    last: str
    timezone: str
    counted_by_1: bool = False
    counted_by_2: bool = False


class RecoveryCode(SQLModel, table=True):
    """How a partner comes back from another account; only the hash of the code is kept."""

    partner: int = own_id()
    code_hash: str = Field(unique=True)
    created_at: int = instant()


class Deletion(SQLModel, table=True):
    """Words that their author deleted, a reply or a saying.

    A backup from before that may hold them, and a restore takes them out again.
    """

    reply: int = own_id()
    at: int = instant()


class Guess(SQLModel, table=True):
    """A code that somebody tried and that is none, so that nobody tries many."""

    id: int = own_id()
    platform: str
    user: str = Field(index=True)
    at: int = instant()
