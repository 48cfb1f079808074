"""A disk that takes nothing: read-only at the start or from one moment to the next, or failing at each write. Twenty
seconds.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from storage import Morning, a_disk, a_morning, asked, refusal, turn_read_only, until, wrongs

READ_ONLY = ("read-only", "cannot be written", "may be written")


async def test_a_read_only_disk_at_the_start(tmp_path: Path) -> None:
    """The program says that it cannot write and ends, doctor says so too; written to again, everything is there."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as morning:
            await morning.begins()
            morning.both_write("before")
            await morning.settles()
            await morning.process.stop()
            turn_read_only(disk, on=True)
            morning.both_write("while it was away")
            said = refusal(await asyncio.to_thread(asked, "run", folder=tmp_path))
            found = await asyncio.to_thread(asked, "doctor", folder=tmp_path)
            turn_read_only(disk, on=False)
            await morning.process.start()
            await morning.settles()
            await morning.process.stop()

            assert any(sign in said.lower() for sign in READ_ONLY), said
            assert found.returncode == 1
            assert "cannot be written" in wrongs(found)
            assert "the bot is at work" not in found.stdout, "nothing runs there"
            assert morning.is_on_record_once()


async def test_a_read_only_disk_while_they_write(tmp_path: Path) -> None:
    """What had a mark stays; what had none comes once it can be written; the log says what to look at."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.both_write("before")
        await morning.settles()
        with unchangeable(morning.process.database.parent):
            morning.both_write("while it is read-only")
            await until(lambda: morning.told, 30, lambda: "it never noticed")
            await asyncio.sleep(2)
            kept, found = morning.recorded, await asyncio.to_thread(asked, "doctor", folder=tmp_path)
        await morning.settles()
        await morning.process.stop()

        _lost_nothing(morning, kept)
        assert found.returncode == 1
        assert wrongs(found), found.stdout


async def test_a_failing_disk_while_they_write(tmp_path: Path) -> None:
    """Each write fails, as on a broken disk; what had no mark comes once they work, and the log names the disk."""
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        morning.both_write("before")
        await morning.settles()
        with failing(morning):
            morning.both_write("while it fails")
            await until(lambda: morning.told, 30, lambda: "it never noticed")
            await asyncio.sleep(2)
            kept = morning.recorded
        await morning.settles()
        await morning.process.stop()

        _lost_nothing(morning, kept)


def _lost_nothing(morning: Morning, kept: list[str]) -> None:
    """Everything is on record, and the log says in a host's words what was the matter."""
    assert morning.is_on_record_once()
    assert sorted(kept) == sorted(line for line in morning.said if "before" in line)
    assert "disk" in morning.told
    assert morning.said_calmly(), morning.told


@contextmanager
def unchangeable(folder: Path) -> Iterator[None]:
    """Files that not even root may change, and a program that has them open neither."""
    files = [str(file) for file in folder.iterdir() if file.suffix != ".lock"]
    if subprocess.run(["chattr", "+i", *files], capture_output=True, check=False).returncode:
        pytest.skip("making a file unchangeable needs root and a file system that can")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)


@contextmanager
def failing(morning: Morning) -> Iterator[None]:
    """Every write beyond what stands there now fails."""
    assert morning.process.process is not None
    program, limit = morning.process.process.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(program, limit)
    log = morning.process.database.with_name(f"{morning.process.database.name}-wal")
    resource.prlimit(program, limit, (log.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(program, limit, before)
