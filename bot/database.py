"""Runs units of work, each in one hop on one writer thread and in one transaction.

A unit is a plain function that takes the store. It may run again (a group commit that failed), so it touches only
the store and returns values; waking and logging come after the commit. Units that wait together are committed
together, each behind its own savepoint (docs/decisions/0001).
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import configure_mappers

from bot.errors import RitualsError, StoreUnusable
from bot.migrations import bring_up_to_date, revision_of
from bot.ports import Sealer
from bot.sealing import Plain
from bot.store import Store
from bot.store.rows import driver_cursor

GROUP = 256
"""How many waiting units are committed together at most."""

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Rest = ParamSpec("Rest")
Job = tuple[int, int, Callable[[Store], Any] | None, "Future[Any]"]


def writer_engine(url: str) -> Engine:
    """The engine of the writer: explicit BEGIN IMMEDIATE, every commit on disk before it counts."""
    # Rows are made without the ORM's own constructor, so nothing else would prepare their classes.
    configure_mappers()
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 5.0})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def open_engine(file: Path) -> Engine:
    """The writer's engine over a file whose tables are up to date; raises StoreUnusable with what to do."""
    engine = writer_engine(f"sqlite:///{file}")
    try:
        _check_every_page(engine)
        bring_up_to_date(engine)
    except Exception as problem:
        engine.dispose()
        raise explained(problem, file) from problem
    return engine


def open_database(
    file: Path,
    new_id: Callable[[], int],
    sealer_for: Callable[[tuple[int, bytes] | None], Sealer],
    took: Callable[[float], object] = abs,
) -> Database:
    """A file's units of work; raises StoreUnusable, and whatever *sealer_for* raises about the key.

    That is handed a couple with its key as it is stored, if there is one. What was written before there was a key is
    sealed now, and leaves the file.
    """
    engine = open_engine(file)
    try:
        sealer = sealer_for(_first_wrapped_key(engine))
        sealed = _seal_what_is_plain(engine, sealer)
    except Exception as problem:
        engine.dispose()
        raise explained(problem, file) from problem
    if sealed:
        empty_log(engine)
        logger.info("%d answers from before are sealed now", sealed, extra={"action": "sealed_what_was_plain"})
    return Database(engine, new_id, sealer, took)


def _check_every_page(engine: Engine) -> None:
    """Who goes on writing into a damaged file loses more of it; it takes a second for some hundred megabytes."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StoreUnusable(DAMAGED)


def shape_of(file: Path) -> str | None:
    """The shape that a file's tables have; None where there is no file, or nothing in it."""
    if not file.exists() or not file.stat().st_size:
        return None
    engine = reading_engine(file)
    try:
        return revision_of(engine)
    except DatabaseError:
        return None
    finally:
        engine.dispose()


def stored_key(file: Path) -> tuple[int, bytes] | None:
    """A couple of a file with its key as it is stored, whoever uses the file; None where nobody has one, or no file."""
    if not file.exists():
        return None
    engine = reading_engine(file)
    try:
        with engine.connect() as connection:
            return next(iter(Store(connection, itertools.count(1).__next__, Plain()).people.wrapped_keys()), None)
    except DatabaseError:
        # A file that cannot be read is another finding, and one of before has no keys.
        return None
    finally:
        engine.dispose()


def unreadable_in(file: Path, sealer: Sealer) -> int:
    """How many answers of a file cannot be read any more, whoever uses it; none where the file itself cannot be."""
    engine = reading_engine(file)
    try:
        with engine.connect() as connection:
            return Store(connection, itertools.count(1).__next__, sealer).unreadable()
    except DatabaseError:
        return 0
    finally:
        engine.dispose()


def _first_wrapped_key(engine: Engine) -> tuple[int, bytes] | None:
    with engine.begin() as connection:
        return next(iter(Store(connection, itertools.count(1).__next__, Plain()).people.wrapped_keys()), None)


def _seal_what_is_plain(engine: Engine, sealer: Sealer) -> int:
    with engine.begin() as connection:
        return Store(connection, itertools.count(1).__next__, sealer).seal_what_is_plain()


def empty_log(engine: Engine) -> None:
    """Bring the write-ahead log into the file, so that what was replaced stands in neither."""
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def reading_engine(file: Path) -> Engine:
    """An engine that only reads a file, whoever else is using it."""
    configure_mappers()
    return create_engine(f"sqlite:///file:{file}?mode=ro&uri=true", hide_parameters=True)


