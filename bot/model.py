"""The tables: what is kept of a couple, and nothing more.

Instants are whole seconds UTC and 0 means "not (yet)". Ids are made by the program. Platform ids are text.
Columns of a unique key are never NULL, because NULL would defeat the key.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.columns import instant, own_id, row_of

QUIET_FROM, QUIET_TO = 22 * 60, 7 * 60 + 30
"""Quiet hours in local minutes, until a partner says otherwise."""


USUAL_A_WEEK = 9
"""How many posts of a week may ask for an answer, until the two choose otherwise."""

CARD = "support-card"
"""In the deck's place of a private row that brings a partner the support card once a quarter."""

SUGGESTION = "suggestion"
"""The same of a row that brings a partner who asked for it something to practise, once a month."""

NO_DECKS = (CARD, SUGGESTION)


class State(StrEnum):
    """Where an occurrence stands."""

    OPEN = "open"
    SHARED = "shared"
    CLOSED = "closed"
    QUIET_DAY = "quiet day"


class Role(StrEnum):
    """How a partner takes part in one occurrence; it is never shown to anyone else."""

    TAKING_PART = ""
    SKIPPED = "skipped"


class Act(StrEnum):
    """What a delivery does."""

    POST = "post"
    CHANGE = "change"
    REMOVE = "remove"


class Kept(StrEnum):
    """What a reply holds."""

    WORDS = "words"
    SCALE = "scale"
    CHOICE = "choice"
    TAP = "tap"
    VOICE = "voice"
    PICTURE = "picture"


class Couple(SQLModel, table=True):
    """The two.

    The host said yes at *admitted_at*, their plan started at *began_at*, light days end at *gentle_until*, and one of
    them left at *ended_at*. *own_day* is a day of theirs, month and day (MM-DD). At most *most_a_week* posts of a week
    ask them for an answer. *key* is what their words are sealed with, itself sealed with the host's.
    """

    id: int = own_id()
    locale: str = "en"
    timezone: str = "UTC"
    apart: bool = False
    began_at: int = instant()
    rest_until: int = instant()
    gentle_until: int = instant()
    most_a_week: int = USUAL_A_WEEK
    created_at: int = instant()
    admitted_at: int = instant()
    ended_at: int = instant()
    own_day: str = ""
    key: bytes = Field(default=b"", repr=False, sa_type=LargeBinary)


class Host(SQLModel, table=True):
    """An account of whoever runs this bot, who may let chats in."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    known_at: int = instant()


class Partner(SQLModel, table=True):
    """One of the two; the unique seat (1 or 2) keeps a third out.

    What each decides alone: *depth* (1 to 3) is how deep prompts may go, *form* and *minutes* which ones suit them best
    (none, 0: any), *nudges* whether private notes come, *fewer*
    whether open rituals come half as often (from *fewer_from* on, as they do for who goes quietly), *unveiled* whether
    a notification may show words. Who goes quietly leaves at *leaves_at*, with their words deleted if
    *leaves_nothing*; *hands_over_until* is a yes, for some days, to a copy of what both shared.
    """

    __table_args__ = (
        UniqueConstraint("couple", "seat"),
        Index(
            "ix_partner_leaving",
            "leaves_at",
            sqlite_where=text("leaves_at > 0"),
            postgresql_where=text("leaves_at > 0"),
        ),
    )

    id: int = own_id()
    couple: int = row_of("couple")
    seat: int
    name: str = Field(repr=False)
    locale: str = "en"
    timezone: str = "UTC"
    depth: int = 2
    form: str = ""
    minutes: int = 0
    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    rest_until: int = instant()
    awaiting: str = ""
    minds_no_readers: bool = False
    nudges: bool = True
    fewer: bool = False
    fewer_from: int = instant()
    unveiled: bool = False
    joined_at: int = instant()
    leaves_at: int = instant()
    leaves_nothing: bool = False
    left_at: int = instant()
    hands_over_until: int = instant()


class Account(SQLModel, table=True):
    """A partner on one platform; one that could not be reached rests from *rested_at* on."""

    __table_args__ = (
        Index("ix_account_user", "platform", "user"),
        Index(
            "uq_account_active",
            "platform",
            "user",
            unique=True,
            sqlite_where=text("ended_at = 0"),
            postgresql_where=text("ended_at = 0"),
        ),
    )

    id: int = own_id()
    partner: int = row_of("partner")
    platform: str
    user: str
    reachable: bool = True
    rested_at: int = instant()
    last_used_at: int = instant()
    ended_at: int = instant()


class Room(SQLModel, table=True):
    """The chat that a couple shares on one platform; of two who share none, each one's private chat is a room.

    One that could not be reached rests from *rested_at* on.
    """

    __table_args__ = (UniqueConstraint("platform", "chat", "thread"),)

    id: int = own_id()
    couple: int = row_of("couple")
    platform: str
    chat: str
    thread: str = ""
    reachable: bool = True
    rested_at: int = instant()
    others_read: bool = False
    private: bool = False


class Invitation(SQLModel, table=True):
    """A way in for the two, by a code of which only the hash is kept."""

    id: int = own_id()
    couple: int = row_of("couple")
    code_hash: str = Field(unique=True)
    created_at: int = instant()
    expires_at: int = instant()
    used_at: int = instant()


class Ritual(SQLModel, table=True):
    """A deck that a couple has, or with *partner* one of the two alone; *next_due_at* is empty while it is off or comes
    only on request.

    After *silent* posts in a row that nobody answered it comes half as often until *thin_until*; with *every_time* the
    two have said that it never shall. *name* is what they call it, of the names that the deck offers.
    """

    __table_args__ = (
        UniqueConstraint("couple", "partner", "deck"),
        Index(
            "ix_ritual_due",
            "next_due_at",
            sqlite_where=text("next_due_at IS NOT NULL"),
            postgresql_where=text("next_due_at IS NOT NULL"),
        ),
    )

    id: int = own_id()
    couple: int = row_of("couple")
    partner: int = Field(default=0, sa_type=BigInteger)
    deck: str
    cadence: str
    style: str = ""
    name: str = ""
    active: bool = True
    next_due_at: int | None = Field(default=None, sa_type=BigInteger)
    next_slot: str = ""
    last_slot: str = ""
    revision: int = 0
    untouched: int = 0
    silent: int = 0
    thin_until: int = instant()
    every_time: bool = False


ASKED = "asked:"
"""How the slot of an occurrence begins that somebody asked for."""


NOT_THIS_WEEK = "not_this_week"
"""In the place of a picked idea: neither, for now; no prompt's id has such a line in it."""


