"""Queries about what a couple's rituals say in the two's own words; they are sealed here as replies are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import col

from bot.errors import WrongKey
from bot.posts import LARGEST_ID
from bot.sayings import OwnDeck, Saying, Says
from bot.store.deletions import Deletions
from bot.store.rows import Rows
from bot.store.seals import Seals
from bot.wishes import Hidden

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Worded:
    """A saying with its words."""

    saying: Saying
    words: str


class Sayings(Rows):
    """What the two wrote for their rituals, read once in a unit of work."""

    def __init__(self, connection: Connection, new_id: Callable[[], int], seals: Seals, deletions: Deletions) -> None:
        super().__init__(connection, new_id)
        self._seals = seals
        self._deletions = deletions
        self._read_before: dict[int, list[Worded]] = {}

    def of(self, couple: int) -> list[Worded]:
        """What a couple's rituals say in the two's own words, the oldest first, where it can be read."""
        if couple not in self._read_before:
            self.read_ahead([couple])
        return self._read_before[couple]

    def read_ahead(self, couples: Sequence[int]) -> None:
        """Read at once what the rituals of several couples say."""
        new = [couple for couple in couples if couple not in self._read_before]
        self._read_before |= {couple: [] for couple in new}
        for saying in self._among(Saying, "couple", new, "written_at"):
            worded = self.worded(saying)
            if worded is not None:
                self._read_before[saying.couple].append(worded)

    def of_partner(self, partner: int, before: int = LARGEST_ID, most: int = 0) -> list[Saying]:
        """What one partner wrote, the newest first."""
        mine = (col(Saying.partner) == partner, col(Saying.id) < before)
        return self._all(Saying, *mine, order=col(Saying.id).desc(), most=most)

    def saying(self, saying: int) -> Saying | None:
        return self._that(Saying, id=saying)

    def worded(self, saying: Saying) -> Worded | None:
        """A saying with its words; None where they were damaged, which must stop nothing else."""
        try:
            return Worded(saying, self._seals.open(saying.body, saying.couple, _bound(saying)))
        except WrongKey:
            logger.warning("saying %d cannot be read any more", saying.id, extra={"action": "unreadable"})
            return None

    def add(self, couple: int, partner: int, deck: str, says: Says, words: str, now: int) -> Saying:
        """Keep what a partner wrote for a ritual."""
        number = self._new_id()
        body = self._seals.seal(words, couple, _tied_to(couple, number, partner, deck, says))
        self.read_anew()
        return self._add(
            Saying(id=number, couple=couple, partner=partner, deck=deck, says=says.value, body=body, written_at=now)
        )

    def rewrite(self, saying: Saying, words: str, now: int) -> None:
        """Put other words in the place of what was written."""
        self._set(Saying, saying.id, body=self._seals.seal(words, saying.couple, _bound(saying)), edited_at=now)
        self.read_anew()

    def feel(self, saying: Saying, mood: str) -> None:
        """Give a line another mood."""
        self._set(Saying, saying.id, mood=mood)
        self.read_anew()

    def delete(self, saying: Saying, prompt: str, now: int) -> None:
        """Delete what somebody wrote, and who hid it as *prompt*, for good; and note that it is gone."""
        self._remove(Saying, col(Saying.id) == saying.id)
        self._remove(Hidden, col(Hidden.prompt) == prompt)
        self._deletions.note(saying.id, now)
        self.read_anew()

    def read_anew(self) -> None:
        """Forget what was read: it changed, or what was written since was taken back."""
        self._read_before.clear()

    def own_decks(self, couple: int) -> list[OwnDeck]:
        """The rituals that the two made, the oldest first."""
        return self._those(OwnDeck, couple=couple)

    def own_deck(self, number: int) -> OwnDeck | None:
        return self._that(OwnDeck, id=number)

    def begin_deck(self, couple: int, partner: int, cadence: str) -> OwnDeck:
        """A ritual of a partner's own, of which nobody else knows yet."""
        return self._add(OwnDeck(id=self._new_id(), couple=couple, partner=partner, cadence=cadence))

    def change_deck(self, number: int, **values: object) -> None:
        self._set(OwnDeck, number, **values)

    def forget_deck(self, number: int) -> None:
        """Forget a ritual that never started."""
        self._remove(OwnDeck, col(OwnDeck.id) == number)

    def unreadable(self) -> int:
        """How many there are whose words were damaged."""
        return sum(self.worded(saying) is None for saying in self._all(Saying))

    def seal_again(self, couple: int) -> int:
        """Seal what a couple wrote with the key that holds now; returns how much it was."""
        found = self.of(couple)
        for one in found:
            sealed = self._seals.seal(one.words, couple, _bound(one.saying))
            self._set(Saying, one.saying.id, body=sealed)
        return len(found)


def _bound(saying: Saying) -> bytes:
    return _tied_to(saying.couple, saying.id, saying.partner, saying.deck, saying.says)


def _tied_to(couple: int, saying: int, partner: int, deck: str, says: str) -> bytes:
    """What a sealed body is tied to, so that it means nothing in another row."""
    return f"{couple}:{saying}:{partner}:{deck}:{says}".encode()
