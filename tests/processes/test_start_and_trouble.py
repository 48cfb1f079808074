"""The program as its own process: what it says when something stands in its way."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import wiring
from bot.database import open_engine

ROOT = Path(wiring.__file__).parent.parent


def run(
    *words: str, code: Path = ROOT, user: int | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=code,
        env={**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=timeout,
        user=user,
        check=False,
    )


def told(result: subprocess.CompletedProcess[str]) -> str:
    """What it said on its way out: one or two lines, no traceback, and an exit code that says no."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("couple-rituals: ")
    assert len(result.stderr.strip().splitlines()) <= 2
    return result.stderr


@pytest.fixture
def broken_copy(tmp_path: Path) -> Path:
    """The program's own files in another place, to be broken."""
    copy = tmp_path / "copy"
    for name in ("bot", "adapters", "schedules"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """The port is named, and how to choose another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = told(run("demo", "--no-browser", "--data", str(tmp_path), "--port", port))

    assert port in sentence
    assert "--port" in sentence


def test_a_second_program_on_one_database(tmp_path: Path) -> None:
    """Two programs never share one database."""
    file = tmp_path / "couple-rituals.db"
    first = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser", "--data", str(tmp_path), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout is not None
    first.stdout.readline()
    sentence = told(run("demo", "--no-browser", "--data", str(tmp_path), "--port", "0"))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    first.terminate()
    first.communicate(timeout=20)

    assert "couple-rituals.db" in modes
    assert {mode & 0o077 for mode in modes.values()} == {0}
    assert str(file) in sentence
    assert "already running" in sentence
    assert first.returncode == 0


def test_a_newer_database(tmp_path: Path) -> None:
    """A database from a newer version is left as it is."""
    file = tmp_path / "couple-rituals.db"
    open_engine(file).dispose()
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    sentence = told(run("demo", "--no-browser", "--data", str(tmp_path), "--port", "0"))

    assert "newer version" in sentence
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_locked_database(tmp_path: Path) -> None:
    """A database that another program holds is named with what to do."""
    file = tmp_path / "couple-rituals.db"
    file.touch()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    sentence = told(run("demo", "--no-browser", "--data", str(tmp_path), "--port", "0"))
    holder.close()

    assert "Another program is using the database" in sentence


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A damaged file is not written over."""
    file = tmp_path / "couple-rituals.db"
    file.write_bytes(b"these are not the tables" * 100)
    sentence = told(run("demo", "--no-browser", "--data", str(tmp_path), "--port", "0"))

    assert "Restore it from a backup" in sentence
    assert file.read_bytes().startswith(b"these are not")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A read-only folder is named with what to look at."""
    if os.geteuid() != 0:
        tmp_path.chmod(0o500)
        sentence = told(run("demo", "--no-browser", "--data", str(tmp_path / "new"), "--port", "0"))
    else:
        # Root may write anywhere, so even a folder's permissions say little; a file in its place says it for everyone.
        (tmp_path / "file").write_text("")
        sentence = told(run("demo", "--no-browser", "--data", str(tmp_path / "file" / "new"), "--port", "0"))

    assert "cannot be written" in sentence


def test_a_database_where_no_folder_can_be(tmp_path: Path) -> None:
    """The first start says which folder, and what to do."""
    (tmp_path / "config.toml").write_text('couples = "open"\ndatabase = "/proc/x/y.db"\n[telegram]\ntoken = "1:abc"\n')
    said = told(run("run", "--config", str(tmp_path / "config.toml")))

    assert "/proc/x cannot be made" in said
    assert "set `database`" in said


def test_a_broken_deck(broken_copy: Path, tmp_path: Path) -> None:
    """A broken deck stops the program with its file, key and reason."""
    deck = broken_copy / "bot" / "content" / "en" / "digital_sunset.toml"
    deck.write_text(deck.read_text().replace('mood = "steady"', 'mood = "stedy"', 1))
    sentence = told(run("demo", "--no-browser", "--data", str(tmp_path), "--port", "0", code=broken_copy))

    assert "digital_sunset.toml: prompt[0].mood" in sentence
    assert "Did you mean 'steady'?" in sentence


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('databse = "x.db"', "Did you mean 'database'?"),
        ('timezone = "Berlin"', "Europe/Lisbon"),
        ("database = 3", "quotes"),
        ("database = [", "cannot be read"),
        ('log_level = "LOUD"', "DEBUG, INFO"),
        ('couples = "all"', "ask-host"),
        ("couples = true", "ask-host"),
        ("couples = 0", "ask-host"),
        ("telegram = 3", "write [telegram]"),
        ('[telegram]\ntokn = "1:abc"', "Did you mean 'telegram.token'?"),
        ('[telegram]\ntoken = "hush, a secret"', "telegram.token is not a token"),
        ('[telegram]\ntoken = "1:abc"\napi_url = "example.org"', "https://example.org"),
        ('[telegram]\ntoken_file = "gone"', "telegram.token_file"),
        ('[telegram]\ntoken = "1:abc"', "no host_code"),
        ('couples = "open"', "No platform is set up"),
    ],
)
def test_a_broken_config(tmp_path: Path, written: str, said: str) -> None:
    """A mistake in config.toml is named with what to mend."""
    file = tmp_path / "config.toml"
    file.write_text(written)

    sentence = told(run("run", "--config", str(file)))

    assert said in sentence
    assert "secret" not in sentence


def test_no_config_at_all(tmp_path: Path) -> None:
    """Who has no config.toml hears where to begin."""
    assert "config.example.toml" in told(run("run", "--config", str(tmp_path / "config.toml")))


def test_the_example_config_is_read() -> None:
    """The example is valid as it stands, and the program says what is missing."""
    assert "no host_code" in told(run("run", "--config", str(ROOT / "config.example.toml")))


def test_simulate_prints_a_table_and_json() -> None:
    """Thirty days of what would be posted, for people and for machines."""
    words = ("simulate", "--days", "7", "--start", "2026-03-27", "--zones", "Europe/Berlin,America/New_York")
    table = run(*words)
    found = json.loads(run(*words, "--json").stdout)

    assert "Weekly check-in" in table.stdout
    assert {post["ritual"] for post in found["posts"]} >= {"morning_appreciation", "digital_sunset", "trust_checkin"}
    assert any("quiet hours" in warning for warning in found["warnings"])


def test_simulate_of_a_database_names_nobody(tmp_path: Path) -> None:
    """The rooms of a config are simulated without a name or a word of theirs, and nothing is written."""
    (tmp_path / "config.toml").write_text('database = "rooms.db"')
    engine = open_engine(tmp_path / "rooms.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO couple (id, locale, timezone, apart) VALUES (1, 'en', 'Asia/Tokyo', 0)")
        for number, name in ((1, "Ann"), (2, "Ben")):
            connection.exec_driver_sql(
                "INSERT INTO partner (id, couple, seat, name, locale, timezone, depth, quiet_from, quiet_to, awaiting) "
                "VALUES (?, 1, ?, ?, 'en', 'Asia/Tokyo', 2, 1320, 450, '')",
                (number, number, name),
            )
        connection.exec_driver_sql(
            "INSERT INTO ritual (id, couple, partner, deck, cadence, style, active, next_slot, last_slot, revision, "
            "untouched) VALUES (1, 1, 0, 'morning_appreciation', '0@450+0/each', '', 1, '', '', 0, 0)"
        )
    engine.dispose()
    before = (tmp_path / "rooms.db").read_bytes()
    result = run("simulate", "--config", str(tmp_path / "config.toml"), "--start", "2026-03-02", "--days", "14")

    assert result.stdout.count("Morning appreciation") == 2
    assert "07:30" in result.stdout
    assert "Ann" not in result.stdout
    assert (tmp_path / "rooms.db").read_bytes() == before


@pytest.mark.parametrize("words", [("simulate", "--start", "soon"), ("simulate", "--zones", "Atlantis")])
def test_simulate_says_what_it_does_not_understand(words: tuple[str, ...]) -> None:
    """A mistyped option is named with an example."""
    assert "such as" in told(run(*words)) or "Write it as" in told(run(*words))
