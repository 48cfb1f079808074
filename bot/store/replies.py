"""Queries about what partners answered; bodies are sealed here and nowhere else."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, func, select
from sqlmodel import col

from bot.errors import WrongKey
from bot.model import Kept, Occurrence, Reply
from bot.posts import LARGEST_ID
from bot.store.deletions import Deletions
from bot.store.rows import Prepared, Rows, fresh, prepared, table
from bot.store.seals import Seals

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One reply with its words."""

    reply: Reply
    words: str


class Replies(Rows):
    """What was answered."""

    def __init__(self, connection: Connection, new_id: Any, seals: Seals, deletions: Deletions) -> None:
        super().__init__(connection, new_id)
        self._seals = seals
        self._deletions = deletions

    def append(self, occurrence: Occurrence, partner: int, words: str, source: str, now: int, kept: Kept) -> bool:
        """Record one more reply to an open post; the same message a second time changes nothing."""
        if self.from_source(occurrence.id, partner, source) is not None:
            return False
        number = self._next_number(occurrence.id, partner)
        return self._write(occurrence, partner, "", number, words, source, now, kept)

    def put(
        self,
        occurrence: Occurrence,
        partner: int,
        item: str,
        number: int,
        words: str,
        source: str,
        now: int,
        kept: Kept,
    ) -> None:
        """Record the answer to an item of a sealed form, in place of what was there."""
        sealed = self._sealed(words, occurrence, partner, item)
        mine = self._at(occurrence.id, partner, item, number)
        if mine is None:
            self._write(occurrence, partner, item, number, words, source, now, kept)
        else:
            self._set(Reply, mine.id, body=sealed, kept=kept, source=source, edited_at=now, hidden=False)

    def tap(self, occurrence: Occurrence, partner: int, now: int) -> bool:
        """Record a tap, once."""
        return self.append(occurrence, partner, "", "tap", now, Kept.TAP)

    def rewrite(self, occurrence: Occurrence, reply: Reply, words: str, now: int) -> None:
        """Change the words of a reply whose message was edited."""
        sealed = self._sealed(words, occurrence, reply.partner, reply.item)
        # No two wordings of one reply bear the same moment, so that a yes to one is none to the other.
        self._set(Reply, reply.id, body=sealed, edited_at=max(now, reply.edited_at + 1))

    def hide(self, reply: int) -> None:
        """Take the words out of what is shown and carried; the record stays its author's."""
        self._set(Reply, reply, hidden=True, shared=False)

    def mark(self, occurrence: int, partner: int, item: str, *, shared: bool) -> None:
        """Mark a line to share, or to keep."""
        self._change(
            Reply,
            col(Reply.occurrence) == occurrence,
            col(Reply.partner) == partner,
            col(Reply.item) == item,
            shared=shared,
        )

    def keep_all(self, occurrence: int, partner: int | None = None) -> None:
        """Mark every line to keep, of one partner or of both."""
        mine = () if partner is None else (col(Reply.partner) == partner,)
        self._change(Reply, col(Reply.occurrence) == occurrence, *mine, shared=False)

    def forget(self, occurrence: int, partner: int, item: str) -> None:
        """Delete the answer to one item."""
        self._remove(Reply, col(Reply.occurrence) == occurrence, col(Reply.partner) == partner, col(Reply.item) == item)

    def lines(self, occurrence: Occurrence, partner: int | None = None) -> list[Line]:
        """The replies to an occurrence in the order they were written, with their words, where they can be read."""
        mine = () if partner is None else (col(Reply.partner) == partner,)
        found = self._all(
            Reply,
            col(Reply.occurrence) == occurrence.id,
            *mine,
            order=(col(Reply.written_at), col(Reply.partner), col(Reply.number)),
        )
        lines = (self.line(occurrence, reply) for reply in found)
        return [line for line in lines if line is not None]

    def of_partner(self, partner: int, before: int = LARGEST_ID, most: int = 0) -> list[Reply]:
        """A partner's own replies, the newest first."""
        mine = (col(Reply.partner) == partner, col(Reply.id) < before, col(Reply.kept) != Kept.TAP)
        return self._all(Reply, *mine, order=col(Reply.id).desc(), most=most)

    def delete(self, reply: Reply, now: int) -> None:
        """Delete an answer for good, a scale's word with its sentence, and note that it is gone."""
        same = self._those(Reply, occurrence=reply.occurrence, partner=reply.partner, item=reply.item)
        for one in same if reply.item else [reply]:
            self._remove(Reply, col(Reply.id) == one.id)
            self._deletions.note(one.id, now)

    def delete_taps(self, partner: int, now: int) -> None:
        """Delete whatever else of a partner's is on record."""
        for one in self._those(Reply, partner=partner):
            self.delete(one, now)

    def sentence_of(self, occurrence: Occurrence, partner: int, item: str, number: int) -> str:
        """The words of one answer, or nothing."""
        found = self._at(occurrence.id, partner, item, number)
        line = self.line(occurrence, found) if found else None
        return line.words if line else ""

    def from_message(self, source: str, partner: int | None = None) -> list[Reply]:
        """What was recorded from one message, of one partner's own if named."""
        own = () if partner is None else (col(Reply.partner) == partner,)
        return self._all(Reply, col(Reply.source) == source, *own)

    def messages_in(self, sources: str) -> set[str]:
        """The messages, of all whose source begins so, whose words are recorded and not taken back."""
        there = (col(Reply.source) > sources, col(Reply.source) < f"{sources}:", ~col(Reply.hidden))
        found = self._connection.execute(select(table(Reply).c.source).where(*there)).scalars()
        return {source.removeprefix(sources) for source in found}

    def of_item(self, occurrence: int, partner: int, item: str) -> Reply | None:
        """A partner's answer to one item."""
        return self._at(occurrence, partner, item, 0)

    def latest(self, partner: int, item: str) -> Reply | None:
        """A partner's newest answer to an item, whichever occurrence asked."""
        found = self._those(Reply, "-id", most=1, partner=partner, item=item)
        return found[0] if found else None

    def is_shared(self, occurrence: int, partner: int, item: str) -> bool:
        """Whether a partner's answer to an item is marked to share."""
        found = self._those(Reply, occurrence=occurrence, partner=partner, item=item)
        return any(reply.shared for reply in found)

    def answered(self, occurrence: int, partner: int | None = None) -> bool:
        """Whether an occurrence has an answer, from anybody or from one partner."""
        if partner is None:
            return self._that(Reply, occurrence=occurrence) is not None
        return self._that(Reply, occurrence=occurrence, partner=partner) is not None

    def recorded(self, occurrence: int) -> list[Reply]:
        """The voice notes and pictures among the replies to an occurrence, whose words are in their handles."""
        theirs = col(Reply.occurrence) == occurrence
        return self._all(
            Reply, theirs, col(Reply.kept).in_((Kept.VOICE, Kept.PICTURE)), order=(col(Reply.item), col(Reply.partner))
        )

    def reply(self, reply: int) -> Reply | None:
        return self._that(Reply, id=reply)

    def line(self, occurrence: Occurrence, reply: Reply) -> Line | None:
        """A reply with its words; None where they were damaged and cannot be read, which must stop nothing else."""
        try:
            return Line(reply, self._opened(occurrence, reply))
        except WrongKey:
            logger.warning("answer %d cannot be read any more", reply.id, extra={"action": "unreadable"})
            return None

    def unreadable(self) -> int:
        """How many answers there are whose words were damaged and cannot be read."""
        occurrences = {one.id: one for one in self._all(Occurrence)}
        return sum(not self._opens(occurrences[reply.occurrence], reply) for reply in self._all(Reply))

    def _opens(self, occurrence: Occurrence, reply: Reply) -> bool:
        try:
            self._opened(occurrence, reply)
        except WrongKey:
            return False
        return True

    def _opened(self, occurrence: Occurrence, reply: Reply) -> str:
        return self._seals.open(reply.body, occurrence.couple, _bound(occurrence, reply.partner, reply.item))

    def seal_again(self, couple: int) -> int:
        """Seal what a couple answered with the key that holds now; returns how many answers."""
        return sum(self._seal_again(one) for one in self._all(Occurrence, col(Occurrence.couple) == couple))

    def _seal_again(self, occurrence: Occurrence) -> int:
        found = self.lines(occurrence)
        for line in found:
            sealed = self._sealed(line.words, occurrence, line.reply.partner, line.reply.item)
            self._set(Reply, line.reply.id, body=sealed)
        return len(found)

    def _sealed(self, words: str, occurrence: Occurrence, partner: int, item: str) -> bytes:
        return self._seals.seal(words, occurrence.couple, _bound(occurrence, partner, item))

    def _at(self, occurrence: int, partner: int, item: str, number: int) -> Reply | None:
        return self._that(Reply, occurrence=occurrence, partner=partner, item=item, number=number)

    def from_source(self, occurrence: int, partner: int, source: str) -> Reply | None:
        """What a partner answered to an occurrence from one source."""
        return self._that(Reply, occurrence=occurrence, partner=partner, source=source)

    def _next_number(self, occurrence: int, partner: int) -> int:
        values = {"in_occurrence": occurrence, "by_partner": partner}
        row = _next_number_statement(self._connection.dialect).run(self._cursor, values).fetchone()
        return int(row[0])

    def _write(
        self,
        occurrence: Occurrence,
        partner: int,
        item: str,
        number: int,
        words: str,
        source: str,
        now: int,
        kept: Kept,
    ) -> bool:
        row = fresh(
            Reply,
            id=self._new_id(),
            occurrence=occurrence.id,
            partner=partner,
            item=item,
            number=number,
            kept=kept,
            body=self._sealed(words, occurrence, partner, item),
            source=source,
            written_at=now,
        )
        return self._add_new(row)


@cache
def _next_number_statement(dialect: Dialect) -> Prepared:
    following = select(func.coalesce(func.max(col(Reply.number)), -1) + 1)
    return prepared(
        following.where(
            col(Reply.occurrence) == bindparam("in_occurrence"),
            col(Reply.partner) == bindparam("by_partner"),
            col(Reply.item) == "",
        ),
        dialect,
    )


def _bound(occurrence: Occurrence, partner: int, item: str) -> bytes:
    """What a sealed body is tied to, so that it means nothing in another row."""
    return f"{occurrence.couple}:{occurrence.id}:{partner}:{item}".encode()