def _prepare(connection: Any, _record: object) -> None:
    # With the driver's own transactions, releasing a first savepoint would commit.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Database:
    """One unit of work at a time, asked for from the event loop.

    *took* hears how many seconds each unit took, waiting included, that nobody's deed caused.
    """

    def __init__(
        self, engine: Engine, new_id: Callable[[], int], sealer: Sealer, took: Callable[[float], object] = abs
    ) -> None:
        self._engine = engine
        self._new_id = new_id
        self._sealer = sealer
        self._took = took
        self._jobs: queue.PriorityQueue[Job] = queue.PriorityQueue()
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    async def run(
        self, unit: Callable[Concatenate[Store, Rest], Result], *args: Rest.args, **kwargs: Rest.kwargs
    ) -> Result:
        """Run a unit and commit it; what people do goes before everything else."""
        return await asyncio.wrap_future(self._hand_over(0, lambda store: unit(store, *args, **kwargs)))

    async def run_later(
        self, unit: Callable[Concatenate[Store, Rest], Result], *args: Rest.args, **kwargs: Rest.kwargs
    ) -> Result:
        """Run a unit behind what people do: the ticks and the courier."""
        began = time.monotonic()
        try:
            return await asyncio.wrap_future(self._hand_over(1, lambda store: unit(store, *args, **kwargs)))
        finally:
            self._took(time.monotonic() - began)

    def close(self) -> None:
        """Finish what waits, then let go of the file."""
        done: Future[Any] = Future()
        self._jobs.put((9, next(self._order), None, done))
        self._thread.join()
        self._engine.dispose()

    def _hand_over(self, urgency: int, unit: Callable[[Store], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        self._jobs.put((urgency, next(self._order), unit, future))
        return future

    def _write(self) -> None:
        while True:
            jobs = self._waiting()
            # Once a unit runs it can no longer be cancelled; one that nobody waits for any more is passed over.
            todo = [
                (unit, future)
                for _, _, unit, future in jobs
                if unit is not None and future.set_running_or_notify_cancel()
            ]
            self._commit_together(todo)
            if jobs[-1][2] is None:
                return

    def _waiting(self) -> list[Job]:
        jobs = [self._jobs.get()]
        while len(jobs) < GROUP and jobs[-1][2] is not None:
            try:
                jobs.append(self._jobs.get_nowait())
            except queue.Empty:
                break
        return jobs

    def _commit_together(self, todo: list[tuple[Callable[[Store], Any], Future[Any]]]) -> None:
        if not todo:
            return
        try:
            outcomes = self._attempt([unit for unit, _ in todo])
        except Exception as problem:
            if len(todo) == 1:
                todo[0][1].set_exception(explained(problem))
            else:
                # The group could not be committed: each unit gets a transaction of its own.
                for one in todo:
                    self._commit_together([one])
            return
        for (_, future), (result, refused) in zip(todo, outcomes, strict=True):
            if refused is None:
                future.set_result(result)
            else:
                future.set_exception(refused)

    def _attempt(self, units: list[Callable[[Store], Any]]) -> list[tuple[Any, Exception | None]]:
        with self._engine.begin() as connection:
            store = Store(connection, self._new_id, self._sealer)
            return [self._behind_savepoint(connection, store, unit) for unit in units]

    def _behind_savepoint(
        self, connection: Connection, store: Store, unit: Callable[[Store], Any]
    ) -> tuple[Any, Exception | None]:
        # On the driver's own cursor: SQLAlchemy's savepoint costs seventy times as much (docs/decisions/0001).
        cursor = driver_cursor(connection)
        cursor.execute("SAVEPOINT one")
        try:
            result = unit(store)
        except Exception as problem:
            cursor.execute("ROLLBACK TO SAVEPOINT one")
            return None, explained(problem)
        cursor.execute("RELEASE SAVEPOINT one")
        return result, None


def explained(problem: Exception, file: Path | None = None) -> Exception:
    """The same trouble, with what to do about it where that is known; never with the values that were bound."""
    if isinstance(problem, RitualsError):
        return problem
    text = str(problem).lower()
    for sign, sentence in TROUBLES:
        if sign in text:
            return StoreUnusable(f"{file}: {sentence}" if file else sentence)
    if isinstance(problem, OperationalError | sqlite3.OperationalError):
        # The driver's sentence; the statement's values are hidden.
        said = problem.orig if isinstance(problem, OperationalError) else problem
        return StoreUnusable(f"The database does not work ({said}). `couple-rituals doctor` says more.")
    return problem


DAMAGED = "The database file is damaged. Restore it from a backup."
TROUBLES = (
    ("database is locked", "Another program is using the database. Stop it, or wait until it is done, and try again."),
    ("readonly database", "The database cannot be written. Check who owns the file and its folder."),
    ("unable to open", "The database cannot be opened. Check that its folder exists and may be written."),
    ("disk is full", "The disk is full, so nothing can be kept. Make room and start again."),
    ("malformed", DAMAGED),
    ("disk i/o error", "The disk takes nothing (disk I/O error). Check that it works and may be written."),
    ("not a database", "The database file is not a database, or is damaged. Restore it from a backup."),
)
