"""Shows a deck while it is being written: two who are in already, and the ritual in their chat at each change."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.clock import Clock
from bot.database import Database
from bot.deckfile import read_deck
from bot.decks import Deck
from bot.errors import BrokenDeck
from bot.events import Person
from bot.flows.asking import ask_now
from bot.model import Couple
from bot.planning import agreed
from bot.ports import Messenger
from bot.posts import InRoom, Post, Span, Style
from bot.store import Store
from bot.turn import Repertoire, Turn

LONG_AGO = 100 * 86400
"""So long the two have been in, that prompts of every depth may come."""

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """Who is shown, and where."""

    room: InRoom
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """One file's deck, in a playground."""

    file: Path
    stage: Stage
    database: Database
    clock: Clock
    known: Repertoire
    messengers: Mapping[str, Messenger]
    wake: Callable[[], None]
    numbers: Iterator[int] = field(default_factory=itertools.count)

    async def begin(self) -> None:
        """Bring the two in, and show the deck as it is."""
        await self.show(frozenset())

    async def show(self, _: frozenset[str]) -> None:
        """Bring the deck, as it is now, to the chat."""
        deck = read_deck(self.file)
        await self.database.run(self._couple)
        await self._say(_phrase_for(deck), title=deck.title, name=deck.command)
        if _comes_to_the_chat(deck):
            await self.database.run(self._bring, deck.id)
            self.wake()

    async def tell(self, problem: BrokenDeck) -> None:
        """Say in the chat what is wrong."""
        await self._say("preview-broken", file=problem.file.name, key=problem.key, reason=problem.reason)

    async def _say(self, phrase: str, **values: str) -> None:
        post = Post((Span(self.known.words.say(phrase, **values), Style.SOFT),), quiet=True)
        key = f"preview/{self.clock.now()}/{next(self.numbers)}"
        await self.messengers[self.stage.room.platform].deliver(post, self.stage.room, key)

    def _bring(self, store: Store, deck: str) -> None:
        turn = Turn(store, self.clock.now(), self.known)
        couple = self._couple(store)
        ritual = store.rituals.named(couple.id, deck) or store.rituals.add(
            couple=couple.id, deck=deck, cadence=str(self.known.decks[deck].usual), active=True
        )
        ask_now(turn, agreed(turn, ritual), f"preview/{turn.now}/{next(self.numbers)}")

    def _couple(self, store: Store) -> Couple:
        """The two, who come in at the first time, and again after "Start over"."""
        room = store.people.room_at(self.stage.room)
        if room is not None and store.people.partners(room.couple):
            return store.people.couple(room.couple)
        now, zone = self.clock.now(), self.known.timezone
        couple = store.people.add_couple(timezone=zone, began_at=now - LONG_AGO, created_at=now, admitted_at=now)
        store.people.add_room(couple.id, self.stage.room)
        for seat, person in enumerate(self.stage.people, 1):
            partner = store.people.add_partner(
                couple=couple.id, seat=seat, name=person.name, timezone=zone, depth=DEEPEST, joined_at=now
            )
            store.people.add_account(partner=partner.id, platform=person.platform, user=person.user, last_used_at=now)
        return couple


def _comes_to_the_chat(deck: Deck) -> bool:
    return deck.enabled and deck.kind.is_for_both and not deck.kind.is_begun


def _phrase_for(deck: Deck) -> str:
    """What is said of a deck: that it is here, or how it is begun."""
    if not deck.enabled:
        return "preview-off"
    if deck.kind.is_on_request:
        return "preview-asked-for"
    if not deck.kind.is_for_both:
        return "preview-alone"
    return "preview-now" if deck.kind.is_begun else "preview-read"
