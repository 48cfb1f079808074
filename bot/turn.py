"""What a flow has in its hands while it decides: the store, the moment, and what the bot knows by heart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot import owndecks
from bot.decks import Deck
from bot.errors import Refusal
from bot.helplines import Helplines
from bot.model import Couple, Occurrence, Partner, Ritual
from bot.phrasebook import Phrasebook
from bot.posts import Post, Span
from bot.sayings import OwnDeck
from bot.store import Store
from bot.typed import Typed
from bot.welcome import Welcome
from bot.zones import Cities


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What the bot knows by heart: decks, words, cities, and what people type for times."""

    decks: Mapping[str, Deck]
    words: Phrasebook
    cities: Cities
    typed: Typed
    timezone: str = "UTC"
    new_code: Callable[[], str] = str
    welcome: Welcome = field(default_factory=Welcome)
    helplines: Helplines = field(default_factory=Helplines)


@dataclass(frozen=True, slots=True)
class Turn:
    """One unit of work's surroundings; *now* is in seconds UTC, *in_room*: it began in the shared chat."""

    store: Store
    now: int
    known: Repertoire
    in_room: bool = False

    def say(self, phrase: str, reader: Partner | Couple | None = None, **values: str) -> str:
        """A phrase in the reader's language."""
        return self.known.words.say(phrase, reader.locale if reader else "en", **values)

    def host(self, reader: Partner | Couple | None = None) -> str:
        """Whoever runs this bot, by name where the host has given one, to begin a sentence with."""
        name = self.known.welcome.host
        return self.say("host-named", reader, name=name) if name else self.say("host-unnamed", reader)

    def line(self, phrase: str, reader: Partner | Couple | None = None, **values: str) -> Post:
        """A post of one phrase."""
        return Post((Span(self.say(phrase, reader, **values)),))

    def zone(self, name: str) -> ZoneInfo:
        """A time zone by its name."""
        return ZoneInfo(name)

    def decks_of(self, couple: int) -> Mapping[str, Deck]:
        """Every deck that a couple may have, by its id: from files, with lines of theirs, and those that they made."""
        made = [one for one in self.store.sayings.own_decks(couple) if one.started_at and not one.ended_at]
        theirs = {owndecks.name_of(one): self.own_deck(one) for one in made}
        return owndecks.with_all_lines(self.known.decks, self.store.sayings.of(couple)) | theirs

    def deck_behind(self, row: Ritual | Occurrence) -> Deck | None:
        """The deck behind a row, where its file is still there, by the name that the two chose for it.

        Also one of their own that its author deleted.
        """
        found = self.known.decks.get(row.deck)
        if found is not None:
            return self.by_name(owndecks.with_lines(found, self.store.sayings.of(row.couple)), row)
        number = owndecks.number_of(row.deck)
        own = self.store.sayings.own_deck(number) if number else None
        return self.own_deck(own) if own is not None and own.couple == row.couple else None

    def rituals_of(self, couple: int) -> list[tuple[Ritual, Deck]]:
        """The rituals of a couple whose decks are there, oldest first."""
        decks = self.decks_of(couple)
        return [(one, self.by_name(decks[one.deck], one)) for one in self.store.rituals.of(couple) if one.deck in decks]

    def by_name(self, deck: Deck, row: Ritual | Occurrence) -> Deck:
        """A deck under the name that the two chose for it, of those that it offers or of their own."""
        if not deck.names:
            return deck
        ritual = self.store.rituals.ritual(row.ritual) if isinstance(row, Occurrence) else row
        name = ritual.name if ritual else ""
        if name == owndecks.OWN_NAME:
            return replace(deck, title=owndecks.given_name(deck.id, self.store.sayings.of(row.couple)) or deck.title)
        return replace(deck, title=name) if name in deck.names else deck

    def own_deck(self, own: OwnDeck, author: int = 0) -> Deck:
        """A ritual that the two made; of one *author* alone only what that partner wrote for it."""
        couple = self.store.people.couple(own.couple)
        said = [one for one in self.store.sayings.of(own.couple) if author in (0, one.saying.partner)]
        return owndecks.built(own, said, lambda phrase: self.say(phrase, couple))

    def deck_of(self, row: Ritual | Occurrence) -> Deck:
        """The deck behind a row; declines where its file is no longer there."""
        found = self.deck_behind(row)
        if found is None:
            raise Refusal("deck-gone")
        return found
