"""What is read for many couples at once reads as it would for each, and never as it no longer is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.database import open_engine
from bot.posts import InRoom
from bot.sealing import Plain
from bot.store import Store
from bot.store.rows import driver_cursor

THREE = (1, 2, 3)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """One transaction over a file of its own."""
    engine = open_engine(tmp_path / "ahead.db")
    with engine.begin() as begun:
        yield begun
    engine.dispose()


@pytest.fixture
def store(connection: Connection) -> Store:
    """Three couples, of whom the second has a room and wishes, and the third has nobody yet."""
    made = Store(connection, itertools.count(100).__next__, Plain())
    for couple in THREE:
        made.people.add_couple(timezone=f"Etc/GMT+{couple}")
    for couple, seat in itertools.product(_couples(made)[:2], (2, 1)):
        made.people.add_partner(couple=couple, seat=seat, name=f"{couple}/{seat}")
    second = _couples(made)[1]
    made.people.add_room(second, InRoom("telegram", "-1"))
    for partner in made.people.partners(second):
        made.wishes.hide(partner.id, f"ma-00{partner.seat}")
    made.wishes.add_quiet_dates(made.people.partners(second)[0].id, "2026-01-05", "2026-01-07")
    return made


def _couples(store: Store) -> list[int]:
    return store.people.couples()


def _as_read(store: Store) -> list[object]:
    """All that may be read ahead."""
    found: list[object] = []
    for couple in _couples(store):
        partners = store.people.partners(couple)
        ids = [one.id for one in partners]
        found += [store.people.couple(couple), partners, store.people.rooms(couple), store.wishes.hidden(ids)]
        found += [store.wishes.is_quiet_date(ids, day) for day in ("2026-01-04", "2026-01-05", "2026-01-07")]
    return found


def test_many_at_once_read_as_each_alone(store: Store) -> None:
    """Also those of whom there is nothing."""
    alone = _as_read(store)

    with store.read_ahead(_couples(store)):
        assert _as_read(store) == alone


def test_a_change_is_seen_at_once(store: Store) -> None:
    """Whatever was read ahead is asked for anew once anything of its kind has changed."""
    second = _couples(store)[1]
    with store.read_ahead(_couples(store)):
        partner = store.people.partners(second)[0]
        store.people.change_couple(second, timezone="UTC")
        store.people.change_partner(partner.id, depth=3)
        store.people.change_room(store.people.rooms(second)[0].id, rested_at=7)
        store.people.woke(room=store.people.rooms(second)[0].id, account=0)
        store.wishes.hide(partner.id, "ma-009")
        store.wishes.add_quiet_dates(partner.id, "2026-01-04", "2026-01-04")
        changed = _as_read(store)

    assert changed == _as_read(store)
    assert store.people.couple(second).timezone == "UTC"
    assert not store.people.rooms(second)[0].rested_at


def test_many_are_read_by_few_statements(connection: Connection, store: Store) -> None:
    """However many couples there are, and nothing is asked again."""
    asked: list[str] = []
    driver_cursor(connection).connection.set_trace_callback(asked.append)
    with store.read_ahead(_couples(store)):
        _as_read(store)

    assert len([one for one in asked if "FROM couple" in one and "WHERE" in one]) == 1
    assert len([one for one in asked if "FROM partner" in one]) == 1


def test_nothing_read_ahead_outlives_what_it_was_read_for(connection: Connection, store: Store) -> None:
    """A later unit of work reads what is there then, whoever wrote it."""
    second = _couples(store)[1]
    with pytest.raises(LookupError), store.read_ahead(_couples(store)):
        store.people.couple(1 << 40)
    driver_cursor(connection).execute("UPDATE couple SET timezone = 'Asia/Tokyo'")

    assert store.people.couple(second).timezone == "Asia/Tokyo"
