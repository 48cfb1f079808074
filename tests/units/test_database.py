"""Units of work: one writer, all or nothing, and nobody's trouble is another's."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from bot import migrations
from bot.database import Database, open_engine
from bot.errors import Refusal
from bot.sealing import Plain
from bot.store import Store


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database in a file of its own."""
    opened = Database(open_engine(tmp_path / "units.db"), itertools.count(1).__next__, Plain())
    yield opened
    opened.close()


def add_couple(store: Store) -> int:
    return store.people.add_couple().id


def add_and_decline(store: Store) -> None:
    add_couple(store)
    raise Refusal("closed")


def couples(store: Store) -> int:
    return len(store.people.couples())


async def test_what_declines_changes_nothing(database: Database) -> None:
    """A unit that raises leaves no row behind, and the ones beside it stay."""
    outcomes = await asyncio.gather(
        *(database.run(unit) for unit in (add_couple, add_and_decline, add_couple)), return_exceptions=True
    )

    assert isinstance(outcomes[1], Refusal)
    assert await database.run(couples) == 2


async def test_who_gives_up_waiting_stops_nobody(database: Database) -> None:
    """A unit whose caller is cancelled, before it runs or while it does, leaves the writer at work."""
    began, go_on = threading.Event(), threading.Event()

    def slow(store: Store) -> int:
        began.set()
        go_on.wait(5)
        return add_couple(store)

    running = asyncio.create_task(database.run(slow))
    await asyncio.to_thread(began.wait, 5)
    waiting = asyncio.create_task(database.run(add_couple))
    await asyncio.sleep(0)
    for task in (running, waiting):
        task.cancel()
    await asyncio.gather(running, waiting, return_exceptions=True)
    go_on.set()

    assert await asyncio.wait_for(database.run(couples), 5) == 1


async def test_what_people_do_goes_first(database: Database) -> None:
    """Among the waiting, events run before ticks."""
    began, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def block(store: Store) -> None:
        began.set()
        go_on.wait(5)

    blocked = asyncio.create_task(database.run(block))
    await asyncio.to_thread(began.wait, 5)
    tick = asyncio.create_task(database.run_later(lambda store: order.append("tick")))
    await asyncio.sleep(0)
    event = asyncio.create_task(database.run(lambda store: order.append("event")))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(blocked, tick, event)

    assert order == ["event", "tick"]


async def test_a_group_that_cannot_be_committed_is_tried_one_by_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a common commit fails each unit gets its own, so that one bad unit takes nobody's words with it."""
    commit = database._attempt
    tried: list[int] = []

    def fails_for_groups(units: list) -> list:
        tried.append(len(units))
        if len(units) > 1:
            raise OSError("the common commit failed")
        return commit(units)

    # The disk itself is what fails here, and no fake of it is small enough.
    monkeypatch.setattr(database, "_attempt", fails_for_groups)
    began, go_on = threading.Event(), threading.Event()

    def block(store: Store) -> None:
        began.set()
        go_on.wait(5)

    blocked = asyncio.create_task(database.run(block))
    await asyncio.to_thread(began.wait, 5)
    units = [asyncio.create_task(database.run(add_couple)) for _ in range(3)]
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(blocked, *units)

    assert 3 in tried
    assert await database.run(couples) == 3


async def test_an_error_never_holds_what_was_bound(database: Database) -> None:
    """The text of a database's error names columns and never words."""

    def twice(store: Store) -> None:
        couple = store.people.add_couple()
        for _ in range(2):
            store.people.add_partner(couple=couple.id, seat=1, name="canary-5521")

    with pytest.raises(Exception, match="seat") as trouble:
        await database.run(twice)
    assert "canary-5521" not in repr(trouble.value)


async def test_the_tables_are_what_the_model_says(tmp_path: Path) -> None:
    """The migrations lead to the model, with nothing missing and nothing left over."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    engine = open_engine(tmp_path / "fresh.db")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()

    assert differences == []


def test_the_newest_migration_is_the_one_that_is_named() -> None:
    """A start that trusts HEAD trusts the right one."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from bot.migrations import FOLDER, HEAD

    config = Config()
    config.set_main_option("script_location", str(FOLDER))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_database_of_the_first_shape_is_brought_up_to_date(tmp_path: Path) -> None:
    """Couples who were there before the host was asked are in."""
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    config.attributes["engine"] = engine
    command.upgrade(config, "0001")
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO couple (id, locale, timezone, apart, created_at) VALUES (7, 'en', 'UTC', 0, 1234)")
        )
    migrations.bring_up_to_date(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT admitted_at FROM couple")).scalar() == 1234
    engine.dispose()
