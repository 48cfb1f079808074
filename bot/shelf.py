"""The decks that the bot goes by, which can be taken up anew while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.deckfile import files_in, read_decks
from bot.decks import Deck

Decks = Mapping[str, Deck]
Looks = tuple[tuple[Path, int, int], ...]


class Shelf(Mapping[str, Deck]):
    """Every deck by its id: those of *folder*, and of the host's *own* folders or files.

    It changes only by *put*, so that a unit of work sees one state. Raises BrokenDeck where a file is not right.
    """

    def __init__(self, folder: Path, *own: Path) -> None:
        self._folder = folder
        self._own = own
        self._looks = self._look()
        self._decks: Decks = read_decks(folder, *own)

    def __getitem__(self, name: str) -> Deck:
        return self._decks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decks)

    def __len__(self) -> int:
        return len(self._decks)

    def changed(self) -> Decks | None:
        """Every deck as the files now say, if the host's have changed since the last look.

        Raises BrokenDeck once for each state of the files that is not right.
        """
        looks = self._look()
        if looks == self._looks:
            return None
        self._looks = looks
        return read_decks(self._folder, *self._own)

    def put(self, decks: Decks) -> frozenset[str]:
        """Go by these from now on; returns the ids of those that are new, changed or gone."""
        before, self._decks = self._decks, decks
        return frozenset(name for name in {*before, *decks} if before.get(name) != decks.get(name))

    def _look(self) -> Looks:
        """What tells one state of the files from another: their names, moments and sizes."""
        found = []
        for file in (file for where in self._own for file in files_in(where)):
            try:
                about = file.stat()
            except OSError:
                # It went while it was looked at; without it this is another state.
                continue
            found.append((file, about.st_mtime_ns, about.st_size))
        return tuple(found)