class Occurrence(SQLModel, table=True):
    """One time that a ritual came round; the slot is the chosen local date, or ASKED with the event's id.

    *rule* is why this prompt was chosen; *put_away* has the ids of those that stood in its place before.
    Where two ideas came, *prompt* holds both ids with a space between them, and *picked* the one that was picked, or
    NOT_THIS_WEEK. The two have set a time for it if *begins_at* is one. *clocks* are those by which the share moment
    was promised (bot/promises.py).
    """

    __table_args__ = (
        UniqueConstraint("ritual", "slot"),
        # It holds all that the choice of the next prompt needs, as that looks at all that came.
        Index("ix_occurrence_came", "ritual", "due_at", "id", "day", "slot", "prompt", "put_away"),
        Index("ix_occurrence_closing", "state", "closes_at"),
        Index("ix_occurrence_sharing", "state", "shares_at"),
    )

    id: int = own_id()
    ritual: int = Field(sa_type=BigInteger, foreign_key="ritual.id")
    couple: int = row_of("couple")
    deck: str
    slot: str
    day: str
    prompt: str
    rule: str = ""
    put_away: str = ""
    due_at: int = instant()
    shares_at: int = instant()
    closes_at: int = instant()
    held_at: int = instant()
    picked: str = ""
    begins_at: int = instant()
    clocks: str = ""
    state: str = State.OPEN


class Part(SQLModel, table=True):
    """How far one partner is with one occurrence, and when it opens for them."""

    __table_args__ = (UniqueConstraint("occurrence", "partner"),)

    id: int = own_id()
    occurrence: int = row_of("occurrence")
    partner: int = row_of("partner")
    opens_at: int = instant()
    step: str = ""
    role: str = Role.TAKING_PART
    ready_at: int = instant()


class Reply(SQLModel, table=True):
    """What one partner answered to one item of one occurrence.

    *number* tells apart several replies to an open post, and a scale's sentence (1) from its word (0).
    *source* is the person's own message, or the form they sent, so that nothing is recorded twice.
    """

    __table_args__ = (
        UniqueConstraint("occurrence", "partner", "item", "number"),
        UniqueConstraint("occurrence", "partner", "source"),
        Index("ix_reply_source", "source"),
    )

    id: int = own_id()
    occurrence: int = row_of("occurrence")
    partner: int = row_of("partner")
    item: str = ""
    number: int = 0
    kept: str = Kept.WORDS
    body: bytes = Field(sa_type=LargeBinary, repr=False)
    shared: bool = False
    hidden: bool = False
    source: str
    written_at: int = instant()
    edited_at: int = instant()


class Delivery(SQLModel, table=True):
    """A row of the outbox: one post for one address; it names a view and rows, and never holds words.

    *message* is the platform's id of what was sent; of a post in several messages *earlier* has the others' ids.
    """

    __table_args__ = (
        UniqueConstraint("key"),
        Index(
            "ix_delivery_waiting",
            "id",
            "sends_after",
            sqlite_where=text("sent_at = 0 AND given_up_at = 0"),
            postgresql_where=text("sent_at = 0 AND given_up_at = 0"),
        ),
        Index("ix_delivery_room_message", "room", "message"),
        Index(
            "ix_delivery_in_pieces",
            "couple",
            sqlite_where=text("earlier != ''"),
            postgresql_where=text("earlier != ''"),
        ),
        Index("ix_delivery_account_message", "account", "message"),
    )

    id: int = own_id()
    key: str
    couple: int = row_of("couple")
    act: str = Act.POST
    room: int = Field(default=0, sa_type=BigInteger)
    account: int = Field(default=0, sa_type=BigInteger)
    view: str
    subject: int = Field(default=0, sa_type=BigInteger, index=True)
    detail: str = ""
    sends_after: int = instant()
    expires_at: int = instant()
    lease_until: int = instant()
    attempts: int = 0
    message: str = ""
    earlier: str = ""
    sent_at: int = instant()
    given_up_at: int = instant()


class Handled(SQLModel, table=True):
    """An event that was handled, so that a repeat changes nothing."""

    platform: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    at: int = instant()
