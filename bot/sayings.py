"""The tables of what a couple's rituals say in the two's own words, which are no replies."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from bot.columns import instant, own_id, row_of


class Says(StrEnum):
    """What a saying is: a line that a ritual may ask, or a ritual's name."""

    LINE = "line"
    NAME = "name"


class Saying(SQLModel, table=True):
    """Words of one partner that a ritual says: to a deck from a file they add a line, an own one has nothing else.

    *mood* is that of a prompt; *body* is sealed as a reply's is, tied to this row.
    """

    id: int = own_id()
    couple: int = row_of("couple")
    partner: int = row_of("partner")
    deck: str
    says: str
    mood: str = ""
    body: bytes = Field(sa_type=LargeBinary, repr=False)
    written_at: int = instant()
    edited_at: int = instant()


class OwnDeck(SQLModel, table=True):
    """A ritual that a partner made; its words are sayings.

    Nobody but its author knows of it until *started_at*. Its author deleted it at *ended_at*; what was answered stays
    the answerers', so the row stays.
    """

    id: int = own_id()
    couple: int = row_of("couple")
    partner: int = row_of("partner")
    sealed: bool = False
    cadence: str
    started_at: int = instant()
    ended_at: int = instant()
