"""The host's key: made once, never repeated, exchanged without a moment in which no key fits."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import hosting, keys
from bot.database import Database, open_database, open_engine
from bot.errors import Misconfigured, WrongKey
from bot.keys import Found
from bot.model import Kept, Occurrence
from bot.sayings import Says
from bot.sealing import Plain, Sealed
from bot.store import Store
from bot.store.people import People
from bot.store.sayings import Sayings

WORDS = "the lake house in June"
LINE = "what the neighbour's cat did"
BOUND = b"1:2:3:built"


@given(words=st.text())
def test_whatever_is_sealed_opens_again(words: str) -> None:
    """Each time in other bytes, which hold nothing of it."""
    sealer = Sealed(bytes(32))
    key = sealer.new_key(1)
    first, second = sealer.seal(words, 1, key, BOUND), sealer.seal(words, 1, key, BOUND)

    assert sealer.open(first, 1, key, BOUND) == words
    assert first != second
    assert len(words) < 4 or words.encode() not in first


def test_a_sealed_body_means_nothing_elsewhere() -> None:
    """Not in another row, not for another couple, not with another key, not with a byte changed."""
    sealer = Sealed(bytes(32))
    mine, theirs = sealer.new_key(1), sealer.new_key(2)
    body = sealer.seal(WORDS, 1, mine, BOUND)
    tries = [
        lambda: sealer.open(body, 1, mine, b"1:2:4:built"),
        lambda: sealer.open(body, 2, theirs, BOUND),
        lambda: sealer.open(body, 2, mine, BOUND),
        lambda: Sealed(bytes(31) + b"x").open(body, 1, mine, BOUND),
        lambda: sealer.open(body[:-1] + bytes([body[-1] ^ 1]), 1, mine, BOUND),
        lambda: sealer.open(body[:5], 1, mine, BOUND),
    ]
    # The key of one couple is remembered by then; it helps nobody else.
    sealer.open(body, 1, mine, BOUND)

    for attempt in (tries[0], tries[1], *tries[3:]):
        with pytest.raises(WrongKey):
            attempt()


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """Where nobody's words need one; the next start finds the same."""
    file = tmp_path / "host.key"
    made = keys.that_fits(Found(file), None)

    assert keys.that_fits(Found(file), None) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made.hex() not in repr(Found(file, keys.written(made)))


@pytest.mark.parametrize("spoilt", ["", "short", "%%%", "A" * 43, "é" * 44])
def test_what_is_no_key_is_said_and_not_repeated(tmp_path: Path, spoilt: str) -> None:
    """Neither in a file nor in the environment."""
    file = tmp_path / "host.key"
    file.write_text(spoilt)
    with pytest.raises(Misconfigured) as refused:
        keys.read_key(Found(file))

    assert "holds no key" in str(refused.value)
    assert not spoilt or spoilt not in str(refused.value)


def test_a_missing_and_a_wrong_key_are_refused(tmp_path: Path) -> None:
    """Where somebody's words need one no other is made, and the file stays as it is."""
    right, wrong = keys.new_key(), keys.new_key()
    wrapped = (1, Sealed(right).new_key(1))
    file = tmp_path / "host.key"
    with pytest.raises(Misconfigured, match="is not there"):
        keys.that_fits(Found(file), wrapped)
    file.write_text(keys.written(wrong))
    with pytest.raises(Misconfigured, match="is not the one"):
        keys.that_fits(Found(file), wrapped)

    assert file.read_text() == keys.written(wrong)
    assert keys.that_fits(Found(file, keys.written(right)), wrapped) == right


def written_with(file: Path, sealer: Plain | Sealed) -> None:
    """One couple with one answer, and one line that they added to a ritual."""
    engine = open_engine(file)
    with engine.begin() as connection:
        store = Store(connection, itertools.count(1).__next__, sealer)
        couple = store.people.add_couple(timezone="UTC")
        ritual = store.rituals.add(couple=couple.id, deck="morning_appreciation", cadence="daily 08:00")
        partner = store.people.add_partner(couple=couple.id, seat=1, name="Ann")
        occurrence = opened(store, couple.id, ritual.id)
        store.replies.append(occurrence, partner.id, WORDS, "m1", 1, Kept.WORDS)
        store.sayings.add(couple.id, partner.id, "morning_appreciation", Says.LINE, LINE, 1)
    engine.dispose()


def opened(store: Store, couple: int, ritual: int) -> Occurrence:
    when = {"slot": "2026-03-02", "day": "2026-03-02", "due_at": 1, "closes_at": 2, "shares_at": 0}
    found = store.occurrences.open(
        ritual=ritual, couple=couple, deck="morning_appreciation", prompt="ma-001", rule="", **when
    )
    assert found is not None, "nobody else has opened it"
    return found


