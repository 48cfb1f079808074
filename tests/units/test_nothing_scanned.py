"""What is asked at every tick takes as long with much on record as with little."""

from __future__ import annotations

import itertools
from pathlib import Path

from bot.database import open_engine
from bot.model import State
from bot.posts import InRoom, MessageRef
from bot.sealing import Plain
from bot.store import Store
from bot.store.rows import driver_cursor

NOW = 1_767_600_000
LATER = NOW + 86400


def _live(store: Store, couples: int) -> None:
    """Couples to whom a post came that is over, and a next one comes tomorrow."""
    for number in range(couples):
        couple = store.people.add_couple(created_at=NOW, began_at=NOW)
        place = InRoom("measured", str(number))
        room = store.people.add_room(couple.id, place)
        for seat in (1, 2):
            store.people.add_partner(couple=couple.id, seat=seat, name="Ann")
        ritual = store.rituals.add(couple=couple.id, deck="d", cadence="0@480+0/each", next_due_at=LATER)
        occurrence = store.occurrences.open(
            ritual=ritual.id, couple=couple.id, deck="d", slot="s", day="s", prompt="p", state=State.CLOSED
        )
        assert occurrence is not None
        delivery = store.deliveries.new(key=str(number), couple=couple.id, room=room.id, view="occurrence")
        store.deliveries.add(delivery)
        store.deliveries.sent(delivery.id, NOW, MessageRef(place, "1"))


def _look(store: Store) -> None:
    """Whatever a tick asks the store where nothing is due."""
    assert store.deliveries.waiting(NOW, 100) == []
    assert store.deliveries.depth(NOW) == (0, 0)
    assert store.rituals.due(NOW, 100) == []
    assert store.occurrences.sharing_due(NOW, 100) == []
    assert store.occurrences.closing_due(NOW, 100) == []
    assert store.people.leaving(NOW, 100) == []
    moments = [store.deliveries.earliest(), store.occurrences.earliest(), store.people.next_leaving()]
    assert moments == [None, None, None]
    assert store.rituals.earliest() == LATER


def _steps(file: Path, couples: int) -> int:
    """How many steps the database takes for a look."""
    steps = itertools.count()
    engine = open_engine(file)
    with engine.begin() as connection:
        store = Store(connection, itertools.count(1).__next__, Plain())
        _live(store, couples)
        driver_cursor(connection).connection.set_progress_handler(lambda: next(steps) < 0, 1)
        _look(store)
    engine.dispose()
    return next(steps)


def test_a_tick_looks_at_nothing_that_is_over(tmp_path: Path) -> None:
    """A hundred couples more, with what came to them, cost a tick no step more."""
    assert _steps(tmp_path / "many.db", 110) == _steps(tmp_path / "few.db", 10)
