"""What is written into config.toml can be read again, and nothing half-written is left behind."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.configfile import as_toml, write
from bot.errors import Misconfigured

LETTERS = some.characters(exclude_categories=["Cs"])


@given(some.text(LETTERS), some.text(LETTERS), some.integers(1, 10**6))
def test_whatever_is_written_is_read(host: str, token: str, couples: int) -> None:
    """Quotation marks, backslashes, line ends and every other letter come back as they were."""
    settings = {"host": host, "couples": couples, "telegram": {"token": token}, "discord": {"token": host}}

    assert tomllib.loads(as_toml(settings)) == settings


def test_what_is_no_letter_is_left_out() -> None:
    """Bytes that a terminal sends in another encoding do not break the file."""
    assert tomllib.loads(as_toml({"host": "Ann\udce9"})) == {"host": "Ann"}


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """The file is its owner's alone, also where it takes the place of one that was everybody's; nothing else stays."""
    file = tmp_path / "new" / "config.toml"
    write(file, {"host": "Ann"})
    file.chmod(0o644)
    write(file, {"host": "Ben"})

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]
    assert 'host = "Ben"' in file.read_text()


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    """A folder in its place, or a file in its folder's place, is named; nothing half-written stays."""
    (tmp_path / "config.toml").mkdir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "config.toml", tmp_path / "file" / "config.toml"):
        with pytest.raises(Misconfigured, match="cannot be written"):
            write(path, {"host": "Ann"})

    assert sorted(one.name for one in tmp_path.iterdir()) == ["config.toml", "file"]