async def words_in(database: Database) -> list[str]:
    """Every word on record."""

    def unit(store: Store) -> list[str]:
        occurrence = store.occurrences.occurrence(4)
        assert occurrence is not None, "it was opened"
        said = store.sayings.of(occurrence.couple)
        return [*(line.words for line in store.replies.lines(occurrence)), *(one.words for one in said)]

    return await database.run(unit)


def bytes_of(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.iterdir())


async def test_words_from_before_there_was_a_key(tmp_path: Path) -> None:
    """They are sealed at the next start, leave the file, and read the same."""
    file = tmp_path / "couple.db"
    written_with(file, Plain())
    before = [one.encode() in bytes_of(tmp_path) for one in (WORDS, LINE)]
    key = Found(tmp_path / "host.key")
    database = open_database(file, itertools.count(9).__next__, lambda wrapped: Sealed(keys.that_fits(key, wrapped)))
    words = await words_in(database)
    after = [one.encode() in bytes_of(tmp_path) for one in (WORDS, LINE)]
    database.close()

    assert before == [True, True]
    assert after == [False, False]
    assert words == [WORDS, LINE]


PLACES = {
    "before the database changed": (hosting, "Sealed"),
    "between the answers and the lines": (Sayings, "seal_again"),
    "before the couples' keys were wrapped": (People, "change_couple"),
    "before the key took its place": (hosting, "exchange"),
}


@pytest.mark.parametrize("killed", ["not at all", *PLACES])
async def test_a_key_is_exchanged(tmp_path: Path, killed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever it is cut short, the next start opens every word, and the old key opens none once it is done."""
    file, key = tmp_path / "couple.db", Found(tmp_path / "host.key")
    old = keys.that_fits(key, None)
    written_with(file, Sealed(old))
    if killed in PLACES:
        # A kill at this very place cannot be timed from outside.
        with monkeypatch.context() as cut:
            cut.setattr(*PLACES[killed], cut_short(PLACES[killed][1]))
            with pytest.raises(KeyboardInterrupt):
                hosting.change_key(file, key)
    else:
        assert hosting.change_key(file, key) == 1
    database = open_database(file, itertools.count(9).__next__, lambda wrapped: Sealed(keys.that_fits(key, wrapped)))
    words = await words_in(database)
    database.close()

    assert words == [WORDS, LINE]
    assert (keys.read_key(key) == old) == (killed not in ("not at all", "before the key took its place"))


async def test_who_had_the_key_and_the_file_opens_nothing_later(tmp_path: Path) -> None:
    """Each couple has another key, too, and its words are sealed with that: answers and lines alike."""
    file, key = tmp_path / "couple.db", Found(tmp_path / "host.key")
    host = Sealed(keys.that_fits(key, None))
    written_with(file, host)
    stolen = dict(rows(file, "SELECT id, key FROM couple"))
    before = {body for table in ("reply", "saying") for (body,) in rows(file, f"SELECT body FROM {table}")}
    hosting.change_key(file, key)
    after = {body for table in ("reply", "saying") for (body,) in rows(file, f"SELECT body FROM {table}")}
    couple = host.unwrap(stolen[1], 1)
    fresh = keys.read_key(key)
    assert fresh is not None, "there is one"

    assert Sealed(fresh).unwrap(dict(rows(file, "SELECT id, key FROM couple"))[1], 1) != couple
    assert len(before) == len(after) == 2
    assert not any(body in bytes_of(tmp_path) for body in before)
    assert unreadable(file, Sealed(fresh), {}) == 0
    assert unreadable(file, host, stolen) == 2


def unreadable(file: Path, sealer: Sealed, couples: dict[int, bytes]) -> int:
    """How much of what is stored does not open with a host's key, where some couples' keys are put in."""
    engine = open_engine(file)
    with engine.begin() as connection:
        store = Store(connection, itertools.count(1).__next__, sealer)
        for couple, key in couples.items():
            store.people.change_couple(couple, key=key)
        found = store.unreadable()
    engine.dispose()
    return found


def rows(file: Path, question: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(file)) as database:
        return database.execute(question).fetchall()


def cut_short(what: str):  # type: ignore[no-untyped-def]
    """Ends the program where this is used; of sealers, at the second one."""
    made = itertools.count()

    def ends(*given: object, **_: object) -> Sealed:
        if what != "Sealed" or next(made):
            raise KeyboardInterrupt
        return Sealed(*given)  # type: ignore[arg-type]

    return ends


def test_a_key_from_the_environment_is_not_exchanged(tmp_path: Path) -> None:
    """It says how to bring it into a file first."""
    with pytest.raises(Misconfigured, match="key_file"):
        hosting.change_key(tmp_path / "couple.db", Found(tmp_path / "host.key", keys.written(keys.new_key())))
